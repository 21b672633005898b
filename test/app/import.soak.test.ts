import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { nodeLedgerFiles, verifyLedger } from "../../src/app/index.ts";
import { runCli } from "../support/cli.ts";
import { allCapturePaths } from "../support/csv-series.ts";
import { hasSharedData } from "../support/shared-data.ts";

const KILLS = 20;
const work = mkdtempSync(join(tmpdir(), "ofac-ledger-soak-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

function importArgs(ledger: string): string[] {
  return [
    "import",
    ...allCapturePaths(),
    "--segment",
    "soak",
    "--list",
    "sdn",
    "--ledger",
    ledger,
    "--quiet",
  ];
}

/** Hash over the names and bytes of all files of a ledger; its lock says which processes died, and is of the machine. */
function fingerprint(ledger: string): string {
  const hash = createHash("sha256");
  const entries = readdirSync(ledger, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.parentPath !== join(ledger, ".lock"),
  );
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort()) {
    hash.update(path.slice(ledger.length)).update("\0").update(readFileSync(path));
  }
  return hash.digest("hex");
}

/** Numbers from 0 to 1, the same at every run. */
function* seeded(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe.skipIf(!hasSharedData)("the full import, killed at random moments", () => {
  it(`verifies after each of ${KILLS} kills, and completes with the bytes of an undisturbed import`, async () => {
    const undisturbed = join(work, "undisturbed");
    const started = performance.now();
    expect((await runCli(importArgs(undisturbed))).code).toBe(4);
    const whole = performance.now() - started;
    const disturbed = join(work, "disturbed");
    const dice = seeded(20230523);
    let interrupted = 0;
    while (interrupted < KILLS) {
      const moment = Number(dice.next().value) * (whole / 6);
      const result = await runCli(importArgs(disturbed), {
        started: async (child) => {
          await sleep(moment);
          child.kill("SIGKILL");
        },
      });
      if (result.code !== null) {
        // It came to its end before the kill: begin anew, there are kills left.
        expect(fingerprint(disturbed)).toBe(fingerprint(undisturbed));
        rmSync(disturbed, { recursive: true });
        continue;
      }
      interrupted += 1;
      expect(verifyLedger(nodeLedgerFiles(disturbed), () => undefined).problems).toEqual([]);
    }
    expect((await runCli(importArgs(disturbed))).code).toBe(4);
    expect(fingerprint(disturbed)).toBe(fingerprint(undisturbed));
    console.log(`import undisturbed: ${(whole / 1000).toFixed(1)} s; ${KILLS} kills survived`);
  });
});
