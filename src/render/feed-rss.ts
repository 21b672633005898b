import type { Instant } from "../domain/index.ts";
import { type FeedHead, xml } from "./feed-atom.ts";
import type { FeedEntry } from "./feed-entries.ts";
import { utf8 } from "./text.ts";

export const RSS = "application/rss+xml; charset=utf-8";

/** RSS 2.0 (https://www.rssboard.org/rss-specification), with its own address as the RSS Board's profile asks. */
export function rssFeed(head: FeedHead, entries: readonly FeedEntry[]): Uint8Array {
  const lines = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    "<channel>",
    `<title>${xml(head.title)}</title>`,
    `<link>${xml(head.home)}</link>`,
    `<description>${xml(head.subtitle)}</description>`,
    "<language>en</language>",
    `<lastBuildDate>${rfc822(head.updated)}</lastBuildDate>`,
    `<atom:link rel="self" type="application/rss+xml" href="${xml(head.self)}"/>`,
    ...entries.map((entry) => rssItem(entry, head.author)),
    "</channel>",
    "</rss>",
    "",
  ];
  return utf8(lines.join("\n"));
}

/** `author` would have to be a mail address; Dublin Core's creator need not. */
function rssItem(entry: FeedEntry, author: string): string {
  return [
    "<item>",
    `<title>${xml(entry.title)}</title>`,
    `<link>${xml(entry.url)}</link>`,
    `<guid isPermaLink="false">${xml(entry.id)}</guid>`,
    `<pubDate>${rfc822(entry.updated)}</pubDate>`,
    `<dc:creator>${xml(author)}</dc:creator>`,
    ...entry.categories.map((term) => `<category>${xml(term)}</category>`),
    `<description>${xml(entry.summary)}</description>`,
    `<content:encoded>${xml(entry.html)}</content:encoded>`,
    "</item>",
  ].join("\n");
}

/** RFC 822 §5 with a year of four digits, in GMT. `toUTCString` is defined by ECMA-262, not by a locale. */
const rfc822 = (instant: Instant): string => new Date(instant).toUTCString();
