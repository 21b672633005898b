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
  // Looked for once in the whole record, and not in each of its texts.
  const plain = !source.includes("&") && !source.includes("\r") && !source.includes("]]>");
  const stack: OpenElement[] = [];
  let top: OpenElement | undefined;
  let root: XmlElement | undefined;
  let at = 0;
  for (;;) {
    const open = source.indexOf("<", at);
    const end = open < 0 ? source.length : open;
    if (end > at) addText(top, source, at, end, fail);
    if (open < 0) break;
    const next = source.charCodeAt(open + 1);
    if (next === SLASH) {
      if (top === undefined) return fail("an end tag without its element", open);
      at = readEnd(source, open, top.tag, fail);
      stack.pop();
      if (top.text !== "" && top.children.length > 0 && BLANK.test(top.text)) top.text = "";
      const parent = stack[stack.length - 1];
      if (parent === undefined) root = top;
      top = parent;
    } else if (next === BANG || next === QUESTION) {
      at = skipMarkup(source, open, top, fail);
    } else {
      if (root !== undefined) fail("a second element after the first", open);
      if (stack.length >= DEPTH_LIMIT) fail(`elements nested deeper than ${DEPTH_LIMIT}`, open);
      const { tag, name, attributes, empty, length } = readStart(source, open, fail);
      at = open + length;
      const close = plain && !empty && top !== undefined ? leafEnd(source, at, tag) : -1;
      if (close >= 0) {
        // An element with text only, as nearly all are.
        top?.children.push({ name, attributes, children: NO_CHILDREN, text: source.slice(at, close) });
        at = close + tag.length + 3;
        continue;
      }
      const element: OpenElement = { name, tag, attributes, children: [], text: "" };
      top?.children.push(element);
      if (!empty) {
        stack.push(element);
        top = element;
      } else if (top === undefined) root = element;
    }
  }
  if (top !== undefined || root === undefined) {
    return fail(root === undefined ? "no complete element" : "an element without its end", source.length);
  }
  return root;
}

const NO_CHILDREN: readonly XmlElement[] = [];

/** Where the end tag of an element begins, when there is nothing but text before it; else -1. */
function leafEnd(source: string, from: number, tag: string): number {
  const close = source.indexOf("<", from);
  const last = close + 2 + tag.length;
  return close >= 0 &&
    source.charCodeAt(close + 1) === SLASH &&
    source.charCodeAt(last) === GT &&
    source.startsWith(tag, close + 2)
    ? close
    : -1;
}

type Fail = (found: string, at: number) => never;

const SLASH = 0x2f;
const GT = 0x3e;
const BANG = 0x21;
const QUESTION = 0x3f;
const BLANK = /^[ \t\r\n]*$/;

/** `<?xml`, which may stand at the very beginning only (XML 1.0, sections 2.6 and 2.8). */
const DECLARATION = /^<\?xml[ \t\r\n?]/i;

function addText(top: OpenElement | undefined, source: string, from: number, to: number, fail: Fail): void {
  let at = from;
  while (at < to && isBlank(source.charCodeAt(at))) at++;
  if (at === to && (top === undefined || top.children.length > 0)) return;
  const raw = source.slice(from, to);
  if (top === undefined) {
    fail("text outside the element", from);
    return;
  }
  if (raw.includes("]]>")) fail("]]> in text", from);
  const text = decodeReferences(raw, (found) => fail(found, from));
  top.text = top.text === "" ? text : top.text + text;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** Steps over an end tag, which must be that of the element. */
function readEnd(source: string, open: number, due: string, fail: Fail): number {
  const end = open + 2 + due.length;
  if (source.charCodeAt(end) === GT && source.startsWith(due, open + 2)) return end + 1;
  // `</name >` is allowed; white space anywhere else is not.
  const close = source.indexOf(">", open + 2);
  const tag = close < 0 ? "" : source.slice(open + 2, close);
  return tag.trimEnd() === due ? close + 1 : fail(`</${tag}> where </${due}> is due`, open);
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
  if (source.startsWith("<?", open)) {
    if (open > 0 && DECLARATION.test(source.slice(open, open + 6))) {
      fail("an XML declaration after the beginning", open);
    }
    return past(open + 2, "?>");
  }
  return fail("a declaration inside the document", open);
}

const START =
  /<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)([ \t\r\n][^<>"']*(?:(?:"[^<"]*"|'[^<']*')[^<>"']*)*)?(\/?)>/y;
const ATTRIBUTE =
  /[ \t\r\n]+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/y;

/** A start tag, read. */
interface StartTag {
  readonly tag: string;
  readonly name: string;
  readonly attributes: Map<string, string> | null;
  readonly empty: boolean;
  /** In the text, brackets and all. */
  readonly length: number;
}

/** A list repeats the same few hundred start tags a million times; those with an id of their own are left out. */
const TAGS = new Map<string, StartTag>();
const TAGS_LIMIT = 2000;
const TAG_LENGTH = 60;

/** `<name id="123">`, which no table of tags can hold. */
const WITH_ID = /<([A-Za-z]+) id="(\d+)"(\/?)>/y;

/** A start tag. Names outside ASCII do not occur in OFAC's vocabularies and are refused. */
function readStart(source: string, open: number, fail: Fail): StartTag {
  WITH_ID.lastIndex = open;
  const numbered = WITH_ID.exec(source);
  if (numbered?.[1] !== undefined && numbered[2] !== undefined) {
    return {
      tag: numbered[1],
      name: numbered[1],
      attributes: new Map([["id", numbered[2]]]),
      empty: numbered[3] === "/",
      length: numbered[0].length,
    };
  }
  const close = source.indexOf(">", open);
  const short = close >= 0 && close - open < TAG_LENGTH;
  const text = short ? source.slice(open, close + 1) : "";
  const known = short ? TAGS.get(text) : undefined;
  if (known !== undefined) return known;
  const start = readAnyStart(source, open, fail);
  if (
    short &&
    text.length === start.length &&
    start.attributes?.has("id") !== true &&
    TAGS.size < TAGS_LIMIT
  ) {
    TAGS.set(text, start);
  }
  return start;
}

function readAnyStart(source: string, open: number, fail: Fail): StartTag {
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
  return { tag, name: localName(tag), attributes, empty, length: match[0].length };
}

function readAttributes(inner: string, open: number, fail: Fail): Map<string, string> | null {
  const attributes = new Map<string, string>();
  const seen: string[] = [];
  let at = 0;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(inner);
    if (match === null) break;
    at += match[0].length;
    const name = match[1] ?? "";
    if (seen.includes(name)) fail(`the attribute ${name} twice`, open);
    seen.push(name);
    const value = oneLine(match[2] ?? match[3] ?? "");
    if (name === "xmlns" || name.startsWith("xmlns:") || name.startsWith("xsi:")) continue;
    attributes.set(
      localName(name),
      decodeReferences(value, (found) => fail(found, open)),
    );
  }
  if (!BLANK.test(inner.slice(at))) fail("an attribute that is none", open);
  return attributes.size === 0 ? null : attributes;
}

/** White space in attributes is one blank each (XML 1.0, section 3.3.3). */
function oneLine(value: string): string {
  return /[\t\r\n]/.test(value) ? value.replace(/\r\n?|[\t\n]/g, " ") : value;
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}
