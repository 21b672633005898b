import type { Hash } from "./canonical.ts";
import type { PartyChange, UnknownChange } from "./change.ts";
import type { Coverage, Profile } from "./coverage.ts";
import type { Instant, IsoDate } from "./date.ts";
import type { Issue } from "./issue.ts";
import type { JudgeId, Judgement } from "./judgement.ts";
import type { ListId } from "./list.ts";
import type { TypeCounts } from "./state.ts";

/** Major versions break consumers, minor ones only add members. */
export const FORMAT_VERSION = "1.0";

export type RecordKind = "baseline" | "publication" | "reinterpretation" | "correction";

/** Where a publication's date comes from; `none`: undated. */
export type DateBasis = "publish-date" | "ofac-publication" | "capture" | "notice" | "none";

/**
 * What one publication changed, chained to the record before it. No clock, no header, no runner in it: two
 * runners that saw the same publication write the same bytes. A baseline carries no changes; its state is
 * reached by reverting from the head, and published as an export.
 */
export interface LedgerRecord {
  readonly formatVersion: string;
  readonly id: string;
  readonly list: ListId;
  readonly segment: string;
  readonly origin: "live" | "import";
  readonly kind: RecordKind;
  readonly headline: string;
  readonly date: IsoDate | null;
  readonly dateBasis: DateBasis;
  /** Which of our records of this list and Eastern date, from 1. */
  readonly sequence: number;
  readonly releaseId: string;
  /** When it must have happened, where known. */
  readonly window: { readonly after: Instant | null; readonly notLaterThan: Instant | null };
  /** OFAC's publications covered by (previous, this]. */
  readonly ofacPublications: readonly OfacPublication[];
  readonly profile: Profile;
  /** Which reader made the state, e.g. `csv/1`. */
  readonly interpreter: string;
  readonly judge: JudgeId;
  readonly context: { readonly otherList: Hash | null };
  readonly coverage: Coverage;
  readonly sources: readonly SourceRef[];
  readonly state: { readonly from: StateRef | null; readonly to: StateRef };
  readonly counts: ChangeCounts;
  readonly changes: readonly PartyChange[];
  readonly unknown: readonly UnknownChange[];
  readonly judgement: Judgement;
  readonly issues: readonly Issue[];
  readonly previous: { readonly id: string; readonly hash: Hash } | null;
  /** Of a correction or reinterpretation: the record it supersedes, and why. */
  readonly supersedes?: string;
  readonly reason?: string;
  /** Removals were implausibly many and nothing confirmed them within a day: published all the same. */
  readonly unconfirmedRemovals?: true;
}

export interface OfacPublication {
  readonly id: number;
  readonly datePublished: string;
}

export interface SourceRef {
  readonly file: string;
  readonly sha256: Hash;
  readonly bytes: number;
  readonly provenance: Provenance;
}

/** Where bytes come from. Composed documents never pass for OFAC's. */
export type Provenance = "official file" | "third-party capture" | "official delta" | "composed";

export interface StateRef {
  readonly hash: Hash;
  readonly parties: number;
}

export interface ChangeCounts {
  readonly added: TypeCounts;
  readonly removed: TypeCounts;
  readonly changed: TypeCounts;
}

/** The newest record of a segment. */
export interface Head {
  readonly formatVersion: string;
  readonly list: ListId;
  readonly segment: string;
  readonly origin: "live" | "import";
  readonly id: string;
  readonly hash: Hash;
  readonly date: IsoDate | null;
  readonly state: StateRef;
  readonly counts: TypeCounts;
  readonly profile: Profile;
  readonly interpreter: string;
  readonly coverage: Coverage;
  /** How many records the segment has. */
  readonly records: number;
  readonly sources: readonly SourceRef[];
  readonly window: LedgerRecord["window"];
  /** Hash of each file under `parties/`, by its number. */
  readonly shards: Readonly<Record<string, Hash>>;
}

/** A record as it lies in the ledger. */
export interface StoredRecord {
  readonly record: LedgerRecord;
  /** SHA-256 of the file's bytes: what stands in the successor, the head and the index. */
  readonly hash: Hash;
  readonly bytes: Uint8Array;
}
