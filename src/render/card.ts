import { Resvg } from "@resvg/resvg-js";
import type { StoredRecord } from "../domain/index.ts";
import { xml } from "./feed-atom.ts";
import { meaningLine } from "./meaning.ts";
import { isComposed } from "./publication-view.ts";
import { cleanText, oneLine } from "./text.ts";
import { COMPOSED_BANNER, listWords } from "./words.ts";
import { longDateWords } from "./words-date.ts";

/** Where a publication's picture for shared links stands. */
export const cardPath = (id: string): string => `publications/${id}/card.png`;

/** Enough for a sharp preview at half the cost of the usual 1200 × 630, in the same proportion. */
const WIDTH = 800;
const HEIGHT = 420;

/** Characters that fit into a line of the headline and of the meaning. */
const HEADLINE = 41;
const MEANING = 62;

/**
 * A picture of a publication for shared links: headline, meaning, effects. Drawn with the fonts given and no
 * others, so that every machine draws the same bytes; what they cannot write is left to the page.
 */
export function renderCard(
  stored: StoredRecord,
  siteTitle: string,
  fontFiles: readonly string[],
): Uint8Array {
  const { record } = stored;
  const { materiality, legalEffect, screeningEffect } = record.judgement;
  const headline = lines(record.headline, HEADLINE, 3);
  const meaning = lines(meaningLine(record), MEANING, 3);
  const top = 118;
  const meaningTop = top + headline.length * 46 + 10;
  const text = (x: number, y: number, size: number, fill: string, weight: number, content: string): string =>
    `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${xml(content)}</text>`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="Public Sans">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbfaf7"/><rect width="12" height="${HEIGHT}" fill="${COLOURS[materiality] ?? MUTED}"/>`,
    text(52, 58, 19, MUTED, 400, printable(`${listWords(record)}, ${longDateWords(record.date)}`)),
    ...headline.map((line, n) => text(52, top + n * 46, 36, INK, 700, line)),
    ...meaning.map((line, n) => text(52, meaningTop + n * 29, 21, INK, 400, line)),
    text(52, 352, 19, COLOURS[legalEffect] ?? MUTED, 700, `Legal effect ${legalEffect}`),
    text(280, 352, 19, COLOURS[screeningEffect] ?? MUTED, 700, `Screening effect ${screeningEffect}`),
    text(
      52,
      388,
      17,
      MUTED,
      400,
      `${printable(siteTitle)}${isComposed(record) ? `. ${COMPOSED_BANNER}` : ". Not OFAC, not legal advice"}`,
    ),
    "</svg>",
  ].join("");
  const drawing = new Resvg(svg, {
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: "Public Sans" },
  });
  return Uint8Array.from(drawing.render().asPng());
}

const INK = "#1b1d21";
const MUTED = "#595e66";
const COLOURS: Readonly<Record<string, string>> = { critical: "#9c2327", major: "#735000" };

/** A text in so many lines at most, the last one ending in an ellipsis when there is more. */
function lines(text: string, width: number, most: number): string[] {
  const found: string[] = [];
  let line = "";
  for (const word of printable(text).split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      found.push(line);
      line = "";
    }
    line = line === "" ? word.slice(0, width) : `${line} ${word}`;
  }
  found.push(line);
  if (found.length <= most) return found;
  return [...found.slice(0, most - 1), `${found[most - 1]?.slice(0, width - 1).trimEnd()}\u2026`];
}

/** Letters the font has; a card shows a question mark for others and not an empty box. */
const printable = (text: string): string =>
  oneLine(cleanText(text)).replaceAll(/[^\u0020-\u017f\u2010-\u2026\u2206\u2212]/gu, "?");
