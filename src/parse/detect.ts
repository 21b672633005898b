import { ContentError } from "../domain/index.ts";
import { quoteExample } from "./csv-rows.ts";

/** What a document is, by its content alone: file names and media types lie. */
export type DocumentKind =
  | "legacy-xml"
  | "enhanced-xml"
  | "delta-xml"
  | "csv-primary"
  | "csv-alternates"
  | "csv-addresses"
  | "csv-comments";

/** How much of a document's beginning `detect` wants to see, in bytes. */
export const DETECT_BYTES = 64 * 1024;

/**
 * The kind of a document from its first bytes. Whatever is no list of OFAC's is refused with what it is.
 *
 * @param head at least the first DETECT_BYTES, or all of it.
 */
export function detect(head: Uint8Array, name: string): DocumentKind {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, DETECT_BYTES));
  if (bytes.length === 0) {
    throw new ContentError(
      "empty",
      `${name}: expected a list of OFAC's, found an empty file. An unknown file name is answered with ` +
        "200 and nothing: check the address, and fetch it again.",
    );
  }
  const binary = binaryKind(bytes);
  if (binary !== undefined) throw unknown(name, binary);
  const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
  const trimmed = text.trimStart();
  if (trimmed.startsWith("<")) return xmlKind(trimmed, name);
  return csvKind(text, name);
}

const MAGIC: readonly (readonly [string, string])[] = [
  ["%PDF-", "a PDF file"],
  ["PK\u0003\u0004", "a zip archive inside the document (unpack it first)"],
  ["PK\u0005\u0006", "an empty zip archive"],
  ["\u001f\u008b", "gzip data inside the document (unpack it first)"],
  ["\u00ff\u00fe", "UTF-16 text (expected UTF-8)"],
  ["\u00fe\u00ff", "UTF-16 text (expected UTF-8)"],
  ["\u0089PNG", "a PNG image"],
  ["\u00d0\u00cf\u0011\u00e0", "an old Microsoft Office file"],
];

function binaryKind(bytes: Buffer): string | undefined {
  const start = bytes.toString("latin1", 0, 16);
  const magic = MAGIC.find(([mark]) => start.startsWith(mark));
  if (magic !== undefined) return magic[1];
  const nul = bytes.indexOf(0);
  return nul < 0 ? undefined : `binary data (a NUL byte at offset ${nul})`;
}

const PROLOG = /^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/;

function xmlKind(text: string, name: string): DocumentKind {
  const body = text.slice(PROLOG.exec(text)?.[0].length ?? 0);
  if (/^<(?:!doctype\s+html|html)\b/i.test(body)) throw unknown(name, `an HTML page${title(text)}`);
  if (/^<!doctype/i.test(body)) {
    throw new ContentError(
      "document-type",
      `${name}: expected XML without a document type, found ${quoteExample(body)}. OFAC's files have none; ` +
        "entities could make a small file grow without bound. The file is not OFAC's.",
    );
  }
  const root = /^<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)([^>]*)/.exec(body);
  const local = root?.[1];
  if (local === "sdnList") return "legacy-xml";
  if (local === "sanctionsData") {
    return /DeltaFile/.test(root?.[2] ?? "") || /<(?:[\w.-]+:)?publicationType\b/.test(body)
      ? "delta-xml"
      : "enhanced-xml";
  }
  if (local === "Sanctions")
    throw unknown(name, "OFAC's Advanced XML (the Enhanced file has the same content)");
  throw new ContentError(
    "wrong-root",
    `${name}: expected the root element <sdnList> or <sanctionsData>, found ` +
      `${local === undefined ? quoteExample(body) : `<${local}>`}${title(text)}. ` +
      "The address answered with another document; fetch it again, or check the address.",
  );
}

function title(text: string): string {
  const found = /<title[^>]*>([^<]{0,80})/i.exec(text)?.[1]?.trim();
  return found === undefined || found === "" ? "" : ` titled ${JSON.stringify(found)}`;
}

function csvKind(text: string, name: string): DocumentKind {
  const line = text.slice(0, endOfFirstRow(text));
  if (!/^\d+,/.test(line)) {
    throw unknown(name, /^\s*[[{]/.test(text) ? "JSON" : `text that begins ${quoteExample(text)}`);
  }
  if (/^\d+,\d+,"?[afn]ka"?,/.test(line)) return "csv-alternates";
  const columns = countColumns(line);
  if (columns === 12) return "csv-primary";
  if (columns === 6) return "csv-addresses";
  if (columns === 5) return "csv-alternates";
  if (columns === 2) return "csv-comments";
  throw unknown(name, `CSV with ${columns} columns (OFAC's files have 12, 6, 5 or 2)`);
}

function endOfFirstRow(text: string): number {
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') quoted = !quoted;
    else if (text[i] === "\n" && !quoted) return i;
  }
  return text.length;
}

function countColumns(line: string): number {
  let quoted = false;
  let columns = 1;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === "," && !quoted) columns++;
  }
  return columns;
}

function unknown(name: string, found: string): ContentError {
  return new ContentError(
    "unknown-format",
    `${name}: expected a list of OFAC's (SDN.XML, CONSOLIDATED.XML, an Enhanced XML file, or the CSV files), ` +
      `found ${found}. Check the address or the file.`,
  );
}
