import type { RawRow } from "./csv-rows.ts";
import { linkAtEnd, ownsFinalDot } from "./remarks.ts";

/** How a row ends whose last word may have a dot of its own: initials and abbreviations of companies. */
const SHORT_END = /[\s.,(]\p{L}{1,4}\."$/u;

/** The names of a primary file's parties, as its rows write them; gathered when first asked for. */
export class PartyNames {
  readonly #rows: readonly RawRow[];
  #names: Set<string> | undefined;

  constructor(rows: readonly RawRow[]) {
    this.#rows = rows;
  }

  /**
   * Whether the dot that ends a row belongs to the name linked to there. Told from the row's text, so that a
   * row need not be taken apart to know whether it means the same as before. Undefined where nothing suggests
   * that it might.
   *
   * @param row of the primary or the comments file: the one in which the remarks end.
   */
  ownsFinalDot(row: string): boolean | undefined {
    if (!SHORT_END.test(row.slice(-8))) return undefined;
    const name = linkAtEnd(row.slice(0, -1));
    return name === undefined ? undefined : ownsFinalDot(name, (text) => this.#has(text));
  }

  #has(name: string): boolean {
    this.#names ??= shortEndedNames(this.#rows);
    return this.#names.has(name);
  }
}

/** Only names that can be asked for: with a dot at the end, or a last word that is short. */
function shortEndedNames(rows: readonly RawRow[]): Set<string> {
  const names = new Set<string>();
  for (const { text } of rows) {
    const start = text.indexOf(',"') + 2;
    const end = text.indexOf('",', start);
    if (start < 2 || end < 0) continue;
    if (text.charCodeAt(end - 1) === 0x2e || isShort(text, end)) names.add(text.slice(start, end));
  }
  return names;
}

/** True when the word before `end` has at most four letters. */
function isShort(text: string, end: number): boolean {
  for (let at = end - 1; at >= end - 5; at--) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x2e || code === 0x2c || code === 0x28) return true;
  }
  return false;
}
