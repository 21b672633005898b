/** Depth-0 facts about a line: where its brackets close, and whether they all do. */
export interface LineShape {
  readonly balanced: boolean;
  /** A program tag `[…]` stands outside parentheses. */
  readonly tagged: boolean;
  /** Positions after which another entry begins. */
  readonly seams: readonly number[];
}

/** `-to-` between the old and the new entry of a change, whatever the dashes. */
const TO = /\s*[-\u2010-\u2015]\s?to\s?[-\u2010-\u2015]\s*/i;

/** Reads the brackets of a line in one pass. */
export function lineShape(text: string): LineShape {
  let round = 0;
  let square = 0;
  let tagged = false;
  let inEntry = false;
  const seams: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === "(") round += 1;
    else if (char === ")") round = Math.max(0, round - 1);
    else if (char === "[" && round === 0) square += 1;
    else if (char === "]" && square > 0) {
      square -= 1;
      if (square === 0) {
        tagged = true;
        inEntry = true;
      }
    }
    if (
      inEntry &&
      round === 0 &&
      square === 0 &&
      char === "." &&
      (text[i - 1] === "]" || text[i - 1] === ")")
    ) {
      const rest = text.slice(i + 1);
      if (/^\s+["'\u201C\u2018]?[\p{Lu}\d]/u.test(rest) && !startsWithTo(rest)) {
        seams.push(i + 1);
        inEntry = false;
      }
    }
  }
  return { balanced: round === 0 && square === 0, tagged, seams };
}

function startsWithTo(text: string): boolean {
  return TO.exec(text)?.index === 0;
}

/** True for a line that stands as an entry: it carries a program tag. */
export function looksLikeEntry(text: string): boolean {
  return lineShape(text).tagged;
}

/** True when a line ends as entries do: `[TAG].`, `(Linked To: …).` */
export function endsLikeEntry(text: string): boolean {
  const shape = lineShape(text);
  return shape.tagged && shape.balanced && /[\])]\s*\.?\s*$/.test(text);
}

/** The two sides of a change line; undefined when it is none. */
export function changeSides(text: string): { before: string; after: string } | undefined {
  const flags = new RegExp(TO.source, "gi");
  for (const match of text.matchAll(flags)) {
    const before = text.slice(0, match.index).trim();
    const after = text.slice(match.index + match[0].length).trim();
    // "-to-" inside a name or address: only the one that follows a whole entry parts a change.
    if (after !== "" && /[\])]\s*\.?$/.test(before) && lineShape(before).balanced) return { before, after };
  }
  return undefined;
}

/** One line made of several entries, parted. */
export function splitSeams(text: string): string[] {
  const { seams } = lineShape(text);
  const parts: string[] = [];
  let from = 0;
  for (const seam of seams) {
    // What follows must be an entry of its own, else it is a remark after the tag.
    if (!looksLikeEntry(text.slice(seam))) break;
    parts.push(text.slice(from, seam).trim());
    from = seam;
  }
  parts.push(text.slice(from).trim());
  return parts;
}

/** True when `next` goes on with what `line` began: open brackets, a dangling separator, one side of a change. */
export function continues(line: string, next: string): boolean {
  if (startsWithTo(next) || /[-\u2010-\u2015]\s?to\s?[-\u2010-\u2015]\s*$/i.test(line)) return true;
  if (/^[;,\])[(]/.test(next)) return true;
  return !lineShape(line).balanced || /[;,]\s*$/.test(line);
}
