import { load } from "cheerio";

/** What a part of a mail states, taken from its bytes alone. */
export interface StatedFacts {
  /** Every word and number, sorted, as often as it stands there. */
  readonly words: readonly string[];
  readonly numbers: readonly string[];
  readonly links: readonly string[];
}

const LINK = /(?:https?:\/\/|mailto:)\S+/gu;

/** Facts of the plain-text part. The signs of its own layout are no facts. */
export function factsOfText(text: string): StatedFacts {
  const plain = text
    .replace(/[\u2068\u2069]/gu, "")
    .replace(/^ {6}(?:from|to|von|nach): +/gmu, "")
    .replace(/^\s*> /gmu, "");
  return stated(plain.replace(LINK, " "), plain.match(LINK) ?? []);
}

/** Facts of the HTML part: what is seen, and where links lead. */
export function factsOfHtml(html: string): StatedFacts {
  const page = load(html);
  const links = page("[href]")
    .map((_, element) => page(element).attr("href"))
    .get();
  // Addresses in OFAC's own text are shown as they stand there, and are no links.
  const text = visibleText(html);
  return stated(text.replace(LINK, " "), [...links, ...(text.match(LINK) ?? [])]);
}

/** What a reader sees of the HTML, each cell and line apart. */
export function visibleText(html: string): string {
  const page = load(html);
  page("head, style, .preheader, [style*='display: none']").remove();
  page("br, p, td, tr, h1, h2, h3").after(" ");
  return page("body")
    .text()
    .replace(/[\u2068\u2069]/gu, "")
    .replace(/\s+/gu, " ");
}

function stated(text: string, links: readonly string[]): StatedFacts {
  const words = (text.match(/[\p{L}\p{N}]+/gu) ?? []).sort();
  return {
    words,
    numbers: [...new Set(words.filter((word) => /\d/u.test(word)))],
    links: [...new Set(links)].sort(),
  };
}
