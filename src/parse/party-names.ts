import type { RawRow } from "./csv-rows.ts";
import { linkAtEnd, ownsFinalDot } from "./remarks.ts";

const NAME = /^\d+,"((?:[^"]|"")*)"/;

/** The names of a primary file's parties, as its rows write them; gathered when first asked for. */
export class PartyNames {
  readonly #rows: readonly RawRow[];
  #names: Set<string> | undefined;

  constructor(rows: readonly RawRow[]) {
    this.#rows = rows;
  }

  /**
   * Whether the dot that ends a row belongs to the name linked to there. Told from the row's text, so that a
   * row need not be taken apart to know whether it means the same as before. Undefined where none is at the end.
   *
   * @param row of the primary or the comments file: the one in which the remarks end.
   */
  ownsFinalDot(row: string): boolean | undefined {
    const name = row.endsWith('."') ? linkAtEnd(row.slice(0, -1)) : undefined;
    return name === undefined ? undefined : ownsFinalDot(name, (text) => this.#has(text));
  }

  #has(name: string): boolean {
    this.#names ??= new Set(this.#rows.map((row) => NAME.exec(row.text)?.[1] ?? ""));
    return this.#names.has(name);
  }
}
