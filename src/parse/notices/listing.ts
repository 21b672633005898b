import { ContentError, type IsoDate, type Issue } from "../../domain/index.ts";
import { slugDate, writtenDate } from "./dates.ts";
import { findFirst, findOutermost, type HtmlNode, hasClass, readHtml, textOf } from "./html.ts";
import { originalUrl } from "./links.ts";

const SITE = "https://ofac.treasury.gov/recent-actions";

/** One row of the recent-actions listing. */
export interface RecentAction {
  readonly title: string;
  /** Of the page itself, absolute. */
  readonly url: string;
  /** `20230523`, `20230523_33`; null for the few rows that point elsewhere (`/node/970956`). */
  readonly slug: string | null;
  /** As the row states it, else as its address does. */
  readonly date: IsoDate | null;
  readonly categories: readonly string[];
}

/** One page of the listing. */
export interface RecentActionsPage {
  readonly rows: readonly RecentAction[];
  /** The next page, absolute; null on the last. */
  readonly next: string | null;
  /** "Displaying 1 - 10 of 1884 results.", where the page says so. */
  readonly total: number | null;
  readonly issues: readonly Issue[];
}

/**
 * Reads a page of the recent-actions listing, of all categories or of one (ofac-formats §6.1).
 *
 * @throws ContentError `page-too-large`, `page-too-deep`, `page-empty`, `not-a-listing`
 */
export function parseRecentActions(
  content: Uint8Array | string,
  options: { readonly url?: string } = {},
): RecentActionsPage {
  const where = options.url ?? "recent-actions listing";
  const base = options.url ?? SITE;
  const root = readHtml(content, where);
  const view = findFirst(root, (n) => hasClass(n, "view-content"));
  const scope = view ?? root;
  const found = [...findOutermost(scope, (n) => hasClass(n, "search-result"))];
  const nodes = found.length > 0 ? found : [...findOutermost(scope, (n) => hasClass(n, "views-row"))];
  const empty = findFirst(root, (n) => hasClass(n, "view-empty")) !== undefined;
  if (nodes.length === 0 && !empty) {
    throw new ContentError(
      "not-a-listing",
      `${where}: expected rows of recent actions (.search-result, .views-row), found none; look at the page in a browser`,
    );
  }
  const rows: RecentAction[] = [];
  const unreadable: string[] = [];
  for (const node of nodes) {
    const row = rowOf(node, base);
    if (row === undefined) unreadable.push(textOf(node).slice(0, 120));
    else rows.push(row);
  }
  const pager = findFirst(root, (n) => n.name === "a" && isNext(n));
  const total = /\bof ([\d,]+) results?\b/i.exec(textOf(root))?.[1]?.replaceAll(",", "");
  return {
    rows,
    next: originalUrl(pager?.attribs?.["href"] ?? "", base) ?? null,
    total: total === undefined ? null : Number(total),
    issues:
      unreadable.length === 0
        ? []
        : [
            {
              severity: "warning",
              code: "unreadable-row",
              message: `${unreadable.length} rows of the listing have no link`,
              where,
              examples: unreadable.slice(0, 5),
            },
          ],
  };
}

function isNext(node: HtmlNode): boolean {
  return hasClass(node, "usa-pagination__next-page") || node.attribs?.["rel"] === "next";
}

function rowOf(node: HtmlNode, base: string): RecentAction | undefined {
  const anchors = [...findOutermost(node, (n) => n.name === "a" && n.attribs?.["href"] !== undefined)];
  const first = anchors[0];
  const url = originalUrl(first?.attribs?.["href"] ?? "", base);
  if (first === undefined || url === undefined) return undefined;
  const slug = /\/recent-(?:actions|issues)\/(\d{8}(?:_\d+)?)(?:$|[/?#])/i.exec(url)?.[1] ?? null;
  const categories = anchors
    .slice(1)
    .filter((a) => /\/recent-actions\/(?!\d)/.test(a.attribs?.["href"] ?? ""))
    .map(textOf);
  const after = textOf(node).slice(textOf(first).length);
  return {
    title: textOf(first),
    url,
    slug,
    date: writtenDate(after) ?? slugDate(slug ?? "") ?? null,
    categories: [...new Set(categories)],
  };
}
