import { load } from "cheerio";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderSite } from "../../src/render/index.ts";
import { certainlyFits, weightAtMost, weightOf, withinBudget } from "../../src/render/page-budget.ts";
import { publicationView } from "../../src/render/publication-view.ts";
import { partyArbitrary } from "../support/parties.ts";
import { added, composeRecord, entity, modified } from "../support/records.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const changes = Array.from({ length: 700 }, (_, n) => {
  const party = {
    ...entity(n + 1, `EXAMPLE COMPANY NUMBER ${n + 1}`, [`P${n % 3}`]),
    remarks: [{ text: "example ".repeat(60) }],
  };
  return n < 600
    ? added(party)
    : modified(party, [
        {
          area: "title",
          action: "change",
          key: "title",
          before: "old ".repeat(50),
          after: "new ".repeat(50),
        },
      ]);
});
const site = new Map(
  renderSite(siteOf([composeRecord({ changes })]), TEMPLATES).map(({ path, bytes }) => [
    path,
    new TextDecoder().decode(bytes),
  ]),
);
const own = site.get("publications/sdn-20230523/index.html") ?? "";
const all = site.get("publications/sdn-20230523/all/index.html") ?? "";

const everybody = changes.map(({ uid }) => uid);
const anchors = (html: string): number[] =>
  [...html.matchAll(/ id="party-(\d+)"/gu)].map((match) => Number(match[1])).sort((a, b) => a - b);

test("a large publication stays below 300 kB, names everybody, and links what it leaves out", () => {
  expect(new TextEncoder().encode(own).length).toBeLessThan(300_000);
  const page = load(own);
  expect(anchors(own)).toEqual(everybody);
  expect(page(".members li").length).toBeGreaterThan(100);
  expect(page('.members a[href="../../parties/600/"]')).toHaveLength(1);
  expect(page('a[href="../../publications/sdn-20230523/all/"]')).toHaveLength(1);
});

test("the page with every fact has the same permalinks and nothing by name only", () => {
  const page = load(all);
  expect(anchors(all)).toEqual(everybody);
  expect(page(".members")).toHaveLength(0);
  expect(page("article.party")).toHaveLength(700);
});

test("a small publication has no second page", () => {
  const paths = renderSite(siteOf([composeRecord({ changes: changes.slice(0, 5) })]), TEMPLATES).map(
    ({ path }) => path,
  );
  expect(paths.filter((path) => path.includes("/all/"))).toEqual([]);
});

test("the front page shows the newest, years hold all", () => {
  const records = [composeRecord({ date: "2021-01-01", kind: "baseline" })];
  for (let n = 1; n <= 80; n += 1) {
    const date = new Date(Date.UTC(2021, 0, 1 + n * 7)).toISOString().slice(0, 10);
    records.push(composeRecord({ date, previous: records.at(-1) ?? null }));
  }
  const pages = new Map(
    renderSite(siteOf(records), TEMPLATES).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]),
  );
  const entries = (path: string) => load(pages.get(path) ?? "")(".entry").length;
  expect(entries("index.html")).toBe(60);
  expect(load(pages.get("index.html") ?? "")(".years").text()).toContain("21 older publications");
  expect(entries("years/2021/index.html") + entries("years/2022/index.html")).toBe(81);
  expect(pages.get("changelog.md")?.match(/^## \[/gmu)).toHaveLength(60);
  expect(pages.get("years/2022/changelog.md")).toContain("20220107");
});

test("a record that fits for certain is never cut, whatever its parties are like", () => {
  const documents = { documents: Array.from({ length: 30 }, (_, n) => ({ type: String(n) })) };
  const many = (count: number) =>
    composeRecord({
      changes: Array.from({ length: count }, (_, n) => added({ ...entity(n + 1, ""), ...documents })),
    });
  for (const count of [1, 5, 20, 21, 22, 40]) {
    const stored = many(count);
    const view = publicationView(stored);
    expect(weightOf(view)).toBeLessThanOrEqual(weightAtMost(stored));
    if (certainlyFits(stored)) expect(withinBudget(view, false).isCut).toBe(false);
  }
  expect([certainlyFits(many(1)), certainlyFits(many(200))]).toEqual([true, false]);
  fc.assert(
    fc.property(fc.array(partyArbitrary(), { maxLength: 4 }), (parties) => {
      const stored = composeRecord({ changes: parties.map((party, n) => added({ ...party, uid: n + 1 })) });
      expect(weightOf(publicationView(stored))).toBeLessThanOrEqual(weightAtMost(stored));
    }),
    { numRuns: 60 },
  );
});
