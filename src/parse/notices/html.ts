import { load } from "cheerio/slim";
import { ContentError } from "../../domain/index.ts";

/** The part of a parsed node that is read here. */
export interface HtmlNode {
  readonly type: string;
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly HtmlNode[];
}

/** Limits of one page. OFAC's longest pages have some 2 MB, 5,000 tags, 30 levels. */
export const HTML_LIMITS = { bytes: 8_388_608, tags: 60_000, depth: 12_000 } as const;

/** Elements without end tag, and those whose end tag may be left out: they do not nest. */
const FLAT = new Set(
  "area base br col embed hr img input link meta source track wbr p li dt dd td th tr option thead tbody tfoot".split(
    " ",
  ),
);

/** What is never text of a page. */
const SILENT = new Set(
  "script style template noscript iframe object svg math select textarea head title button".split(" "),
);

/** Elements that end a line of text. */
export const BREAKING = new Set(
  (
    "address article aside blockquote caption center dd details div dl dt fieldset figcaption figure footer form " +
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul body html"
  ).split(" "),
);

/**
 * A page's tree. The input is hostile until shown otherwise: what a tolerant parser would spend minutes or
 * gigabytes on is refused before it is parsed.
 *
 * @throws ContentError `page-too-large`, `page-too-deep`, `page-empty`
 */
export function readHtml(content: Uint8Array | string, where: string): HtmlNode {
  const text = htmlText(content, where);
  refuseMonsters(text, where);
  return { type: "root", children: load(text).root().toArray() };
}

/** The text of a page: UTF-8, a byte-order mark left out, line ends as they are. */
export function htmlText(content: Uint8Array | string, where: string): string {
  const bytes = typeof content === "string" ? content.length : content.byteLength;
  if (bytes > HTML_LIMITS.bytes) {
    throw new ContentError(
      "page-too-large",
      `${where}: expected a page of at most ${HTML_LIMITS.bytes} bytes, found ${bytes}; check the address`,
    );
  }
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  if (text.trim() === "") {
    throw new ContentError("page-empty", `${where}: expected a page, found nothing; fetch it again`);
  }
  return text;
}

function refuseMonsters(text: string, where: string): void {
  const tag = /<(\/?)([A-Za-z][A-Za-z0-9:-]*)/g;
  let tags = 0;
  let depth = 0;
  for (let match = tag.exec(text); match !== null; match = tag.exec(text)) {
    tags += 1;
    if (!FLAT.has((match[2] ?? "").toLowerCase())) depth = Math.max(0, depth + (match[1] === "" ? 1 : -1));
    if (tags > HTML_LIMITS.tags || depth > HTML_LIMITS.depth) {
      throw new ContentError(
        "page-too-deep",
        `${where}: expected at most ${HTML_LIMITS.tags} tags and ${HTML_LIMITS.depth} levels, found more by ` +
          `character ${match.index}; this is no page of OFAC's, check the address`,
      );
    }
  }
}

/** A node on the way down (`open`, text nodes too) and on the way up (`close`). */
export interface HtmlStep {
  readonly kind: "open" | "close";
  readonly node: HtmlNode;
}

/** Depth first, without recursion: pages nest as deep as they like. Silent elements are left out. */
export function* walkHtml(root: HtmlNode): Generator<HtmlStep> {
  const stack: { node: HtmlNode; next: number }[] = [{ node: root, next: 0 }];
  yield { kind: "open", node: root };
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    if (top === undefined) return;
    const child = top.node.children?.[top.next];
    top.next += 1;
    if (child === undefined) {
      stack.pop();
      yield { kind: "close", node: top.node };
    } else if (!SILENT.has(child.name ?? "") && child.type !== "comment" && child.type !== "directive") {
      yield { kind: "open", node: child };
      stack.push({ node: child, next: 0 });
    }
  }
}

/** Every element that fits, in document order; `head` and other silent ones too when asked for. */
export function* findAll(
  root: HtmlNode,
  fits: (node: HtmlNode) => boolean,
  silentToo = false,
): Generator<HtmlNode> {
  const stack: HtmlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.name !== undefined && fits(node)) yield node;
    if (!silentToo && SILENT.has(node.name ?? "")) continue;
    const children = node.children ?? [];
    for (let i = children.length - 1; i >= 0; i -= 1) {
      const child = children[i];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** Every element that fits and lies in no other that does: so that hostile nesting is not read over and over. */
export function* findOutermost(root: HtmlNode, fits: (node: HtmlNode) => boolean): Generator<HtmlNode> {
  const stack: HtmlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.name !== undefined && fits(node)) {
      yield node;
      continue;
    }
    if (SILENT.has(node.name ?? "")) continue;
    const children = node.children ?? [];
    for (let i = children.length - 1; i >= 0; i -= 1) {
      const child = children[i];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** The first element that fits, or undefined. */
export function findFirst(
  root: HtmlNode,
  fits: (node: HtmlNode) => boolean,
  silentToo = false,
): HtmlNode | undefined {
  for (const node of findAll(root, fits, silentToo)) return node;
  return undefined;
}

/** True for an element with this class. */
export function hasClass(node: HtmlNode, name: string): boolean {
  return ` ${node.attribs?.["class"] ?? ""} `.replace(/\s/g, " ").includes(` ${name} `);
}

/** Bidi controls, zero-width characters, soft hyphens, control characters: never part of what a page says. */
const INVISIBLE = /[\p{Cc}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;

/** White space of any kind (no-break spaces too) as single blanks, ends trimmed, NFC, nothing invisible. */
export function cleanText(text: string): string {
  return text.replace(/\s+/g, " ").replace(INVISIBLE, "").replace(/ {2,}/g, " ").trim().normalize("NFC");
}

/** All text below a node, on one line. */
export function textOf(root: HtmlNode): string {
  const parts: string[] = [];
  for (const { kind, node } of walkHtml(root)) {
    if (kind === "open" && node.type === "text") parts.push(node.data ?? "");
    else if (node.name === "br" || BREAKING.has(node.name ?? "")) parts.push(" ");
  }
  return cleanText(parts.join(""));
}
