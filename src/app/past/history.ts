import {
  type Head,
  isIsoDate,
  type LedgerRecord,
  type ListId,
  type StoredRecord,
  UsageError,
} from "../../domain/index.ts";
import { chain, type LedgerFiles, listSegments, readHead } from "../../ledger/index.ts";

export interface LogOptions {
  readonly since?: string | undefined;
  readonly list?: ListId | undefined;
  readonly segment?: string | undefined;
  readonly program?: string | undefined;
}

/** Heads of all segments, of one list or of both. */
export function heads(files: LedgerFiles, filter: Pick<LogOptions, "list" | "segment"> = {}): Head[] {
  return listSegments(files)
    .filter((ref) => filter.list === undefined || ref.list === filter.list)
    .filter((ref) => filter.segment === undefined || ref.segment === filter.segment)
    .flatMap((ref) => {
      const head = readHead(files, ref);
      return head === undefined ? [] : [head];
    });
}

/**
 * Publications of a chain, with its baseline and without what was said of them anew; oldest first.
 * @param records newest first
 */
export function publicationsOf(records: Iterable<StoredRecord>): LedgerRecord[] {
  return [...records]
    .map(({ record }) => record)
    .filter(({ kind }) => kind === "baseline" || kind === "publication")
    .reverse();
}

/** All records that match, newest first: by date, then by sequence, lists and segments in their order. */
export function history(files: LedgerFiles, options: LogOptions = {}): StoredRecord[] {
  const { since, program } = options;
  if (since !== undefined && !isIsoDate(since)) {
    throw new UsageError("bad-date", `--since: expected a date like 2023-05-23, found "${since}".`);
  }
  return heads(files, options)
    .flatMap((head) => [...chain(files, head)])
    .filter(({ record }) => since === undefined || (record.date ?? "") >= since)
    .filter(({ record }) => program === undefined || namesProgram(record, program))
    .sort((a, b) => newestFirst(a.record, b.record));
}

function newestFirst(a: LedgerRecord, b: LedgerRecord): number {
  const [x, y] = [a.date ?? "", b.date ?? ""];
  return x === y ? b.sequence - a.sequence : x < y ? 1 : -1;
}

/** True when a changed party has the program, or a change gives or takes it. */
function namesProgram(record: LedgerRecord, program: string): boolean {
  return record.changes.some((change) => {
    if (change.op === "modify") {
      return change.fields.some(
        (field) => field.area === "program" && [field.before, field.after].some((p) => hasCode(p, program)),
      );
    }
    const party = change.op === "add" ? change.after : change.before;
    return party.programs?.some((entry) => hasCode(entry, program)) ?? false;
  });
}

function hasCode(value: unknown, program: string): boolean {
  const code = typeof value === "object" && value !== null && "code" in value ? value.code : undefined;
  return typeof code === "string" && code.toLowerCase() === program.toLowerCase();
}

/**
 * One record by its id.
 * @throws UsageError `no-such-publication`
 */
export function findRecord(files: LedgerFiles, id: string): StoredRecord {
  const found = history(files).find(({ record }) => record.id === id);
  if (found !== undefined) return found;
  throw new UsageError(
    "no-such-publication",
    `Expected the id of a publication in the ledger, found "${id}". See "ofac-ledger log" for the ids there are.`,
  );
}

/** What a record says of one party. */
export interface PartyMention {
  readonly record: LedgerRecord;
  readonly change: LedgerRecord["changes"][number] | LedgerRecord["unknown"][number];
}

/** Every change of one party, newest first. */
export function partyHistory(files: LedgerFiles, uid: number): PartyMention[] {
  return history(files).flatMap(({ record }) =>
    [...record.changes, ...record.unknown]
      .filter((change) => change.uid === uid)
      .map((change) => ({ record, change })),
  );
}
