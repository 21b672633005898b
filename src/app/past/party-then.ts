import { applyChanges, invert } from "../../diff/index.ts";
import {
  decodeParty,
  type Head,
  type LedgerRecord,
  type PartyLine,
  type StoredRecord,
} from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import type { PartyLookup } from "../../notify/index.ts";
import { type HeadStates, headStates } from "./state-walk.ts";

/** One record's words on one party: as a change set that can be taken back alone. */
type Part = Pick<LedgerRecord, "changes" | "unknown">;

/**
 * Gives a party as it stood after any record of a segment. Nothing is read before it is asked, and then the head's
 * state once; from there only that party's own changes are taken back, not whole lists. A party or record that is
 * not in the chain at hand is unknown, so filters stay open.
 */
export function partiesThen(
  files: LedgerFiles,
  head: Head,
  stored: readonly StoredRecord[],
  stateOf: HeadStates = headStates(files),
): (record: LedgerRecord) => PartyLookup {
  let now: ReadonlyMap<number, PartyLine> | undefined;
  let walked:
    | { places: ReadonlyMap<string, number>; parts: ReadonlyMap<number, readonly Placed[]> }
    | undefined;
  return (record) => (uid) => {
    walked ??= walk(head, stored);
    const place = walked.places.get(record.id);
    if (place === undefined) return undefined;
    now ??= stateOf(head).parties;
    const line = lineAt(uid, place, now.get(uid), walked.parts.get(uid) ?? []);
    return line === undefined ? undefined : decodeParty(line);
  };
}

interface Placed {
  /** How many records back from the head: 0 is the head's own. */
  readonly place: number;
  readonly part: Part;
}

/** The party's line after the record at a place: everything newer is taken back, newest first. */
function lineAt(
  uid: number,
  place: number,
  now: PartyLine | undefined,
  parts: readonly Placed[],
): PartyLine | undefined {
  let parties: ReadonlyMap<number, PartyLine> = new Map(now === undefined ? [] : [[uid, now]]);
  for (const newer of parts) {
    if (newer.place >= place) break;
    parties = applyChanges(parties, invert(newer.part));
  }
  return parties.get(uid);
}

/** Places of the records, and what they say of each party, both from the newest back. */
function walk(head: Head, stored: readonly StoredRecord[]) {
  const byHash = new Map(stored.map((one) => [one.hash, one]));
  const places = new Map<string, number>();
  const parts = new Map<number, Placed[]>();
  let next = byHash.get(head.hash);
  for (let place = 0; next !== undefined; place += 1) {
    const { record } = next;
    places.set(record.id, place);
    // Nothing is taken back beyond the baseline.
    if (record.previous === null) break;
    for (const [uid, part] of partsOf(record)) {
      const known = parts.get(uid) ?? [];
      known.push({ place, part });
      parts.set(uid, known);
    }
    next = byHash.get(record.previous.hash);
  }
  return { places, parts };
}

function partsOf(record: LedgerRecord): Map<number, Part> {
  const uids = new Set([...record.changes, ...record.unknown].map(({ uid }) => uid));
  const changes = grouped(record.changes);
  const unknown = grouped(record.unknown);
  return new Map(
    [...uids].map((uid) => [uid, { changes: changes.get(uid) ?? [], unknown: unknown.get(uid) ?? [] }]),
  );
}

function grouped<T extends { readonly uid: number }>(values: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const value of values) {
    const group = groups.get(value.uid);
    if (group === undefined) groups.set(value.uid, [value]);
    else group.push(value);
  }
  return groups;
}
