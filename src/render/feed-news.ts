import { compareText, type Instant, type ListId } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { checksEntry, noticeEntry } from "./feed-context.ts";
import { entryUpdated, type FeedEntry, isNews } from "./feed-entries.ts";
import { hasOwnNews, type NoticeEntry } from "./notice-view.ts";
import type { Bench } from "./plan.ts";
import { isComposed } from "./publication-view.ts";
import { versionsOf } from "./reconciliation-view.ts";

/** Something told once in the feeds, and never again. */
export interface FeedNews {
  /** When it was first told: what places it, so that archives never change. */
  readonly updated: Instant;
  readonly composed: boolean;
  /** Everything its bytes depend on. */
  readonly facts: unknown;
  /** Null for what is of no list. */
  readonly list: ListId | null;
  /** Of a publication. */
  readonly place: Placed | null;
  entry(): FeedEntry;
}

/** All news, oldest first: publications, what notices announce besides, and witnesses that begin to disagree. */
export function newsOf(bench: Bench): FeedNews[] {
  const publications = bench.placed.filter(isNews);
  const news = [
    ...publications.map((place) => publicationNews(place, bench)),
    ...noticeNews(bench),
    ...publications.flatMap((place) => checksNews(place, bench)),
  ];
  // A stable sort: of one instant publications come first, in their own order.
  return news.sort((a, b) => compareText(a.updated, b.updated));
}

function publicationNews(place: Placed, bench: Bench): FeedNews {
  const { record, hash } = { record: place.stored.record, hash: place.stored.hash };
  const updated = entryUpdated(place, bench.input.site, bench.context);
  return {
    updated,
    composed: isComposed(record),
    facts: [hash, updated],
    list: record.list,
    place,
    entry: () => bench.entry(place),
  };
}

/** Notices that came after the ledger began: those of the first look are where it stands, not news. */
function noticeNews(bench: Bench): FeedNews[] {
  const beginning = beginningOf(bench);
  return [...bench.context.notices.values()].flatMap((versions) => {
    const first = versions[0];
    if (first?.firstSeen === undefined || !hasOwnNews(first.notice)) return [];
    return beginning !== undefined && first.firstSeen <= beginning
      ? []
      : [contextNews(first, first.firstSeen, null, () => noticeEntry(first, first.firstSeen ?? "", bench))];
  });
}

function beginningOf({ placed, context }: Bench): Instant | undefined {
  return placed
    .filter(({ stored: { record } }) => record.origin === "live" && record.kind === "baseline")
    .flatMap(({ stored }) => context.observations.get(stored.record.id)?.firstSeen ?? [])
    .sort(compareText)[0];
}

/** The first version that disagrees, and the first that agrees again. */
function checksNews(place: Placed, bench: Bench): FeedNews[] {
  const { record } = place.stored;
  const told: FeedNews[] = [];
  let disagreed = false;
  for (const version of versionsOf(record.id, bench.context.byRecord.get(record.id) ?? [])) {
    const disagrees = version.reconciliation.verdict === "disagrees";
    const isTurn = disagrees !== disagreed;
    disagreed = disagrees;
    if (!isTurn) continue;
    const updated = version.firstSeen ?? entryUpdated(place, bench.input.site, bench.context);
    told.push(contextNews(version, updated, record.list, () => checksEntry(version, place, updated, bench)));
  }
  return told;
}

function contextNews(
  entry: Pick<NoticeEntry, "provenance">,
  updated: Instant,
  list: ListId | null,
  render: () => FeedEntry,
): FeedNews {
  return {
    updated: seconds(updated),
    composed: entry.provenance === "composed",
    facts: [entry, updated],
    list,
    place: null,
    entry: render,
  };
}

const seconds = (instant: Instant): Instant => instant.replace(/\.\d+Z$/, "Z");
