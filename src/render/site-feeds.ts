import { compareText, LIST_TITLE, LISTS, type PlannedArtifact } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { ATOM, atomFeed, type FeedHead } from "./feed-atom.ts";
import { type FeedEntry, feedEpoch, tagUri } from "./feed-entries.ts";
import { JSON_FEED, jsonFeed } from "./feed-json.ts";
import { type FeedNews, newsOf } from "./feed-news.ts";
import { feedPages } from "./feed-pages.ts";
import { RSS, rssFeed } from "./feed-rss.ts";
import { absolute } from "./page.ts";
import type { FeedDoors } from "./page-doors.ts";
import { type Bench, plan } from "./plan.ts";
import { programPath, programsOf } from "./programs.ts";
import { slug } from "./slug.ts";
import { cleanText, oneLine } from "./text.ts";
import { COMPOSED_BANNER, capital } from "./words.ts";

/** News for which there is a feed of its own. */
interface Scope {
  /** Relative, ending in a slash; empty for everything. */
  readonly path: string;
  /** Names the feed in its id. */
  readonly id: string;
  readonly title: string;
  /** The type or program it is about. */
  readonly key: string;
  readonly news: readonly FeedNews[];
}

/** What there are feeds of, beside the lists. */
export function feedDoors(bench: Bench): FeedDoors {
  const own = scopes(bench, newsOf(bench));
  const below = (folder: string) => own.filter(({ path }) => path.startsWith(folder));
  return {
    types: below("types/").map(({ key, path }) => ({ type: key, path })),
    programs: below("programs/").map(({ key, path }) => ({ tag: key, path })),
  };
}

/** Every feed: everything in three formats with archives; each list, type and program in two. */
export function planFeeds(bench: Bench): PlannedArtifact[] {
  const news = newsOf(bench);
  const everything: Scope = { path: "", id: "feed", title: bench.input.site.title, key: "", news };
  return [
    ...planWhole(bench, everything),
    ...scopes(bench, news).flatMap((scope) => planScope(bench, scope)),
  ];
}

function scopes(bench: Bench, news: readonly FeedNews[]): Scope[] {
  const { title } = bench.input.site;
  const by = (keysOf: (place: Placed) => Iterable<string>): Map<string, FeedNews[]> => {
    const found = new Map<string, FeedNews[]>();
    for (const one of news) {
      const keys = one.place === null ? [] : keysOf(one.place);
      for (const key of new Set(keys)) found.set(key, [...(found.get(key) ?? []), one]);
    }
    return new Map([...found].sort(([a], [b]) => compareText(a, b)));
  };
  const lists = LISTS.map((list) => ({
    path: `lists/${list}/`,
    id: `feed:list:${list}`,
    title: `${title}: ${LIST_TITLE[list]}`,
    key: list,
    news: news.filter((one) => one.list === list),
  }));
  const types = [...by(({ stored }) => stored.record.changes.map((change) => change.type))].map(
    ([type, own]) => ({
      path: `types/${slug(type)}/`,
      id: `feed:type:${slug(type)}`,
      title: `${title}: ${capital(type)}`,
      key: type,
      news: own,
    }),
  );
  const programs = [...by(({ stored }) => programsOf(stored.record).keys())].map(([tag, own]) => ({
    path: programPath(tag),
    id: `feed:program:${slug(tag)}`,
    title: `${title}: ${tag}`,
    key: tag,
    news: own,
  }));
  return [...lists, ...types, ...programs];
}

function planWhole(bench: Bench, scope: Scope): PlannedArtifact[] {
  const { current, archives } = feedPages(scope.news);
  const archivePath = (at: number): string => `feed/archive/${at + 1}.atom`;
  const archiveUrl = (at: number): string | null =>
    archives[at] === undefined ? null : absolute(bench.input.site, archivePath(at));
  const previousArchive = archiveUrl(archives.length - 1);
  const head = headOf(bench, scope, current);
  return [
    planFeed(bench, "feed.atom", ATOM, current, archives.length, () =>
      atomFeed({ ...head("feed.atom"), previousArchive }, current.map(entryOf)),
    ),
    planFeed(bench, "feed.xml", RSS, current, 0, () => rssFeed(head("feed.xml"), current.map(entryOf))),
    planFeed(bench, "feed.json", JSON_FEED, current, 0, () =>
      jsonFeed(head("feed.json"), current.map(entryOf)),
    ),
    ...archives.map((members, at) =>
      planFeed(bench, archivePath(at), ATOM, members, at + 1 < archives.length, () =>
        atomFeed(
          {
            ...headOf(bench, scope, members)(archivePath(at)),
            previousArchive: archiveUrl(at - 1),
            nextArchive: archiveUrl(at + 1),
            current: absolute(bench.input.site, "feed.atom"),
          },
          members.map(entryOf),
        ),
      ),
    ),
  ];
}

function planScope(bench: Bench, scope: Scope): PlannedArtifact[] {
  const { current } = feedPages(scope.news);
  const head = headOf(bench, scope, current);
  const atom = `${scope.path}feed.atom`;
  const json = `${scope.path}feed.json`;
  return [
    planFeed(bench, atom, ATOM, current, scope.title, () => atomFeed(head(atom), current.map(entryOf))),
    planFeed(bench, json, JSON_FEED, current, scope.title, () => jsonFeed(head(json), current.map(entryOf))),
  ];
}

function planFeed(
  bench: Bench,
  path: string,
  mediaType: string,
  members: readonly FeedNews[],
  more: unknown,
  render: () => Uint8Array,
): PlannedArtifact {
  const templates = ["feed/notice.hbs", "feed/checks.hbs"].map(bench.templates.hash);
  const facts = [members.map((one) => one.facts), templates];
  return plan(bench, path, mediaType, { template: "feed/entry.hbs", facts: [facts, more] }, render);
}

const entryOf = (one: FeedNews): FeedEntry => one.entry();

function headOf(bench: Bench, scope: Scope, members: readonly FeedNews[]): (self: string) => FeedHead {
  const { site } = bench.input;
  const composed = members.some((one) => one.composed);
  const updated = members.map((one) => one.updated).sort(compareText);
  return (self) => ({
    id: tagUri(site, scope.id),
    title: oneLine(cleanText(scope.title)),
    subtitle: composed ? COMPOSED_BANNER : "What changed on OFAC's sanctions lists",
    author: site.author,
    updated: updated.at(-1) ?? feedEpoch(site),
    home: absolute(site, scope.path.startsWith("programs/") ? scope.path : ""),
    self: absolute(site, self),
    previousArchive: null,
    nextArchive: null,
    current: null,
  });
}
