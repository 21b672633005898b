import { applyChanges, compose, diffStates, invert } from "../../src/diff/index.ts";
import {
  type ChangeSet,
  canonicalJson,
  type LedgerRecord,
  type ListState,
  type PartyLine,
  sha256,
  stateHash,
} from "../../src/domain/index.ts";

/** Every state of a chain, from the baseline's on. */
export function statesOf(
  records: readonly LedgerRecord[],
  baseline: ReadonlyMap<number, PartyLine>,
): ListState[] {
  const states: ListState[] = [];
  let parties = baseline;
  for (const record of records) {
    if (record.kind !== "baseline") parties = applyChanges(parties, record);
    states.push({ list: record.list, profile: record.profile, coverage: record.coverage, parties });
  }
  return states;
}

/** The laws of one pair of states; gives the names of those that do not hold. */
export function brokenLaws(a: ListState, b: ListState): string[] {
  const set = diffStates(a, b);
  const back = invert(set);
  const laws = {
    "apply(a, diff(a, b)) = b": stateHash(applyChanges(a.parties, set)) === stateHash(b.parties),
    "apply(b, invert(diff(a, b))) = a": stateHash(applyChanges(b.parties, back)) === stateHash(a.parties),
    "invert(diff(a, b)) = diff(b, a)": digest(back) === digest(diffStates(b, a)),
    "diff(a, a) is empty": digest(diffStates(a, a)) === digest({ changes: [], unknown: [] }),
  };
  return Object.entries(laws).flatMap(([law, holds]) => (holds ? [] : [law]));
}

export function digest(set: ChangeSet): string {
  return sha256(canonicalJson({ changes: set.changes, unknown: set.unknown }));
}

/**
 * Composes any stretch of a chain from stretches of 1, 2, 4, … records that are composed once: so many pairs can be
 * tried in little time, and every one of them is joined in another way than record after record.
 */
export function composer(records: readonly LedgerRecord[]): (from: number, to: number) => ChangeSet {
  const known = new Map<string, ChangeSet>();
  const sight = (from: number, to: number) => ({
    before: records[from]?.coverage ?? {},
    after: records[to]?.coverage ?? {},
  });
  const block = (from: number, size: number): ChangeSet => {
    const key = `${from}+${size}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const only = records[from + 1];
    if (only === undefined) throw new Error(`no record ${from + 1}`);
    const half = size / 2;
    const made =
      size === 1
        ? { changes: only.changes, unknown: only.unknown }
        : compose(block(from, half), block(from + half, half), sight(from, from + size));
    known.set(key, made);
    return made;
  };
  /** Everything after record `from` up to and including record `to`. */
  return (from, to) => {
    let at = from;
    let set: ChangeSet = { changes: [], unknown: [] };
    while (at < to) {
      let size = 1;
      while (at % (size * 2) === 0 && at + size * 2 <= to) size *= 2;
      set = compose(set, block(at, size), sight(from, at + size));
      at += size;
    }
    return set;
  };
}
