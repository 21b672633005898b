import { compareText, countTypes, type LedgerRecord, LISTS, typesInOrder } from "../domain/index.ts";
import { cardPath } from "./card.ts";
import type { Placed } from "./chain.ts";
import { type ContextView, contextViewOf } from "./context-view.ts";
import { meaningLine } from "./meaning.ts";
import { type NoticeRow, rowsOf, rowsSince } from "./notice-rows.ts";
import { isPublication, overview, twelveMonths } from "./overview.ts";
import { absolute, publicationPath, renderPage } from "./page.ts";
import type { Bench } from "./plan.ts";
import { programsOf } from "./programs.ts";
import { grouped, kindNote, listWords, parties, plural } from "./words.ts";
import { dateWords, monthWords } from "./words-date.ts";

/** One line of the changelog. */
export interface EntryView {
  readonly isNotice: false;
  readonly id: string;
  readonly path: string;
  readonly headline: string;
  /** What it is filtered by; several values are divided by `|`. */
  readonly listId: string;
  readonly types: string;
  readonly programs: string;
  readonly materiality: string;
  readonly day: string;
  readonly isoDate: string | null;
  readonly list: string;
  readonly meaning: string;
  readonly legal: string;
  readonly screening: string;
  readonly note: string | null;
  readonly segment: string | null;
  readonly context: ContextView;
}

export interface MonthView {
  readonly name: string;
  /** `m-2023-05`; null for a month that another part of the page has already, and for undated ones. */
  readonly anchor: string | null;
  readonly entries: readonly (EntryView | NoticeRow)[];
}

/** A year of the changelog, for its navigation. */
export interface YearView {
  readonly year: string;
  readonly path: string;
  readonly count: string;
}

/** Lines on the front page; all older ones are on their year's. */
const NEWEST = 60;

/** Where a year's changelog stands. */
export const yearPath = (year: string): string => `years/${year}/`;

/** `2023`, or `undated`. */
export const yearOf = (record: LedgerRecord): string => record.date?.slice(0, 4) ?? "undated";

/** The changelog's line of a record. */
export function entryView({ stored }: Placed, { context }: Bench): EntryView {
  const { record } = stored;
  return {
    isNotice: false,
    id: record.id,
    path: publicationPath(record.id),
    headline: record.headline,
    listId: record.list,
    types: [...new Set(record.changes.map(({ type }) => type))].sort().join("|"),
    programs: [...programsOf(record).keys()].join("|"),
    materiality: record.judgement.materiality,
    day: dateWords(record.date),
    isoDate: record.date,
    list: listWords(record),
    meaning: meaningLine(record),
    legal: record.judgement.legalEffect,
    screening: record.judgement.screeningEffect,
    note: kindNote(record),
    segment: record.origin === "live" ? null : `imported history, ${record.segment}`,
    context: contextViewOf(record, context),
  };
}

/** Records and notices of their own newest first, by month; on one day records come first. */
export function monthViews(placed: readonly Placed[], rows: readonly NoticeRow[], bench: Bench): MonthView[] {
  const months: { name: string; anchor: string | null; entries: (EntryView | NoticeRow)[] }[] = [];
  const anchors = new Set<string>();
  const put = (date: string | null, entry: EntryView | NoticeRow): void => {
    const name = date === null ? "Undated" : monthWords(date);
    const month = months.at(-1);
    if (month?.name === name) month.entries.push(entry);
    else {
      const anchor = date === null ? null : monthAnchor(date);
      const free = anchor !== null && !anchors.has(anchor);
      if (free) anchors.add(anchor);
      months.push({ name, anchor: free ? anchor : null, entries: [entry] });
    }
  };
  const waiting = [...rows];
  for (const place of [...placed].reverse()) {
    const { date } = place.stored.record;
    while (date !== null && (waiting[0]?.isoDate ?? "") > date) putNext();
    put(date, entryView(place, bench));
  }
  while (waiting.length > 0) putNext();
  return months;

  function putNext(): void {
    const row = waiting.shift();
    if (row !== undefined) put(row.isoDate, row);
  }
}

/** Where a month begins on its page. */
export const monthAnchor = (date: string): string => `m-${date.slice(0, 7)}`;

/** What the changelog can be narrowed to; null when there is nothing to narrow. */
function filterView(placed: readonly Placed[]): object | null {
  if (placed.length < 2) return null;
  const records = placed.map(({ stored }) => stored.record);
  return {
    lists: LISTS.map((list) => ({ value: list, name: listWords({ list }) })),
    types: typesInOrder(countTypes(records.flatMap(({ changes }) => changes.map(({ type }) => type)))),
    programs: [...new Set(records.flatMap((record) => [...programsOf(record).keys()]))].sort(compareText),
  };
}

/** Every year with records, newest first. */
export function yearViews(placed: readonly Placed[]): YearView[] {
  const counts = new Map<string, number>();
  for (const { stored } of placed) {
    const year = yearOf(stored.record);
    counts.set(year, (counts.get(year) ?? 0) + (isPublication(stored.record.kind) ? 1 : 0));
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([year, count]) => ({
      year,
      path: yearPath(year),
      count: plural(count, "publication", "publications"),
    }));
}

/** Which records the front page shows. */
export const newest = (placed: readonly Placed[]): readonly Placed[] => placed.slice(-NEWEST);

/** The front page: the newest of the changelog, and how many parties each list has now. */
export function renderIndex(bench: Bench, rows: readonly NoticeRow[]): Uint8Array {
  const { input, templates, placed, composed } = bench;
  const lists = input.heads
    .filter((head) => head.origin === "live")
    .map((head) => ({
      name: listWords(head),
      parties: parties(head.state.parties),
      since: dateWords(head.date),
      path: publicationPath(head.id),
    }));
  const last = placed.findLast(({ stored }) => stored.record.date !== null)?.stored.record.date ?? null;
  const shown = input.cards === undefined ? undefined : placed.at(-1)?.stored.record.id;
  const description = "Every change of OFAC's sanctions lists, publication by publication.";
  const page = {
    path: "",
    title: input.site.title,
    description,
    composed,
    feed: null,
    script: "changelog" as const,
    ...(shown === undefined ? {} : { card: cardPath(shown) }),
    linked: {
      "@context": "https://schema.org",
      "@type": "Dataset",
      name: input.site.title,
      description,
      url: absolute(input.site, ""),
      creator: { "@type": "Organization", name: input.site.author },
      distribution: ["api/v1/index.json", "feed.json"].map((path) => ({
        "@type": "DataDownload",
        contentUrl: absolute(input.site, path),
        encodingFormat: "application/json",
      })),
    },
  };
  return renderPage(templates, "site/index.hbs", input.site, page, {
    scope: placed.length > NEWEST ? "newest" : "all",
    overview:
      last === null
        ? null
        : overview(
            placed,
            twelveMonths(last),
            (month) => `./${yearPath(month.slice(0, 4))}#${monthAnchor(month)}`,
          ),
    filters: filterView(placed),
    heading: "Changes of OFAC\u2019s sanctions lists",
    lede: "Publication by publication: who was added, who was removed, what exactly changed, and how much it matters.",
    months: monthViews(newest(placed), rowsSince(rows, newest(placed)), bench),
    lists,
    years: yearViews(placed),
    older:
      placed.length > NEWEST
        ? `${grouped(placed.length - NEWEST)} older publications are listed by year.`
        : null,
  });
}

/** A year of the changelog. */
export function renderYear(bench: Bench, year: string, rows: readonly NoticeRow[]): Uint8Array {
  const { input, templates, placed, composed } = bench;
  const own = placed.filter(({ stored }) => yearOf(stored.record) === year);
  const name = year === "undated" ? "Undated" : year;
  const page = {
    path: yearPath(year),
    title: name,
    description: `What changed on OFAC's sanctions lists: ${name}.`,
    composed,
    feed: null,
    script: "changelog" as const,
  };
  return renderPage(templates, "site/index.hbs", input.site, page, {
    scope: "all",
    overview:
      year === "undated"
        ? null
        : overview(own, twelveMonths(`${year}-12`), (month) => `#${monthAnchor(month)}`),
    filters: filterView(own),
    heading: name,
    lede: `${plural(own.filter(({ stored }) => isPublication(stored.record.kind)).length, "publication", "publications")}, newest first.`,
    months: monthViews(own, rowsOf(rows, year), bench),
    lists: [],
    years: yearViews(placed),
    older: null,
  });
}
