// Foreign text in Markdown that GitHub renders: nothing in it becomes a link, a mention, an image, a heading or HTML.
import { oneLine } from "./runner.mjs";

/** Longest foreign text on one line. */
const LINE = 300;
/** Longest block: GitHub takes bodies of 65,536 characters. */
const BLOCK = 30_000;

/**
 * Foreign text inside a line or a cell. GitHub looks for mentions and references in everything but code, so it stands in
 * `<code>`; whatever else could mean something to Markdown or HTML is written as a character reference.
 */
export function inline(text) {
  return `<code>${referenced(cut(oneLine(text), LINE))}</code>`;
}

/** Our own words and numbers as they are, foreign ones escaped: for headings. */
export function heading(text) {
  return referenced(cut(oneLine(text), LINE));
}

/** Foreign text of several lines, verbatim, in a fence longer than any run of backticks in it. */
export function block(text) {
  const plain = cut(
    String(text)
      .replace(/\r\n?/g, "\n")
      .replace(/(?!\n)(?:\p{Cc}|\p{Bidi_Control})/gu, " "),
    BLOCK,
  );
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(Math.max(3, longest + 1));
  return `${fence}text\n${plain}\n${fence}`;
}

function referenced(text) {
  return [...text]
    .map((char) => (/[\p{L}\p{N} ,.;]/u.test(char) ? char : `&#${char.codePointAt(0)};`))
    .join("");
}

function cut(text, length) {
  const points = [...text];
  return points.length <= length ? text : `${points.slice(0, length - 1).join("")}…`;
}
