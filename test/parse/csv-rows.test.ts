import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import { invalidUtf8, splitFields, splitRows } from "../../src/parse/csv-rows.ts";
import { bytes, csvFile, csvRow } from "./composed.ts";

const rows = (text: string) => splitRows(bytes(text), "SDN.CSV").rows.map((row) => row.text);

/** A field as OFAC writes it: null, bare digits, or quoted text. */
const FIELD = fc.oneof(
  fc.constant("-0- "),
  fc.nat().map(String),
  fc
    .string({ unit: fc.constantFrom("a", "Z", '"', ",", " ", "'", ";", "\n", "é", "字") })
    .map((text) => `"${text.replaceAll('"', '""')}"`),
);

describe("rows and fields of CSV", () => {
  it("agree with csv-parse on any rows", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(FIELD, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom("\n", "\r\n"),
        (table, end) => {
          const text = table.map((fields) => fields.join(",") + end).join("");
          const ours = rows(text).map((row) => splitFields(row, "test"));
          expect(ours).toEqual(parse(text, { relax_column_count: true, record_delimiter: end }));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("know the end mark, and a last row without line end", () => {
    expect(splitRows(bytes(csvFile(["1,a", "2,b"])), "x")).toMatchObject({ endMark: true, openEnd: false });
    expect(splitRows(bytes("1,a\n2,b\n\u001a\n"), "x")).toMatchObject({ endMark: true });
    expect(splitRows(bytes("1,a\n2,b\n"), "x")).toMatchObject({ endMark: false, openEnd: false });
    const open = splitRows(bytes("1,a\n2,b"), "x");
    expect(open).toMatchObject({ endMark: false, openEnd: true });
    expect(open.rows.map((row) => row.line)).toEqual([1, 2]);
  });

  it("leave out a byte order mark", () => {
    expect(rows("\uFEFF1,a\n")).toEqual(["1,a"]);
  });

  it("keep OFAC's null and its blank", () => {
    expect(splitFields(csvRow(5, { name: 'A "B" C' }), "x")).toEqual([
      "5",
      'A "B" C',
      "-0- ",
      "NPWMD",
      ...Array(8).fill("-0- "),
    ]);
  });

  it.each([
    ["a quoted field that the end cuts", '1,"abc'],
    ["a NUL byte", "1,a\0b\n"],
  ])("refuse %s", (_what, text) => {
    expect(() => rows(text)).toThrow(ContentError);
  });

  it.each([
    ["text after a quoted field", '1,"a"b'],
    ["a quote inside an unquoted field", '1,a"b'],
  ])("refuse %s", (_what, row) => {
    expect(() => splitFields(row, "SDN.CSV line 1")).toThrow(/SDN\.CSV line 1: expected fields/);
  });

  it("name the place of a byte that is not UTF-8", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "é", "字", "🚢") }),
        fc.string(),
        (before, after) => {
          const head = bytes(before);
          const data = Buffer.concat([head, Buffer.from([0xff]), bytes(after)]);
          expect(invalidUtf8(data, "x")).toContain(`0xff at offset ${head.length}`);
        },
      ),
    );
    expect(() => splitRows(Buffer.from([0x31, 0x2c, 0xc3, 0x28, 0x0a]), "SDN.CSV")).toThrow(
      /0x28 at offset 3/,
    );
  });
});
