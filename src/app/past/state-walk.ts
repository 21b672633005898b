import { applyChanges, invert } from "../../diff/index.ts";
import type { Head, LedgerRecord, ListState, PartyLine, StoredRecord } from "../../domain/index.ts";
import { chain, type LedgerFiles, readState } from "../../ledger/index.ts";

/** A record with the list before and after it. */
export interface Step {
  readonly record: LedgerRecord;
  /** Null for a baseline. */
  readonly before: ListState | null;
  readonly after: ListState;
}

/** The state at a head, proven, read once for everything that is made from it. */
export type HeadStates = (head: Head) => ListState;

export function headStates(files: LedgerFiles): HeadStates {
  const states = new Map<string, ListState>();
  return (head) => {
    const name = `${head.list}/${head.segment}`;
    const state = states.get(name) ?? readState(files, head);
    states.set(name, state);
    return state;
  };
}

/** Gives the states around records of one segment; nothing is read before it is asked. */
export interface StateWalk {
  step(id: string): Step;
}

/**
 * Walks a segment back from its head, one record at a time, and remembers where it stands: records asked newest
 * first cost one step each. An older state than the last is reached by going on, a newer one by beginning anew.
 */
export function openStateWalk(files: LedgerFiles, head: Head, stateOf: HeadStates): StateWalk {
  let records: Generator<StoredRecord> | undefined;
  let parties: ReadonlyMap<number, PartyLine> = new Map();
  let last: Step | undefined;
  const next = (): Step | undefined => {
    if (records === undefined) {
      records = chain(files, head);
      parties = stateOf(head).parties;
    }
    const found = records.next();
    if (found.done === true) return undefined;
    const { record } = found.value;
    const state = (lines: ReadonlyMap<number, PartyLine>, of: LedgerRecord): ListState => ({
      list: head.list,
      profile: of.profile,
      coverage: of.coverage,
      parties: lines,
    });
    const after = state(parties, record);
    if (record.previous === null) return { record, before: null, after };
    parties = applyChanges(parties, invert(record));
    return { record, before: state(parties, record), after };
  };
  return {
    step(id) {
      if (last?.record.id === id) return last;
      for (let round = 0; round < 2; round += 1) {
        for (let step = next(); step !== undefined; step = next()) {
          last = step;
          if (step.record.id === id) return step;
        }
        records = undefined;
      }
      throw new Error(`${id} is not in the chain of ${head.list}/${head.segment}`);
    },
  };
}
