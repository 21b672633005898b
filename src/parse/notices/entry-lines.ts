import { isKnownProgram } from "../../domain/index.ts";
import { Brackets } from "./entry/brackets.ts";

/** What can be said of a line before it is read as an entry. */
export interface LineShape {
  /** A program tag `[…]` stands outside parentheses. */
  readonly tagged: boolean;
  /** The line ends as entries do: with a tag, a kind or `(Linked To: …)`. */
  readonly closed: boolean;
  /** Round brackets left open, and closed without having been opened. */
  readonly opens: boolean;
  readonly closes: boolean;
  /** Positions after which another entry begins. */
  readonly seams: readonly number[];
}

/** `-to-` between the old and the new entry of a change, whatever the dashes. */
const TO = /[-\u2010-\u2015]\s?to\s?[-\u2010-\u2015]/iy;
const TO_FIRST = /^\s*[-\u2010-\u2015]\s?to\s?[-\u2010-\u2015](?:\s|$)/i;
const TO_ALONE = /^\s*[-\u2010-\u2015]\s?to\s?[-\u2010-\u2015]\s*$/i;
const TO_LAST = /(?:^|\s)[-\u2010-\u2015]\s?to\s?[-\u2010-\u2015]\s*$/i;

/** What stands behind an entry's attributes, by itself. */
const TAIL = /^\((?:Linked To:|individual\)|vessel\)|aircraft\))|^\[[^\]]+\]\s*(?:$|[.([])/i;

/** Sentences that announce entries: they may name a program in brackets, too. */
const ANNOUNCES =
  /^(?:(?:in addition|additionally|also),? )?(?:the|these) (?:following|names?|entr(?:y|ies))\b/i;

/** Reads a line's brackets once. */
export function lineShape(text: string): LineShape {
  const brackets = new Brackets(text);
  const seams: number[] = [];
  let tagged = false;
  let fresh = false;
  for (const { open, close } of brackets.groups(0, text.length)) {
    if (text[open] === "[" && isTag(text.slice(open + 1, close))) {
      tagged = true;
      fresh = true;
    }
    if (fresh && text[close + 1] === "." && beginsEntry(text, close + 2)) {
      seams.push(close + 2);
      fresh = false;
    }
  }
  // What follows the last seam must be an entry of its own, else it is a remark behind the tag.
  if (!fresh) seams.pop();
  const { opened, closed } = brackets.unmatched();
  return { tagged, closed: /[\])]\s*\.?\s*$/.test(text.slice(-8)), opens: opened, closes: closed, seams };
}

/** Program tags are in capitals, some with a lower-case word (`561-Related`); "[sic]" and "[see below]" are none. */
function isTag(text: string): boolean {
  const tag = text.trim();
  return isKnownProgram(tag) || /^[A-Z0-9][A-Z0-9]*(?:[ ./-]+[A-Z0-9]+){0,6}(?:-[A-Z][a-z]+)?$/.test(tag);
}

function beginsEntry(text: string, at: number): boolean {
  const rest = text.slice(at, at + 24);
  return /^\s+["'\u201C\u2018]?[\p{Lu}\d]/u.test(rest) && !TO_FIRST.test(rest);
}

/** True for a sentence that announces entries. */
export function announces(text: string): boolean {
  return ANNOUNCES.test(text);
}

/** True for a line that stands as an entry: it carries a program tag, and does not announce others. */
export function looksLikeEntry(text: string): boolean {
  if (ANNOUNCES.test(text) || /^\s*\[|:\s*$/.test(text) || isSentence(text)) return false;
  const shape = lineShape(text);
  // "Persons designated under [SDGT] may …" is a sentence; entries begin in capitals or end with their tag.
  return shape.tagged && (shape.closed || /^\P{L}*\p{Lu}(?!\p{Ll})/u.test(text));
}

/** "OFAC has added the [IFSR] tag to …": names and addresses before the first tag or semicolon have no verb. */
function isSentence(text: string): boolean {
  const head = /^[^;[]*/.exec(text)?.[0] ?? "";
  return / (?:is|are|was|were|has|have|had|been|will|may|must|should) /.test(
    head.replace(/["\u201C(][^"\u201D)]*/g, ""),
  );
}

/** True for a text that can only be a piece of an entry: `-to-`, `(Linked To: …)`, `(individual) [TAG]`, `[TAG].` */
export function isPiece(text: string): boolean {
  return TO_ALONE.test(text) || TAIL.test(text);
}

/** True when a line ends as entries do: `[TAG].`, `(Linked To: …).` */
export function endsLikeEntry(text: string): boolean {
  const shape = lineShape(text);
  return shape.tagged && shape.closed && !shape.opens;
}

/** The two sides of a change line; undefined when it is none. */
export function changeSides(text: string): { before: string; after: string } | undefined {
  const brackets = new Brackets(text);
  for (const dash of ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015"]) {
    for (const at of brackets.outside(dash, 0, text.length)) {
      TO.lastIndex = at;
      const match = TO.exec(text);
      if (match === null || !endsSide(text, at, at + match[0].length)) continue;
      const after = text.slice(at + match[0].length).trim();
      if (after !== "") return { before: text.slice(0, at).trim(), after };
    }
  }
  return undefined;
}

/** "DOOR-to-DOOR" in a name parts no change: only what follows a whole entry, or an address where the tag is missing. */
function endsSide(text: string, at: number, end: number): boolean {
  if (/[\])]\s*\.?\s*$/.test(text.slice(Math.max(0, at - 6), at))) return true;
  return text[at - 1] === " " && text[end] === " " && /[,;] /.test(text.slice(0, at));
}

/** One line made of several entries, parted. */
export function splitSeams(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  for (const seam of lineShape(text).seams) {
    parts.push(text.slice(from, seam).trim());
    from = seam;
  }
  parts.push(text.slice(from).trim());
  return parts;
}

/** True when `next` goes on with what `line` began: an open bracket, a dangling separator, one side of a change. */
export function continues(line: string, next: string): boolean {
  if (TO_FIRST.test(next.slice(0, 12)) || TO_LAST.test(line.slice(-12))) return true;
  if (/^[;,\])]/.test(next) || TAIL.test(next)) return true;
  // A bracket that is never closed must not swallow the entries after it.
  return /[;,]$/.test(line) || (lineShape(line).opens && lineShape(next).closes);
}
