import { XMLParser, XMLValidator } from "fast-xml-parser";
import { ContentError } from "../domain/index.ts";
import { documentText } from "./xml-envelope.ts";
import { decodeReferences, ILLEGAL_CHARACTER } from "./xml-text.ts";
import type { XmlElement } from "./xml-tree.ts";

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
