import type { LinkView } from "./link.ts";

/*
 * What a mail is made of. Text and HTML are two writings of the same blocks, so neither can say what the other does
 * not. All words are final: in the reader's language, or OFAC's own.
 */

/** A sentence or two. */
export interface TextBlock {
  /** `alert`: must not be overlooked; `quiet`: beside the point. */
  readonly partial: "mail-text" | "mail-quiet" | "mail-alert";
  readonly text: string;
}

/** One line for each program and what happened under it. */
export interface GlanceBlock {
  readonly partial: "mail-glance";
  readonly rows: readonly GlanceRow[];
}

export interface GlanceRow {
  readonly is: Flags;
  readonly sign: string;
  readonly title: string;
  readonly counts: string;
  /** Names, where they are few. */
  readonly names: readonly string[];
}

/** Lines, one after another. */
export interface LinesBlock {
  readonly partial: "mail-lines";
  readonly items: readonly string[];
}

/** A heading inside a section: a program, and how many parties of one type. */
export interface GroupBlock {
  readonly partial: "mail-group";
  readonly title: string;
  readonly counts: string;
}

/** Facts in a table. */
export interface FactsBlock {
  readonly partial: "mail-facts";
  readonly title: string | null;
  readonly facts: readonly FactRow[];
}

export interface FactRow {
  readonly label: string;
  readonly values: readonly string[];
  /** To be copied letter by letter. */
  readonly exact: boolean;
}

/** One party with what there is to say of it. */
export interface PartyBlock {
  readonly partial: "mail-party";
  readonly name: string;
  readonly under: string;
  /** What befell it. */
  readonly said: readonly string[];
  readonly facts: readonly FactRow[];
  readonly changes: readonly ChangeRow[];
  readonly quotes: readonly QuoteRow[];
  readonly notes: readonly string[];
}

/** A change of one fact. */
export interface ChangeRow {
  /** `Address changed`. */
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
  /** What stood before is gone; not so where the source may only not show it. */
  readonly gone: boolean;
  readonly note: string | null;
}

/** Words of others, verbatim; null source: the same as the quote before it. */
export interface QuoteRow {
  readonly text: string;
  readonly source: LinkView | null;
}

/** Parties by name alone. */
export interface NamesBlock {
  readonly partial: "mail-names";
  readonly items: readonly { readonly name: string; readonly note: string }[];
}

export interface ChangesBlock {
  readonly partial: "mail-changes";
  readonly title: string | null;
  readonly changes: readonly ChangeRow[];
}

export interface LinksBlock {
  readonly partial: "mail-links";
  readonly label: string | null;
  readonly links: readonly LinkView[];
}

export interface QuotesBlock {
  readonly partial: "mail-quotes";
  readonly quotes: readonly QuoteRow[];
}

export type Block =
  | TextBlock
  | GlanceBlock
  | LinesBlock
  | GroupBlock
  | FactsBlock
  | PartyBlock
  | NamesBlock
  | ChangesBlock
  | LinksBlock
  | QuotesBlock;

export type Tone = "added" | "removed" | "changed" | "plain";

/** A tone for a template, where styles are inlined before anything is filled in. */
export type Flags = Readonly<Record<Tone, boolean>>;

export const flags = (tone: Tone): Flags => ({
  added: tone === "added",
  removed: tone === "removed",
  changed: tone === "changed",
  plain: tone === "plain",
});

export interface Section {
  readonly title: string;
  readonly is: Flags;
  readonly blocks: readonly Block[];
}

export const text = (words: string, tone: "text" | "quiet" | "alert" = "text"): TextBlock => ({
  partial: `mail-${tone}`,
  text: words,
});

export const lines = (items: readonly string[]): Block[] =>
  items.length === 0 ? [] : [{ partial: "mail-lines", items }];

export const links = (label: string | null, all: readonly LinkView[]): Block[] =>
  all.length === 0 ? [] : [{ partial: "mail-links", label, links: all }];

export const facts = (rows: readonly FactRow[], title: string | null = null): Block[] =>
  rows.length === 0 ? [] : [{ partial: "mail-facts", title, facts: rows }];

export const fact = (label: string, ...values: readonly string[]): FactRow => ({
  label,
  values,
  exact: false,
});

/** A section, unless there is nothing in it. */
export const section = (title: string, blocks: readonly Block[], tone: Tone = "plain"): Section[] =>
  blocks.length === 0 ? [] : [{ title, is: flags(tone), blocks }];

/** How much of each section is written out. */
export interface Room {
  /** Parties of a group (program and type) told in full; a larger group is told by name. */
  readonly full: number;
  /** Parties told by name, over the whole section. */
  readonly named: number;
  /** Changed parties told in full. */
  readonly changed: number;
  readonly unknown: number;
  /** Paragraphs of press releases quoted for changed parties. */
  readonly quotes: number;
  /** Events, mass edits, sentences of the checks, notices: each. */
  readonly lines: number;
}

/** Where what is left out stands, as a link to a part of the publication's page. */
export interface Place {
  readonly pageUrl: string;
}
