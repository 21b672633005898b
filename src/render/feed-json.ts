import { canonicalJson } from "../domain/index.ts";
import type { FeedHead } from "./feed-atom.ts";
import type { FeedEntry } from "./feed-entries.ts";
import { utf8 } from "./text.ts";

export const JSON_FEED = "application/feed+json; charset=utf-8";

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), members in canonical order. */
export function jsonFeed(head: FeedHead, entries: readonly FeedEntry[]): Uint8Array {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    title: head.title,
    description: head.subtitle,
    home_page_url: head.home,
    feed_url: head.self,
    language: "en",
    authors: [{ name: head.author }],
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.url,
      external_url: entry.jsonUrl,
      title: entry.title,
      summary: entry.summary,
      content_html: entry.html,
      date_published: entry.updated,
      date_modified: entry.updated,
      tags: entry.categories,
    })),
  };
  return utf8(`${canonicalJson(feed)}\n`);
}
