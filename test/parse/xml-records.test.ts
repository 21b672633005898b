import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import { RecordSplitter } from "../../src/parse/xml-records.ts";
import { bytes, enhancedEntity, enhancedXml, legacyEntry, legacyXml } from "./composed.ts";

const LEGACY = { container: ["sdnList"], record: "sdnEntry" };
const ENHANCED = { container: ["sanctionsData", "entities"], record: "entity" };

function split(text: string | Uint8Array, path = LEGACY, sizes: readonly number[] = [1 << 20]) {
  const data = typeof text === "string" ? bytes(text) : text;
  const splitter = new RecordSplitter(path, "TEST.XML");
  const records: string[] = [];
  for (let at = 0, turn = 0; at < data.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    records.push(
      ...splitter.push(data.subarray(at, at + size)).map((fragment) => fragment.bytes.toString("utf8")),
    );
    at += size;
  }
  return { records, envelope: (splitter.end() ?? Buffer.of()).toString("utf8") };
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ContentError) return error.code;
    throw error;
  }
  return "none";
}

const ENTRIES = [legacyEntry(10), legacyEntry(20, "<title>A &amp; B > C</title>"), legacyEntry(30)];

describe("cutting a document into records", () => {
  it("gives each record's exact text and the envelope around them", () => {
    const { records, envelope } = split(legacyXml(ENTRIES));
    expect(records).toEqual(ENTRIES);
    expect(envelope).toContain("<Record_Count>3</Record_Count>");
    expect(envelope).not.toContain("sdnEntry");
    expect(envelope.trimEnd()).toMatch(/<\/sdnList>$/);
  });

  it("gives the same for any way the bytes arrive", () => {
    const text = legacyXml([...ENTRIES, legacyEntry(40, "<!-- </sdnEntry> --><title>é</title>")]);
    const whole = split(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 }), (sizes) => {
        expect(split(text, LEGACY, sizes)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    expect(split(text, LEGACY, [1])).toEqual(whole);
  });

  it("finds an end tag with blanks in it, wherever the bytes are parted", () => {
    const entry = legacyEntry(10).replace(/>$/, `${" ".repeat(30)}\n>`);
    const text = legacyXml([entry, legacyEntry(20)]);
    for (const size of [1, 2, 7, 16, 40]) expect(split(text, LEGACY, [size]).records).toHaveLength(2);
  });

  it("tells whether anything but end tags came after the head, however the bytes arrive", () => {
    const [start = "", end = ""] = legacyXml([ENTRIES[0] ?? "", "|", ENTRIES[1] ?? ""]).split("|");
    const grows = (between: string, after: string, size: number) => {
      const splitter = new RecordSplitter(LEGACY, "TEST.XML");
      const beginning = bytes(start);
      splitter.push(beginning);
      splitter.head();
      const rest = bytes(`${between}${end}`.replace("</sdnList>", `${after}</sdnList>`));
      for (let at = 0; at < rest.length; at += size) splitter.push(rest.subarray(at, at + size));
      return splitter.end()?.toString("utf8");
    };
    for (const size of [1, 7, 1 << 20]) {
      expect(grows("", "", size)).toBeUndefined();
      expect(grows(" \n", "\t\r\n ", size)).toBeUndefined();
      for (const stray of ["x", "<x/>", "<x></x>", "<!-- x -->", "<?x y?>", "<![CDATA[x]]>"]) {
        expect(grows(stray, "", size), stray).toContain(stray);
        expect(grows("", stray, size), stray).toContain(stray);
      }
    }
  });

  it("is not fooled by comments, CDATA, instructions, quoted brackets and names that begin alike", () => {
    const tricky = [
      "<sdnEntry note='a > b </x'><uid>1</uid></sdnEntry>".replace(" </x", ""),
      "<sdnEntry><!-- <sdnEntry> </sdnEntry> --><uid>2</uid></sdnEntry>",
      "<sdnEntry><![CDATA[</sdnEntry>]]><uid>3</uid></sdnEntry>",
      "<sdnEntry><?x </sdnEntry> ?><uid>4</uid></sdnEntry>",
      "<sdnEntry><sdnEntryKind>x</sdnEntryKind><uid>5</uid></sdnEntry >",
      "<sdnEntry/>",
      '<sdnEntry a="1" />',
    ];
    const text = `<sdnList><!-- <sdnEntry>no</sdnEntry> -->${tricky.join("\n<!-- between -->")}</sdnList>\n<!-- end -->`;
    expect(split(text).records).toEqual(tricky);
    expect(split(text, LEGACY, [3]).records).toEqual(tricky);
  });

  it("takes only elements at the right place for records", () => {
    const text = enhancedXml([enhancedEntity(7)]).replace("<filters>", "<filters><entity/>");
    expect(split(text, ENHANCED).records).toEqual([enhancedEntity(7)]);
  });

  it("knows records under any prefix", () => {
    const text = '<o:sdnList xmlns:o="urn:x"><o:sdnEntry><o:uid>1</o:uid></o:sdnEntry></o:sdnList>';
    expect(split(text).records).toEqual(["<o:sdnEntry><o:uid>1</o:uid></o:sdnEntry>"]);
  });

  it("refuses a document cut anywhere", () => {
    const text = legacyXml(ENTRIES);
    const last = text.lastIndexOf(">");
    for (let end = 0; end < text.length; end += 7) {
      expect(
        code(() => split(text.slice(0, Math.min(end, last)))),
        `cut at ${end}`,
      ).toBe("truncated");
    }
    expect(code(() => split(text.slice(0, last)))).toBe("truncated");
    expect(code(() => split(text))).toBe("none");
  });

  it.each([
    ["wrong-root", "<html><body/></html>"],
    ["document-type", '<!DOCTYPE sdnList [<!ENTITY a "b">]><sdnList></sdnList>'],
    ["document-type", "<sdnList><!ENTITY a 'b'></sdnList>"],
    ["trailing-content", "<sdnList></sdnList><sdnList></sdnList>"],
    ["trailing-content", "<sdnList></sdnList>garbage"],
    ["malformed-xml", "<sdnList><a></b></sdnList>"],
    ["truncated", ""],
  ])("refuses %s", (expected, text) => {
    expect(code(() => split(text))).toBe(expected);
  });

  it("refuses a record without end before it fills the memory", () => {
    const splitter = new RecordSplitter(LEGACY, "TEST.XML");
    splitter.push(bytes("<sdnList><sdnEntry><uid>1</uid><title>"));
    const more = bytes("x".repeat(1 << 20));
    expect(
      code(() => {
        for (let i = 0; i < 20; i++) splitter.push(more);
      }),
    ).toBe("oversized");
  });
});
