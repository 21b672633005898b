import { applyChanges, invert } from "../../diff/index.ts";
import {
  IntegrityError,
  type ListState,
  type PartyLine,
  type StateRef,
  stateHash,
} from "../../domain/index.ts";
import { type LedgerFiles, readState } from "../../ledger/index.ts";
import type { Point } from "./point.ts";

/**
 * The state at a point: that of the head, with every later record taken back. Proven against the record.
 * @throws IntegrityError when the ledger is not as it was written
 */
export function stateAt(files: LedgerFiles, { head, record, later }: Point): ListState {
  let parties: ReadonlyMap<number, PartyLine> = readState(files, head).parties;
  for (const stored of later) parties = applyChanges(parties, invert(stored.record));
  requireState(parties, record.state.to, record.id);
  return { list: head.list, profile: record.profile, coverage: record.coverage, parties };
}

/**
 * Proves parties against a state hash.
 * @throws IntegrityError `state-mismatch`
 */
export function requireState(
  parties: ReadonlyMap<number, PartyLine>,
  expected: StateRef,
  what: string,
): void {
  const found = stateHash(parties);
  if (found === expected.hash && parties.size === expected.parties) return;
  throw new IntegrityError(
    "state-mismatch",
    `${what}: expected ${expected.parties} parties with state hash ${expected.hash}, found ${parties.size} with ` +
      `${found}. Run "ofac-ledger verify" to see where it breaks.`,
  );
}
