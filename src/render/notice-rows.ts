import type { Placed } from "./chain.ts";
import { changesNothing, itemViews, type NoticeEntry, noticePath } from "./notice-view.ts";
import { publicationsByNotice } from "./page-notice.ts";
import type { Bench } from "./plan.ts";
import { dateWords } from "./words-date.ts";

/** The changelog's line of a notice that no publication stands for. */
export interface NoticeRow {
  readonly isNotice: true;
  readonly id: string;
  readonly path: string;
  readonly headline: string;
  readonly isoDate: string;
  readonly day: string;
  /** `Counter Terrorism-related General License 99: …`. */
  readonly items: readonly string[];
  readonly categories: string;
}

/** Notices with a line of their own: without list change, or whose list change nothing recorded shows. Newest first. */
export function noticeRows(bench: Bench): NoticeRow[] {
  const publications = publicationsByNotice(bench);
  return [...bench.context.notices.values()]
    .flatMap((versions) => versions.at(-1) ?? [])
    .filter(({ notice }) => changesNothing(notice) || !publications.has(notice.id))
    .map(rowOf)
    .sort((a, b) => (a.isoDate === b.isoDate ? (a.id < b.id ? 1 : -1) : a.isoDate < b.isoDate ? 1 : -1));
}

function rowOf({ notice }: NoticeEntry): NoticeRow {
  return {
    isNotice: true,
    id: notice.id,
    path: noticePath(notice.id),
    headline: notice.title,
    isoDate: notice.date,
    day: dateWords(notice.date),
    items: itemViews(notice).map(({ heading, title }) =>
      heading === title ? heading : `${heading}: ${title}`,
    ),
    categories: notice.categories.join(", "),
  };
}

/** Rows of the days that some records span: all since the oldest of them; none where a record stands for no day. */
export function rowsSince(rows: readonly NoticeRow[], placed: readonly Placed[]): NoticeRow[] {
  const oldest = placed.map(({ stored }) => stored.record.date ?? "").find((date) => date !== "");
  return oldest === undefined ? [] : rows.filter(({ isoDate }) => isoDate >= oldest);
}

/** Rows of one year. */
export function rowsOf(rows: readonly NoticeRow[], year: string): NoticeRow[] {
  return rows.filter(({ isoDate }) => isoDate.startsWith(`${year}-`));
}
