import type { Area } from "./area.ts";
import type { Instant, IsoDate } from "./date.ts";
import type { ListId } from "./list.ts";
import type { Link } from "./notice.ts";
import type { NoticeItem, NoticeOperation } from "./notice-content.ts";
import type { TypeCounts } from "./state.ts";

/** What OFAC's own delta says of one publication, or of several in a row folded into one. */
export interface DeltaFacts {
  /** OFAC's publication ids it covers, in order. */
  readonly publications: readonly number[];
  readonly entities: readonly DeltaEntity[];
}

export interface DeltaEntity {
  readonly uid: number;
  readonly op: "add" | "remove" | "modify";
  /** OFAC's names of the lists the record names; empty where it names none, as most modifications. */
  readonly lists: readonly string[];
  /** Of a modification: areas that really changed; parts re-created with the same text are left out. */
  readonly areas: readonly Area[];
}

/** How one party fares between notice and list. `listed` means: the list did what was announced. */
export type ReconciledStatus =
  | "announced and listed"
  | "listed, not announced"
  | "announced, not listed"
  | "details differ";

/** One party, as notice and list have it. */
export interface ReconciledParty {
  /** Null where no party of the list fits. */
  readonly uid: number | null;
  readonly name: string;
  readonly type: string;
  readonly operation: NoticeOperation;
  readonly status: ReconciledStatus;
  /** Notices that name it, by id. */
  readonly notices: readonly string[];
  /** How many lines name it: deletions stand once for every alias. */
  readonly lines: number;
  /** What told that line and party are the same, the surest first. */
  readonly matchedBy: readonly MatchEvidence[];
  /** Where notice and list say different things. */
  readonly differences: readonly Difference[];
  /** Why it is as it is, where that can be said: it stood on the list before, it shares its name, … */
  readonly explanation?: string;
  /** Paragraphs of press releases that name it. */
  readonly press: readonly PressMention[];
}

export type MatchEvidence =
  | "name"
  | "alias"
  | "script"
  | "document"
  | "birth-date"
  | "program"
  | "wallet"
  | "type";

export interface Difference {
  readonly area: Area;
  /** What only the notice has, and what only the list has; verbatim, sorted. */
  readonly notice: readonly string[];
  readonly list: readonly string[];
}

/** A paragraph that names a party, quoted verbatim; never paraphrased. */
export interface PressMention {
  readonly pressRelease: string;
  readonly url: string;
  /** Which paragraph of the body, from 0. */
  readonly paragraph: number;
  readonly text: string;
  /** Authorities named in a sentence that says what this party is designated under. */
  readonly authorities: readonly string[];
}

export type Verdict = "agrees" | "differs" | "cannot be compared";

/** A press release's number claim against what the list did. */
export interface PressComparison {
  readonly pressRelease: string;
  readonly url: string;
  /** The words, e.g. `four entities and one individual`; null where it gives no number. */
  readonly claim: string | null;
  readonly announced: TypeCounts;
  readonly found: TypeCounts;
  readonly verdict: Verdict;
  readonly reason?: string;
}

/** Our change set against OFAC's delta. */
export interface DeltaComparison {
  readonly verdict: Verdict | "not cross-checked";
  readonly publications: readonly number[];
  readonly addedOnlyHere: readonly number[];
  readonly addedOnlyThere: readonly number[];
  readonly removedOnlyHere: readonly number[];
  readonly removedOnlyThere: readonly number[];
  readonly modifiedOnlyHere: readonly number[];
  readonly modifiedOnlyThere: readonly number[];
  /** Modified in both, but not in the same areas. */
  readonly areasDiffer: readonly {
    readonly uid: number;
    readonly here: readonly Area[];
    readonly there: readonly Area[];
  }[];
}

/** Whether list, notices, press releases and OFAC's delta tell the same story. */
export interface Reconciliation {
  readonly formatVersion: string;
  /** The record's id. */
  readonly publication: string;
  readonly list: ListId;
  readonly notices: readonly Link[];
  readonly pressReleases: readonly Link[];
  readonly verdict: "agrees" | "disagrees" | "no other witness";
  readonly parties: readonly ReconciledParty[];
  /** Parties announced and found, by operation and type. */
  readonly counts: {
    readonly announced: Readonly<Record<"add" | "delete" | "change", TypeCounts>>;
    readonly found: Readonly<Record<"add" | "delete" | "change", TypeCounts>>;
  };
  readonly press: readonly PressComparison[];
  readonly delta: DeltaComparison;
  /** What the notices announce besides list changes. */
  readonly items: readonly NoticeItem[];
  /** When the notice, the list and our look happened, as stated; nothing is inferred. */
  readonly times: {
    readonly notices: readonly { readonly id: string; readonly date: IsoDate }[];
    readonly list: {
      readonly date: IsoDate | null;
      readonly after: Instant | null;
      readonly notLaterThan: Instant | null;
    };
    readonly firstSeen: Instant | null;
  };
  /** The whole in plain sentences, the most important first. */
  readonly sentences: readonly string[];
}
