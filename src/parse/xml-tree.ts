import { ContentError } from "../domain/index.ts";
import { decodeReferences, ILLEGAL_CHARACTER } from "./xml-text.ts";

/** An element by local names: OFAC's namespaces changed with its hosts (2023, 2024), the names did not. */
export interface XmlElement {
  readonly name: string;
  /** Null where there are none, which is most often so. Namespace declarations are left out. */
  readonly attributes: ReadonlyMap<string, string> | null;
  readonly children: readonly XmlElement[];
  /** Character data between the children, as it stands; white space alone is left out beside children. */
  readonly text: string;
}

interface OpenElement {
  name: string;
  /** As written, prefix and all: what the end tag must repeat. */
  tag: string;
  attributes: Map<string, string> | null;
  children: XmlElement[];
  text: string;
}

/** OFAC's deepest record (Enhanced name parts) has nine levels. */
const DEPTH_LIMIT = 24;

/**
 * Reads one well-formed element (XML 1.0, without a document type), strictly: end tags must match, references
 * must be known, attributes unique. Hand-written because a full Enhanced list has 140 MB: a general parser
 * reads 12 MB/s of it, this one about ten times as much. Tests hold it against fast-xml-parser.
 *
 * @param where the file and record, for messages.
 */
export function readElement(source: string, where: string): XmlElement {
  const fail = (found: string, at: number): never => {
    throw new ContentError(
      "malformed-xml",
      `${where}: expected well-formed XML, found ${found} at character ${at} ` +
        `(${JSON.stringify(source.slice(Math.max(0, at - 20), at + 30))}). Fetch the file again.`,
    );
  };
  const illegal = source.search(ILLEGAL_CHARACTER);
  if (illegal >= 0) fail("a character that XML forbids", illegal);
  const stack: OpenElement[] = [];
  let root: XmlElement | undefined;
  let at = 0;
  for (;;) {
    const open = source.indexOf("<", at);
    const top = stack[stack.length - 1];
    const end = open < 0 ? source.length : open;
    if (end > at) addText(top, source.slice(at, end), at, fail);
    if (open < 0) break;
    const next = source.charCodeAt(open + 1);
    if (next === SLASH) {
      const close = source.indexOf(">", open + 2);
      if (close < 0 || top === undefined) return fail("an end tag without its element", open);
      // `</name >` is allowed; white space anywhere else is not.
      const tag = source.slice(open + 2, close);
      if (tag !== top.tag && tag.trimEnd() !== top.tag) fail(`</${tag}> where </${top.tag}> is due`, open);
      stack.pop();
      const parent = stack[stack.length - 1];
      if (parent === undefined) root = top;
      else parent.children.push(top);
      if (top.children.length > 0 && BLANK.test(top.text)) top.text = "";
      at = close + 1;
    } else if (next === BANG || next === QUESTION) {
      at = skipMarkup(source, open, top, fail);
    } else {
      if (root !== undefined) fail("a second element after the first", open);
      if (stack.length >= DEPTH_LIMIT) fail(`elements nested deeper than ${DEPTH_LIMIT}`, open);
      const element = readStart(source, open, fail);
      at = element.end;
      if (!element.empty) stack.push(element.element);
      else if (top === undefined) root = element.element;
      else top.children.push(element.element);
    }
  }
  if (stack.length > 0 || root === undefined) {
    return fail(root === undefined ? "no complete element" : "an element without its end", source.length);
  }
  return root;
}

type Fail = (found: string, at: number) => never;

const SLASH = 0x2f;
const BANG = 0x21;
const QUESTION = 0x3f;
const BLANK = /^[ \t\r\n]*$/;

function addText(top: OpenElement | undefined, raw: string, at: number, fail: Fail): void {
  if (top === undefined) {
    if (!BLANK.test(raw)) fail("text outside the element", at);
    return;
  }
  if (raw.includes("]]>")) fail("]]> in text", at);
  top.text += decodeReferences(raw, (found) => fail(found, at));
}

/** Steps over a comment or processing instruction; takes in a CDATA section. */
function skipMarkup(source: string, open: number, top: OpenElement | undefined, fail: Fail): number {
  const past = (begin: number, mark: string): number => {
    const close = source.indexOf(mark, begin);
    return close < 0 ? fail("markup without its end", open) : close + mark.length;
  };
  if (source.startsWith("<!--", open)) {
    const end = past(open + 4, "-->");
    if (source.slice(open + 4, end - 3).includes("--")) fail("-- inside a comment", open);
    return end;
  }
  if (source.startsWith("<![CDATA[", open)) {
    const end = past(open + 9, "]]>");
    if (top === undefined) fail("a CDATA section outside the element", open);
    else top.text += source.slice(open + 9, end - 3).replace(/\r\n?/g, "\n");
    return end;
  }
  if (source.startsWith("<?", open)) return past(open + 2, "?>");
  return fail("a declaration inside the document", open);
}

const START =
  /<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)([ \t\r\n][^<>"']*(?:(?:"[^<"]*"|'[^<']*')[^<>"']*)*)?(\/?)>/y;
const ATTRIBUTE =
  /[ \t\r\n]+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/y;

/** A start tag. Names outside ASCII do not occur in OFAC's vocabularies and are refused. */
function readStart(
  source: string,
  open: number,
  fail: Fail,
): { element: OpenElement; end: number; empty: boolean } {
  START.lastIndex = open;
  const match = START.exec(source);
  const tag = match?.[1];
  if (match === null || tag === undefined) return fail("a tag that is none", open);
  let inner = match[2] ?? "";
  let empty = match[3] === "/";
  // The attributes' part is greedy and takes the slash of `<a />` with it.
  if (!empty && inner.endsWith("/")) {
    empty = true;
    inner = inner.slice(0, -1);
  }
  const attributes = inner === "" ? null : readAttributes(inner, open, fail);
  return {
    element: { name: localName(tag), tag, attributes, children: [], text: "" },
    end: open + match[0].length,
    empty,
  };
}

function readAttributes(inner: string, open: number, fail: Fail): Map<string, string> | null {
  const attributes = new Map<string, string>();
  const seen = new Set<string>();
  let at = 0;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(inner);
    if (match === null) break;
    at += match[0].length;
    const name = match[1] ?? "";
    if (seen.has(name)) fail(`the attribute ${name} twice`, open);
    seen.add(name);
    const value = (match[2] ?? match[3] ?? "").replace(/[\t\r\n]/g, " ");
    if (name === "xmlns" || name.startsWith("xmlns:") || name.startsWith("xsi:")) continue;
    attributes.set(
      localName(name),
      decodeReferences(value, (found) => fail(found, open)),
    );
  }
  if (!BLANK.test(inner.slice(at))) fail("an attribute that is none", open);
  return attributes.size === 0 ? null : attributes;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}
