import type { Link } from "./notice.ts";
import type { TypeCounts } from "./state.ts";

/** What a section of a notice says was done; `other`: under a heading that says neither. */
export type NoticeOperation = "add" | "delete" | "change" | "other";

/** The lines under one heading of a notice. */
export interface NoticeSection {
  /** As the page writes it. */
  readonly heading: string;
  /** OFAC's name of the list (`SDN List`, …); null where neither this heading nor one above names any. */
  readonly list: string | null;
  readonly operation: NoticeOperation;
  /** Party type the heading speaks of, in lower case; null where it names none or several. */
  readonly partyType: string | null;
  /** Under "Unrelated Administrative List Updates". */
  readonly administrative: boolean;
  readonly entries: readonly NoticeEntry[];
}

/** One entry line. A change states the whole entry before and after. */
export interface NoticeEntry {
  readonly operation: NoticeOperation;
  /** The whole line on one line, runs of white space collapsed, else verbatim. */
  readonly text: string;
  /** Of a change: what stands before and after `-to-`. */
  readonly before?: string;
  readonly after?: string;
}

export type NoticeItemKind =
  | "list-update"
  | "general-licence"
  | "determination"
  | "faq"
  | "enforcement"
  | "regulation"
  | "other";

/** One thing that a notice announces. */
export interface NoticeItem {
  readonly kind: NoticeItemKind;
  /** As the page writes it: of a licence the words in quotation marks, of others the words that name it. */
  readonly title: string;
  /** Numbers of licences (`8L`) and FAQs, from the text, never from a file's name. */
  readonly numbers: readonly string[];
  /** `Venezuela-related`, where the page says so. */
  readonly topic?: string;
  /** Of a licence: until when, in OFAC's own words. */
  readonly expires?: string;
  readonly links: readonly Link[];
  /** The sentence or title segment it was read from, verbatim. */
  readonly text: string;
}

/** What a press release says about how many parties. */
export interface NumberClaim {
  /** By party type; `unknown` for targets, persons or parties of no stated type. */
  readonly counts: TypeCounts;
  /** The words that say it, e.g. `four entities and one individual`. */
  readonly text: string;
  /** The sentence they stand in, verbatim. */
  readonly sentence: string;
  /** Which paragraph of the body, from 0. */
  readonly paragraph: number;
  /** What was done, where the sentence says so. */
  readonly operation: NoticeOperation;
}
