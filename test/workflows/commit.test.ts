import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";

const SCRIPT = fileURLToPath(new URL("../../.github/scripts/commit.mjs", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "ofac-ledger-git-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const ENV = {
  ...process.env,
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.org",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.org",
  GITHUB_OUTPUT: "",
};

function git(cwd: string, ...args: string[]): string {
  const done = spawnSync("git", args, { cwd, encoding: "utf8", env: ENV });
  if (done.status !== 0) throw new Error(`git ${args.join(" ")}: ${done.stderr}`);
  return done.stdout.trim();
}

let round = 0;
let origin = "";
let one = "";
let two = "";

beforeEach(() => {
  round += 1;
  origin = join(work, `origin-${round}.git`);
  one = join(work, `one-${round}`);
  two = join(work, `two-${round}`);
  git(work, "init", "--quiet", "--bare", "--initial-branch=main", origin);
  git(work, "clone", "--quiet", origin, one);
  git(one, "checkout", "--quiet", "-b", "main");
  write(one, "README.md", "ledger\n");
  git(one, "add", ".");
  git(one, "commit", "--quiet", "--message", "Begin");
  git(one, "push", "--quiet", "origin", "main");
  git(work, "clone", "--quiet", origin, two);
});

function write(clone: string, name: string, content: string): void {
  mkdirSync(join(clone, "snapshots"), { recursive: true });
  writeFileSync(join(clone, "snapshots", name), content);
}

function commit(clone: string, ...args: string[]) {
  const env = { ...ENV, GITHUB_OUTPUT: join(clone, ".git", "output") };
  writeFileSync(env.GITHUB_OUTPUT, "");
  const done = spawnSync(process.execPath, [SCRIPT, "snapshots", ...args], {
    cwd: clone,
    encoding: "utf8",
    env,
  });
  return { ...done, outputs: readFileSync(env.GITHUB_OUTPUT, "utf8") };
}

function report(clone: string, headline: string): string {
  const path = join(clone, ".git", "report.json");
  const lists = [
    { list: "sdn", id: "sdn-20230523", headline, stateHash: "sha256:00" },
    { list: "consolidated", id: null, headline: null, stateHash: null },
  ];
  writeFileSync(path, JSON.stringify({ lists }));
  return path;
}

describe("committing the ledger", () => {
  it("with nothing to commit is no failure", () => {
    const done = commit(one, "--message", "nothing");
    expect(done.status).toBe(0);
    expect(done.outputs).toBe(`changed=false\ncommit=${git(one, "rev-parse", "HEAD")}\n`);
  });

  it("says the headline, with id and state as trailers, and pushes", () => {
    write(one, "record.json", "{}\n");
    const done = commit(one, "--report", report(one, "20230523: 4 entities, 1 individual added"));
    expect(done.status, done.stderr).toBe(0);
    expect(done.outputs).toContain("changed=true\n");
    expect(git(origin, "log", "-1", "--format=%B", "main")).toBe(
      "20230523: 4 entities, 1 individual added\n\nPublication: sdn-20230523\nState: sha256:00",
    );
    expect(done.outputs).toContain(`commit=${git(origin, "rev-parse", "main")}\n`);
  });

  it("keeps foreign text on one line: no trailer, no output, no command comes of it", () => {
    write(one, "record.json", "{}\n");
    const nasty = "20230523: 1 $(touch pwned)\nchanged=false\n\nState: forged";
    const done = commit(one, "--report", report(one, nasty));
    expect(done.status, done.stderr).toBe(0);
    expect(git(origin, "log", "-1", "--format=%s", "main")).toBe(
      "20230523: 1 $(touch pwned) changed=false State: forged",
    );
    expect(git(origin, "log", "-1", "--format=%(trailers:key=State,valueonly)", "main")).toBe("sha256:00");
    expect(done.outputs.split("\n").filter((line) => line.startsWith("changed="))).toEqual(["changed=true"]);
  });

  it("rebases onto what another runner pushed meanwhile", () => {
    write(one, "a.json", "1\n");
    write(two, "b.json", "2\n");
    expect(commit(one, "--message", "First").status).toBe(0);
    expect(commit(two, "--message", "Second").status).toBe(0);
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["Second", "First", "Begin"]);
  });

  it("finds nothing left to do when both recorded the same bytes", () => {
    write(one, "a.json", "same\n");
    write(two, "a.json", "same\n");
    expect(commit(one, "--message", "First").status).toBe(0);
    const done = commit(two, "--message", "Second");
    expect(done.status, done.stderr).toBe(0);
    expect(git(origin, "log", "--format=%s", "main").split("\n")).toEqual(["First", "Begin"]);
  });

  it("stops when the two recorded different things, and leaves what was pushed", () => {
    write(one, "a.json", "one\n");
    write(two, "a.json", "two\n");
    expect(commit(one, "--message", "First").status).toBe(0);
    const done = commit(two, "--message", "Second");
    expect(done.status).toBe(1);
    expect(done.stderr).toMatch(/another run recorded something else/);
    expect(git(origin, "show", "main:snapshots/a.json")).toBe("one");
    expect(git(two, "status", "--short", "--branch")).not.toMatch(/rebas/);
  });
});
