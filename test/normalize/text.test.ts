import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { datePeriod } from "../../src/domain/index.ts";
import { periodText } from "../../src/normalize/period-text.ts";
import { cleanText } from "../../src/normalize/text.ts";

const CONTROLS = /[\u061C\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/;

describe("canonical text", () => {
  it("is NFC, on one line, without invisible characters or blanks around, whatever comes in", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(
            fc.constantFrom(
              "\u202b",
              "\u202c",
              "\u200c",
              "\u200e",
              "\ufeff",
              "\u2066",
              " ",
              "\n",
              "e\u0301",
              "ا",
              "a",
            ),
            fc.string({ minLength: 1, maxLength: 1, unit: "grapheme" }),
          ),
        }),
        (text) => {
          const clean = cleanText(text);
          expect(clean).not.toMatch(CONTROLS);
          expect(clean).not.toMatch(/[\n\r\t]|^\s|\s$/);
          expect(clean.normalize("NFC")).toBe(clean);
          expect(cleanText(clean)).toBe(clean);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("keeps what OFAC wrote: inner blanks, and the joiner of Persian spelling", () => {
    expect(cleanText("7736  581290 ")).toBe("7736  581290");
    expect(cleanText("\u202bم\u200cن\u202c")).toBe("م\u200cن");
    expect(cleanText("\u200cم \u200c")).toBe("م");
    expect(cleanText("line\r\nbreak")).toBe("line break");
    expect(cleanText("O\u2019Example")).toBe("O\u2019Example");
  });
});

describe("days of a date text", () => {
  it.each([
    ["10 Oct 1957", "1957-10-10", "1957-10-10", undefined],
    ["1972", "1972-01-01", "1972-12-31", undefined],
    ["Apr 1961", "1961-04-01", "1961-04-30", undefined],
    ["Feb 2024", "2024-02-01", "2024-02-29", undefined],
    ["circa 1957", "1957-01-01", "1957-12-31", true],
    ["circa 07 Jul 1966", "1966-07-07", "1966-07-07", true],
    ["1951 to 1953", "1951-01-01", "1953-12-31", undefined],
    ["Mar 1955 to Mar 1956", "1955-03-01", "1956-03-31", undefined],
    ["21 Mar 1965 to 20 Mar 1966", "1965-03-21", "1966-03-20", undefined],
    ["circa 1979-1982", "1979-01-01", "1982-12-31", true],
  ])("%s", (text, from, to, approximate) => {
    expect(datePeriod(text)).toEqual({ from, to, ...(approximate === undefined ? {} : { approximate }) });
  });

  it.each([
    "",
    "unknown",
    "31 Feb 1999",
    "1953 to 1951",
    "12/31/1999",
    "199",
    "Foo 1999",
    "between 1950 and 1960",
  ])("%j is no date text", (text) => {
    expect(datePeriod(text)).toBeUndefined();
  });

  it("and the text of days are each other's inverse", () => {
    const day = fc.date({
      min: new Date("1900-01-01T00:00:00Z"),
      max: new Date("2030-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    const iso = (date: Date) => date.toISOString().slice(0, 10);
    fc.assert(
      fc.property(day, fc.constantFrom("day", "month", "year"), fc.boolean(), (date, unit, approximate) => {
        const begin = iso(date);
        const [year = "", month = ""] = begin.split("-");
        const ends = {
          day: [begin, begin],
          month: [`${year}-${month}-01`, iso(new Date(Date.UTC(Number(year), Number(month), 0)))],
          year: [`${year}-01-01`, `${year}-12-31`],
        }[unit];
        const [from = "", to = ""] = ends ?? [];
        const text = periodText({
          fromBegin: from,
          fromEnd: from,
          toBegin: to,
          toEnd: to,
          approximate,
          range: false,
        });
        expect(datePeriod(text ?? "")).toEqual({ from, to, ...(approximate ? { approximate: true } : {}) });
      }),
    );
  });

  it("of a range in four days, as the Enhanced files give it", () => {
    const range = { approximate: false, range: true };
    expect(
      periodText({
        fromBegin: "1951-01-01",
        fromEnd: "1951-12-31",
        toBegin: "1953-01-01",
        toEnd: "1953-12-31",
        ...range,
      }),
    ).toBe("1951 to 1953");
    expect(
      periodText({
        fromBegin: "1965-03-21",
        fromEnd: "1965-03-21",
        toBegin: "1966-03-20",
        toEnd: "1966-03-20",
        ...range,
      }),
    ).toBe("21 Mar 1965 to 20 Mar 1966");
    expect(periodText({ fromBegin: "2019-10-16", approximate: false, range: false })).toBe("16 Oct 2019");
    expect(periodText({ approximate: false, range: false })).toBeUndefined();
    expect(
      periodText({ fromBegin: "2019-10-16", toEnd: "2019-11-02", approximate: false, range: false }),
    ).toBeUndefined();
  });
});
