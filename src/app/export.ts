import { applyChanges, areaValues, invert } from "../diff/index.ts";
import {
  AREAS,
  decodeParty,
  IntegrityError,
  type ListState,
  type Party,
  type PartyLine,
  type StateRef,
  stateHash,
} from "../domain/index.ts";
import { type LedgerFiles, readState } from "../ledger/index.ts";
import { describeChild } from "../render/index.ts";
import type { Point } from "./past/point.ts";
import { csvLine } from "./site/csv.ts";

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

/** A state as NDJSON: one canonical party a line, ascending uid. Its lines are what the state hash is made of. */
export function stateNdjson(parties: ReadonlyMap<number, PartyLine>): string {
  return [...parties.values()].map(({ line }) => `${line}\n`).join("");
}

const COLUMNS = AREAS.filter(({ area }) => area !== "type" && area !== "name");

/**
 * A state as CSV for spreadsheets, RFC 4180 with a header: one row a party, one column an area, several values
 * parted by ` | `. What has to be exact is in the NDJSON.
 */
export function stateCsv(parties: ReadonlyMap<number, PartyLine>): string {
  const header = ["uid", "type", "name", ...COLUMNS.map(({ area }) => area)];
  return [header, ...[...parties.values()].map((line) => row(decodeParty(line)))].map(csvLine).join("");
}

function row(party: Party): string[] {
  const cells = COLUMNS.map((shape) =>
    areaValues(party, shape)
      .map((value) => {
        const { label, text } = describeChild(shape.area, value);
        // The column says what it is; only where OFAC gives a label of its own is there more to say.
        return typeof value === "object" && "type" in value ? `${label}: ${text}` : text;
      })
      .join(" | "),
  );
  return [String(party.uid), party.type, party.name.full, ...cells];
}
