import { describe, expect, it } from "vitest";
import { checkFiles, type LedgerFiles, readHead, readState, recover } from "../../src/ledger/index.ts";
import { appendDay, COMPOSED_HISTORY, composeLedger } from "../support/composed-ledger.ts";
import { Crash, crashingFiles, crashPoints, memoryFiles } from "../support/crashing-files.ts";

const REF = { list: "sdn", segment: "live" } as const;

/** What is left of the history to be recorded, a commit a day. */
function sequence(files: LedgerFiles): void {
  const done = readHead(files, REF)?.records ?? 0;
  for (const day of COMPOSED_HISTORY.slice(done)) appendDay(files, day);
}

function dump(content: ReadonlyMap<string, Uint8Array>): string[] {
  return [...content].map(([path, bytes]) => `${path} ${Buffer.from(bytes).toString("base64")}`).sort();
}

/** The ledger after each commit of the sequence, from empty to whole. */
function stages(): string[][] {
  const files = memoryFiles();
  const found = [dump(files.content)];
  for (const day of COMPOSED_HISTORY) {
    appendDay(files, day);
    found.push(dump(files.content));
  }
  return found;
}

describe("a crash at any effect of a commit", () => {
  const whole = memoryFiles();
  const counter = crashingFiles(whole, undefined);
  sequence(counter);
  const effects = counter.effects();
  const expected = stages();

  it("is enumerated over all effects of three commits", () => {
    expect(effects.length).toBeGreaterThan(40);
    expect(dump(whole.content)).toEqual(expected.at(-1));
  });

  it("leaves the old ledger or the new one", () => {
    for (const point of crashPoints(effects)) {
      const files = memoryFiles();
      const where = `${point.moment} effect ${point.effect}`;
      expect(() => sequence(crashingFiles(files, point)), where).toThrow(Crash);
      recover(files);
      expect(checkFiles(files).problems, where).toEqual([]);
      expect(expected, where).toContainEqual(dump(files.content));
      sequence(files);
      expect(dump(files.content), where).toEqual(expected.at(-1));
    }
  });

  /** The ledger as a crash leaves it right after the first journal is in place: committed, nothing placed yet. */
  function journalled(): ReturnType<typeof memoryFiles> {
    for (const effect of effects.keys()) {
      const files = memoryFiles();
      expect(() => sequence(crashingFiles(files, { effect, moment: "after" }))).toThrow(Crash);
      if (files.content.has(".commit/journal.json")) return files;
    }
    throw new Error("no commit wrote a journal");
  }

  it("also while it is being recovered from", () => {
    const torn = journalled();
    const probe = crashingFiles(memoryFiles(new Map(torn.content)), undefined);
    expect(recover(probe)).toBe("finished");
    expect(probe.effects().length).toBeGreaterThan(8);
    for (const point of crashPoints(probe.effects())) {
      const files = memoryFiles(new Map(torn.content));
      expect(() => recover(crashingFiles(files, point))).toThrow(Crash);
      recover(files);
      expect(dump(files.content)).toEqual(expected[1]);
    }
  });

  it("and a leftover of a commit that never came to be is cleared away", () => {
    const files = memoryFiles();
    sequence(files);
    const before = dump(files.content);
    files.write(".commit/0", new Uint8Array([1, 2, 3]));
    expect(recover(files)).toBe("cleared");
    expect(dump(files.content)).toEqual(before);
    expect(recover(files)).toBe("nothing");
  });

  it("and files lost between journal and place are an error, never a wrong ledger", () => {
    const files = journalled();
    files.remove(".commit/0");
    expect(() => recover(files)).toThrow(/neither staged nor in place/);
  });
});

describe("a round trip", () => {
  it("gives back the states and records that were appended, byte for byte", () => {
    const files = memoryFiles();
    const stored = composeLedger(files);
    const { segments, problems } = checkFiles(files);
    expect(problems).toEqual([]);
    const found = segments.flatMap((segment) => [...segment.records].reverse());
    expect(found).toEqual(stored);
    const head = readHead(files, REF);
    if (head === undefined) throw new Error("no head");
    const last = COMPOSED_HISTORY.at(-1)?.parties ?? [];
    expect([...readState(files, head).parties.keys()]).toEqual(
      last.map((party) => party.uid).sort((a, b) => a - b),
    );
  });

  it("writes nothing when nothing changed", () => {
    const files = memoryFiles();
    composeLedger(files);
    const counted = crashingFiles(files, undefined);
    sequence(counted);
    expect(counted.effects()).toEqual([]);
  });
});
