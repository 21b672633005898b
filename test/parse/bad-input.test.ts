import { gzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { LedgerError } from "../../src/domain/index.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList, parseDelta } from "../../src/parse/index.ts";
import { bytes, csvFile, csvRow, enhancedEntity, enhancedXml, legacyEntry, legacyXml } from "./composed.ts";

interface Given {
  readonly name?: string;
  readonly bytes: Uint8Array;
}

async function refusal(...files: Given[]): Promise<{ code: string; exit: number; message: string }> {
  try {
    const parsed = await openList(files.map((file) => ({ name: file.name ?? "FILE", bytes: file.bytes })));
    await interpret(parsed, { list: "sdn" });
  } catch (error) {
    // Anything else would be a bug shown to the operator as a stack.
    if (error instanceof LedgerError)
      return { code: error.code, exit: error.exitCode, message: error.message };
    throw error;
  }
  return { code: "none", exit: 0, message: "" };
}

const LEGACY = legacyXml([legacyEntry(1), legacyEntry(2)]);
const ENHANCED = enhancedXml([enhancedEntity(1), enhancedEntity(20)]);
const CSV = csvFile([csvRow(1), csvRow(2)]);

const LAUGHS = [
  '<?xml version="1.0"?>',
  "<!DOCTYPE sdnList [",
  '<!ENTITY lol "lol">',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (n) => `<!ENTITY lol${n} "${`&lol${n === 1 ? "" : n - 1};`.repeat(10)}">`,
  ),
  "]><sdnList><sdnEntry><uid>1</uid><lastName>&lol9;</lastName></sdnEntry></sdnList>",
].join("\n");

describe("documents that are no list", () => {
  it.each([
    ["an empty file", "empty", ""],
    ["a PDF", "unknown-format", "%PDF-1.7\n%âãÏÓ"],
    [
      "an HTML page",
      "unknown-format",
      "<!DOCTYPE html><html><head><title>Access Denied</title></head></html>",
    ],
    ["an HTML page without type", "unknown-format", "\n<html><body>Maintenance</body></html>"],
    ["JSON", "unknown-format", '{"message":"Forbidden"}'],
    ["plain text", "unknown-format", "Forbidden"],
    ["an S3 error", "wrong-root", '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
    ["an unknown root", "wrong-root", '<?xml version="1.0"?><sdnLists></sdnLists>'],
    ["OFAC's Advanced XML", "unknown-format", '<?xml version="1.0"?><Sanctions Version="1"></Sanctions>'],
    ["a document type", "document-type", '<!DOCTYPE sdnList SYSTEM "x.dtd"><sdnList></sdnList>'],
    ["a billion laughs", "document-type", LAUGHS],
    ["CSV of another shape", "unknown-format", "1,2,3\n"],
    ["a CSV header", "unknown-format", "ent_num,name,type\n1,a,b\n"],
    [
      "OFAC's delta",
      "not-a-list",
      '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"></sanctionsData>',
    ],
  ])("%s is refused", async (_what, code, text) => {
    const found = await refusal({ bytes: bytes(text) });
    expect(found).toMatchObject({ code, exit: 4 });
    expect(found.message).toMatch(/^FILE: expected .*found /);
  });

  it("are named by what they are", async () => {
    expect((await refusal({ bytes: bytes("%PDF-1.7") })).message).toContain("a PDF file");
    expect((await refusal({ bytes: gzipSync(bytes(LEGACY)) })).message).toContain("gzip data");
    expect((await refusal({ bytes: zipSync({ "SDN.XML": bytes(LEGACY) }) })).message).toContain(
      "a zip archive",
    );
    expect((await refusal({ bytes: Buffer.from(`\uFEFF${LEGACY}`, "utf16le") })).message).toContain("UTF-16");
    expect((await refusal({ bytes: Buffer.from([1, 2, 0, 3]) })).message).toContain("a NUL byte at offset 2");
    expect((await refusal({ bytes: bytes("<html><title>Access Denied</title>") })).message).toContain(
      "Access Denied",
    );
  });

  it("none at all is a usage error", async () => {
    expect(await refusal()).toMatchObject({ code: "no-file", exit: 2 });
  });
});

describe("damaged lists", () => {
  it.each([
    ["legacy XML without its closing root", "truncated", LEGACY.replace("</sdnList>", "")],
    ["half a legacy file", "truncated", LEGACY.slice(0, LEGACY.length / 2)],
    ["an Enhanced file without its closing root", "truncated", ENHANCED.replace("</sanctionsData>", "")],
    ["half an Enhanced file", "truncated", ENHANCED.slice(0, ENHANCED.length / 2)],
    ["something after the root", "trailing-content", `${LEGACY}<more/>`],
    ["a Record_Count that is too high", "record-count", legacyXml([legacyEntry(1)], { count: 2 })],
    [
      "a Record_Count that is too low",
      "record-count",
      legacyXml([legacyEntry(1), legacyEntry(2)], { count: 1 }),
    ],
    ["no Record_Count", "malformed-head", LEGACY.replace(/<Record_Count>.*<\/Record_Count>/, "")],
    [
      "a publication date that does not exist",
      "malformed-head",
      legacyXml([legacyEntry(1)], { date: "02/30/2025" }),
    ],
    ["an Enhanced file without date", "malformed-head", ENHANCED.replace(/<dataAsOf>.*?<\/dataAsOf>/, "")],
    ["a duplicate uid in legacy XML", "duplicate-uid", legacyXml([legacyEntry(1), legacyEntry(1)])],
    ["a duplicate uid in Enhanced XML", "duplicate-uid", enhancedXml([enhancedEntity(1), enhancedEntity(1)])],
    ["a duplicate uid in CSV", "duplicate-uid", csvFile([csvRow(1), csvRow(1)])],
    ["no records in legacy XML", "no-records", legacyXml([])],
    ["no records in Enhanced XML", "no-records", enhancedXml([])],
    ["an end tag that does not match", "malformed-xml", LEGACY.replace("</lastName>", "</name>")],
    ["an unknown entity", "malformed-xml", LEGACY.replace("EXAMPLE TRADING 1", "A &lol; B")],
    ["damage after the records", "malformed-xml", LEGACY.replace("</sdnList>", "<a></b></sdnList>")],
    ["a record inside a record", "malformed-xml", enhancedXml([enhancedEntity(1, enhancedEntity(2))])],
    ["an entry without uid", "missing-field", LEGACY.replace("<uid>1</uid>", "")],
    ["an entry without name", "missing-field", LEGACY.replace("<lastName>EXAMPLE TRADING 1</lastName>", "")],
    ["a uid that is no number", "unknown-structure", LEGACY.replace("<uid>1</uid>", "<uid>1a</uid>")],
    ["two names", "unknown-structure", LEGACY.replace("<sdnType>", "<lastName>B</lastName><sdnType>")],
    ["text among elements", "unknown-structure", LEGACY.replace("<sdnType>", "text<sdnType>")],
    ["elements in a text", "unknown-structure", LEGACY.replace("EXAMPLE TRADING 1", "<b>EXAMPLE</b>")],
    [
      "a flag that is neither true nor false",
      "unknown-structure",
      ENHANCED.replace("<isPrimary>true", "<isPrimary>maybe"),
    ],
    ["a CSV row that the end cuts", "truncated", CSV.slice(0, CSV.length - 12)],
    ["a CSV row cut inside a quote", "truncated", '1,"EXAMPLE'],
    ["a CSV row with a column less", "column-count", csvFile([csvRow(1), csvRow(2).replace("-0- ,", "")])],
    ["a CSV row without number", "malformed-row", csvFile([csvRow(1), csvRow(2).replace("2,", "x,")])],
    ["a CSV row without name", "missing-field", csvFile([csvRow(1).replace('"EXAMPLE TRADING 1"', "-0- ")])],
  ])("%s is refused", async (_what, code, text) => {
    const found = await refusal({ bytes: bytes(text) });
    expect(found).toMatchObject({ code, exit: 4 });
    expect(found.message).toMatch(/expected .*found /s);
  });

  it("a byte that is not UTF-8 is refused wherever it stands", async () => {
    for (const text of [LEGACY, ENHANCED, CSV]) {
      for (const at of [text.indexOf("EXAMPLE"), text.lastIndexOf("EXAMPLE")]) {
        const data = Buffer.from(text);
        data[at] = 0xff;
        expect(await refusal({ bytes: data }), `at ${at}`).toMatchObject({ code: "invalid-utf8", exit: 4 });
      }
    }
  });

  it("up to five duplicate uids are named", async () => {
    const entries = [1, 2, 3, 4, 5, 6, 7].flatMap((uid) => [legacyEntry(uid), legacyEntry(uid)]);
    const { message } = await refusal({ bytes: bytes(legacyXml(entries, { count: 14 })) });
    expect(message).toContain("found 7 more than once (1, 2, 3, 4, 5, …)");
  });

  it("the same documents, sound, pass", async () => {
    for (const text of [LEGACY, ENHANCED, CSV])
      expect((await refusal({ bytes: bytes(text) })).code).toBe("none");
  });
});

describe("files that do not belong together", () => {
  const alternates = csvFile(['1,11,"aka","EXAMPLE ALIAS",-0- ']);
  const addresses = csvFile(['1,12,"1 Example Street","Example City","Cuba",-0- ']);
  const given = (text: string, name: string): Given => ({ name, bytes: bytes(text) });

  it.each([
    ["ALT.CSV without SDN.CSV", "incomplete-set", [given(alternates, "ALT.CSV")]],
    ["two primary files", "incomplete-set", [given(CSV, "SDN.CSV"), given(CSV, "CONS_PRIM.CSV")]],
    ["XML and CSV", "mixed-files", [given(LEGACY, "SDN.XML"), given(CSV, "SDN.CSV")]],
    [
      "an alias of nobody",
      "orphan-rows",
      [given(CSV, "SDN.CSV"), given(alternates.replace("1,", "9,"), "ALT.CSV")],
    ],
    [
      "an address of nobody",
      "orphan-rows",
      [given(CSV, "SDN.CSV"), given(addresses.replace("1,", "9,"), "ADD.CSV")],
    ],
    [
      "comments of nobody",
      "orphan-rows",
      [given(CSV, "SDN.CSV"), given('9,"rest."\r\n', "SDN_COMMENTS.CSV")],
    ],
    [
      "two comments of one",
      "duplicate-uid",
      [given(CSV, "SDN.CSV"), given('1,"a"\r\n1,"b"\r\n', "SDN_COMMENTS.CSV")],
    ],
    ["an alias cut short", "truncated", [given(CSV, "SDN.CSV"), given('1,11,"aka","EXAM', "ALT.CSV")]],
    [
      "an address cut short",
      "truncated",
      [given(CSV, "SDN.CSV"), given(`${addresses.slice(0, -1)}2,13,"1 Example Street"`, "ADD.CSV")],
    ],
  ])("%s are refused", async (_what, code, files) => {
    expect(await refusal(...files)).toMatchObject({ code, exit: 4 });
  });
});

describe("deltas that are none", () => {
  it.each([
    ["a list", LEGACY],
    [
      "a delta cut short",
      '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo>',
    ],
    [
      "a delta without date",
      '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><entities/></sanctionsData>',
    ],
    ["nothing", ""],
  ])("%s is refused", (_what, text) => {
    expect(() => parseDelta(bytes(text), "delta.xml")).toThrow(LedgerError);
  });
});
