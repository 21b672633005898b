import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import { readDocument } from "../../src/parse/xml-document.ts";
import { readEnvelope } from "../../src/parse/xml-envelope.ts";
import { readElement, type XmlElement } from "../../src/parse/xml-tree.ts";
import { bytes, enhancedEntity, legacyEntry } from "./composed.ts";

function plain(element: XmlElement): unknown {
  return [
    element.name,
    [...(element.attributes ?? [])],
    element.text,
    element.children.map((child) => plain(child)),
  ];
}

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
const escapeAttribute = (text: string): string => escapeText(text).replaceAll('"', "&quot;");

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly Node[];
  readonly noise: string;
}

function write(node: Node): string {
  const attributes = Object.entries(node.attributes).map(
    ([name, value]) => ` ${name}="${escapeAttribute(value)}"`,
  );
  const inner =
    typeof node.content === "string"
      ? escapeText(node.content)
      : node.content.map((child) => `${node.noise}${write(child)}`).join("");
  return `<${node.name}${attributes.join("")}>${inner}</${node.name}>`;
}

const NAME = fc.constantFrom("uid", "id", "entity", "names", "value", "x-y", "a.b", "_z");
const TEXT = fc
  .string({
    unit: fc.constantFrom(
      "a",
      "Z",
      "0",
      "&",
      "<",
      ">",
      '"',
      "'",
      " ",
      "\n",
      "é",
      "字",
      "\u202b",
      "🚢",
      "]]>",
    ),
  })
  .map((text) => text);
const NODE: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.record({
    name: NAME,
    attributes: fc.dictionary(
      fc.constantFrom("id", "refId", "action"),
      TEXT.map((t) => t.replaceAll("\n", " ")),
    ),
    content: fc.oneof({ depthSize: "small" }, TEXT, fc.array(tie("node"), { minLength: 1, maxLength: 4 })),
    noise: fc.constantFrom("", "\n  ", "<!-- a comment -->", "<?note x?>"),
  }),
})).node;

describe("reading an element", () => {
  it("agrees with fast-xml-parser on any well-formed element", () => {
    fc.assert(
      fc.property(NODE, (node) => {
        const text = write(node);
        expect(plain(readElement(text, "test"))).toEqual(plain(readDocument(bytes(text), "test")));
      }),
      { numRuns: 300 },
    );
  });

  it("agrees with fast-xml-parser on records of both formats", () => {
    for (const text of [legacyEntry(1, "<title>a  b</title>"), enhancedEntity(2)]) {
      expect(plain(readElement(text, "test"))).toEqual(plain(readDocument(bytes(text), "test")));
    }
  });

  it("keeps texts as they stand", () => {
    const text = "<a x=' 1 '> 007 <!-- c -->&#65;&#x42;&amp;&lt;&apos;&quot;<![CDATA[<&]]> 1.10 </a>";
    const element = readElement(text, "test");
    expect(element.text).toBe(" 007 AB&<'\"<& 1.10 ");
    expect(element.attributes?.get("x")).toBe(" 1 ");
    expect(readElement("<a>1\r\n2\r3</a>", "test").text).toBe("1\n2\n3");
  });

  it("drops namespaces, keeps local names", () => {
    const element = readElement('<n:a xmlns:n="u" xsi:nil="true" n:id="1"><n:b/></n:a>', "test");
    expect(plain(element)).toEqual(["a", [["id", "1"]], "", [["b", [], "", []]]]);
  });

  it.each([
    ["an end tag that does not match", "<a><b></a></b>"],
    ["an element without end", "<a><b></b>"],
    ["no element", "   "],
    ["two elements", "<a/><b/>"],
    ["text around", "x<a/>"],
    ["an unknown entity", "<a>&foo;</a>"],
    ["a billion laughs without document type", "<a>&lol9;</a>"],
    ["a bare ampersand", "<a>R & D</a>"],
    ["a control character", "<a>\u0001</a>"],
    ["a forbidden character number", "<a>&#0;</a>"],
    ["half a surrogate pair by number", "<a>&#xD800;</a>"],
    ["]]> in text", "<a>]]></a>"],
    ["a less-than in an attribute", '<a b="<"/>'],
    ["an attribute twice", '<a b="1" b="2"/>'],
    ["an attribute without quotes", "<a b=1/>"],
    ["an attribute without value", "<a b/>"],
    ["attributes without blank between", '<a b="1"c="2"/>'],
    ["a comment without end", "<a><!-- </a>"],
    ["-- inside a comment", "<a><!-- -- --></a>"],
    ["CDATA without end", "<a><![CDATA[ </a>"],
    ["a document type", "<!DOCTYPE a><a/>"],
    ["a declaration inside", "<a><!ENTITY x 'y'></a>"],
    ["a tag that is none", "<a>< b></a>"],
    ["nesting without bound", `${"<a>".repeat(5000)}${"</a>".repeat(5000)}`],
  ])("refuses %s", (_what, text) => {
    expect(() => readElement(text, "TEST.XML, record 1")).toThrow(ContentError);
    expect(() => readElement(text, "TEST.XML, record 1")).toThrow(
      /TEST\.XML, record 1: expected well-formed XML/,
    );
  });

  it("reads an envelope as fast-xml-parser reads a document", () => {
    const head = '<?xml version="1.0" encoding="utf-8"?>\n<!-- from a test -->\n';
    fc.assert(
      fc.property(NODE, fc.constantFrom("", head, `\uFEFF${head}`), (node, before) => {
        const document = bytes(`${before}${write(node)}\n<!-- end -->\n`);
        expect(plain(readEnvelope(document, "test"))).toEqual(plain(readDocument(document, "test")));
      }),
      { numRuns: 200 },
    );
  });

  it("refuses an XML declaration anywhere but at the beginning of an envelope", () => {
    const read = (text: string) => () => readEnvelope(bytes(text), "TEST.XML");
    expect(read('\n<?xml version="1.0"?><a/>')).toThrow(ContentError);
    expect(read('<a><?xml version="1.0"?></a>')).toThrow(ContentError);
    expect(read("<a><?xml-stylesheet href='x'?></a>")).not.toThrow();
  });

  it.each([
    ["a document", readDocument],
    ["an envelope", readEnvelope],
  ])("refuses other encodings, document types and damage in %s", (_what, reader) => {
    const read = (text: string) => () => reader(bytes(text), "TEST.XML");
    expect(read('<?xml version="1.0" encoding="ISO-8859-1"?><a/>')).toThrow(/expected UTF-8/);
    expect(read('<?xml version="1.0" encoding="utf-8"?><a/>')).not.toThrow();
    expect(read("<!DOCTYPE a><a/>")).toThrow(ContentError);
    expect(read("<a><b></a>")).toThrow(ContentError);
    expect(read("<a>&foo;</a>")).toThrow(/unknown entity/);
    expect(() => reader(new Uint8Array([0x3c, 0x61, 0xff, 0x3e]), "TEST.XML")).toThrow(
      /invalid byte 0xff at offset 2/,
    );
  });
});
