import type { ContextEntry, Notice, NoticeItem, NoticeItemKind } from "../domain/index.ts";
import { type LinkView, linkView } from "./link.ts";
import { slug } from "./slug.ts";
import { capital } from "./words.ts";

/** A link to a page of OFAC's, and where our own page of it stands. */
export interface NoticeLink extends LinkView {
  readonly path: string;
}

/** Something that a notice announces besides list changes. */
export interface ItemView {
  /** `Venezuela-related General License 8L`. */
  readonly heading: string;
  readonly title: string;
  readonly expires: string | null;
  readonly links: readonly LinkView[];
  /** The sentence it was read from. */
  readonly text: string;
}

export const ITEM_WORDS: Readonly<Record<NoticeItemKind, string>> = {
  "list-update": "list update",
  "general-licence": "General License",
  determination: "determination",
  faq: "FAQ",
  enforcement: "enforcement",
  regulation: "regulation",
  other: "other news",
};

/** Where our page of a notice stands. */
export function noticePath(id: string): string {
  return `notices/${/^\d{8}(?:_\d+)?$/.test(id) ? id : slug(id)}/`;
}

export function noticeLink({ id, title, url }: Pick<Notice, "id" | "title" | "url">): NoticeLink {
  return { ...linkView(title, url), path: noticePath(id) };
}

/** What a notice announces besides list changes. */
export function itemViews({ items }: Notice): ItemView[] {
  return (items ?? []).filter(({ kind }) => kind !== "list-update").map(itemView);
}

function itemView({ kind, numbers, topic, title, expires, links, text }: NoticeItem): ItemView {
  const words = [topic ?? [], ITEM_WORDS[kind], numbers.join(", ")].flat().filter((word) => word !== "");
  return {
    heading: capital(words.join(" ")),
    title,
    expires: expires ?? null,
    links: links.map((link) => linkView(link.title, link.url)),
    text,
  };
}

/** How many entry lines a notice has for the lists. */
export function lineCount({ sections }: Notice): number {
  return (sections ?? []).reduce((sum, { entries }) => sum + entries.length, 0);
}

/** True for a notice that announces something besides list changes, or no list change at all. */
export function hasOwnNews(notice: Notice): boolean {
  return changesNothing(notice) || itemViews(notice).length > 0;
}

/** True for a notice whose lines were looked for, and which has none. */
export function changesNothing(notice: Notice): boolean {
  return notice.sections !== undefined && lineCount(notice) === 0;
}

/** A context entry that holds a notice. */
export type NoticeEntry = ContextEntry & { readonly notice: Notice };
