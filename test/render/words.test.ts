import { expect, test } from "vitest";
import { AREA_NAMES, type Area, type AreaValue } from "../../src/domain/index.ts";
import { ended, unended } from "../../src/render/text.ts";
import { AREA_WORDS, grouped, joinAnd, plural } from "../../src/render/words.ts";
import { describeChild } from "../../src/render/words-child.ts";
import { dateWords, instantWords, longDateWords, windowWords } from "../../src/render/words-date.ts";
import { eventName } from "../../src/render/words-event.ts";

const CHILDREN: readonly [Area, AreaValue, string, string][] = [
  ["type", "vessel", "Party type", "vessel"],
  [
    "name",
    { full: "KIM, Sang Man", scripts: [{ script: "Korean", full: "김상만" }] },
    "Name",
    "KIM, Sang Man / 김상만 (Korean)",
  ],
  ["alias", { type: "a.k.a.", quality: "strong", full: "EXCO" }, "Also known as", "EXCO"],
  ["alias", { type: "f.k.a.", quality: "weak", full: "OLDCO" }, "Formerly known as", "“OLDCO” (weak alias)"],
  ["alias", { type: "d.b.a.", quality: "strong", full: "SHOP" }, "d.b.a.", "SHOP"],
  ["title", "Director", "Title", "Director"],
  ["remarks", { text: "Linked to", cut: true }, "Remark", "Linked to … (the source cuts here)"],
  ["program", { code: "DPRK2" }, "Program", "DPRK2"],
  ["list", { name: "SDN List", listedOn: "2023-05-23" }, "List", "SDN List (listed on 23 May 2023)"],
  ["sanctions-type", { value: "Block" }, "Sanctions type", "Block"],
  ["blocking", "yes", "Blocking", "yes"],
  [
    "restriction",
    { type: "Listing Date (EO 14024 Directive 2):", value: "24 Feb 2022" },
    "Listing Date (EO 14024 Directive 2)",
    "24 Feb 2022",
  ],
  [
    "secondary-sanctions",
    { type: "Secondary sanctions risk:", value: "section 11" },
    "Secondary sanctions risk",
    "section 11",
  ],
  ["legal-authority", { value: "Executive Order 13687" }, "Legal authority", "Executive Order 13687"],
  [
    "address",
    {
      uid: 5,
      address1: "12 Harbour Road",
      city: "Port",
      stateOrProvince: "S",
      postalCode: "1",
      country: "Panama",
      remarks: "office",
    },
    "Address",
    "12 Harbour Road, Port, S, 1, Panama (office)",
  ],
  [
    "address",
    { scripts: [{ script: "Arabic", parts: [{ type: "CITY", value: "دمشق" }] }] },
    "Address",
    "دمشق (Arabic)",
  ],
  ["nationality", { value: "Korea, North", main: true }, "Nationality", "Korea, North (main)"],
  ["citizenship", { value: "Cuba", reliability: "Reported" }, "Citizenship", "Cuba (Reported)"],
  [
    "birth-date",
    { value: "circa 1960", period: { from: "1959-07-01", to: "1960-06-30", approximate: true } },
    "Date of birth",
    "circa 1960",
  ],
  ["birth-place", { value: "Port, Panama" }, "Place of birth", "Port, Panama"],
  ["gender", { value: "Male" }, "Gender", "Male"],
  [
    "document",
    {
      type: "Passport",
      number: "X1",
      country: "Cuba",
      issued: "01 Jan 2000",
      expires: "01 Jan 2010",
      valid: false,
    },
    "Passport",
    "X1 (Cuba; issued 01 Jan 2000; expires 01 Jan 2010; not valid)",
  ],
  ["document", { type: "Tax ID No." }, "Tax ID No.", "no number given"],
  ["feature", { type: "Organization Type:", value: "Bank" }, "Organization Type", "Bank"],
  ["wallet", { currency: "XBT", address: "1Example" }, "Digital currency address, XBT", "1Example"],
  ["contact", { type: "Website", value: "www.example.org" }, "Website", "www.example.org"],
  ["vessel", { type: "Vessel Flag", value: "Panama" }, "Vessel Flag", "Panama"],
  ["aircraft", { type: "Aircraft Model", value: "X" }, "Aircraft Model", "X"],
  ["relationship", { type: "Linked To", targetName: "EXCO", targetUid: 7 }, "Linked To", "EXCO (uid 7)"],
];

test.each(CHILDREN)("%s in words", (area, child, label, text) => {
  expect(describeChild(area, child)).toMatchObject({ label, text });
});

test("every area has words, and a case here", () => {
  expect(Object.keys(AREA_WORDS).sort()).toEqual([...AREA_NAMES].sort());
  expect(new Set(CHILDREN.map(([area]) => area))).toEqual(new Set(AREA_NAMES));
});

test("a member of a later minor version changes nothing that is said", () => {
  expect(
    describeChild("alias", { type: "a.k.a.", quality: "strong", full: "X", added: { later: 1 } }).text,
  ).toBe("X");
});

test("dates and instants need no locale", () => {
  expect(dateWords("2023-05-23")).toBe("23 May 2023");
  expect(longDateWords("2023-05-23")).toBe("Tuesday 23 May 2023");
  expect(dateWords(null)).toBe("undated");
  expect(instantWords("2023-05-23T18:43:34Z")).toBe("23 May 2023, 18:43 UTC (14:43 Eastern)");
  expect(instantWords("2022-11-09T02:10:00Z")).toBe(
    "9 November 2022, 02:10 UTC (21:10 Eastern on 8 November 2022)",
  );
  expect(windowWords({ after: null, notLaterThan: null })).toBe("not known");
  expect(windowWords({ after: "2023-01-02T10:00:00Z", notLaterThan: null })).toBe(
    "after 2 January 2023, 10:00 UTC (05:00 Eastern)",
  );
});

test("plurals, groups and lists", () => {
  expect([0, 1, 2].map((n) => plural(n, "party", "parties"))).toEqual(["0 parties", "1 party", "2 parties"]);
  expect([1, 999, 1000, 12_543, 1_234_567].map(grouped)).toEqual([
    "1",
    "999",
    "1,000",
    "12,543",
    "1,234,567",
  ]);
  expect(joinAnd([])).toBe("");
  expect(joinAnd(["a"])).toBe("a");
  expect(joinAnd(["a", "b", "c"])).toBe("a, b and c");
  expect(eventName("a-new-kind")).toBe("A new kind");
});

test("a sentence ends once, with an abbreviation too", () => {
  expect(["EXAMPLE TRADING CO.", "Moved", "Why?", "", "(the number)"].map(ended)).toEqual([
    "EXAMPLE TRADING CO.",
    "Moved.",
    "Why?",
    "",
    "(the number).",
  ]);
  expect(["EXAMPLE TRADING CO.", "Moved"].map(unended)).toEqual(["EXAMPLE TRADING CO", "Moved"]);
});
