import type { Coverage, Profile } from "./coverage.ts";
import type { IsoDate } from "./date.ts";
import type { ListId } from "./list.ts";
import type { CsvRow } from "./source-csv.ts";
import type { EnhancedEntity } from "./source-enhanced.ts";
import type { LegacyEntry } from "./source-legacy.ts";

/** One party exactly as a source has it, decoded but not yet interpreted. */
export type SourceRecord = CsvRow | LegacyEntry | EnhancedEntity;

/**
 * Something in one record that deserves a warning. Notes of all records are gathered into one issue per code
 * and subject, so that 500 records with the same new label raise one warning.
 */
export interface Note {
  /** Stable, e.g. `unknown-element`. */
  readonly code: string;
  /** What it is about, e.g. the element's path or the label. */
  readonly subject: string;
  /** A short text that shows it. */
  readonly example: string;
}

export interface DecodedRecord {
  readonly record: SourceRecord;
  readonly notes: readonly Note[];
}

/**
 * One party's raw text, split off its document. `raw` is what two publications are compared by: equal raw
 * texts of one interpreter decode to equal records. Bytes are a view that holds until the next batch is read.
 */
export interface RawRecord {
  readonly uid: number;
  readonly raw: string | Uint8Array;
  /** SHA-256 of raw bytes in hex, where finding the record has told it already. */
  readonly digest?: string;
  /** Throws ContentError on a structure that is not known. */
  decode(): DecodedRecord;
}

/** What is known of a record's bytes from an earlier publication: how many, and their SHA-256 in hex. */
export interface KnownBytes {
  readonly bytes: number;
  readonly raw: string;
}

/** A list's document, opened: head read, records still to be read. */
export interface ParsedList {
  /** What the document is, for a reader: `legacy XML`, `SDN.CSV`, … */
  readonly format: string;
  readonly profile: Profile;
  /** Which list it is, where the document (or its name) tells. */
  readonly list: ListId | null;
  readonly coverage: Coverage;
  /** Which reader: format and its version, e.g. `csv/1`. */
  readonly interpreter: string;
  /** What else equal raw texts depend on: a digest of reference values; empty where there are none. */
  readonly reference: string;
  readonly publishDate: IsoDate | null;
  /** What the document says its number of records is. */
  readonly recordCount: number | null;
  /**
   * The records in document order, some at a time; to be read once and to the end. The end checks what only
   * the whole document shows (closing root, count, unique uids) and throws ContentError.
   * @param known of earlier records, so that the end of one that is the same need not be looked for
   */
  batches(known?: (uid: number) => KnownBytes | undefined): AsyncIterable<readonly RawRecord[]>;
  /** Of the head; complete when `batches` has ended. */
  notes(): readonly Note[];
  /** Lets go of the document when only its head was wanted. */
  close(): Promise<void>;
}
