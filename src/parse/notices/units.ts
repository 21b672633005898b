import type { Link } from "../../domain/index.ts";
import type { Block } from "./blocks.ts";
import { announces, continues, endsLikeEntry, isPiece, looksLikeEntry, splitSeams } from "./entry-lines.ts";
import { readHeading } from "./headings.ts";

/** One heading, entry or paragraph. */
export interface Unit {
  readonly text: string;
  readonly heading: boolean;
  readonly links: readonly Link[];
}

/** The headings, entries and paragraphs of a body, however the page runs them together or breaks them. */
export function readUnits(blocks: readonly Block[]): Unit[] {
  return joinContinued(blocks.flatMap(unitsOf));
}

/** How many links of one paragraph are told apart. */
const LINKS = 200;

/** How many lines of one paragraph one entry may run over. */
const MOST_LINES = 200;

/** A block's entries, headings and paragraphs, however they were run together. */
function unitsOf(block: Block): Unit[] {
  const whole = block.lines.filter((line) => line !== "").join(" ");
  const texts = textsOf(block);
  const heading = (block.heading > 0 || (block.bold && whole.length <= 300)) && !isPiece(whole);
  if (heading && !texts.some(looksLikeEntry)) return [{ text: whole, heading: true, links: block.links }];
  const links = block.links.slice(0, LINKS);
  return texts.map((text) => ({
    text,
    heading: heading && !looksLikeEntry(text),
    links: links.filter((link) => text.includes(link.title)),
  }));
}

/** A block's lines, joined where they go on with each other, parted where one holds several things. */
function textsOf(block: Block): string[] {
  const texts: string[] = [];
  let joined = 0;
  for (const line of block.lines) {
    const last = texts.length - 1;
    if (line === "") joined = 0;
    else if (joined > 0 && joined < MOST_LINES && !partsHere(texts[last] ?? "", line)) {
      texts[last] = `${texts[last]} ${line}`;
      joined += 1;
    } else {
      texts.push(line);
      joined = 1;
    }
  }
  return texts
    .flatMap(splitAnnounced)
    .flatMap((text) => (looksLikeEntry(text) ? splitSeams(text) : [text]))
    .flatMap(splitAnnounced);
}

/** "The following entries have been changed: ABC LLC [TAG]." is a heading and an entry. */
function splitAnnounced(text: string): string[] {
  const at = text.indexOf(": ") + 1;
  if (at === 0 || looksLikeEntry(text)) return [text];
  const [heading, entry] = [text.slice(0, at), text.slice(at).trim()];
  const announced = announces(heading) || readHeading(heading)?.operation != null;
  return announced && looksLikeEntry(entry) ? [heading, entry] : [text];
}

/** True when two neighbouring lines of a paragraph are two things. */
function partsHere(text: string, next: string): boolean {
  if (continues(text, next)) return false;
  if (endsLikeEntry(text)) return true;
  return (/:\s*$/.test(text) && readHeading(text) !== undefined) || /^The following\b.*:\s*$/i.test(next);
}

/** How many pieces one entry may have been broken into. */
const PIECES = 20;

/** Entries that the page broke in two are one again. */
function joinContinued(units: readonly Unit[]): Unit[] {
  const out: Unit[] = [];
  let pieces = 1;
  for (const unit of units) {
    const last = out[out.length - 1];
    if (
      last !== undefined &&
      pieces < PIECES &&
      !last.heading &&
      !unit.heading &&
      belongTogether(last.text, unit.text)
    ) {
      out[out.length - 1] = {
        ...last,
        text: `${last.text} ${unit.text}`,
        links: [...last.links, ...unit.links],
      };
      pieces += 1;
    } else {
      out.push(unit);
      pieces = 1;
    }
  }
  return out;
}

function belongTogether(text: string, next: string): boolean {
  return continues(text, next) && readHeading(text)?.operation == null && looksLikeEntry(`${text} ${next}`);
}
