import { load } from "cheerio";
import { parse } from "csv-parse/sync";
import { XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { canonicalJson, sha256 } from "../../src/domain/index.ts";
import { renderSite } from "../../src/render/index.ts";
import { added, composeRecord, entity } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const input = showcase();
const site = new Map(
  renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]),
);
const file = (path: string): string => site.get(path) ?? "";

test("JSON files are canonical and end in a line feed", () => {
  const json = [...site].filter(([path]) => path.endsWith(".json"));
  expect(json.length).toBeGreaterThan(30);
  for (const [path, text] of json) expect(text, path).toBe(`${canonicalJson(JSON.parse(text))}\n`);
});

test("the index has every record with its hash, newest first, and by year; the newest of each list is found", () => {
  const { total, records, years } = JSON.parse(file("api/v1/index.json"));
  expect(records.map(({ id, hash }: { id: string; hash: string }) => [id, hash])).toEqual(
    ["sdn-20230601", "sdn-20230525", "sdn-20230523", "sdn-20230519", "sdn-20220429"].map((id) => [
      id,
      input.records.find(({ record }) => record.id === id)?.hash,
    ]),
  );
  expect(records[2].url).toBe("https://ledger.example/ofac/api/v1/records/sdn-20230523.json");
  expect(records[2].bytes).toBe(Buffer.byteLength(file("api/v1/records/sdn-20230523.json")));
  expect(total).toBe(5);
  expect(years.map(({ year, records: count }: { year: string; records: number }) => [year, count])).toEqual([
    ["2023", 4],
    ["2022", 1],
  ]);
  for (const { year, hash, bytes } of years) {
    const text = file(`api/v1/index/${year}.json`);
    expect([sha256(text), Buffer.byteLength(text)]).toEqual([hash, bytes]);
    const own = records.filter(({ date }: { date: string }) => date.startsWith(year));
    expect(JSON.parse(text).records).toEqual(own);
  }
  expect(JSON.parse(file("api/v1/latest.json")).lists[0].record.id).toBe("sdn-20230601");
});

test("JSON Feed 1.1 has what its version asks, and the same entries as Atom and RSS", () => {
  const feed = JSON.parse(file("feed.json"));
  expect(feed).toMatchObject({
    version: "https://jsonfeed.org/version/1.1",
    feed_url: "https://ledger.example/ofac/feed.json",
    home_page_url: "https://ledger.example/ofac/",
    authors: [{ name: "The ledger's keeper" }],
  });
  const atom = load(file("feed.atom"), { xml: true });
  const rss = load(file("feed.xml"), { xml: true });
  const ids = atom("entry > id")
    .map((_, el) => atom(el).text())
    .get();
  expect(feed.items.map(({ id }: { id: string }) => id)).toEqual(ids);
  expect(
    rss("item > guid[isPermaLink=false]")
      .map((_, el) => rss(el).text())
      .get(),
  ).toEqual(ids);
  const contents = atom("entry > content")
    .map((_, el) => atom(el).text())
    .get();
  expect(feed.items.map(({ content_html }: { content_html: string }) => content_html)).toEqual(contents);
  expect(
    rss("item > content\\:encoded")
      .map((_, el) => rss(el).text())
      .get(),
  ).toEqual(contents);
});

test("RSS has the elements its specification requires", () => {
  expect(XMLValidator.validate(file("feed.xml"))).toBe(true);
  const rss = load(file("feed.xml"), { xml: true });
  for (const required of ["title", "link", "description"])
    expect(rss(`channel > ${required}`)).toHaveLength(1);
  expect(rss("channel > atom\\:link[rel=self]").attr("href")).toBe("https://ledger.example/ofac/feed.xml");
  expect(rss("item > pubDate").first().text()).toBe("Thu, 01 Jun 2023 16:00:00 GMT");
});

test("every list, type and program with news has feeds of its own, with ids of their own", () => {
  const feeds = [...site].filter(([path]) => path.endsWith("feed.atom"));
  expect(feeds.map(([path]) => path).sort()).toEqual([
    "feed.atom",
    "lists/consolidated/feed.atom",
    "lists/sdn/feed.atom",
    "programs/dprk2/feed.atom",
    "programs/dprk4/feed.atom",
    "programs/ifsr/feed.atom",
    "programs/russia-eo14024/feed.atom",
    "programs/sdgt/feed.atom",
    "types/entity/feed.atom",
    "types/individual/feed.atom",
    "types/vessel/feed.atom",
  ]);
  const ids = feeds.map(([, text]) => load(text, { xml: true })("feed > id").text());
  expect(new Set(ids).size).toBe(feeds.length);
  expect(load(file("types/vessel/feed.atom"), { xml: true })("entry")).toHaveLength(1);
  for (const [path] of feeds) expect(site.has(path.replace(/atom$/u, "json")), path).toBe(true);
});

test("the sitemap lists every page, robots.txt the sitemap, llms.txt the machine's doors", () => {
  expect(XMLValidator.validate(file("sitemap.xml"))).toBe(true);
  const map = load(file("sitemap.xml"), { xml: true });
  const pages = [...site.keys()].filter((path) => path.endsWith("index.html"));
  expect(
    map("loc")
      .map((_, el) => map(el).text())
      .get()
      .sort(),
  ).toEqual(pages.map((path) => `https://ledger.example/ofac/${path.replace(/index\.html$/u, "")}`).sort());
  expect(file("robots.txt")).toContain("Sitemap: https://ledger.example/ofac/sitemap.xml");
  expect(file("llms.txt")).toContain("Composed example documents, not OFAC data");
});

test("changes as CSV: RFC 4180, one row per fact, and nothing a spreadsheet would run", () => {
  const rows = parse(file("api/v1/records/sdn-20230525.csv"), { columns: true }) as Record<string, string>[];
  expect(
    rows.find(({ key, area, uid }) => key === undefined && area === "address" && uid === "90002"),
  ).toMatchObject({
    op: "modify",
    action: "change",
    before: "12 Harbour Road, Port Example, Panama",
    after: "14 Harbour Road, Port Example, 10001, Panama",
    certain: "yes",
  });
  expect(rows.find(({ uid }) => uid === "90003")).toMatchObject({ op: "unknown", certain: "truncated" });
  const evil = composeRecord({
    changes: [added({ ...entity(1, '=HYPERLINK("x"),"y"'), title: "+1\r\n@x" })],
  });
  const csv = renderSite(siteOf([evil]), TEMPLATES).find(({ path }) => path.endsWith(".csv"));
  const text = new TextDecoder().decode(csv?.bytes);
  for (const row of parse(text, { columns: true }) as Record<string, string>[]) {
    for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@]/u);
  }
  expect(text.split("\r\n").every((line) => !line.includes("\n"))).toBe(true);
});
