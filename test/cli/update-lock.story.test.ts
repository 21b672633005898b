import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EXIT } from "../../src/domain/index.ts";
import { entities, listFiles, run } from "../app/live.ts";
import { type CliOptions, type CliResult, runCli } from "../support/cli.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";

const FIRST = "2023-05-19T14:20:00Z";
const NEXT = "2023-05-23T14:20:00Z";

let folder: string;
let ofac: OfacStandIn;
let now: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "ofac-ledger-beside-"));
  now = FIRST;
  ofac = await startOfacStandIn({ now: () => Date.parse(now) });
  ofac.publish({
    id: 501,
    at: "2023-05-19T14:01:44Z",
    files: listFiles(["2023-05-19", entities(run(101, 12))]),
  });
  const sources = { ...ofac.settings, gapMs: 0, backoffMs: 0, attempts: 1 };
  const config = { profile: "legacy", lists: ["sdn"], notices: false, sources };
  writeFileSync(join(folder, "ofac-ledger.config.json"), JSON.stringify(config));
});
afterEach(async () => {
  await ofac.close();
  rmSync(folder, { recursive: true, force: true });
});

function cli(args: readonly string[], more: CliOptions = {}): Promise<CliResult> {
  return runCli(args, { cwd: folder, env: { OFAC_LEDGER_NOW: now }, ...more });
}

/** Resolves when a process has the lock. */
async function locked(): Promise<void> {
  for (let waited = 0; !existsSync(join(folder, "snapshots/.lock")); waited += 10) {
    if (waited > 15_000) throw new Error("nobody took the lock");
    await sleep(10);
  }
}

function nextPublication(): void {
  now = NEXT;
  ofac.publish({
    id: 502,
    at: "2023-05-23T14:01:44Z",
    files: listFiles(["2023-05-23", entities(run(101, 14))]),
  });
}

describe("two updates of one ledger at once", () => {
  it("record a publication once: the second says who is at it and writes nothing, and may come again", async () => {
    expect((await cli(["update"])).code).toBe(EXIT.done);
    nextPublication();
    ofac.misbehave({ kind: "slow", chunkBytes: 400, pauseMs: 100 });
    const first = cli(["update"]);
    await locked();
    const second = await cli(["update"]);
    expect(second.code).toBe(EXIT.unreachable);
    expect(second.stderr).toMatch(/ledger-busy: .*process \d+ on .* is writing it\. Nothing was written/);
    // Nothing of a ledger may be waited for by who only reads it.
    expect((await cli(["verify"])).code).toBe(EXIT.done);
    expect(await first).toMatchObject({ code: EXIT.done, stdout: "20230523: 2 entities added\n" });
    ofac.behave();
    expect(await cli(["update"])).toMatchObject({ code: EXIT.done, stdout: "no new publication\n" });
    expect((await cli(["verify"])).stdout).toMatch(/2 records, 14 parties/);
  });

  it("started at the very same moment record it once", async () => {
    const runs = await Promise.all(Array.from({ length: 3 }, () => cli(["update"])));
    const codes = runs.map(({ code }) => code);
    expect(codes).toContain(EXIT.done);
    expect(codes.every((code) => code === EXIT.done || code === EXIT.unreachable)).toBe(true);
    const told = runs.filter(({ stdout }) => stdout.includes("baseline"));
    expect(told).toHaveLength(1);
    expect((await cli(["verify"])).stdout).toMatch(/1 records, 12 parties/);
  });

  it("do not wait for one that was killed", async () => {
    expect((await cli(["update"])).code).toBe(EXIT.done);
    nextPublication();
    ofac.misbehave({ kind: "slow", chunkBytes: 400, pauseMs: 100 });
    let kill = () => {};
    const first = cli(["update"], {
      started: (child) => {
        kill = () => void child.kill("SIGKILL");
      },
    });
    await locked();
    kill();
    await first;
    ofac.behave();
    expect(await cli(["update"])).toMatchObject({ code: EXIT.done, stdout: "20230523: 2 entities added\n" });
  });

  it("leave nothing behind when nothing came of the first", async () => {
    ofac.misbehave({ kind: "blocked" });
    expect((await cli(["update"])).code).toBe(EXIT.unreachable);
    expect(existsSync(join(folder, "snapshots"))).toBe(false);
  });
});
