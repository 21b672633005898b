import {
  type CatchUp,
  compareText,
  type Head,
  type ListState,
  type PartyLine,
  type StoredRecord,
} from "../../../domain/index.ts";
import type { LedgerFiles } from "../../../ledger/index.ts";
import { catchUp, prepend } from "../../compose.ts";
import { stateAt } from "../../past/state-at.ts";
import type { HeadStates } from "../../past/state-walk.ts";

/** A segment as it is published: its chain in order, and what is made from it when it is asked for, once. */
export interface PublishedSegment {
  readonly head: Head;
  /** From the baseline to the newest. */
  readonly records: readonly StoredRecord[];
  readonly baseline: StoredRecord;
  readonly newest: StoredRecord;
  /** The parties after the baseline, or after the newest record. */
  parties(which: "baseline" | "newest"): ReadonlyMap<number, PartyLine>;
  /** One change set from a record to the newest. */
  since(id: string): CatchUp;
}

/** The segments of a ledger whose records were read before. */
export function publishedSegments(
  files: LedgerFiles,
  heads: readonly Head[],
  stored: readonly StoredRecord[],
  stateOf: HeadStates,
): PublishedSegment[] {
  const byId = new Map(stored.map((one) => [one.record.id, one]));
  return heads
    .toSorted((a, b) => compareText(a.list, b.list) || compareText(a.segment, b.segment))
    .flatMap((head) => {
      const records = chainOf(byId, head);
      const [baseline] = records;
      const newest = records.at(-1);
      return baseline === undefined || newest === undefined
        ? []
        : [segment(files, head, records, { baseline, newest }, stateOf)];
    });
}

function chainOf(byId: ReadonlyMap<string, StoredRecord>, head: Head): StoredRecord[] {
  const records: StoredRecord[] = [];
  let at = byId.get(head.id);
  while (at !== undefined) {
    records.push(at);
    at = at.record.previous === null ? undefined : byId.get(at.record.previous.id);
  }
  return records.reverse();
}

function segment(
  files: LedgerFiles,
  head: Head,
  records: readonly StoredRecord[],
  { baseline, newest }: { readonly baseline: StoredRecord; readonly newest: StoredRecord },
  stateOf: HeadStates,
): PublishedSegment {
  const states = new Map<string, ListState>();
  const composed = new Map<string, CatchUp>([[newest.record.id, catchUp(newest.record, [])]]);
  const parties = (which: "baseline" | "newest") => {
    const known = states.get(which);
    if (known !== undefined) return known.parties;
    const made =
      which === "newest" || records.length === 1
        ? stateOf(head)
        : stateAt(files, { head, record: baseline.record, later: records.slice(1).reverse() });
    states.set(which, made);
    return made.parties;
  };
  const since = (id: string): CatchUp => {
    const known = composed.get(id);
    if (known !== undefined) return known;
    const at = records.findIndex(({ record }) => record.id === id);
    const base = records[at];
    const next = records[at + 1];
    if (base === undefined || next === undefined) throw new Error(`no record ${id} before the newest`);
    const made = prepend(base.record, next.record, since(next.record.id), newest.record);
    composed.set(id, made);
    return made;
  };
  return { head, records, baseline, newest, parties, since };
}

/** Records of one calendar month of a segment, with the record before the first of them. */
export interface Month {
  /** `2023-05`. */
  readonly month: string;
  readonly base: StoredRecord;
  readonly records: readonly StoredRecord[];
}

/**
 * The months of a segment in which something was recorded, oldest first, without the baseline. A record belongs
 * to the month of its date, or of the one before it when it has none or an earlier one, as a correction may.
 */
export function monthsOf({ records }: PublishedSegment): Month[] {
  const months: { month: string; base: StoredRecord; records: StoredRecord[] }[] = [];
  let month = records[0]?.record.date?.slice(0, 7) ?? "undated";
  for (const [i, stored] of records.entries()) {
    const base = records[i - 1];
    const own = stored.record.date?.slice(0, 7) ?? "";
    if (own > month || month === "undated") month = own === "" ? month : own;
    if (base === undefined) continue;
    const open = months.at(-1);
    if (open?.month === month) open.records.push(stored);
    else months.push({ month, base, records: [stored] });
  }
  return months;
}
