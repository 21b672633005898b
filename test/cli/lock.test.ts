import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sharedLedgerFiles, takeSendLock, whileWriting } from "../../src/cli/ledger-lock.ts";
import { type Lock, takeLock } from "../../src/cli/lock.ts";

let ledger: string;

beforeEach(() => {
  ledger = join(mkdtempSync(join(tmpdir(), "ofac-ledger-lock-")), "snapshots");
});
afterEach(() => rmSync(join(ledger, ".."), { recursive: true, force: true }));

function taken(name: string): Lock {
  const lock = takeLock(ledger, name);
  if (!("release" in lock)) throw new Error(`expected the lock, found that ${lock.by?.pid} has it`);
  return lock;
}

/** A ticket as another process would have left it. */
function ticket(name: string, holder: unknown): void {
  mkdirSync(join(ledger, ".lock"), { recursive: true });
  writeFileSync(join(ledger, ".lock", name), JSON.stringify(holder));
}

describe("a lock", () => {
  it("is one process's until it is given back, and says whose", () => {
    const first = taken("write");
    expect(takeLock(ledger, "write")).toMatchObject({ by: { pid: process.pid, host: hostname() } });
    first.release();
    taken("write").release();
    ticket("write-1.json", { pid: process.pid, host: hostname(), start: "an earlier boot 1" });
    taken("write").release();
    taken("write").release();
    // After a crash numbers go on: the last stays, those before it do not.
    expect(readdirSync(join(ledger, ".lock")).sort()).toEqual([".gitignore", "write-3.json"]);
  });

  it("of another name is another lock", () => {
    const locks = [taken("write"), taken("send"), taken("commit")];
    expect(readdirSync(join(ledger, ".lock"))).toHaveLength(4);
    for (const lock of locks.reverse()) lock.release();
    expect(existsSync(ledger)).toBe(false);
  });

  it("leaves nothing where there was nothing, and everything that came to be", () => {
    taken("write").release();
    expect(existsSync(ledger)).toBe(false);
    const lock = taken("write");
    writeFileSync(join(ledger, "head.json"), "{}");
    lock.release();
    expect(readdirSync(ledger)).toEqual(["head.json"]);
  });

  it("of a process that is gone is free, also where its number lives on as another process", () => {
    const gone = spawnSync(process.execPath, ["-e", "0"]).pid;
    ticket("write-7.json", { pid: gone, host: hostname(), start: "an earlier boot 1" });
    taken("write").release();
    ticket("write-9.json", { pid: process.pid, host: hostname(), start: "an earlier boot 1" });
    taken("write").release();
    expect(readdirSync(join(ledger, ".lock"))).toContain("write-10.json");
  });

  it("of another machine is believed for as long as it shows life", () => {
    ticket("write-1.json", { pid: 1, host: "elsewhere.test", start: null });
    expect(takeLock(ledger, "write")).toMatchObject({ by: { pid: 1, host: "elsewhere.test" } });
  });
});

describe("a ledger that another process writes", () => {
  beforeEach(() => ticket("write-1.json", { pid: 41, host: "elsewhere.test", start: null }));

  it("is not written: the work is not begun, and the message says who has it and what to do", async () => {
    let begun = false;
    const work = async () => {
      begun = true;
    };
    await expect(whileWriting(ledger, work)).rejects.toMatchObject({
      code: "ledger-busy",
      exitCode: 3,
      message: expect.stringMatching(
        /process 41 on elsewhere\.test is writing it\. Nothing was written; run this again/,
      ),
    });
    expect(begun).toBe(false);
  });

  it("can still be sent from, and be committed to by who sends", async () => {
    const release = takeSendLock(ledger);
    expect(sharedLedgerFiles(ledger).exclusively?.(() => "done")).toBe("done");
    await release();
  });
});

describe("a commit", () => {
  it("may read and write within itself, and gives the lock back when it fails", () => {
    const files = sharedLedgerFiles(ledger);
    expect(files.exclusively?.(() => files.exclusively?.(() => "inner"))).toBe("inner");
    const failing = () =>
      files.exclusively?.(() => {
        throw new Error("planted");
      });
    expect(failing).toThrow("planted");
    taken("commit").release();
  });
});
