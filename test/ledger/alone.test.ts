import { describe, expect, it } from "vitest";
import { beginTransaction, type LedgerFiles, recover } from "../../src/ledger/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";

const BYTES = new TextEncoder().encode("{}");

describe("what must not be done by two at once", () => {
  it("is all of a commit: no file is touched outside", () => {
    const folder = memoryFiles();
    let inside = false;
    const seen: boolean[] = [];
    const noted = <A extends unknown[], R>(effect: (...args: A) => R) =>
      function note(...args: A): R {
        seen.push(inside);
        return effect(...args);
      };
    const files: LedgerFiles = {
      ...folder,
      write: noted(folder.write),
      rename: noted(folder.rename),
      remove: noted(folder.remove),
      exclusively(work) {
        inside = true;
        try {
          return work();
        } finally {
          inside = false;
        }
      },
    };
    const transaction = beginTransaction(files);
    transaction.put("a.json", BYTES);
    transaction.put("b.json", BYTES);
    expect(transaction.commit()).toEqual(["a.json", "b.json"]);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.every(Boolean)).toBe(true);
  });

  it("is clearing up: what looked like a crash was another's commit, which ends while this one waits", () => {
    const folder = memoryFiles();
    folder.write(".commit/0", BYTES);
    const files: LedgerFiles = {
      ...folder,
      exclusively(work) {
        folder.rename(".commit/0", "a.json");
        return work();
      },
    };
    expect(recover(files)).toBe("nothing");
    expect([...folder.content.keys()]).toEqual(["a.json"]);
  });

  it("does not make a folder wait in which nothing is left over", () => {
    const files: LedgerFiles = {
      ...memoryFiles(),
      exclusively: () => {
        throw new Error("nothing to wait for");
      },
    };
    expect(recover(files)).toBe("nothing");
  });
});
