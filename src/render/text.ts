/**
 * What may not stand in HTML, XML or a mail, wherever it came from: C0 and C1 controls other than tab and line
 * feed, lone surrogates, noncharacters (XML 1.0 §2.2), each shown as U+FFFD; and bidi controls (UAX #9), which
 * could make a name read as another, left out.
 */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that is safe to put into any document. Escaping is still the document's own. */
export function cleanText(text: string): string {
  let clean = "";
  let from = 0;
  for (let i = 0; i < text.length; i += 1) {
    if (!isForbidden(text, i)) continue;
    clean += `${text.slice(from, i)}\ufffd`;
    from = i + 1;
  }
  return (clean + text.slice(from)).replace(BIDI, "");
}

function isForbidden(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0x20) return unit !== 0x09 && unit !== 0x0a;
  if (unit < 0x7f) return false;
  if (unit <= 0x9f) return true;
  if (unit >= 0xd800 && unit <= 0xdbff) return !isLow(text.charCodeAt(at + 1));
  if (unit >= 0xdc00 && unit <= 0xdfff) return !isHigh(text.charCodeAt(at - 1));
  return unit === 0xfffe || unit === 0xffff;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** True when some of the text runs from right to left (Hebrew, Arabic and their neighbours). */
export function hasRightToLeft(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u.test(text);
}

/** In plain text a right-to-left value would reorder its line: FIRST STRONG ISOLATE … POP (UAX #9 §2.2). */
export function isolate(text: string): string {
  return hasRightToLeft(text) ? `\u2068${text}\u2069` : text;
}

/** UTF-8 bytes of a finished document. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** On one line: any run of white space becomes one space. */
export function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

/** Prose broken at spaces to at most `width` columns, every line indented; words are never cut. */
export function wrap(text: string, width: number, first = "", rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of oneLine(text).split(" ")) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  lines.push(line);
  return lines;
}

/** A sentence with its full stop, which it may have already: an abbreviation ends with one too. */
export function ended(sentence: string): string {
  return sentence === "" || /[.!?\u2026]$/u.test(sentence) ? sentence : `${sentence}.`;
}

/** A sentence for a place that puts the full stop itself. */
export function unended(sentence: string): string {
  return sentence.replace(/\.$/u, "");
}
