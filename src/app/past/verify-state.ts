import { type PartyLine, type StateRef, stateHash } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import { findPoint, type PointOptions } from "./point.ts";
import { stateAt } from "./state-at.ts";

/** A copy of a list held against a publication. */
export interface StateReport {
  readonly ok: boolean;
  readonly id: string;
  readonly expected: StateRef;
  readonly found: StateRef;
  /** Uids that the copy lacks, has too many, and has with other content; ascending. */
  readonly missing: readonly number[];
  readonly surplus: readonly number[];
  readonly different: readonly number[];
}

/**
 * Holds the parties of a state file against one publication, and says party by party what differs.
 * @throws UsageError as `findPoint`; IntegrityError when the ledger itself is not as it was written
 */
export function verifyState(
  files: LedgerFiles,
  parties: ReadonlyMap<number, PartyLine>,
  publication: string,
  options: PointOptions = {},
): StateReport {
  const point = findPoint(files, publication, options);
  const expected = point.record.state.to;
  const found = { hash: stateHash(parties), parties: parties.size };
  const base = { id: point.record.id, expected, found };
  if (found.hash === expected.hash) return { ok: true, ...base, missing: [], surplus: [], different: [] };
  const right = stateAt(files, point).parties;
  return {
    ok: false,
    ...base,
    missing: [...right.keys()].filter((uid) => !parties.has(uid)),
    surplus: [...parties.keys()].filter((uid) => !right.has(uid)),
    different: [...right.values()]
      .filter(({ uid, digest }) => parties.has(uid) && parties.get(uid)?.digest !== digest)
      .map(({ uid }) => uid),
  };
}
