import { type ContextEntry, compareText, type Instant, type Reconciliation } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { type FeedEntry, tagUri } from "./feed-entries.ts";
import { safeHref } from "./link.ts";
import { itemViews, lineCount, type NoticeEntry, noticePath } from "./notice-view.ts";
import { absolute, publicationPath } from "./page.ts";
import { noticeJsonPath } from "./page-notice.ts";
import type { Bench } from "./plan.ts";
import { checksView, reconciliationPath } from "./reconciliation-view.ts";
import { cleanText, oneLine } from "./text.ts";
import { COMPOSED_BANNER, plural } from "./words.ts";
import { longDateWords } from "./words-date.ts";

/** The entry of a notice that announces something besides list changes, made of its first version alone. */
export function noticeEntry(
  { notice, provenance }: NoticeEntry,
  updated: Instant,
  { templates, input: { site } }: Bench,
): FeedEntry {
  const items = itemViews(notice);
  const lines = lineCount(notice);
  const view = {
    composedBanner: provenance === "composed" ? COMPOSED_BANNER : null,
    title: notice.title,
    date: longDateWords(notice.date),
    href: safeHref(notice.url),
    items,
    lines: lines === 0 ? null : plural(lines, "entry line for the lists", "entry lines for the lists"),
    url: absolute(site, noticePath(notice.id)),
  };
  const headings = items.map(({ heading }) => heading);
  return {
    id: tagUri(site, `notice:${notice.id}`),
    title: oneLine(cleanText(`Notice: ${notice.title}`)),
    url: view.url,
    jsonUrl: absolute(site, noticeJsonPath(notice.id)),
    updated,
    summary: oneLine(cleanText(headings.length === 0 ? notice.title : `${headings.join("; ")}.`)),
    html: templates.render("feed/notice.hbs", view),
    categories: ["notice", ...notice.categories].map((term) => oneLine(cleanText(term))).sort(compareText),
  };
}

/** The entry that witnesses of a publication begin to disagree, or agree again; made of that comparison alone. */
export function checksEntry(
  { id, reconciliation, provenance }: ContextEntry & { readonly reconciliation: Reconciliation },
  { stored: { record } }: Placed,
  updated: Instant,
  { templates, input: { site } }: Bench,
): FeedEntry {
  const checks = checksView(reconciliation);
  const title = checks.disagrees ? "Witnesses disagree" : "Witnesses agree now";
  const url = `${absolute(site, publicationPath(record.id))}#checks`;
  const view = {
    composedBanner: provenance === "composed" ? COMPOSED_BANNER : null,
    headline: record.headline,
    checks,
    url,
  };
  return {
    id: tagUri(site, `checks:${id}`),
    title: oneLine(cleanText(`${title}: ${record.headline}`)),
    url,
    jsonUrl: absolute(site, reconciliationPath(record.id)),
    updated,
    summary: oneLine(cleanText(checks.sentences.slice(0, 3).join(" "))),
    html: templates.render("feed/checks.hbs", view),
    categories: ["checks", `list:${record.list}`],
  };
}
