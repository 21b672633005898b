import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PlannedArtifact, sha256 } from "../../src/domain/index.ts";
import { nodeFiles, type PublishFiles, publish } from "../../src/publish/index.ts";

let out = "";
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), "publish-"));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Artifacts as a renderer plans them; `asked` notes which were rendered. */
function planned(contents: Readonly<Record<string, string>>, asked: string[] = []): PlannedArtifact[] {
  return Object.entries(contents).map(([path, content]) => ({
    path,
    mediaType: "text/plain",
    inputsHash: sha256(content),
    render: () => {
      asked.push(path);
      return bytes(content);
    },
  }));
}

async function tree(): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) found[path.slice(out.length + 1)] = await readFile(path, "utf8");
  }
  return found;
}

const content = async (): Promise<Record<string, string>> => {
  const { ".build.json": _, ...files } = await tree();
  return files;
};

const FIRST = { "index.html": "one", "a/x.html": "x", "a/b/y.json": "y" };

test("writes everything once, then nothing, and does not even render it", async () => {
  const first = await publish(planned(FIRST), out, nodeFiles);
  expect(first).toEqual({
    written: ["a/b/y.json", "a/x.html", "index.html"],
    unchanged: [],
    removed: [],
    rendered: 3,
  });
  expect(await content()).toEqual(FIRST);
  const asked: string[] = [];
  const second = await publish(planned(FIRST, asked), out, nodeFiles);
  expect(second.written).toEqual([]);
  expect(asked).toEqual([]);
});

test("touches only what changed, removes what is no longer wanted and folders that emptied", async () => {
  await publish(planned(FIRST), out, nodeFiles);
  const report = await publish(
    planned({ "index.html": "two", "a/x.html": "x", "n/z.html": "z" }),
    out,
    nodeFiles,
  );
  expect(report).toMatchObject({
    written: ["index.html", "n/z.html"],
    unchanged: ["a/x.html"],
    removed: ["a/b/y.json"],
  });
  expect(await readdir(join(out, "a"))).toEqual(["x.html"]);
});

test("an own hash decides where the one over all inputs is another, and is not asked where that one stands", async () => {
  let asked = 0;
  const shard = (inputs: string, text: string): PlannedArtifact[] =>
    planned({ "shard.json": text }).map((one) => ({
      ...one,
      inputsHash: sha256(inputs),
      ownHash: () => {
        asked += 1;
        return sha256(text);
      },
    }));
  const run = async (inputs: string, text: string, full = false) => {
    asked = 0;
    const { written, rendered } = await publish(shard(inputs, text), out, nodeFiles, { full });
    return { written, rendered, asked };
  };
  expect(await run("a", "1")).toEqual({ written: ["shard.json"], rendered: 1, asked: 1 });
  const first = await tree();
  expect(await run("a", "1")).toEqual({ written: [], rendered: 0, asked: 0 });
  expect(await run("b", "1")).toEqual({ written: [], rendered: 0, asked: 1 });
  expect(await run("b", "1")).toEqual({ written: [], rendered: 0, asked: 0 });
  expect(await run("c", "2")).toEqual({ written: ["shard.json"], rendered: 1, asked: 1 });
  expect(await run("a", "1", true)).toEqual({ written: ["shard.json"], rendered: 1, asked: 1 });
  expect(await tree()).toEqual(first);
  // An artifact that never had a hash of its own, or has none any more, is rendered.
  await publish(planned({ "shard.json": "1" }), out, nodeFiles);
  expect(await run("d", "1")).toEqual({ written: [], rendered: 1, asked: 1 });
});

test("many files are written at a time, never more than sixteen, and the first failure ends it", async () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`d/${n}.txt`, `${n}`]));
  let [now, most, begun] = [0, 0, 0];
  const slow: PublishFiles = {
    ...nodeFiles,
    async write(path, data) {
      now += 1;
      begun += 1;
      most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, 1));
      now -= 1;
      if (path.includes("staged-7.")) throw new Error("planted failure");
      await nodeFiles.write(path, data);
    },
  };
  await expect(publish(planned(many), out, slow)).rejects.toMatchObject({ code: "write-failed" });
  expect(now, "nothing goes on behind a failure").toBe(0);
  expect([most, begun < 60]).toEqual([16, true]);
  await publish(planned(many), out, nodeFiles);
  expect(await content()).toEqual(many);
});

test("never touches a file it did not write", async () => {
  await writeFile(join(out, "CNAME"), "ledger.example");
  await mkdir(join(out, "a"));
  await writeFile(join(out, "a", "own.txt"), "mine");
  await publish(planned(FIRST), out, nodeFiles);
  await publish(planned({ "index.html": "one" }), out, nodeFiles);
  expect(await content()).toEqual({ CNAME: "ledger.example", "a/own.txt": "mine", "index.html": "one" });
});

test("refuses to overwrite a file no build wrote, and takes over one with the same bytes", async () => {
  await writeFile(join(out, "index.html"), "somebody's");
  await expect(publish(planned(FIRST), out, nodeFiles)).rejects.toMatchObject({
    code: "foreign-file",
    exitCode: 6,
  });
  expect(await content()).toEqual({ "index.html": "somebody's" });
  await writeFile(join(out, "index.html"), "one");
  expect((await publish(planned(FIRST), out, nodeFiles)).unchanged).toEqual(["index.html"]);
});

test("writes a file again that went missing; a full build repairs one that was altered", async () => {
  await publish(planned(FIRST), out, nodeFiles);
  await rm(join(out, "index.html"));
  expect((await publish(planned(FIRST), out, nodeFiles)).written).toEqual(["index.html"]);
  await writeFile(join(out, "index.html"), "altered");
  expect((await publish(planned(FIRST), out, nodeFiles)).written).toEqual([]);
  const full = await publish(planned(FIRST), out, nodeFiles, { full: true });
  expect(full).toMatchObject({ written: ["index.html"], rendered: 3 });
  expect(await content()).toEqual(FIRST);
});

test.each([
  "",
  "/etc/passwd",
  "../out",
  "a/../../b",
  "a//b",
  "./a",
  "a/.",
  "a\\b",
  "C:/x",
  "a\u0000b",
  "a\nb",
  "con",
  "a/NUL.html",
  "Lpt1.txt",
  "a./b",
  "a /b",
  ".build.json",
  ".staged-x",
  "a/.staged-x",
  "e\u0301.html",
  "x?y",
  `${"x".repeat(201)}`,
])("refuses the path %j and writes nothing", async (path) => {
  await expect(publish(planned({ "ok.html": "1", [path]: "2" }), out, nodeFiles)).rejects.toMatchObject({
    code: "path-escape",
  });
  expect(await tree()).toEqual({});
});

test.each([
  ["A.html", "a.html"],
  ["a", "a/b"],
  ["a/B", "A/b/c"],
])("refuses %s beside %s", async (one, other) => {
  await expect(publish(planned({ [one]: "1", [other]: "2" }), out, nodeFiles)).rejects.toMatchObject({
    code: "path-collision",
  });
});

test("does not write through a link that leads out of the folder", async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), "elsewhere-"));
  await symlink(elsewhere, join(out, "a"));
  await expect(publish(planned(FIRST), out, nodeFiles)).rejects.toMatchObject({ code: "not-a-folder" });
  expect(await readdir(elsewhere)).toEqual([]);
  await rm(elsewhere, { recursive: true });
});

test("a planted path in .build.json removes nothing outside", async () => {
  const victim = `${out}-victim`;
  await writeFile(victim, "keep");
  const manifest = { formatVersion: "1.0", artifacts: { [`../${victim.split("/").at(-1)}`]: "sha256:0" } };
  await writeFile(join(out, ".build.json"), JSON.stringify(manifest));
  await expect(publish(planned(FIRST), out, nodeFiles)).rejects.toMatchObject({ code: "path-escape" });
  expect(await readFile(victim, "utf8")).toBe("keep");
  await rm(victim);
});

test.each([
  "",
  "{",
  "[]",
  '{"formatVersion":"9.0","artifacts":{}}',
  '{"formatVersion":"1.0","artifacts":{"a":1}}',
])("refuses a build file %j that it did not write", async (text) => {
  await writeFile(join(out, ".build.json"), text);
  await expect(publish(planned(FIRST), out, nodeFiles)).rejects.toMatchObject({ code: "build-file" });
  expect(await content()).toEqual({});
});

/** The file system, but the n-th effect fails, before or after it happened. */
function failingAt(n: number, after: boolean): { files: PublishFiles; effects: () => number } {
  let count = 0;
  const effect = async (run: () => Promise<void>): Promise<void> => {
    count += 1;
    if (count !== n) return run();
    if (after) await run();
    throw new Error("planted failure");
  };
  return {
    effects: () => count,
    files: {
      ...nodeFiles,
      write: (path, data) => effect(() => nodeFiles.write(path, data)),
      rename: (from, to) => effect(() => nodeFiles.rename(from, to)),
      remove: (path) => effect(() => nodeFiles.remove(path)),
      removeEmpty: (path) => effect(() => nodeFiles.removeEmpty(path)),
    },
  };
}

const SECOND = { "index.html": "two", "a/x.html": "x", "n/z.html": "z" };

test("a failure before or after any effect leaves whole files, and the next build completes it", async () => {
  const clean = failingAt(0, false);
  await publish(planned(FIRST), out, nodeFiles);
  await publish(planned(SECOND), out, clean.files);
  const total = clean.effects();
  expect(total).toBeGreaterThan(8);
  const finished = await tree();
  for (const after of [false, true]) {
    for (let n = 1; n <= total; n += 1) {
      await rm(out, { recursive: true });
      await publish(planned(FIRST), out, nodeFiles);
      await expect(publish(planned(SECOND), out, failingAt(n, after).files)).rejects.toMatchObject({
        code: "write-failed",
        exitCode: 6,
      });
      for (const [path, text] of Object.entries(await content())) {
        if (path.includes(".staged-")) continue;
        expect(
          [FIRST, SECOND].map((state) => (state as Record<string, string>)[path]),
          `${path} at ${n}`,
        ).toContain(text);
      }
      // Going back is as safe as going on: what was half done is never taken for the old state.
      if (n % 2 === 0) {
        await publish(planned(FIRST), out, nodeFiles);
        expect(await content(), `back from ${n}`).toEqual(FIRST);
      }
      await publish(planned(SECOND), out, nodeFiles);
      expect(await tree(), `after ${n}`).toEqual(finished);
    }
  }
});

test("the report and the build file do not depend on the order of the artifacts", async () => {
  const one = await publish(planned(FIRST), out, nodeFiles);
  const files = await tree();
  await rm(out, { recursive: true });
  expect(await publish(planned(FIRST).reverse(), out, nodeFiles)).toEqual(one);
  expect(await tree()).toEqual(files);
});
