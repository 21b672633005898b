import { compareText, LIST_TITLE, LISTS, type PlannedArtifact } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { ATOM, atomFeed, type FeedHead } from "./feed-atom.ts";
import { entryUpdated, feedEpoch, isNews, tagUri } from "./feed-entries.ts";
import { JSON_FEED, jsonFeed } from "./feed-json.ts";
import { feedPages } from "./feed-pages.ts";
import { RSS, rssFeed } from "./feed-rss.ts";
import { absolute } from "./page.ts";
import type { FeedDoors } from "./page-doors.ts";
import { type Bench, plan } from "./plan.ts";
import { programPath, programsOf } from "./programs.ts";
import { isComposed } from "./publication-view.ts";
import { slug } from "./slug.ts";
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
  readonly news: readonly Placed[];
}

/** What there are feeds of, beside the lists. */
export function feedDoors(bench: Bench): FeedDoors {
  const own = scopes(bench, bench.placed.filter(isNews));
  const below = (folder: string) => own.filter(({ path }) => path.startsWith(folder));
  return {
    types: below("types/").map(({ key, path }) => ({ type: key, path })),
    programs: below("programs/").map(({ key, path }) => ({ tag: key, path })),
  };
}

/** Every feed: everything in three formats with archives; each list, type and program in two. */
export function planFeeds(bench: Bench): PlannedArtifact[] {
  const news = bench.placed.filter(isNews);
  const everything: Scope = { path: "", id: "feed", title: bench.input.site.title, key: "", news };
  return [
    ...planWhole(bench, everything),
    ...scopes(bench, news).flatMap((scope) => planScope(bench, scope)),
  ];
}

function scopes(bench: Bench, news: readonly Placed[]): Scope[] {
  const { title } = bench.input.site;
  const by = (keysOf: (place: Placed) => Iterable<string>): Map<string, Placed[]> => {
    const found = new Map<string, Placed[]>();
    for (const place of news) {
      for (const key of new Set(keysOf(place))) found.set(key, [...(found.get(key) ?? []), place]);
    }
    return new Map([...found].sort(([a], [b]) => compareText(a, b)));
  };
  const lists = LISTS.map((list) => ({
    path: `lists/${list}/`,
    id: `feed:list:${list}`,
    title: `${title}: ${LIST_TITLE[list]}`,
    key: list,
    news: news.filter(({ stored }) => stored.record.list === list),
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
      atomFeed({ ...head("feed.atom"), previousArchive }, current.map(bench.entry)),
    ),
    planFeed(bench, "feed.xml", RSS, current, 0, () => rssFeed(head("feed.xml"), current.map(bench.entry))),
    planFeed(bench, "feed.json", JSON_FEED, current, 0, () =>
      jsonFeed(head("feed.json"), current.map(bench.entry)),
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
          members.map(bench.entry),
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
    planFeed(bench, atom, ATOM, current, scope.title, () => atomFeed(head(atom), current.map(bench.entry))),
    planFeed(bench, json, JSON_FEED, current, scope.title, () =>
      jsonFeed(head(json), current.map(bench.entry)),
    ),
  ];
}

function planFeed(
  bench: Bench,
  path: string,
  mediaType: string,
  members: readonly Placed[],
  more: unknown,
  render: () => Uint8Array,
): PlannedArtifact {
  const { context, input } = bench;
  const facts = members.map((place) => [place.stored.hash, entryUpdated(place, input.site, context)]);
  return plan(bench, path, mediaType, { template: "feed/entry.hbs", facts: [facts, more] }, render);
}

function headOf(bench: Bench, scope: Scope, members: readonly Placed[]): (self: string) => FeedHead {
  const { site } = bench.input;
  const composed = members.some(({ stored }) => isComposed(stored.record));
  const updated = members.map((place) => entryUpdated(place, site, bench.context)).sort(compareText);
  return (self) => ({
    id: tagUri(site, scope.id),
    title: scope.title,
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
