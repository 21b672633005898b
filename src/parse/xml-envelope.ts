import { isUtf8 } from "node:buffer";
import { ContentError } from "../domain/index.ts";
import { invalidUtf8 } from "./csv-rows.ts";
import { readElement, type XmlElement } from "./xml-tree.ts";

/**
 * Reads the envelope of a list: the same tree, in a tenth of the time. The head of an Enhanced file has 5,000
 * reference values, and is read at every look.
 */
export function readEnvelope(bytes: Uint8Array, name: string): XmlElement {
  return readElement(documentText(bytes, name), name);
}

/** The text of a document, which must be UTF-8 and say nothing else. */
export function documentText(bytes: Uint8Array, name: string): string {
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
