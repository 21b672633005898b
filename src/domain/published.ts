import type { Hash } from "./canonical.ts";
import type { ChangeSet, PartyChange, UnknownChange } from "./change.ts";
import type { Coverage, Profile } from "./coverage.ts";
import type { Instant, IsoDate } from "./date.ts";
import type { Effect } from "./effect.ts";
import type { ListId } from "./list.ts";
import type { Party } from "./party.ts";
import type { ChangeCounts, LedgerRecord, RecordKind, StateRef } from "./record.ts";
import type { TypeCounts } from "./state.ts";

/** One record in an index: enough to choose, order, fetch and check it. */
export interface IndexEntry {
  readonly id: string;
  readonly list: ListId;
  readonly segment: string;
  readonly origin: "live" | "import";
  readonly kind: RecordKind;
  readonly date: IsoDate | null;
  readonly headline: string;
  readonly counts: ChangeCounts;
  readonly materiality: Effect;
  readonly legalEffect: Effect;
  readonly screeningEffect: Effect;
  /** SHA-256 of the record's bytes. */
  readonly hash: Hash;
  readonly bytes: number;
  /** Over notices, press releases and observation; changes when late context arrives. */
  readonly contextHash: Hash;
  readonly state: LedgerRecord["state"];
  readonly previous: LedgerRecord["previous"];
  readonly supersedes?: string;
  readonly url: string;
  readonly page: string;
}

/** All records of one year, in a file of its own. */
export interface IndexYear {
  /** `2023`, or `undated`. */
  readonly year: string;
  readonly records: number;
  readonly url: string;
  readonly hash: Hash;
  readonly bytes: number;
}

/** `index.json`: the newest records, newest first, and where all of them stand by year. */
export interface IndexFile {
  readonly formatVersion: string;
  /** Of all records; `records` holds the newest of them. */
  readonly total: number;
  readonly records: readonly IndexEntry[];
  readonly years: readonly IndexYear[];
}

/** `index/<year>.json`: every record of a year, newest first. */
export interface IndexYearFile {
  readonly formatVersion: string;
  readonly year: string;
  readonly records: readonly IndexEntry[];
}

/** `latest.json`: the newest record of each list that is followed. */
export interface LatestFile {
  readonly formatVersion: string;
  readonly lists: readonly LatestList[];
}

export interface LatestList {
  readonly list: ListId;
  readonly segment: string;
  readonly state: StateRef;
  readonly counts: TypeCounts;
  readonly coverage: Coverage;
  readonly record: IndexEntry | null;
}

/** A state by the record that leads to it. */
export interface StatePoint {
  /** The record's id. */
  readonly id: string;
  readonly date: IsoDate | null;
  readonly state: StateRef;
}

/** Where a state is published as NDJSON: one canonical party a line, ascending uid. */
export interface PublishedState extends StatePoint {
  readonly url: string;
}

/** Where a composed change set is published, and which states it leads from and to. */
export interface PublishedCatchUp {
  readonly from: StatePoint;
  readonly to: StatePoint;
  readonly url: string;
}

/** `sync.json`: what a mirror needs to come up to date, segment by segment. */
export interface SyncFile {
  readonly formatVersion: string;
  readonly segments: readonly SyncSegment[];
}

export interface SyncSegment {
  readonly list: ListId;
  readonly segment: string;
  readonly origin: "live" | "import";
  readonly profile: Profile;
  readonly records: number;
  readonly head: StatePoint & { readonly hash: Hash };
  /** Whole states: of the baseline, and of the newest record. */
  readonly states: readonly PublishedState[];
  /** One change set from each recent record to the newest, newest first. */
  readonly since: readonly PublishedCatchUp[];
  /** One change set for each month with records, oldest first; a month that is over never changes again. */
  readonly months: readonly PublishedCatchUp[];
}

/** Several records in a row as one change set. Applied and proven like a record. */
export interface CatchUp extends ChangeSet {
  readonly formatVersion: string;
  readonly list: ListId;
  readonly segment: string;
  /** Ids of the records it stands for, oldest first: (from, to]. */
  readonly records: readonly string[];
  readonly from: StatePoint;
  readonly to: StatePoint;
  readonly counts: ChangeCounts;
}

/** `parties/<uid>.json`: where a party stands, and each record that touched it. */
export interface PartyFile {
  readonly formatVersion: string;
  readonly uid: number;
  readonly name: string;
  readonly type: string;
  readonly standing: "listed" | "removed" | "unknown";
  /** As listed now, or as last listed; null where only changes are known. */
  readonly party: Party | null;
  readonly history: readonly PartyTouch[];
}

/** One record that touched a party. */
export interface PartyTouch {
  readonly id: string;
  readonly list: ListId;
  readonly segment: string;
  readonly date: IsoDate | null;
  readonly headline: string;
  readonly hash: Hash;
  readonly url: string;
  readonly change: PartyChange | null;
  readonly unknown: readonly UnknownChange[];
}

/** `status.json`: when each source was last looked at. The one file that changes when nothing was found. */
export interface StatusFile {
  readonly formatVersion: string;
  readonly lookedAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly sources: readonly StatusSource[];
  readonly held: readonly {
    readonly list: ListId;
    readonly parties: number;
    /** The longest waiting of them. */
    readonly since?: Instant;
  }[];
  readonly newest: StatusNewest | null;
  /** A publication that OFAC's history listed at the last look and whose files we have not seen; null: none. */
  readonly behind?: { readonly publication: number; readonly at: Instant } | null;
}

/** How one source fares. */
export interface StatusSource {
  readonly source: string;
  readonly state: string;
  readonly lastLook: Instant | null;
  readonly lastSuccess: Instant | null;
  /** In that state since. */
  readonly since?: Instant | null;
  /** Code of the last failure, while it lasts. */
  readonly failure?: string | null;
}

/** The newest publication of any list. */
export interface StatusNewest {
  readonly id: string;
  readonly headline: string;
  readonly hash: Hash;
  readonly page: string;
}
