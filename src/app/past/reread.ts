import { type LedgerRecord, type Provenance, type StoredRecord, UsageError } from "../../domain/index.ts";
import { type ListReading, type ListSource, readList } from "../look/read-list.ts";
import { publicationOf } from "../look/record.ts";
import type { RawStore } from "../raw/store.ts";

/** Where a publication's files are had from to be read again. */
export interface RereadFrom {
  /** Files that are supplied; none: those that are kept. */
  readonly from: readonly string[];
  /** What supplied files are, where they are not the record's own. */
  readonly provenance: Provenance;
  readonly raw: RawStore | undefined;
}

/** A publication read again. */
export interface Reread {
  readonly reading: Omit<ListReading, "memory">;
  /** Where the files were had from, for the observation. */
  readonly route: string;
}

/**
 * Reads the files of a record again, from its first byte to its last and with today's interpreter: those supplied, or
 * those that are kept.
 * @throws UsageError `no-source-files` when they are neither supplied nor kept; ContentError when they are no list
 */
export async function reread(record: LedgerRecord, options: RereadFrom): Promise<Reread> {
  const { from, raw } = options;
  const kept = from.length > 0 ? undefined : keptSources(record, raw);
  if (from.length === 0 && kept === undefined) {
    const files = record.sources.map(({ file, sha256 }) => `${file} (${sha256})`).join(", ");
    throw new UsageError(
      "no-source-files",
      `Expected the files of ${record.id}, ${files}, ${raw === undefined ? "supplied with --from or kept in a folder (--raw)" : "among those that are kept, or supplied with --from"}, ` +
        "found none. Supply them.",
    );
  }
  const { memory: _, ...reading } = await readList(kept ?? from, {
    list: record.list,
    provenance: options.provenance,
  });
  // What is known of a file counts, not what is said of it today.
  const own = new Map(record.sources.map((source) => [source.sha256, source]));
  const sources = reading.sources.map((source) => own.get(source.sha256) ?? source);
  return {
    reading: { ...reading, sources },
    route: kept === undefined ? "supplied files" : "kept source files",
  };
}

/** The files of a record out of the store; undefined where it lacks one. */
export function keptSources(
  record: LedgerRecord,
  raw: RawStore | undefined,
): readonly ListSource[] | undefined {
  const found = record.sources.flatMap(({ file, sha256 }) => {
    const bytes = raw?.read(sha256);
    return bytes === undefined ? [] : [{ name: file, bytes }];
  });
  return found.length > 0 && found.length === record.sources.length ? found : undefined;
}

/**
 * The record whose files the state at the head of a chain was read from. A correction of an earlier publication brings
 * that publication's files along, and says nothing of the newest.
 * @param records newest first
 */
export function readAtHead(records: Iterable<StoredRecord>): LedgerRecord {
  const corrections: LedgerRecord[] = [];
  for (const { record } of records) {
    if (record.kind !== "correction") {
      const own = publicationOf(record.id);
      return corrections.find(({ supersedes }) => publicationOf(supersedes ?? "") === own) ?? record;
    }
    corrections.push(record);
  }
  throw new Error("a chain has a record that is no correction");
}
