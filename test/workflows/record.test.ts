import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PROJECT_ROOT } from "../support/project-root.ts";
import { bareRepository, checkout, git } from "./repository.ts";
import { readOutputs, runScript } from "./scripts.ts";

const work = mkdtempSync(join(tmpdir(), "ofac-ledger-record-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** The command line, but for an update that nobody answers. */
const UNANSWERED = `import { spawnSync } from "node:child_process";
const args = process.argv.slice(2);
if (args[0] === "update") process.exit(3);
const cli = ${JSON.stringify(`${PROJECT_ROOT}dist/cli/main.js`)};
process.exit(spawnSync(process.execPath, [cli, ...args], { stdio: "inherit" }).status ?? 1);
`;

describe("recording in a repository of one's own", () => {
  it("commits nothing, and says so, when the very first look is answered by nobody", async () => {
    const origin = bareRepository(work, { "README.md": "ledger\n" });
    const clone = checkout(origin, join(work, "clone"));
    const cli = join(work, "cli.mjs");
    writeFileSync(cli, UNANSWERED);
    const RUNNER_TEMP = join(work, "runner");
    mkdirSync(join(RUNNER_TEMP, "ofac-ledger"), { recursive: true });
    const plan = { cli, ledger: "snapshots", config: null, settings: {}, accept: "", evidenceBranch: null };
    writeFileSync(join(RUNNER_TEMP, "ofac-ledger", "plan.json"), JSON.stringify(plan));
    const GITHUB_OUTPUT = join(work, "output");
    writeFileSync(GITHUB_OUTPUT, "");
    const before = git(clone, "rev-parse", "HEAD");
    const done = await runScript("record.mjs", [], { cwd: clone, env: { RUNNER_TEMP, GITHUB_OUTPUT } });
    expect(done.status, done.stderr).toBe(0);
    const outputs = readOutputs(readFileSync(GITHUB_OUTPUT, "utf8"));
    expect(Object.fromEntries(outputs)).toMatchObject({ changed: "false", commit: before, status: "3" });
  });
});
