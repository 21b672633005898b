import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { beginTransaction, type LedgerFiles, recover } from "../../src/ledger/index.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const CUT = "the power is cut";

/** A folder whose names last only once they are settled, as on a disk; its bytes last at once. */
function disk(content: Readonly<Record<string, string>>) {
  let current = new Map<string, Uint8Array>(
    Object.entries(content).map(([path, text]) => [path, bytes(text)]),
  );
  let lasting = new Map(current);
  let left = Number.POSITIVE_INFINITY;
  const effect = (work: () => void) => {
    if (left-- <= 0) throw new Error(CUT);
    work();
  };
  const files: LedgerFiles = {
    read: (path) => current.get(path),
    list: (folder) =>
      [...current.keys()]
        .filter((path) => dirname(path) === folder)
        .map((path) => path.slice(folder.length + 1)),
    write: (path, own) => effect(() => void current.set(path, own)),
    rename: (from, to) =>
      effect(() => {
        const own = current.get(from);
        if (own === undefined) throw new Error(`nothing at ${from}`);
        current.delete(from);
        current.set(to, own);
      }),
    remove: (path) => effect(() => void current.delete(path)),
    settle: (paths) => {
      // One folder after the other: the power may go between two.
      for (const folder of new Set(paths.map((path) => dirname(path)))) {
        effect(() => {
          const others = [...lasting].filter(([path]) => dirname(path) !== folder);
          lasting = new Map([...others, ...[...current].filter(([path]) => dirname(path) === folder)]);
        });
      }
    },
  };
  return {
    files,
    /** So many effects from now on. */
    cutAfter: (effects: number) => {
      left = effects;
    },
    /** What is found when the power is back. */
    restart: () => {
      current = new Map(lasting);
      left = Number.POSITIVE_INFINITY;
    },
    content: () =>
      Object.fromEntries([...current].sort().map(([path, own]) => [path, new TextDecoder().decode(own)])),
  };
}

const BEFORE = { "a/one.json": "old", "b/gone.json": "old" };
const AFTER = { "a/one.json": "new", "c/two.json": "new" };

describe("a commit over a power cut", () => {
  it("is there as a whole or not at all, and is there once it has returned", () => {
    let effects = 0;
    let returned = false;
    const found = new Set<string>();
    for (; !returned; effects++) {
      const place = disk(BEFORE);
      const transaction = beginTransaction(place.files);
      transaction.put("a/one.json", bytes("new"));
      transaction.put("c/two.json", bytes("new"));
      transaction.drop("b/gone.json");
      place.cutAfter(effects);
      try {
        transaction.commit();
        returned = true;
      } catch (error) {
        expect(String(error)).toContain(CUT);
      }
      place.restart();
      recover(place.files);
      const state = JSON.stringify(place.content());
      expect([JSON.stringify(BEFORE), JSON.stringify(AFTER)], `after ${effects} effects`).toContain(state);
      found.add(state);
      if (returned) expect(place.content()).toEqual(AFTER);
    }
    expect(found.size).toBe(2);
  });
});
