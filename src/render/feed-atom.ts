import type { Instant } from "../domain/index.ts";
import type { FeedEntry } from "./feed-entries.ts";
import { cleanText, utf8 } from "./text.ts";

/** An Atom document's own facts (RFC 4287 §4.1.1), beside its entries. */
export interface FeedHead {
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly updated: Instant;
  readonly home: string;
  readonly self: string;
  /** RFC 5005 §4: where older entries are, and of an archive where the newest are. */
  readonly previousArchive: string | null;
  readonly nextArchive: string | null;
  readonly current: string | null;
}

export const ATOM = "application/atom+xml; charset=utf-8";

/**
 * An Atom feed. Written here and not with the `feed` package: that one reads the clock for an empty feed, lets
 * U+0001 through (XML 1.0 §2.2 forbids it), types titles as HTML without escaping them, writes one link per
 * entry, and has no archive links (RFC 5005). Its JSON Feed is version 1.0 and its RSS author no address.
 */
export function atomFeed(head: FeedHead, entries: readonly FeedEntry[]): Uint8Array {
  const links = [
    link("alternate", head.home, "text/html"),
    link("self", head.self, "application/atom+xml"),
    ...(head.current === null ? [] : [link("current", head.current, "application/atom+xml")]),
    ...(head.previousArchive === null
      ? []
      : [link("prev-archive", head.previousArchive, "application/atom+xml")]),
    ...(head.nextArchive === null ? [] : [link("next-archive", head.nextArchive, "application/atom+xml")]),
  ];
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" xml:lang="en">',
    `<id>${xml(head.id)}</id>`,
    `<title>${xml(head.title)}</title>`,
    `<subtitle>${xml(head.subtitle)}</subtitle>`,
    `<updated>${xml(head.updated)}</updated>`,
    `<author><name>${xml(head.author)}</name></author>`,
    ...(head.current === null ? [] : ["<fh:archive/>"]),
    ...links,
    ...entries.map(atomEntry),
    "</feed>",
    "",
  ];
  return utf8(lines.join("\n"));
}

/** The bytes of one entry depend on that entry alone. */
export function atomEntry(entry: FeedEntry): string {
  return [
    "<entry>",
    `<id>${xml(entry.id)}</id>`,
    `<title>${xml(entry.title)}</title>`,
    `<updated>${xml(entry.updated)}</updated>`,
    `<published>${xml(entry.updated)}</published>`,
    link("alternate", entry.url, "text/html"),
    link("alternate", entry.jsonUrl, "application/json"),
    ...entry.categories.map((term) => `<category term="${xml(term)}"/>`),
    `<summary>${xml(entry.summary)}</summary>`,
    `<content type="html">${xml(entry.html)}</content>`,
    "</entry>",
  ].join("\n");
}

const link = (rel: string, href: string, type: string): string =>
  `<link rel="${rel}" type="${type}" href="${xml(href)}"/>`;

/** Text or attribute content of XML, free of what XML 1.0 forbids, wherever the text comes from. */
export function xml(text: string): string {
  return cleanText(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
