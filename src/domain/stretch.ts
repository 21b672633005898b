import { compareText } from "./canonical.ts";
import { easternDate, type IsoDate } from "./date.ts";
import type { Head, LedgerRecord, Provenance } from "./record.ts";

/**
 * More days than this without a file, and what OFAC published in between is not known. In the densest archive there is
 * (a look every six hours from August 2021 to May 2024) the SDN list never stood still for more than 15 days.
 */
export const GAP_DAYS = 21;

/** A time of which a segment tells every publication, as far as its files lie dense. */
export interface Stretch {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Records in it. */
  readonly records: number;
}

/** A time from which a segment has no file: whatever was published in it is in one record together. */
export interface Gap {
  /** Eastern day on which the list was last known as it was. */
  readonly after: IsoDate;
  /** Eastern day of the record. */
  readonly until: IsoDate;
  readonly days: number;
  /** The record that holds all of it. */
  readonly id: string;
}

/** Where a segment is dense, where it has gaps, and what its records were read from. */
export interface Density {
  readonly stretches: readonly Stretch[];
  readonly gaps: readonly Gap[];
  /** Records by where their files come from, in the order of the words. */
  readonly provenance: Readonly<Partial<Record<Provenance, number>>>;
}

/**
 * The density of one segment. A live chain has no gaps of this kind: OFAC's own history says what each of its records
 * covers.
 * @param records of one chain, oldest first
 */
export function densityOf(records: readonly LedgerRecord[]): Density {
  const read = records.filter(({ kind }) => kind === "baseline" || kind === "publication");
  const stretches: { from: IsoDate; to: IsoDate; records: number }[] = [];
  const gaps: Gap[] = [];
  let previous: IsoDate | undefined;
  for (const { id, date, window, origin } of read) {
    if (date === null) continue;
    const after = laterOf(previous, window.after === null ? undefined : easternDate(window.after));
    const days = after === undefined ? 0 : daysBetween(after, date);
    const last = stretches.at(-1);
    if (origin === "import" && after !== undefined && days > GAP_DAYS) {
      gaps.push({ after, until: date, days, id });
      if (last !== undefined) last.to = after;
      stretches.push({ from: date, to: date, records: 1 });
    } else if (last === undefined) stretches.push({ from: date, to: date, records: 1 });
    else {
      last.to = date;
      last.records += 1;
    }
    previous = date;
  }
  return { stretches, gaps, provenance: countProvenance(read) };
}

function laterOf(a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

/** Days from one Eastern date to another. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `segments.json`: every segment, the live ones of a list first. */
export interface SegmentsFile {
  readonly formatVersion: string;
  readonly segments: readonly (Density &
    Pick<
      Head,
      "list" | "segment" | "origin" | "profile" | "interpreter" | "coverage" | "records" | "state"
    > & {
      /** Its newest record. */
      readonly head: string;
    })[];
}

/** A record counts under the least of its files: one capture among official files makes it a capture. */
function countProvenance(records: readonly LedgerRecord[]): Density["provenance"] {
  const counts = new Map<Provenance, number>();
  for (const { sources } of records) {
    const grade = gradeOf(sources.map(({ provenance }) => provenance));
    counts.set(grade, (counts.get(grade) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => compareText(a, b)));
}

/** How far bytes vouch for themselves, least first. */
const GRADES: readonly Provenance[] = ["composed", "third-party capture", "official delta", "official file"];

/** The grade of a record: that of the least of its files. */
export function gradeOf(provenances: readonly Provenance[]): Provenance {
  return GRADES.find((grade) => provenances.includes(grade)) ?? "third-party capture";
}
