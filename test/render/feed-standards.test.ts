import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { load } from "cheerio";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { feedsOf, HOSTILE, hostileInput } from "../support/hostile-feeds.ts";

const feeds = feedsOf(hostileInput());
const named = (ending: string) => [...feeds].filter(([path]) => path.endsWith(ending));
const schema: unknown = JSON.parse(
  readFileSync(new URL("standards/json-feed.schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv2020({ strict: true, strictRequired: false });
addFormats.default(ajv);
const isJsonFeed = ajv.compile(Object(schema));

/** Not the library that wrote anything here; entities and CDATA are its own to undo. */
const parser = new XMLParser({
  ignoreAttributes: false,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: false,
  isArray: (name) => ["entry", "item", "category", "link"].includes(name),
});

test("there are feeds of all kinds: whole, archived, by list, type and program", () => {
  const kinds = [...feeds.keys()].map((path) =>
    path.replace(/[^/]+\/(?=feed\.)/u, "*/").replace(/\d+/u, "N"),
  );
  expect([...new Set(kinds)].sort()).toEqual(
    [
      "feed.atom",
      "feed.json",
      "feed.xml",
      "feed/archive/N.atom",
      ...["lists", "programs", "types"].flatMap((kind) => [`${kind}/*/feed.atom`, `${kind}/*/feed.json`]),
    ].sort(),
  );
});

test("every JSON Feed is one by the schema of version 1.1, and the schema notices what is wrong", () => {
  const found = named(".json");
  expect(found.length).toBeGreaterThan(8);
  for (const [path, text] of found) {
    expect(isJsonFeed(JSON.parse(text)), `${path}: ${ajv.errorsText(isJsonFeed.errors)}`).toBe(true);
  }
  const whole = JSON.parse(feeds.get("feed.json") ?? "");
  const [first, ...rest] = whole.items;
  for (const wrong of [
    { ...whole, version: "https://jsonfeed.org/version/1" },
    { ...whole, items: [{ ...first, id: undefined }, ...rest] },
    { ...whole, items: [{ ...first, content_html: undefined }] },
    { ...whole, items: [{ ...first, date_published: "23 May 2023" }] },
    { ...whole, items: [{ ...first, url: "javascript:alert(1)" }] },
    { ...whole, author: { name: "of version 1.0" } },
  ]) {
    expect(isJsonFeed(JSON.parse(JSON.stringify(wrong)))).toBe(false);
  }
});

test("every RSS channel and item has what RSS 2.0 requires", () => {
  const found = named(".xml");
  expect(found).toHaveLength(1);
  for (const [, text] of found) {
    const { rss } = parser.parse(text);
    expect(rss["@_version"]).toBe("2.0");
    for (const name of ["title", "link", "description"]) expect(rss.channel[name], name).not.toBe("");
    expect(rss.channel.link[0]).toMatch(/^https:\/\//u);
    expect(rss.channel.item.length).toBeGreaterThan(50);
    for (const item of rss.channel.item) {
      expect(item.title !== "" || item.description !== "").toBe(true);
      expect(item.link[0]).toMatch(/^https:\/\//u);
      expect(item.guid["@_isPermaLink"]).toBe("false");
      expect(item.guid["#text"]).toMatch(/^tag:/u);
      expect(item.pubDate).toMatch(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/u);
    }
    expect(
      new Set(rss.channel.item.map((item: { guid: { "#text": string } }) => item.guid["#text"])).size,
    ).toBe(rss.channel.item.length);
  }
});

test("an independent parser reads every name back from all three formats, as text", () => {
  const xml = named(".atom").concat(named(".xml"));
  const titles = named(".json").map(([, text]) => JSON.parse(text).title);
  for (const title of titles) expect(title).not.toMatch(/\p{Cc}|[\ufffe\uffff]/u);
  for (const [path, text] of xml) expect(XMLValidator.validate(text), path).toBe(true);
  const htmlOf: Record<string, string> = {
    atom: named(".atom")
      .filter(([path]) => path.startsWith("feed"))
      .flatMap(([, text]) => parser.parse(text).feed.entry ?? [])
      .map((entry: { content: { "#text": string } }) => entry.content["#text"])
      .join(""),
    rss: parser
      .parse(feeds.get("feed.xml") ?? "")
      .rss.channel.item.map((item: Record<string, string>) => item["content:encoded"])
      .join(""),
    json: JSON.parse(feeds.get("feed.json") ?? "")
      .items.map((item: { content_html: string }) => item.content_html)
      .join(""),
  };
  for (const [format, html] of Object.entries(htmlOf)) {
    const page = load(html);
    const names = new Set(
      page("td a bdi")
        .map((_, one) => page(one).text())
        .get(),
    );
    for (const [, read] of HOSTILE) expect(names, `${format}: ${read}`).toContain(read);
    expect(page("script, img, iframe, [onerror]"), format).toHaveLength(0);
    expect(html).not.toMatch(/href="(?!https:\/\/)/u);
  }
});

test("archives lead from the newest entry to the first, and hold every entry once", () => {
  const entries: string[] = [];
  const links = (text: string): Map<string, string> =>
    new Map(
      parser
        .parse(text)
        .feed.link.map((one: Record<string, string>) => [one["@_rel"], one["@_href"]] as const),
    );
  const base = (links(feeds.get("feed.atom") ?? "").get("self") ?? "").replace(/feed\.atom$/u, "");
  let at: string | undefined = "feed.atom";
  let newer: string | undefined;
  while (at !== undefined) {
    const text: string = feeds.get(at) ?? "";
    const own = links(text);
    expect(own.get("self")).toBe(`${base}${at}`);
    if (at !== "feed.atom") {
      expect(text).toContain("<fh:archive/>");
      expect(own.get("current")).toBe(`${base}feed.atom`);
      expect(own.get("next-archive")).toBe(newer === "feed.atom" ? undefined : `${base}${newer}`);
    }
    entries.push(...(parser.parse(text).feed.entry ?? []).map((entry: { id: string }) => entry.id));
    newer = at;
    at = own.get("prev-archive")?.slice(base.length);
  }
  expect(new Set(entries).size).toBe(entries.length);
  expect(entries.length).toBeGreaterThan(130);
  expect(entries.filter((id) => id.endsWith("-c1"))).toHaveLength(1);
});
