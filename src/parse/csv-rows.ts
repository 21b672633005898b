import { isUtf8 } from "node:buffer";
import { ContentError } from "../domain/index.ts";

/** A row of a CSV file as its text, without its line end. */
export interface RawRow {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** More than any row of OFAC's: SDN_COMMENTS.CSV has no limit, its longest row has some 10,000 characters. */
const ROW_LIMIT = 1_000_000;

/** A CSV file taken apart. */
export interface CsvText {
  readonly rows: readonly RawRow[];
  /** A lone 0x1A (the DOS end of file) closed the document, as in OFAC's own files. */
  readonly endMark: boolean;
  /** The last row has no line end: whether it is whole must be seen from its fields. */
  readonly openEnd: boolean;
}

/**
 * The rows of one of OFAC's CSV files: LF or CRLF ends a row outside quotes. A quoted field that the file's
 * end interrupts is refused: half a file is no list.
 *
 * @param name the file's name, for messages.
 */
export function splitRows(bytes: Uint8Array, name: string): CsvText {
  if (!isUtf8(bytes)) throw new ContentError("invalid-utf8", invalidUtf8(bytes, name));
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString("utf8");
  if (text.includes("\0"))
    throw new ContentError("binary", `${name}: expected text, found a NUL byte. ${REFETCH}`);
  const body = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const lines = body.split("\n");
  const rest = lines.pop() ?? "";
  const plain = lines.every(isWholeRow) ? lines.map(withoutReturn) : undefined;
  const { rows, rest: tail } = plain === undefined ? splitQuoted(body) : { rows: plain, rest };
  if (tail !== END_MARK && tail !== "") rows.push(wholeQuotes(tail, rows.length + 1, name));
  const endMark = tail === END_MARK || (tail === "" && rows[rows.length - 1] === END_MARK);
  if (endMark && tail === "") rows.pop();
  return {
    rows: rows.map((row, index) => checkedRow(row, index + 1, name)),
    endMark,
    openEnd: !endMark && tail !== "",
  };
}

/**
 * True for a line that begins and ends as rows do. A line end inside quotes may slip through: then neither half
 * has balanced quotes, and `splitFields` refuses it.
 */
function isWholeRow(line: string): boolean {
  const first = line.charCodeAt(0);
  const at = line.charCodeAt(line.length - 1) === CR ? line.length - 2 : line.length - 1;
  const last = line.charCodeAt(at);
  return first >= 0x30 && first <= 0x39 && (last === QUOTE || line.startsWith("-0- ", at - 3));
}

function withoutReturn(line: string): string {
  return line.charCodeAt(line.length - 1) === CR ? line.slice(0, -1) : line;
}

/** The rows of a file in which a line is not simply a row. */
function splitQuoted(text: string): { rows: string[]; rest: string } {
  const rows: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) quoted = !quoted;
    else if (code === LF && !quoted) {
      rows.push(withoutReturn(text.slice(start, i)));
      start = i + 1;
    }
  }
  return { rows, rest: text.slice(start) };
}

/** Refuses a last row whose quotes are open. */
function wholeQuotes(text: string, line: number, name: string): string {
  if (text.split('"').length % 2 === 0) throw new ContentError("truncated", cutRow(name, line, text));
  return text;
}

const REFETCH = "Fetch the file again; if it stays, it is not what it says.";
const END_MARK = "\u001a";

function checkedRow(text: string, line: number, name: string): RawRow {
  if (text.length > ROW_LIMIT) {
    throw new ContentError(
      "oversized-row",
      `${name}: line ${line} is longer than ${ROW_LIMIT} characters. ${REFETCH}`,
    );
  }
  return { text, line };
}

/** Says that the file's end interrupts a row. */
export function cutRow(name: string, line: number, text: string): string {
  return (
    `${name}: expected a whole row, found the file's end inside line ${line} (${quoteExample(text)}). ` +
    "The file is cut; fetch it again."
  );
}

/**
 * The fields of a row (RFC 4180: quotes around a field, doubled inside). Text outside quotes is kept as it
 * stands, as OFAC's null `-0- ` has a blank.
 */
export function splitFields(row: string, where: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (row.charCodeAt(at) === QUOTE) {
      let value = "";
      let from = at + 1;
      for (;;) {
        const close = row.indexOf('"', from);
        if (close < 0) throw malformed(where, "a quoted field without its closing quote", row);
        value += row.slice(from, close);
        if (row.charCodeAt(close + 1) !== QUOTE) {
          at = close + 1;
          break;
        }
        value += '"';
        from = close + 2;
      }
      if (at < row.length && row.charCodeAt(at) !== 0x2c)
        throw malformed(where, "text after a quoted field", row);
      fields.push(value);
    } else {
      const comma = row.indexOf(",", at);
      const value = comma < 0 ? row.slice(at) : row.slice(at, comma);
      if (value.includes('"')) throw malformed(where, "a quote inside an unquoted field", row);
      fields.push(value);
      at = comma < 0 ? row.length : comma;
    }
    if (at >= row.length) return fields;
    at++;
    if (at === row.length) {
      fields.push("");
      return fields;
    }
  }
}

function malformed(where: string, found: string, row: string): ContentError {
  return new ContentError(
    "malformed-row",
    `${where}: expected fields parted by commas, found ${found} (${quoteExample(row)}). Fetch the file again; ` +
      "if it stays, its format changed.",
  );
}

/** A short piece of a text for a message, control characters made visible. */
export function quoteExample(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** Says where the first byte sequence that is not UTF-8 stands. */
export function invalidUtf8(bytes: Uint8Array, name: string): string {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isUtf8Prefix(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return (
    `${name}: expected UTF-8 text, found the invalid byte 0x${(bytes[low] ?? 0).toString(16).padStart(2, "0")} ` +
    `at offset ${low}. The file is damaged or not a list of OFAC's; fetch it again.`
  );
}

/** Valid UTF-8 but for a sequence that the end interrupts. */
function isUtf8Prefix(bytes: Uint8Array): boolean {
  for (let back = 0; back < 4 && back <= bytes.length; back++) {
    const end = bytes.length - back;
    if (isUtf8(bytes.subarray(0, end))) return back === 0 || canContinue(bytes.subarray(end));
  }
  return false;
}

function canContinue(tail: Uint8Array): boolean {
  const first = tail[0] ?? 0;
  const needed = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  return first < 0xf5 && tail.length < needed && tail.subarray(1).every((byte) => (byte & 0xc0) === 0x80);
}
