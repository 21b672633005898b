import type {
  ContextEntry,
  Hash,
  Head,
  Instant,
  LedgerRecord,
  ListId,
  Observation,
  Party,
  PartyLine,
  StoredRecord,
} from "../domain/index.ts";

/** What a site is rendered from: published facts only. Order of the lists does not matter. */
export interface SiteInput {
  /** Of all segments. */
  readonly records: readonly StoredRecord[];
  readonly heads: readonly Head[];
  readonly context: readonly ContextEntry[];
  readonly observations: readonly Observation[];
  readonly site: SiteFacts;
  /** The current state of each segment; without it a party's page shows what the records tell. */
  readonly states?: readonly SegmentState[];
  /** A party as it stood after a record; undefined where that is not at hand. */
  readonly partyThen?: (record: LedgerRecord, uid: number) => Party | undefined;
  /** What is known of program tags; a tag without an entry is shown as OFAC writes it. */
  readonly programs?: readonly ProgramFacts[];
  /** How our looking stands, as last committed. */
  readonly status?: SiteStatus;
  /** What pictures for shared links are drawn with; without it there are none. */
  readonly cards?: CardFonts;
}

/** Fonts of the pictures, so that every machine draws the same. */
export interface CardFonts {
  /** Paths of Public Sans, regular and bold. */
  readonly files: readonly string[];
  /** Over their bytes. */
  readonly hash: Hash;
}

/** Looks at the sources, as of the newest that is committed; no clock has a part in it. */
export interface SiteStatus {
  /** The newest committed look; null when nobody ever looked. */
  readonly at: Instant | null;
  readonly sources: readonly SourceLooks[];
  /** Removals that wait for confirmation. */
  readonly held: readonly {
    readonly list: ListId;
    readonly since: Instant;
    readonly reason: string;
    readonly parties: number;
  }[];
  /** A publication that OFAC's history lists and whose files were not seen; null or missing: none. */
  readonly behind?: { readonly publication: number; readonly at: Instant } | null;
  /** What was found when, oldest first: looks in a row that found the same. */
  readonly stretches?: readonly LookedStretch[];
  /** Months whose looks are published, oldest first: `2023-05`. */
  readonly lookMonths?: readonly string[];
  /** How long publications took, by month, newest first. */
  readonly months?: readonly MonthTimes[];
  /** Instants at which we are known to have looked, oldest first. */
  readonly looks: readonly Instant[];
}

/** Looks in a row that found the same. */
export interface LookedStretch {
  readonly from: Instant;
  readonly to: Instant;
  /** Looks, also those that were not written down one by one. */
  readonly looks: number;
  /** Seconds: the longest time without a look, up to the last look of the stretch; null: not known. */
  readonly longestGap: number | null;
  readonly found: readonly {
    readonly source: string;
    readonly state: string;
    readonly failure: string | null;
    readonly hash: Hash | null;
  }[];
}

/** p50 and p95 of each stretch of the way, in seconds. */
export interface MonthTimes {
  /** `2023-05`, or `undated`. */
  readonly month: string;
  readonly publications: number;
  readonly times: readonly {
    readonly from: "published" | "firstSeen";
    readonly to: string;
    readonly count: number;
    readonly p50: number;
    readonly p95: number;
  }[];
}

export interface SourceLooks {
  /** `sdn`, `consolidated`, `publications`, `notices`. */
  readonly source: string;
  /** `current`, `stale`, `blocked`, `held`. */
  readonly state: string;
  readonly lastLook: Instant | null;
  readonly lastSuccess: Instant | null;
  readonly lastChange: Instant | null;
  /** In that state since; missing: not known. */
  readonly since?: Instant | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
}

/** Where a segment stands now. */
export interface SegmentState {
  readonly list: ListId;
  readonly segment: string;
  readonly origin: "live" | "import";
  /** By uid. */
  readonly parties: ReadonlyMap<number, PartyLine>;
}

/** A program tag explained, with its source. */
export interface ProgramFacts {
  readonly tag: string;
  readonly title: string;
  readonly authority: string;
  /** OFAC's page of the program. */
  readonly page: string;
}

/** What the operator says about the site. */
export interface SiteFacts {
  readonly title: string;
  /** Where the site will stand, absolute, without a slash at the end. */
  readonly baseUrl: string;
  /** Who answers for the feeds (RFC 4287 §4.2.1). */
  readonly author: string;
  /** Of the feed ids (RFC 4151): a domain or address held on that date. Changing either breaks every id. */
  readonly tag: { readonly authority: string; readonly date: string };
  /** Where the ledger can be downloaded; null when it is not public. */
  readonly repositoryUrl: string | null;
  /** Identifies the renderer's code, so that an incremental build notices a new one. */
  readonly renderer: string;
}

/** Template and asset sources by name; the names are `TEMPLATE_NAMES`. */
export type TemplateSources = Readonly<Record<string, string>>;
