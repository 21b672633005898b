/** Control characters, and those that turn the direction of text: they have no place in a spreadsheet. */
const UNPRINTABLE = /\p{Bidi_Control}|(?![\t\r\n])\p{Cc}/gu;

/** What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection), wide forms too. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u;

/**
 * One line of CSV (RFC 4180, CRLF). Every cell of text is quoted, line breaks become blanks, and a cell that a
 * spreadsheet would take for a formula begins with an apostrophe. Whole numbers stay as they are.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** What needs no look at single characters: a plain word, and printable ASCII. */
const WORD = /^[A-Za-z0-9_.:][A-Za-z0-9_.:-]*$/;
const PRINTABLE = /^[ -~]*$/;

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  if (WORD.test(value)) return value;
  const plain = (
    PRINTABLE.test(value) ? value : value.replace(UNPRINTABLE, "").replace(/[\t\r\n]+/g, " ")
  ).trim();
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return /^[A-Za-z0-9_.:-]*$/.test(safe) ? safe : `"${safe.replaceAll('"', '""')}"`;
}
