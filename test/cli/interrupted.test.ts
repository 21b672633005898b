import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { runCli } from "../support/cli.ts";
import { composeLedger } from "../support/composed-ledger.ts";

const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-interrupted-"));
beforeAll(() => composeLedger(nodeLedgerFiles(join(folder, "whole"))));
afterAll(() => rmSync(folder, { recursive: true }));

/** A ledger whose process died between two renames of a commit: the head is journaled and not yet in place. */
function interrupted(name: string): string {
  const ledger = join(folder, name);
  cpSync(join(folder, "whole"), ledger, { recursive: true });
  const head = "sdn/live/head.json";
  const bytes = readFileSync(join(ledger, head));
  mkdirSync(join(ledger, ".commit"), { recursive: true });
  renameSync(join(ledger, head), join(ledger, ".commit/0"));
  const sha256 = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
  writeFileSync(join(ledger, ".commit/journal.json"), JSON.stringify([{ path: head, staged: "0", sha256 }]));
  return ledger;
}

describe("a commit whose process died", () => {
  it.each([["log"], ["status"], ["build", "--out", join(folder, "site")], ["export", "--at", "2023-05-23"]])(
    "is finished by whoever comes next: %s",
    async (...args) => {
      const ledger = interrupted(args[0] ?? "");
      const whole = await runCli([...args, "--ledger", join(folder, "whole"), "--quiet"]);
      const found = await runCli([...args, "--ledger", ledger, "--quiet"]);
      expect([found.code, found.stderr]).toEqual([whole.code, whole.stderr]);
      if (args[0] !== "build") expect(found.stdout).toBe(whole.stdout);
      expect(existsSync(join(ledger, ".commit/journal.json"))).toBe(false);
      expect(readFileSync(join(ledger, "sdn/live/head.json"))).toEqual(
        readFileSync(join(folder, "whole/sdn/live/head.json")),
      );
    },
  );
});
