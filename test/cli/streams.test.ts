import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { CAPTURES, inTemporaryFolder } from "../support/captures.ts";
import { runCli } from "../support/cli.ts";
import { composeLedger } from "../support/composed-ledger.ts";

const CLI = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-streams-"));
const captures = inTemporaryFolder(CAPTURES);
beforeAll(() => void composeLedger(nodeLedgerFiles(join(folder, "ledger"))));
afterAll(() => {
  rmSync(folder, { recursive: true });
  captures.remove();
});

/** Runs the command line with nobody at the other end of a stream, or with a file or device there. */
function runInto(
  stdout: "closed" | number,
  args: readonly string[],
  stderrToo = false,
): Promise<{ code: number | null; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CLI, ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", stdout === "closed" ? "pipe" : stdout, "pipe"],
    });
    let stderr = "";
    child.stdout?.destroy();
    if (stderrToo) child.stderr?.destroy();
    else child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject).on("close", (code) => resolve({ code, stderr }));
  });
}

const COMMANDS: readonly (readonly string[])[] = [
  ["log", "--ledger", "ledger"],
  ["show", "sdn-20230523", "--ledger", "ledger"],
  ["diff", "2023-05-19", "2023-05-25", "--ledger", "ledger"],
  ["diff", "2023-05-19", "2023-05-25", "--ledger", "ledger", "--json"],
  ["export", "--at", "2023-05-25", "--ledger", "ledger", "--quiet"],
  ["verify", "--ledger", "ledger", "--quiet"],
  ["--version"],
  ["--help"],
];

describe("a reader that has seen enough", () => {
  it.each(COMMANDS)("ends %s without a word", async (...args) => {
    const { code, stderr } = await runInto("closed", [...args]);
    expect([code, stderr.replace(/^.*parties \d+, state .*\n/, "")]).toEqual([0, ""]);
  });

  it("keeps neither a ledger from being written nor a fault from being told by the exit code", async () => {
    const path = captures.paths[0] ?? "";
    const args = ["import", path, captures.paths[1] ?? "", "--list", "sdn", "--ledger"];
    expect(await runInto("closed", [...args, "one", "--quiet"])).toEqual({ code: 0, stderr: "" });
    expect((await runInto("closed", [...args, "two"], true)).code).toBe(0);
    for (const ledger of ["one", "two"]) {
      const log = await runCli(["log", "--ledger", ledger], { cwd: folder });
      expect(log.stdout.trim().split("\n"), ledger).toHaveLength(2);
    }
    const held = await runInto("closed", ["show", "sdn-19990101", "--ledger", "ledger"], true);
    expect(held.code).toBe(2);
  });
});

describe.runIf(existsSync("/dev/full"))("output for which there is no room", () => {
  it.each(COMMANDS.slice(0, 4))("is told as such: %s", async (...args) => {
    const full = openSync("/dev/full", "w");
    try {
      const { code, stderr } = await runInto(full, [...args]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error output-lost: standard output: .*no space left \(ENOSPC\)/);
      expect(stderr.trim().split("\n")).toHaveLength(1);
    } finally {
      closeSync(full);
    }
  });
});
