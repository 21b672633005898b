import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareRepository, checkout, git, write } from "./repository.ts";
import { readOutputs, runScript } from "./scripts.ts";

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-git-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const RECORD = "snapshots/sdn/live/records/2023/sdn-20230523.json";
const HEAD = "snapshots/sdn/live/head.json";
const MANIFEST = "snapshots/manifest.json";

let template = "";
let round = 0;
beforeAll(() => {
  template = bareRepository(work, { "README.md": "ledger\n", [MANIFEST]: "{}\n" });
});

/** A repository of its own, and two checkouts of it. */
function race(): { origin: string; one: string; two: string } {
  round += 1;
  const origin = join(work, `origin-${round}.git`);
  git(work, "clone", "--quiet", "--bare", template, origin);
  const one = checkout(origin, join(work, `one-${round}`));
  return { origin, one, two: checkout(origin, join(work, `two-${round}`)) };
}

async function commit(clone: string, ...args: string[]) {
  const GITHUB_OUTPUT = join(clone, ".git", "output");
  writeFileSync(GITHUB_OUTPUT, "");
  const done = await runScript("commit.mjs", ["snapshots", ...args], { cwd: clone, env: { GITHUB_OUTPUT } });
  return { ...done, outputs: readOutputs(readFileSync(GITHUB_OUTPUT, "utf8")) };
}

function report(clone: string, headline: string): string {
  const path = join(clone, ".git", "report.json");
  const counts = { added: { individual: 1, entity: 4 }, removed: {}, changed: {} };
  const lists = [
    { list: "sdn", id: "sdn-20230523", headline, stateHash: "sha256:00", counts },
    { list: "consolidated", id: null, headline: null, stateHash: null, counts: null },
  ];
  writeFileSync(path, JSON.stringify({ lists, context: [] }));
  return path;
}

describe.concurrent("committing the ledger", () => {
  it("with nothing to commit is no failure", async () => {
    const { one } = race();
    const done = await commit(one, "--message", "nothing");
    expect(done.status, done.stderr).toBe(0);
    expect(Object.fromEntries(done.outputs)).toEqual({
      changed: "false",
      commit: git(one, "rev-parse", "HEAD"),
    });
  });

  it("says the headline, with hashes and counts as trailers, and pushes", async () => {
    const { origin, one } = race();
    write(one, RECORD, "{}\n");
    write(one, HEAD, '{"id":"sdn-20230523","hash":"sha256:11"}\n');
    const done = await commit(one, "--report", report(one, "20230523: 4 entities, 1 individual added"));
    expect(done.status, done.stderr).toBe(0);
    expect(done.outputs.get("changed")).toBe("true");
    expect(git(origin, "log", "-1", "--format=%B", "main")).toBe(
      "20230523: 4 entities, 1 individual added\n\nPublication: sdn-20230523\nRecord: sha256:11\n" +
        "State: sha256:00\nAdded: entity=4 individual=1\nRemoved: 0\nChanged: 0",
    );
    expect(git(origin, "log", "-1", "--format=%(trailers:key=Added,valueonly)", "main").trim()).toBe(
      "entity=4 individual=1",
    );
    expect(done.outputs.get("commit")).toBe(git(origin, "rev-parse", "main"));
  });

  it("keeps foreign text on one line: no trailer, no output, no command comes of it", async () => {
    const { origin, one } = race();
    write(one, RECORD, "{}\n");
    const nasty = "20230523: 1 $(touch pwned)\nchanged=false\n\nState: forged\u202e";
    const done = await commit(one, "--report", report(one, nasty));
    expect(done.status, done.stderr).toBe(0);
    expect(git(origin, "log", "-1", "--format=%s", "main")).toBe(
      "20230523: 1 $(touch pwned) changed=false State: forged",
    );
    expect(git(origin, "log", "-1", "--format=%(trailers:key=State,valueonly)", "main").trim()).toBe(
      "sha256:00",
    );
    expect(done.outputs.get("changed")).toBe("true");
  });

  it("takes nothing along that lies outside the ledger", async () => {
    const { origin, one } = race();
    write(one, RECORD, "{}\n");
    write(one, "snapshots/.commit/journal.json", "half done\n");
    write(one, "README.md", "changed by another step\n");
    git(one, "add", "README.md");
    expect((await commit(one, "--message", "Record")).status).toBe(0);
    expect(git(origin, "show", "--name-only", "--format=", "main")).toBe(RECORD);
  });
});

describe.concurrent("a lost race", () => {
  it("is rebased onto what another run pushed elsewhere in the repository", async () => {
    const { origin, one, two } = race();
    write(one, "snapshots/a.json", "1\n");
    write(two, RECORD, "{}\n");
    expect((await commit(one, "--message", "First")).status).toBe(0);
    const done = await commit(two, "--message", "Second");
    expect(done.status, done.stderr).toBe(0);
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["Second", "First", "Begin"]);
  });

  it("is verified again, and nothing is pushed that does not verify", async () => {
    const { origin, one, two } = race();
    const cli = join(work, "refuses.mjs");
    writeFileSync(cli, "console.error('broken at ' + process.argv.slice(2).join(' ')); process.exit(8);\n");
    write(one, "snapshots/a.json", "1\n");
    write(two, RECORD, "{}\n");
    // Without a race nothing is rebased, so the verification that the workflow made before still holds.
    expect((await commit(one, "--message", "First", "--cli", cli)).status).toBe(0);
    const done = await commit(two, "--message", "Second", "--cli", cli);
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/does not verify.*nothing was pushed/s);
    expect(done.stderr).toContain("broken at verify --ledger snapshots --quiet");
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["First", "Begin"]);
  });

  it("leaves nothing to do when both recorded the same bytes, whatever they observed beside them", async () => {
    const { origin, one, two } = race();
    for (const [clone, seen] of [
      [one, "18:00"],
      [two, "18:01"],
    ] as const) {
      write(clone, RECORD, '{"headline":"same"}\n');
      write(clone, "snapshots/observations/2023/sdn-20230523.json", `{"firstSeen":"${seen}"}\n`);
      write(clone, MANIFEST, `{"seen":"${seen}"}\n`);
    }
    expect((await commit(one, "--message", "First")).status).toBe(0);
    const done = await commit(two, "--message", "Second");
    expect(done.status, done.stderr).toBe(0);
    expect(done.outputs.get("changed")).toBe("false");
    expect(done.outputs.get("commit")).toBe(git(origin, "rev-parse", "main"));
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["First", "Begin"]);
    expect(readFileSync(join(two, MANIFEST), "utf8")).toContain("18:00");
  });

  it("stops when the two recorded different bytes, names the file, and leaves what was pushed", async () => {
    const { origin, one, two } = race();
    write(one, RECORD, "one\n");
    write(two, RECORD, "two\n");
    expect((await commit(one, "--message", "First")).status).toBe(0);
    const done = await commit(two, "--message", "Second");
    expect(done.status).toBe(1);
    expect(done.stderr).toContain(`another run recorded something else as ${RECORD}`);
    expect(done.outputs.size).toBe(0);
    expect(git(origin, "show", `main:${RECORD}`)).toBe("one");
    expect(git(two, "status", "--short", "--branch")).not.toMatch(/rebas/);
  });

  it("is to be run again when the ledger moved on in another way", async () => {
    const { origin, one, two } = race();
    write(one, "snapshots/consolidated/live/records/2023/consolidated-20230523.json", "{}\n");
    write(one, MANIFEST, '{"consolidated":1}\n');
    write(two, RECORD, "{}\n");
    write(two, MANIFEST, '{"sdn":1}\n');
    expect((await commit(one, "--message", "First")).status).toBe(0);
    const done = await commit(two, "--message", "Second");
    expect(done.status).toBe(75);
    expect(done.stderr).toContain("nothing was pushed. Run again");
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["First", "Begin"]);
    expect(git(two, "status", "--porcelain")).toBe("");
  });
});

describe.concurrent("two senders at once", () => {
  const INTENTS = "snapshots/deliveries/2023/000001-20230523T141700Z.intents.json";
  const moment = "2023-05-23T14:17:00Z";
  const push = (cwd: string) =>
    runScript("push-deliveries.mjs", ["snapshots"], {
      cwd,
      env: { GIT_AUTHOR_DATE: moment, GIT_COMMITTER_DATE: moment },
    });

  it("never both push, not even the same intents in the same second", async () => {
    const { origin, one, two } = race();
    for (const clone of [one, two]) {
      write(clone, INTENTS, "{}\n");
      write(clone, MANIFEST, '{"deliveries":1}\n');
    }
    expect((await push(one)).status).toBe(0);
    const done = await push(two);
    expect(done.status).toBe(75);
    expect(done.stderr).toContain("while mail was sent");
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["Record deliveries", "Begin"]);
  });

  it("go on beside a run that recorded something else", async () => {
    const { origin, one, two } = race();
    write(one, RECORD, "{}\n");
    write(two, INTENTS, "{}\n");
    expect((await commit(one, "--message", "Record")).status).toBe(0);
    const done = await push(two);
    expect(done.status, done.stderr).toBe(0);
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual([
      "Record deliveries",
      "Record",
      "Begin",
    ]);
  });
});
