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
  // Byte offsets are text offsets in ASCII, which all of OFAC's CSV files are.
  const ascii = text.length === buffer.length;
  const rows: RawRow[] = [];
  let start = startsWithBom(buffer) ? 3 : 0;
  let quoted = false;
  for (let i = start; i < buffer.length; i++) {
    const byte = buffer[i];
    if (byte === QUOTE) quoted = !quoted;
    else if (byte === LF && !quoted) {
      const end = i > start && buffer[i - 1] === CR ? i - 1 : i;
      rows.push(
        row(ascii ? text.slice(start, end) : buffer.toString("utf8", start, end), rows.length + 1, name),
      );
      start = i + 1;
    }
  }
  if (quoted)
    throw new ContentError("truncated", cutRow(name, rows.length + 1, buffer.toString("utf8", start)));
  const rest = buffer.toString("utf8", start);
  if (rest === END_MARK) return { rows, endMark: true, openEnd: false };
  if (rest !== "") rows.push(row(rest, rows.length + 1, name));
  else if (rows[rows.length - 1]?.text === END_MARK)
    return { rows: rows.slice(0, -1), endMark: true, openEnd: false };
  return { rows, endMark: false, openEnd: rest !== "" };
}

const REFETCH = "Fetch the file again; if it stays, it is not what it says.";
const END_MARK = "\u001a";

function startsWithBom(buffer: Buffer): boolean {
  return buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf;
}

function row(text: string, line: number, name: string): RawRow {
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
