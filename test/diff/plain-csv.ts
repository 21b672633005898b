/*
 * An independent reading of SDN.CSV, written for tests and using nothing of `src`: rows as OFAC has them, remarks as
 * the set of their attributes. It knows no areas, no labels and no parties.
 */

export interface PlainRow {
  readonly uid: number;
  /** All columns but uid and remarks, as they stand. */
  readonly columns: readonly string[];
  /** The set of the attributes of the remarks, without the word `alt.`. */
  readonly attributes: readonly string[];
  /** The remarks have exactly 1,000 characters: what follows was cut off. */
  readonly cut: boolean;
}

/** The rows of an SDN.CSV by uid. */
export function plainRows(text: string): Map<number, PlainRow> {
  const rows = new Map<number, PlainRow>();
  for (const cells of records(text.replaceAll("\u001a", ""))) {
    if (cells.length < 12) continue;
    const remarks = cells[11] ?? "";
    const uid = Number(cells[0]);
    rows.set(uid, {
      uid,
      columns: cells.slice(1, 11).map((cell) => cell.trim()),
      attributes: attributes(remarks),
      cut: remarks.length === 1000,
    });
  }
  return rows;
}

/** RFC 4180 as far as OFAC keeps to it: quotes around texts, doubled inside; `-0-` for nothing. */
function* records(text: string): Generator<string[]> {
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] ?? "";
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') {
        cell += c;
        i += 1;
      } else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === "," || c === "\n") {
      cells.push(cell.trim() === "-0-" ? "" : cell.replace(/\r$/, ""));
      cell = "";
      if (c === "\n") {
        yield cells;
        cells = [];
      }
    } else cell += c;
  }
  if (cells.length > 0) yield [...cells, cell];
}

function attributes(remarks: string): string[] {
  const all = remarks
    .trim()
    .replace(/\.$/, "")
    .split(/;\s+/)
    .map((one) => one.replace(/^alt\. /, "").trim())
    .filter((one) => one !== "");
  return [...new Set(all)];
}

/** What is in one list and not in the other, as often as that is so; sorted. */
export function without(one: readonly string[], other: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const text of other) left.set(text, (left.get(text) ?? 0) + 1);
  return one
    .filter((text) => {
      const count = left.get(text) ?? 0;
      left.set(text, count - 1);
      return count <= 0;
    })
    .sort();
}
