import {
  ContentError,
  type IsoDate,
  type Issue,
  type Notice,
  type NoticeItem,
  type NoticeSection,
  sha256,
} from "../../domain/index.ts";
import { readBlocks } from "./blocks.ts";
import { slashedDate, slugDate, writtenDate } from "./dates.ts";
import { findFirst, type HtmlNode, hasClass, readHtml, textOf } from "./html.ts";
import { readItems } from "./items.ts";
import { distinctLinks, isDownload, isPressRelease, originalUrl } from "./links.ts";
import { readBody } from "./sections.ts";

const SITE = "https://ofac.treasury.gov/";

/** A notice with all that is read from its body. */
export interface ParsedNotice extends Notice {
  readonly sections: readonly NoticeSection[];
  readonly items: readonly NoticeItem[];
}

/**
 * Reads a recent-action page of `ofac.treasury.gov` (ofac-formats §6.3, §6.4), also as an archive kept it.
 * The page carries no categories: they are taken from the listing where the caller has them.
 *
 * @throws ContentError `page-too-large`, `page-too-deep`, `page-empty`, `not-a-notice`
 */
export function parseNotice(
  content: Uint8Array | string,
  options: { readonly url?: string; readonly categories?: readonly string[] } = {},
): ParsedNotice {
  const where = options.url ?? "recent-action page";
  const root = readHtml(content, where);
  const url = (options.url === undefined ? undefined : originalUrl(options.url, SITE)) ?? ownUrl(root) ?? "";
  const slug = /\/(?:recent-actions|recent-issues|Pages)\/(\d{8}(?:_\d+)?)/i.exec(url)?.[1];
  const article = findFirst(root, (n) => n.name === "article");
  const body = bodyOf(root, article);
  const title = titleOf(root);
  const stated = statedDate(root, body?.node, slugDate(slug ?? ""));
  const date = stated ?? slugDate(slug ?? "");
  if (title === "" || date === undefined || body === undefined) {
    throw new ContentError(
      "not-a-notice",
      `${where}: expected a recent-action page with title, release date and body, found no ` +
        `${title === "" ? "title" : date === undefined ? "date" : "body"}; look at the page in a browser`,
    );
  }
  const base = url === "" ? SITE : url;
  const blocks = readBlocks(body.node, base);
  const read = readBody(blocks, where);
  const links = [...readBlocks(pressField(root) ?? { type: "root" }, base), ...blocks].flatMap(
    (block) => block.links,
  );
  return {
    id: slug ?? date.replaceAll("-", ""),
    url: url === "" ? `${SITE}recent-actions/${slug ?? date.replaceAll("-", "")}` : url,
    title,
    date,
    nodeId: nodeId(root),
    categories: options.categories ?? [],
    pressReleases: distinctLinks(links.filter((link) => isPressRelease(link.url))),
    downloads: distinctLinks(links.filter((link) => isDownload(link.url))),
    text: read.paragraphs.join("\n\n"),
    sections: read.sections,
    items: readItems(title, read),
    sha256: sha256(content),
    issues: [...layoutIssues(where, body.usual, stated, date, slug), ...read.issues],
  };
}

const field = (name: string) => (node: HtmlNode) => hasClass(node, `field--name-field-${name}`);

function fieldItem(root: HtmlNode, name: string): HtmlNode | undefined {
  const outer = findFirst(root, field(name));
  return outer === undefined ? undefined : (findFirst(outer, (n) => hasClass(n, "field__item")) ?? outer);
}

function pressField(root: HtmlNode): HtmlNode | undefined {
  return findFirst(root, field("press-release-link"));
}

function titleOf(root: HtmlNode): string {
  const heading =
    findFirst(root, (n) => hasClass(n, "treas-page-title")) ??
    findFirst(root, (n) => hasClass(n, "page-title")) ??
    findFirst(root, (n) => n.name === "h1") ??
    findFirst(root, (n) => n.name === "h2");
  const text = heading === undefined ? "" : textOf(heading);
  if (text !== "") return text;
  const meta = findFirst(root, (n) => n.name === "meta" && n.attribs?.["property"] === "og:title", true);
  return (meta?.attribs?.["content"] ?? "").split(" | ")[0]?.trim() ?? "";
}

/** The body field; on other layouts the article, the main part, the page. */
function bodyOf(
  root: HtmlNode,
  article: HtmlNode | undefined,
): { node: HtmlNode; usual: boolean } | undefined {
  const usual = fieldItem(root, "body");
  if (usual !== undefined) return { node: usual, usual: true };
  const other = article ?? findFirst(root, (n) => n.name === "main");
  return other === undefined ? undefined : { node: other, usual: false };
}

/** The release date; on layouts without that field, a date in the text that the address bears out. */
function statedDate(
  root: HtmlNode,
  body: HtmlNode | undefined,
  inSlug: IsoDate | undefined,
): IsoDate | undefined {
  const item = fieldItem(root, "release-date");
  if (item !== undefined) {
    const text = textOf(item);
    const time = findFirst(item, (n) => n.name === "time")?.attribs?.["datetime"]?.slice(0, 10);
    return slashedDate(text) ?? writtenDate(text) ?? time;
  }
  const text = textOf(body ?? { type: "root" }).slice(0, 2000);
  const found = slashedDate(text) ?? writtenDate(text);
  return inSlug === undefined || found === inSlug ? found : undefined;
}

function nodeId(root: HtmlNode): string | null {
  const article = findFirst(root, (n) => /^node-\d+$/.test(n.attribs?.["id"] ?? ""));
  const history = findFirst(root, (n) => n.attribs?.["data-history-node-id"] !== undefined);
  return (
    article?.attribs?.["id"]?.slice("node-".length) ?? history?.attribs?.["data-history-node-id"] ?? null
  );
}

/** The page's own word for its address: canonical link or share button. */
function ownUrl(root: HtmlNode): string | undefined {
  const canonical = findFirst(root, (n) => n.name === "link" && n.attribs?.["rel"] === "canonical", true);
  const share = findFirst(root, (n) => n.attribs?.["data-a2a-url"] !== undefined);
  const href = canonical?.attribs?.["href"] ?? share?.attribs?.["data-a2a-url"];
  return href === undefined ? undefined : originalUrl(href, SITE);
}

function layoutIssues(
  where: string,
  usual: boolean,
  stated: IsoDate | undefined,
  date: IsoDate,
  slug: string | undefined,
): Issue[] {
  const issues: Issue[] = [];
  const warn = (code: string, message: string, example: string) =>
    issues.push({ severity: "warning", code, message, where, examples: [example] });
  if (!usual) warn("unusual-layout", "the page has no body field; its article was read instead", where);
  if (stated === undefined)
    warn("date-from-address", "the page states no release date; its address does", date);
  const inSlug = slugDate(slug ?? "");
  if (inSlug !== undefined && stated !== undefined && inSlug !== stated) {
    warn("date-differs", `the page says ${stated}, its address ${inSlug}`, slug ?? "");
  }
  return issues;
}
