import { ContentError, easternDate, type Issue, type PressRelease, sha256 } from "../../domain/index.ts";
import { paragraphs, readBlocks } from "./blocks.ts";
import { slashedDate, writtenDate } from "./dates.ts";
import { cleanText, findFirst, type HtmlNode, hasClass, htmlText, readHtml, textOf } from "./html.ts";
import { distinctLinks, originalUrl } from "./links.ts";
import { pressReleaseId } from "./press-id.ts";
import { frontMatter, type PressBody, readMarkdown } from "./press-markdown.ts";
import { numberClaims } from "./press-numbers.ts";

const SITE = "https://home.treasury.gov/";

/** The address of a notice, also as the two older sites had it (ofac-formats §6.2). */
const NOTICE = /\/(?:recent-(?:actions|issues)|OFAC-Enforcement\/Pages)\/\d{8}(?!\d)/i;

/** A press release with all that is read from its body. */
export type ParsedPressRelease = PressRelease &
  Required<Pick<PressRelease, "bold" | "authorities" | "numbers">>;

/**
 * Reads a press release: a page of `home.treasury.gov` or `state.gov` (ofac-formats §7), or Markdown with front
 * matter. Narrative: nothing in it ever changes a list.
 *
 * @throws ContentError `page-too-large`, `page-too-deep`, `page-empty`, `not-a-press-release`
 */
export function parsePressRelease(
  content: Uint8Array | string,
  options: { readonly url?: string } = {},
): ParsedPressRelease {
  const where = options.url ?? "press release";
  const text = htmlText(content, where);
  const front = frontMatter(text);
  const found =
    front === undefined ? fromHtml(readHtml(text, where), options.url) : fromMarkdown(front, options.url);
  if (found.title === "" || found.body.paragraphs.length === 0) {
    throw new ContentError(
      "not-a-press-release",
      `${where}: expected a press release with title and body, found no ` +
        `${found.title === "" ? "title" : "body"}; look at the page in a browser`,
    );
  }
  const id = pressReleaseId(found.url);
  const issues: Issue[] = [];
  if (found.published === null) {
    issues.push({
      severity: "warning",
      code: "no-date",
      message: "the press release states no date",
      where,
      examples: [],
    });
  }
  const body = found.body.paragraphs.filter(
    (paragraph) => !/^(?:#{2,}|-+\s*30\s*-+|\*{3,})$/.test(paragraph),
  );
  return {
    id: id ?? sha256(content).slice("sha256:".length, "sha256:".length + 12),
    url: found.url,
    title: found.title,
    published: found.published,
    date: found.published === null ? null : dateOf(found.published),
    text: body.join("\n\n"),
    notices: distinctLinks(found.body.links.filter((link) => NOTICE.test(link.url))),
    bold: distinct(found.body.bold.map((name) => name.replace(/^[\s,;:(]+|[\s,;:)]+$/g, ""))),
    authorities: authorities(body),
    numbers: numberClaims(body),
    sha256: sha256(content),
    issues,
  };
}

interface Found {
  readonly url: string;
  readonly title: string;
  readonly published: string | null;
  readonly body: PressBody;
}

function fromMarkdown(
  front: { fields: ReadonlyMap<string, string>; body: string },
  given: string | undefined,
): Found {
  const url = originalUrl(given ?? front.fields.get("url") ?? "", SITE) ?? SITE;
  return {
    url: url.replace("/index.php/", "/"),
    title: cleanText(front.fields.get("title") ?? ""),
    published: front.fields.get("date") || null,
    body: readMarkdown(front.body, url),
  };
}

function fromHtml(root: HtmlNode, given: string | undefined): Found {
  const meta = (name: string) =>
    cleanText(
      findFirst(
        root,
        (n) => n.name === "meta" && (n.attribs?.["property"] ?? n.attribs?.["name"]) === name,
        true,
      )?.attribs?.["content"] ?? "",
    );
  const canonical = findFirst(root, (n) => n.name === "link" && n.attribs?.["rel"] === "canonical", true);
  const url = originalUrl(given ?? canonical?.attribs?.["href"] ?? meta("og:url"), SITE) ?? SITE;
  const article = findFirst(root, (n) => n.name === "article") ?? findFirst(root, (n) => n.name === "main");
  const heading =
    findFirst(root, (n) => hasClass(n, "uswds-page-title") || hasClass(n, "page-title")) ??
    findFirst(root, (n) => n.name === "h1") ??
    findFirst(article ?? root, (n) => n.name === "h2");
  const body =
    findFirst(root, (n) => hasClass(n, "field--name-field-news-body")) ?? entryContent(root) ?? article;
  const blocks = body === undefined ? [] : readBlocks(body, url);
  return {
    url: url.replace("/index.php/", "/"),
    title: (heading === undefined ? "" : textOf(heading)) || (meta("og:title").split(" | ")[0] ?? ""),
    published: publishedAt(root, article) ?? (meta("article:published_time") || null),
    body: {
      paragraphs: blocks.flatMap(paragraphs),
      bold: blocks.flatMap((block) => block.bolds),
      links: blocks.flatMap((block) => block.links),
    },
  };
}

/** Where State keeps the text of a statement. */
function entryContent(root: HtmlNode): HtmlNode | undefined {
  return findFirst(root, (n) => hasClass(n, "entry-content") || hasClass(n, "field--name-body"));
}

function publishedAt(root: HtmlNode, article: HtmlNode | undefined): string | null {
  const field = findFirst(root, (n) => hasClass(n, "field--name-field-news-publication-date"));
  const time = findFirst(
    field ?? article ?? root,
    (n) => n.name === "time" && n.attribs?.["datetime"] !== undefined,
  );
  const stated = time?.attribs?.["datetime"];
  if (stated !== undefined && stated !== "") return cleanText(stated);
  const text = textOf(field ?? { type: "root" });
  return writtenDate(text) ?? slashedDate(text) ?? null;
}

/** The Eastern date of an instant with an offset; the date as such when it states no time. */
function dateOf(published: string): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(published)) return published;
  if (/T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(published) && !Number.isNaN(Date.parse(published))) {
    return easternDate(new Date(published).toISOString());
  }
  return (
    /^\d{4}-\d{2}-\d{2}/.exec(published)?.[0] ?? writtenDate(published) ?? slashedDate(published) ?? null
  );
}

function authorities(body: readonly string[]): string[] {
  const found: string[] = [];
  for (const paragraph of body) {
    for (const match of paragraph.matchAll(
      /\b(?:E\.\s?O\.|EO|Executive Orders?(?: \(E\.O\.\))?)\s+(1\d{4})\b/g,
    )) {
      found.push(`E.O. ${match[1]}`);
    }
  }
  return distinct(found);
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}
