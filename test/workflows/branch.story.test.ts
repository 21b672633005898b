import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bareRepository, checkout, git, write } from "./repository.ts";
import { runScript } from "./scripts.ts";

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-branch-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const origin = bareRepository(work, { "README.md": "ledger\n", ".gitignore": "checks/\n" });

async function branch(clone: string, ...args: string[]) {
  return runScript("branch.mjs", args, { cwd: clone, env: { RUNNER_TEMP: `${clone}-temp` } });
}

describe("a folder on a branch of its own", () => {
  it("goes there and comes back byte for byte, and the checkout knows nothing of it", async () => {
    const one = checkout(origin, join(work, "one"));
    const folder = join(work, "evidence-one");
    expect((await branch(one, "restore", "evidence", folder)).stdout).toContain("restored=false");
    write(folder, "checks/sdn.json", '{"at":"2023-05-23"}\r\n');
    write(folder, ".commit/half-done", "no\n");
    const pushed = await branch(one, "push", "evidence", folder, "Looked");
    expect(pushed.stderr).toBe("");
    expect(pushed.stdout).toContain("pushed=true");
    expect(git(one, "status", "--porcelain")).toBe("");
    expect(git(origin, "log", "--format=%s", "evidence")).toBe("Looked");
    expect(git(origin, "log", "--format=%s", "main")).toBe("Begin");
    expect(git(origin, "ls-tree", "-r", "--name-only", "evidence")).toBe("checks/sdn.json");
    const two = checkout(origin, join(work, "two"));
    const copy = join(work, "evidence-two");
    write(copy, "left over.json", "{}");
    expect((await branch(two, "restore", "evidence", copy)).stdout).toContain("restored=true");
    expect(readFileSync(join(copy, "checks/sdn.json"), "utf8")).toBe('{"at":"2023-05-23"}\r\n');
    expect(existsSync(join(copy, "left over.json"))).toBe(false);
    expect((await branch(two, "push", "evidence", copy, "Looked")).stdout).toContain("pushed=false");
  });

  it("takes files away that are gone, on top of what another run pushed", async () => {
    const one = checkout(origin, join(work, "three"));
    const folder = join(work, "evidence-three");
    await branch(one, "restore", "evidence", folder);
    rmSync(join(folder, "checks"), { recursive: true });
    write(folder, "looks.json", "1\n");
    const before = git(origin, "rev-parse", "evidence");
    expect((await branch(one, "push", "evidence", folder, "Again")).status).toBe(0);
    expect(git(origin, "rev-parse", "evidence^")).toBe(before);
    expect(git(origin, "ls-tree", "-r", "--name-only", "evidence")).toBe("looks.json");
  });

  it("only adds to a store whose files never change", async () => {
    const one = checkout(origin, join(work, "four"));
    const [a, b] = [join(work, "raw-a"), join(work, "raw-b")];
    write(a, "objects/1", "one\n");
    write(b, "objects/1", "another\n");
    write(b, "objects/2", "two\n");
    await branch(one, "push", "raw", a, "Keep", "--only-add");
    const done = await branch(one, "push", "raw", b, "Keep more", "--only-add");
    expect(done.stdout, done.stderr).toContain("pushed=true");
    expect(git(origin, "show", "raw:objects/1")).toBe("one");
    expect(git(origin, "show", "raw:objects/2")).toBe("two");
  });

  it("is never the branch that is checked out", async () => {
    const one = checkout(origin, join(work, "five"));
    const done = await branch(one, "push", "main", join(work, "raw-a"), "Overwrite");
    expect(done.status).toBe(1);
    expect(done.stderr).toContain("expected a branch of its own, found main");
    expect(git(origin, "log", "--format=%s", "main")).toBe("Begin");
  });
});
