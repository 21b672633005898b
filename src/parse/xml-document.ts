import { isUtf8 } from "node:buffer";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { ContentError } from "../domain/index.ts";
import { invalidUtf8 } from "./csv-rows.ts";
import { decodeReferences, ILLEGAL_CHARACTER } from "./xml-text.ts";
import { readElement, type XmlElement } from "./xml-tree.ts";

/** No text is touched by the parser: numbers stay texts, references are decoded strictly afterwards. */
const PARSER = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  cdataPropName: "#cdata",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: 64,
});

/**
 * Reads a whole small XML document (a list's envelope, a delta) into local-name elements; the same tree as
 * `readElement` gives. Document types are refused.
 */
export function readDocument(bytes: Uint8Array, name: string): XmlElement {
  const text = documentText(bytes, name);
  const fail = (found: string): never => {
    throw new ContentError(
      "malformed-xml",
      `${name}: expected well-formed XML, found ${found}. The file is damaged; fetch it again.`,
    );
  };
  if (/<!DOCTYPE/i.test(text)) fail("a document type, which OFAC's files never have");
  if (ILLEGAL_CHARACTER.test(text)) fail("a character that XML forbids");
  const valid = XMLValidator.validate(text);
  if (valid !== true) fail(`"${valid.err.msg}" at line ${valid.err.line}`);
  let nodes: unknown;
  try {
    nodes = PARSER.parse(text);
  } catch (cause) {
    throw new ContentError(
      "malformed-xml",
      `${name}: the XML cannot be read: ${String(cause)}. Fetch it again.`,
      {
        cause,
      },
    );
  }
  const roots = elements(nodes, fail).children;
  const root = roots[0];
  return root === undefined || roots.length !== 1 ? fail(`${roots.length} root elements`) : root;
}

/**
 * Reads the envelope of a list: the same tree, in a tenth of the time. The head of an Enhanced file has 5,000
 * reference values, and is read at every look.
 */
export function readEnvelope(bytes: Uint8Array, name: string): XmlElement {
  return readElement(documentText(bytes, name), name);
}

/** The text of a document, which must be UTF-8 and say nothing else. */
function documentText(bytes: Uint8Array, name: string): string {
  if (!isUtf8(bytes)) throw new ContentError("invalid-utf8", invalidUtf8(bytes, name));
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
  checkDeclaration(text, name);
  return text;
}

/** Only UTF-8 (of which ASCII is a part) is read; any other encoding is named in the declaration. */
function checkDeclaration(text: string, name: string): void {
  const encoding = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1];
  if (encoding === undefined || /^(?:utf-?8|us-ascii|ascii)$/i.test(encoding)) return;
  throw new ContentError(
    "encoding",
    `${name}: expected UTF-8, found the declared encoding ${JSON.stringify(encoding.slice(0, 40))}. ` +
      "OFAC's files are UTF-8; the file was changed on its way.",
  );
}

type Fail = (found: string) => never;

/** fast-xml-parser's ordered nodes: `{ [tag]: nodes, ":@": attributes }`, `{ "#text": text }`, `{ "#cdata": … }`. */
function elements(nodes: unknown, fail: Fail): { children: XmlElement[]; text: string } {
  const children: XmlElement[] = [];
  let text = "";
  for (const node of asArray(nodes)) {
    for (const [key, value] of Object.entries(node)) {
      if (key === ":@") continue;
      if (key === "#text") text += decodeReferences(String(value), fail);
      else if (key === "#cdata")
        text += asArray(value)
          .map((part) => String(part["#text"] ?? ""))
          .join("");
      else
        children.push({
          name: localName(key),
          attributes: attributes(node[":@"], fail),
          ...elements(value, fail),
        });
    }
  }
  return { children, text: children.length > 0 && /^[ \t\r\n]*$/.test(text) ? "" : text };
}

function attributes(value: unknown, fail: Fail): ReadonlyMap<string, string> | null {
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value)
    .filter(([key]) => key !== "xmlns" && !key.startsWith("xmlns:") && !key.startsWith("xsi:"))
    .map(([key, text]): [string, string] => [
      localName(key),
      decodeReferences(String(text).replace(/\r\n?|[\t\n]/g, " "), fail),
    ]);
  return entries.length === 0 ? null : new Map(entries);
}

function asArray(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
