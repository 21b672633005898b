import type { Link } from "../../domain/index.ts";
import { BREAKING, cleanText, type HtmlNode, walkHtml } from "./html.ts";
import { originalUrl } from "./links.ts";

/** A paragraph, heading or list item of a page. */
export interface Block {
  /** 1 to 6 for `h1` to `h6`, else 0. */
  readonly heading: number;
  /** One line per `<br>`; white space collapsed within a line; an empty line where the page has one. */
  readonly lines: readonly string[];
  /** All of it is bold. */
  readonly bold: boolean;
  /** Each stretch in bold. */
  readonly bolds: readonly string[];
  readonly links: readonly Link[];
}

const LINE = "\n";

/** Reads blocks off a stream of nodes. Breaking elements end a block, however badly they are nested. */
class BlockReader {
  readonly blocks: Block[] = [];
  readonly #base: string;
  #parts: string[] = [];
  #heading = 0;
  #headingDepth = 0;
  #boldDepth = 0;
  #bolds: string[][] = [];
  #preDepth = 0;
  #links: Link[] = [];
  #anchor: { href: string; parts: string[] } | undefined;

  constructor(base: string) {
    this.#base = base;
  }

  open(node: HtmlNode): void {
    if (node.type === "text") this.#text(node.data ?? "");
    const name = node.name ?? "";
    if (name === "br") this.#parts.push(LINE);
    if (BREAKING.has(name)) this.flush();
    const level = headingLevel(name);
    if (level > 0) {
      this.#heading = level;
      this.#headingDepth += 1;
    }
    if (name === "pre") this.#preDepth += 1;
    if (isBold(node)) {
      if (this.#boldDepth === 0) this.#bolds.push([]);
      this.#boldDepth += 1;
    }
    const href = node.attribs?.["href"];
    if (name === "a" && href !== undefined) this.#anchor = { href, parts: [] };
  }

  close(node: HtmlNode): void {
    const name = node.name ?? "";
    if (name === "a") this.#closeAnchor();
    if (name === "pre") this.#preDepth -= 1;
    if (isBold(node)) this.#boldDepth -= 1;
    if (BREAKING.has(name)) this.flush();
    if (headingLevel(name) > 0) {
      this.#headingDepth -= 1;
      if (this.#headingDepth === 0) this.#heading = 0;
    }
  }

  flush(): void {
    const lines = this.#parts.join("").split(LINE).map(cleanText);
    while (lines.length > 0 && lines[0] === "") lines.shift();
    while (lines.length > 0 && lines[lines.length - 1] === "") lines.pop();
    if (lines.length > 0) {
      const bolds = this.#bolds.map((parts) => cleanText(parts.join(""))).filter((text) => text !== "");
      const bold = letters(bolds.join("")) === letters(lines.join(""));
      this.blocks.push({ heading: this.#heading, lines, bold, bolds, links: this.#links });
    }
    this.#parts = [];
    this.#links = [];
    this.#bolds = [];
    if (this.#boldDepth > 0) this.#bolds.push([]);
  }

  #text(data: string): void {
    const flat = this.#preDepth > 0 ? data.replace(/\r\n?/g, LINE) : data.replace(/\s+/g, " ");
    this.#parts.push(flat);
    this.#anchor?.parts.push(flat);
    if (this.#boldDepth > 0) this.#bolds[this.#bolds.length - 1]?.push(flat);
  }

  #closeAnchor(): void {
    const anchor = this.#anchor;
    if (anchor === undefined) return;
    this.#anchor = undefined;
    const url = originalUrl(anchor.href, this.#base);
    if (url !== undefined) this.#links.push({ title: cleanText(anchor.parts.join("")) || url, url });
  }
}

function letters(text: string): string {
  return text.replace(/\s/g, "");
}

function headingLevel(name: string): number {
  return /^h[1-6]$/.test(name) ? Number(name.slice(1)) : 0;
}

function isBold(node: HtmlNode): boolean {
  if (node.name === "strong" || node.name === "b") return true;
  return node.name === "span" && /font-weight\s*:\s*(?:bold|[6-9]00)/i.test(node.attribs?.["style"] ?? "");
}

/** The blocks below a node, in order. `base`: what relative links are relative to. */
export function readBlocks(root: HtmlNode, base: string): Block[] {
  const reader = new BlockReader(base);
  for (const { kind, node } of walkHtml(root)) {
    if (kind === "open") reader.open(node);
    else reader.close(node);
  }
  reader.flush();
  return reader.blocks;
}

/** The paragraphs of a block: its lines, parted at empty ones, joined by a blank. */
export function paragraphs(block: Block): string[] {
  const out: string[][] = [[]];
  for (const line of block.lines) {
    if (line === "") out.push([]);
    else out[out.length - 1]?.push(line);
  }
  return out.filter((lines) => lines.length > 0).map((lines) => lines.join(" "));
}
