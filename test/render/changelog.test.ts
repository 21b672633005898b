import { load } from "cheerio";
import { expect, test } from "vitest";
import {
  type Filters,
  knownFilters,
  type Line,
  meets,
  NO_FILTERS,
  readFilters,
  withFilters,
} from "../../src/render/client/parts/filters.ts";
import { foldedWords } from "../../src/render/fold.ts";
import { renderSite } from "../../src/render/index.ts";
import { overview, twelveMonths } from "../../src/render/overview.ts";
import { added, composeRecord, entity } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const line: Line = {
  list: "sdn",
  types: ["entity", "individual"],
  programs: ["DPRK2", "DPRK4"],
  materiality: "major",
  date: "2023-05-23",
  words: foldedWords("20230523: 4 entities, 1 individual added. Notice: North Korea Designations"),
};

test("each filter alone lets through what it names and nothing else", () => {
  const cases: readonly [Partial<Filters>, boolean][] = [
    [{}, true],
    [{ list: "sdn" }, true],
    [{ list: "consolidated" }, false],
    [{ type: "individual" }, true],
    [{ type: "vessel" }, false],
    [{ program: "dprk4" }, true],
    [{ program: "DPRK" }, false],
    [{ materiality: "minor" }, true],
    [{ materiality: "major" }, true],
    [{ materiality: "critical" }, false],
    [{ from: "2023-05-23" }, true],
    [{ from: "2023-05-24" }, false],
    [{ to: "2023-05-23" }, true],
    [{ to: "2023-05-22" }, false],
    [{ q: "nórth KOR" }, true],
    [{ q: "south" }, false],
    [{ q: "korea", type: "vessel" }, false],
  ];
  for (const [filters, expected] of cases) {
    expect(meets(line, { ...NO_FILTERS, ...filters }), JSON.stringify(filters)).toBe(expected);
  }
  expect(meets({ ...line, date: "" }, { ...NO_FILTERS, to: "2030-01-01" })).toBe(false);
});

test("an address gives back the filters it was made with, and keeps what else it says", () => {
  const filters = { ...NO_FILTERS, q: "a & b=c", program: "SOUTH SUDAN", from: "2023-01-01" };
  const address = withFilters("https://x.example/y/?other=1&type=vessel", filters);
  expect(readFilters(new URL(address).search)).toEqual(filters);
  expect(new URL(address).searchParams.get("other")).toBe("1");
});

test("a filter value that no option has is ignored, one in another case is the option", () => {
  const optionsOf = (name: keyof Filters) =>
    name === "program" ? ["", "SDGT"] : name === "materiality" ? ["", "critical"] : null;
  const read = (search: string) => knownFilters(readFilters(search), optionsOf);
  expect(read("?materiality=foo")).toEqual(NO_FILTERS);
  expect(read("?program=sdgt&q=any+text")).toEqual({ ...NO_FILTERS, program: "SDGT", q: "any text" });
});

test("every line of the changelog says what it is filtered by", () => {
  const index = renderSite(showcase(), TEMPLATES).find(({ path }) => path === "index.html");
  const page = load(new TextDecoder().decode(index?.bytes));
  const entry = page('li.entry[data-date="2023-05-23"]');
  expect(entry.data()).toMatchObject({
    list: "sdn",
    types: "entity|individual",
    programs: "DPRK2|DPRK4",
    materiality: "critical",
  });
  expect(page("select[name=program] option").length).toBeGreaterThan(4);
});

test("the drawing counts publications and parties of each month and type", () => {
  const index = renderSite(showcase(), TEMPLATES).find(({ path }) => path === "index.html");
  const page = load(new TextDecoder().decode(index?.bytes));
  const labels = page(".overview a")
    .map((_, a) => page(a).attr("aria-label"))
    .get();
  expect(labels).toEqual([
    "May 2023, 2 publications",
    "June 2023, 1 publication",
    "May 2023, 6 entities: 4 added, 1 removed and 1 changed",
    "June 2023, 14 entities: 14 changed",
    "May 2023, 1 individual: 1 added",
    "May 2023, 1 vessel: 1 added",
  ]);
  for (const bar of page(".overview .bar").toArray()) {
    expect(Number(page(bar).attr("height"))).toBeGreaterThan(0);
    expect(Number(page(bar).attr("y"))).toBeGreaterThan(0);
  }
  expect(overview([], twelveMonths("2023-06"), () => "")).toBeNull();
});

test("twelve months end with the one named", () => {
  expect(twelveMonths("2024-02-23")).toHaveLength(12);
  expect([twelveMonths("2024-02").at(0), twelveMonths("2024-02").at(-1)]).toEqual(["2023-03", "2024-02"]);
});

test("a year counts publications as the drawing does: a segment's beginning is none", () => {
  const begin = composeRecord({ date: "2023-01-02", kind: "baseline" });
  const next = composeRecord({ date: "2023-02-02", previous: begin, changes: [added(entity(1, "A"))] });
  const index = renderSite(siteOf([begin, next]), TEMPLATES).find(({ path }) => path === "index.html");
  const page = load(new TextDecoder().decode(index?.bytes));
  expect(page(".years li").text()).toContain("1 publication");
});
