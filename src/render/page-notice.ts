import type { Notice } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { linkView, safeHref } from "./link.ts";
import { itemViews, type NoticeEntry, noticePath } from "./notice-view.ts";
import { publicationPath, renderPage } from "./page.ts";
import type { Bench } from "./plan.ts";
import { newestOf, VERDICT } from "./reconciliation-view.ts";
import { plural } from "./words.ts";
import { instantWords, longDateWords } from "./words-date.ts";

/** Entry lines shown per heading; the rest is on OFAC's page, and in the JSON. */
const LINES = 100;

/** Where a notice's JSON stands. */
export const noticeJsonPath = (id: string): string => `api/v1/${noticePath(id).replace(/\/$/, "")}.json`;

/** Publications that each notice speaks of: those of its day, and those it was compared with. Oldest first. */
export function publicationsByNotice({ placed, context }: Bench): ReadonlyMap<string, readonly Placed[]> {
  const idsByDate = new Map<string, string[]>();
  for (const [id, versions] of context.notices) {
    const date = versions.at(-1)?.notice.date ?? "";
    idsByDate.set(date, [...(idsByDate.get(date) ?? []), id]);
  }
  const found = new Map<string, Placed[]>();
  for (const place of placed) {
    const { record } = place.stored;
    if (record.kind === "baseline" || record.kind === "reinterpretation") continue;
    const compared = newestOf(record.id, context.byRecord.get(record.id) ?? [])?.times.notices ?? [];
    const ids = new Set([...(idsByDate.get(record.date ?? "") ?? []), ...compared.map(({ id }) => id)]);
    for (const id of ids) found.set(id, [...(found.get(id) ?? []), place]);
  }
  return found;
}

function verdictOf(id: string, { context }: Bench): string | null {
  const found = newestOf(id, context.byRecord.get(id) ?? []);
  return found === null ? null : VERDICT[found.verdict];
}

/** The page of one notice, as it was last read. */
export function renderNotice(
  bench: Bench,
  versions: readonly NoticeEntry[],
  publications: readonly Placed[],
): Uint8Array {
  const { input, templates } = bench;
  const entry = versions.at(-1);
  if (entry === undefined) throw new Error("a notice without a version");
  const { notice } = entry;
  const page = {
    path: noticePath(notice.id),
    title: notice.title,
    description: `OFAC's notice of ${longDateWords(notice.date)}: ${notice.title}`,
    composed: entry.provenance === "composed",
    feed: null,
  };
  const first = versions[0]?.firstSeen;
  const again = entry.firstSeen;
  return renderPage(templates, "site/notice.hbs", input.site, page, {
    notice: {
      title: notice.title,
      date: notice.date,
      longDate: longDateWords(notice.date),
      categories: notice.categories.join(", "),
      href: safeHref(notice.url),
      address: notice.url,
      note:
        versions.length === 1
          ? null
          : `OFAC has edited this page since it was first seen; what stands here was read ${again === undefined ? "later" : instantWords(again)}.`,
    },
    publications: publications.map(({ stored: { record } }) => ({
      path: publicationPath(record.id),
      headline: record.headline,
      verdict: verdictOf(record.id, bench),
    })),
    items: itemViews(notice),
    quotes: [...new Set(itemViews(notice).map(({ text }) => text))],
    sections: sectionViews(notice),
    pressReleases: pressOf(notice, bench),
    downloads: notice.downloads.map(({ title, url }) => linkView(title, url)),
    facts: [
      { term: "Released", value: longDateWords(notice.date), exact: false },
      ...(first === undefined ? [] : [{ term: "First seen", value: instantWords(first), exact: false }]),
      ...(notice.nodeId === null ? [] : [{ term: "Page number at OFAC", value: notice.nodeId, exact: true }]),
      { term: "Hash of the page", value: notice.sha256, exact: true },
    ],
    issues: notice.issues,
    jsonPath: noticeJsonPath(notice.id),
  });
}

function sectionViews({ sections }: Notice): object[] {
  return (sections ?? [])
    .filter(({ entries }) => entries.length > 0)
    .map(({ heading, entries }) => ({
      heading,
      count: plural(entries.length, "line", "lines"),
      lines: entries.slice(0, LINES).map(({ text }) => text),
      left: entries.length > LINES ? `${plural(entries.length - LINES, "more line", "more lines")}` : null,
    }));
}

/** By the press release's own title, where it was read. */
function pressOf(notice: Notice, { context }: Bench): object[] {
  return notice.pressReleases.map(({ title, url }) => linkView(context.pressTitles.get(url) ?? title, url));
}

/** Everything a notice's page is made from. */
export function noticeFacts(
  versions: readonly NoticeEntry[],
  publications: readonly Placed[],
  bench: Bench,
): unknown {
  return [
    versions,
    publications.map(({ stored }) => [stored.hash, verdictOf(stored.record.id, bench)]),
    versions.slice(-1).map(({ notice }) => pressOf(notice, bench)),
  ];
}
