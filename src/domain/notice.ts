import type { Hash } from "./canonical.ts";
import type { Instant, IsoDate } from "./date.ts";
import type { Receipt } from "./document.ts";
import type { Issue } from "./issue.ts";
import type { NoticeItem, NoticeSection, NumberClaim } from "./notice-content.ts";
import type { DeltaFacts, Reconciliation } from "./reconciliation.ts";

/** An OFAC "recent action" page. Context: it never changes a list. */
export interface Notice {
  /** The page's slug, e.g. `20230523` or `20230523_33`. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** Release date as stated on the page. */
  readonly date: IsoDate;
  /** `node-971161` without the prefix, where the page has one. */
  readonly nodeId: string | null;
  readonly categories: readonly string[];
  readonly pressReleases: readonly Link[];
  /** Licences, determinations and other files the page links. */
  readonly downloads: readonly Link[];
  /** The body as clean text, paragraphs parted by an empty line. */
  readonly text: string;
  /** What the page says about lists, in its own order; left out where only the text was kept. */
  readonly sections?: readonly NoticeSection[];
  /** Everything the page announces, list updates among it; left out where only the text was kept. */
  readonly items?: readonly NoticeItem[];
  readonly sha256: Hash;
  readonly issues: readonly Issue[];
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

/** A Treasury (or State) press release. */
export interface PressRelease {
  /** e.g. `jy1498`. */
  readonly id: string;
  readonly url: string;
  readonly title: string;
  /** As the page states it, with its offset. */
  readonly published: string | null;
  readonly date: IsoDate | null;
  /** The body, paragraphs parted by an empty line. */
  readonly text: string;
  /** Recent-action pages it links to. */
  readonly notices: readonly Link[];
  /** What it prints in bold, in order and once each: as a rule the names of the parties. */
  readonly bold?: readonly string[];
  /** Authorities it names, e.g. `E.O. 13687`, in order and once each. */
  readonly authorities?: readonly string[];
  /** What it says about how many, e.g. `four entities and one individual`. */
  readonly numbers?: readonly NumberClaim[];
  readonly sha256: Hash;
  readonly issues: readonly Issue[];
}

/** What is kept under `context/` for a publication date: appended, never rewritten. */
export interface ContextEntry {
  readonly formatVersion: string;
  readonly kind: "notice" | "press-release" | "delta" | "reconciliation";
  /** Of what it holds; a later version of the same is an entry of its own, `20230523-v2`. */
  readonly id: string;
  readonly date: IsoDate | null;
  readonly notice?: Notice;
  readonly pressRelease?: PressRelease;
  /** OFAC's own delta of one publication. */
  readonly delta?: DeltaFacts;
  readonly reconciliation?: Reconciliation;
  /** When it first came to this ledger. */
  readonly firstSeen?: Instant;
  readonly provenance: "official page" | "official delta" | "composed";
}

/** When and how we saw a publication: beside the record, never in its hash. */
export interface Observation {
  readonly formatVersion: string;
  /** The record's id. */
  readonly id: string;
  readonly firstSeen: Instant;
  readonly receipts: readonly Receipt[];
  readonly route: string;
  readonly warnings: readonly Issue[];
}
