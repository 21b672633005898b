import type { Link } from "../../domain/index.ts";
import { cleanText } from "./html.ts";
import { originalUrl } from "./links.ts";

/** A body as both forms of a press release give it. */
export interface PressBody {
  readonly paragraphs: readonly string[];
  readonly bold: readonly string[];
  readonly links: readonly Link[];
}

/** Front matter and body of a Markdown file; undefined when there is no front matter. */
export function frontMatter(text: string): { fields: ReadonlyMap<string, string>; body: string } | undefined {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (match === null) return undefined;
  const fields = new Map<string, string>();
  for (const line of (match[1] ?? "").split(/\r?\n/)) {
    const field = /^([A-Za-z][\w-]*):\s*(.*?)\s*$/.exec(line);
    if (field !== null) fields.set(field[1] ?? "", (field[2] ?? "").replace(/^(["'])(.*)\1$/, "$2"));
  }
  return { fields, body: text.slice(match[0].length) };
}

const LINK = /!?\[([^[\]]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?(?:\s+"[^"]*")?\s*\)/g;
const BOLD = /(\*\*|__)(?=\S)((?:(?!\1)[\s\S])*?\S)\1/g;

/** Reads Markdown prose: paragraphs, headings, lists, links, bold. Nothing of it becomes mark-up again. */
export function readMarkdown(body: string, base: string): PressBody {
  const links: Link[] = [];
  const bold: string[] = [];
  const paragraphs: string[] = [];
  for (const raw of body.split(/\r?\n[ \t]*\r?\n/)) {
    const lined = raw.replace(/^[ \t]*(?:#{1,6}[ \t]+|[-*+][ \t]+|>[ \t]?|\d+[.)][ \t]+(?=\D))/gm, "");
    const unlinked = lined.replace(LINK, (_, title: string, href: string) => {
      const url = originalUrl(href, base);
      if (url !== undefined) links.push({ title: cleanText(plain(title)) || url, url });
      return title;
    });
    for (const match of unlinked.matchAll(BOLD)) bold.push(cleanText(plain(match[2] ?? "")));
    const text = cleanText(spaced(plain(unlinked)));
    if (text !== "") paragraphs.push(text);
  }
  return { paragraphs, bold, links };
}

/** Emphasis marks and escapes taken off; a name that runs into the next word keeps its gap. */
function plain(text: string): string {
  return text
    .replace(/(\*\*|__)(?=\S)((?:(?!\1)[\s\S])*?\S)\1(?=[\p{L}\p{N}(])/gu, "$2 ")
    .replace(BOLD, "$2")
    .replace(/(^|[\s(])([*_])(?=\S)([^*_\n]*?\S)\2(?=$|[\s).,;:!?])/g, "$1$3")
    .replace(/\\([\\`*_{}[\]()#+.!-])/g, "$1");
}

function spaced(text: string): string {
  return text.replace(/^[ \t]*(?:\*{3,}|-{3,}|_{3,})[ \t]*$/gm, "");
}
