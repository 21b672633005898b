import {
  type Head,
  isIsoDate,
  type LedgerRecord,
  type ListId,
  parsePublicationId,
  type StoredRecord,
  UsageError,
} from "../../domain/index.ts";
import { chain, type LedgerFiles } from "../../ledger/index.ts";
import { heads } from "./history.ts";

/** Where to look when a date alone does not say it. */
export interface PointOptions {
  readonly list?: ListId | undefined;
  readonly segment?: string | undefined;
}

/** A moment of a segment: one of its records, with the records after it. */
export interface Point {
  readonly head: Head;
  readonly record: LedgerRecord;
  /** Every record after this one, newest first: what has to be taken back from the head. */
  readonly later: readonly StoredRecord[];
}

/** True for what names a moment of the ledger: a publication's id, or a date. */
export function isPoint(text: string): boolean {
  return parsePublicationId(text) !== undefined || isIsoDate(text);
}

/**
 * The moment a publication id or an Eastern date names. A date means the last record up to and including that
 * day; where several segments have one, the newest of these, and the live one among equals. Of the lists the SDN
 * list is meant unless another is asked for.
 * @throws UsageError `bad-point`, `no-such-segment`, `no-such-publication`, `before-ledger`
 */
export function findPoint(files: LedgerFiles, at: string, options: PointOptions = {}): Point {
  const parsed = parsePublicationId(at);
  if (parsed !== undefined) {
    for (const head of segmentsOf(files, parsed.list, options.segment)) {
      const point = pointIn(files, head, ({ id }) => id === at);
      if (point !== undefined) return point;
    }
    throw new UsageError(
      "no-such-publication",
      `Expected the id of a publication in the ledger, found "${at}". See "ofac-ledger log" for the ids there are.`,
    );
  }
  if (!isIsoDate(at)) {
    throw new UsageError(
      "bad-point",
      `Expected the id of a publication like sdn-20230523 or a date like 2023-05-23, found "${at}".`,
    );
  }
  const list = options.list ?? "sdn";
  const found = segmentsOf(files, list, options.segment)
    .flatMap((head) => pointIn(files, head, ({ date }) => date !== null && date <= at) ?? [])
    .sort((a, b) => newestFirst(a, b))[0];
  if (found !== undefined) return found;
  throw new UsageError(
    "before-ledger",
    `Expected a date on or after the ledger's first record of the ${list} list` +
      `${options.segment === undefined ? "" : ` in segment ${options.segment}`}, found ${at}. See "ofac-ledger log".`,
  );
}

/**
 * Segments of a list, of that name where one is asked for.
 * @throws UsageError `no-such-segment` naming those there are
 */
function segmentsOf(files: LedgerFiles, list: ListId, segment: string | undefined): Head[] {
  const found = heads(files, { list, segment });
  if (found.length > 0) return found;
  const wanted = segment === undefined ? `a segment of the ${list} list` : `the segment ${list}/${segment}`;
  const others = heads(files).map((head) => `${head.list}/${head.segment}`);
  throw new UsageError(
    "no-such-segment",
    `Expected ${wanted} in the ledger, found ` +
      (others.length === 0
        ? "no segment at all. Is --ledger the folder of a ledger?"
        : `${others.join(", ")}. Choose with --list and --segment.`),
  );
}

function newestFirst(a: Point, b: Point): number {
  const [x, y] = [a.record.date ?? "", b.record.date ?? ""];
  if (x !== y) return x < y ? 1 : -1;
  return Number(b.head.origin === "live") - Number(a.head.origin === "live");
}

/** The newest record of a segment that fits. */
function pointIn(files: LedgerFiles, head: Head, fits: (record: LedgerRecord) => boolean): Point | undefined {
  const later: StoredRecord[] = [];
  for (const stored of chain(files, head)) {
    if (fits(stored.record)) return { head, record: stored.record, later };
    later.push(stored);
  }
  return undefined;
}
