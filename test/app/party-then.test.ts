import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { partiesThen } from "../../src/app/past/party-then.ts";
import { findPoint } from "../../src/app/past/point.ts";
import { stateAt } from "../../src/app/past/state-at.ts";
import { decodeParty, type Head } from "../../src/domain/index.ts";
import { chain, type LedgerFiles, readHead } from "../../src/ledger/index.ts";
import { appendDay, COMPOSED_HISTORY } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { stateArbitrary, successorArbitrary } from "../support/parties.ts";

function headOf(files: LedgerFiles): Head {
  const head = readHead(files, { list: "sdn", segment: "live" });
  if (head === undefined) throw new Error("expected a head");
  return head;
}

/** Every party of every state, as the walk gives it and as the states themselves have it. */
function compare(files: LedgerFiles): number {
  const head = headOf(files);
  const stored = [...chain(files, head)];
  const then = partiesThen(files, head, stored);
  const uids = new Set<number>();
  let compared = 0;
  for (const { record } of stored) {
    const { parties } = stateAt(files, findPoint(files, record.id));
    for (const uid of parties.keys()) uids.add(uid);
    for (const uid of uids) {
      const line = parties.get(uid);
      expect(then(record)(uid)).toEqual(line === undefined ? undefined : decodeParty(line));
      compared += 1;
    }
  }
  return compared;
}

describe("a party as of a record", () => {
  it("is the one of that record's state: added, changed and removed ones", () => {
    const files = memoryFiles();
    for (const day of COMPOSED_HISTORY) appendDay(files, day);
    expect(compare(files)).toBeGreaterThan(25);
  });

  it("is so for any history", () => {
    const history = stateArbitrary().chain((first) =>
      successorArbitrary(first).chain((second) =>
        successorArbitrary(second).map((third) => [first, second, third]),
      ),
    );
    fc.assert(
      fc.property(history, (states) => {
        const files = memoryFiles();
        for (const [at, state] of states.entries()) {
          const parties = [...state.parties.values()].map(decodeParty);
          appendDay(files, { date: `2023-06-0${at + 1}`, parties });
        }
        compare(files);
      }),
      { numRuns: 10 },
    );
  });

  it("is unknown for a record that is not in the chain at hand", () => {
    const files = memoryFiles();
    const [first, second] = COMPOSED_HISTORY.map((day) => appendDay(files, day));
    const head = headOf(files);
    const newest = [...chain(files, head)].slice(0, 1);
    if (first === undefined || second === undefined) throw new Error("expected two records");
    expect(partiesThen(files, head, newest)(second.record)(36)).toBeUndefined();
  });
});
