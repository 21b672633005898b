import type { Hash, Instant, IsoDate, LedgerRecord, StateRef } from "../../domain/index.ts";
import { publicationOf } from "../look/record.ts";
import type { Candidate } from "./candidates.ts";

/** A publication that a chain has, as far as later files are held against it. */
export interface Past {
  readonly id: string;
  readonly date: IsoDate | null;
  /** When it had not come yet, and when it had. */
  readonly after: Instant | null;
  readonly until: Instant | null;
  readonly state: StateRef;
  /** Files that it was read from, also when it was read anew. */
  readonly hashes: ReadonlySet<Hash>;
}

/** What a file tells of its time. */
export type When = Pick<Candidate, "date" | "captured">;

/** Publications of a chain, oldest first. */
export function pastsOf(records: readonly LedgerRecord[]): Past[] {
  return records
    .filter(({ kind }) => kind === "baseline" || kind === "publication")
    .map((record) =>
      pastOf(record, ...records.filter((one) => one.id !== record.id && publicationOf(one.id) === record.id)),
    );
}

/** One publication, with what was said of it anew. */
export function pastOf(record: LedgerRecord, ...anew: readonly LedgerRecord[]): Past {
  const { id, date, window, state } = record;
  const hashes = [record, ...anew].flatMap(({ sources }) => sources.map(({ sha256 }) => sha256));
  return {
    id,
    date,
    after: window.after,
    until: window.notLaterThan,
    state: state.to,
    hashes: new Set(hashes),
  };
}

/**
 * The publications of which one was the newest when a file was captured, or on the day that the file says of itself:
 * the last that had come by then, or all that came at that very instant or on that very day; none before the first.
 */
export function standingAt(pasts: readonly Past[], when: When): readonly Past[] {
  const last = pasts.findLast((past) => compare(past, when) <= 0);
  if (last === undefined || compare(last, when) < 0) return last === undefined ? [] : [last];
  return pasts.filter((past) => compare(past, when) === 0);
}

/**
 * The publication that holds what had changed at a file's time, where that lies between two of the chain: the first
 * one after it, unless the list was seen since to stand as it did before.
 */
export function coveringOf(pasts: readonly Past[], when: When): Past | undefined {
  const at = pasts.findIndex((past) => compare(past, when) >= 0);
  const next = pasts[at];
  if (at <= 0 || next === undefined || compare(next, when) === 0) return undefined;
  return next.after === null || when.captured === undefined || next.after < when.captured.to
    ? next
    : undefined;
}

/** True for a file that is not newer than what a chain ends with: what it says belongs before the chain's end. */
export function isCovered(pasts: readonly Past[], when: When): boolean {
  const last = pasts.at(-1);
  if (last === undefined) return false;
  const { date, captured } = when;
  if (date.basis === "publish-date" && date.date !== last.date) return date.date < (last.date ?? "");
  if (captured !== undefined && last.until !== null) return captured.to <= last.until;
  return date.date < (last.date ?? "");
}

/** A publication beside a file in time: by the days that both say of themselves, else by when they were captured. */
function compare({ date: day, until }: Past, { date, captured }: When): number {
  const isCaptured = date.basis !== "publish-date" && captured !== undefined && until !== null;
  const [past, file] = isCaptured ? [until, captured.to] : [day ?? "", date.date];
  return past < file ? -1 : past > file ? 1 : 0;
}
