import { load } from "cheerio";
import { XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { easternNoon, type StoredRecord } from "../../src/domain/index.ts";
import { inOrder } from "../../src/render/chain.ts";
import { feedPages } from "../../src/render/feed-pages.ts";
import { planSite, type SiteInput } from "../../src/render/index.ts";
import { added, composeRecord, entity } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const files = (input: SiteInput): Map<string, string> =>
  new Map(
    planSite(input, TEMPLATES)
      .filter(({ path }) => path.startsWith("feed"))
      .map(({ path, render }) => [path, new TextDecoder().decode(render())]),
  );
const feedOf = (input: SiteInput): string => files(input).get("feed.atom") ?? "";
const entries = (xml: string): string[] => xml.match(/<entry>[\s\S]*?<\/entry>/gu) ?? [];

/** A live chain of a baseline and some publications, one a day. */
function chain(length: number): StoredRecord[] {
  const records = [composeRecord({ date: "2023-01-01", kind: "baseline" })];
  for (let n = 1; n <= length; n += 1) {
    const date = new Date(Date.UTC(2023, 0, 1 + n)).toISOString().slice(0, 10);
    const previous = records.at(-1) ?? null;
    records.push(composeRecord({ date, previous, changes: [added(entity(1000 + n, `EXAMPLE ${n}`))] }));
  }
  return records;
}

test("has what RFC 4287 asks of a feed and its entries", () => {
  const xml = feedOf(showcase());
  expect(XMLValidator.validate(xml)).toBe(true);
  const feed = load(xml, { xml: true });
  expect(feed("feed > id").text()).toBe("tag:ledger.example,2026:feed");
  expect(feed("feed > author > name").text()).toBe("The ledger's keeper");
  expect(feed("feed > link[rel=self]").attr("href")).toBe("https://ledger.example/ofac/feed.atom");
  expect(feed("feed > link[rel=alternate]").attr("href")).toBe("https://ledger.example/ofac/");
  expect(feed("feed > updated").text()).toBe("2023-06-01T16:00:00Z");
  expect(feed("feed > subtitle").text()).toBe("Composed example documents, not OFAC data");
  for (const element of feed("entry").toArray()) {
    const entry = feed(element);
    for (const one of ["id", "title", "updated", "published", "summary", "content[type=html]"]) {
      expect(entry.children(one), one).toHaveLength(1);
    }
    expect(entry.children("updated").text()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u);
    expect(entry.children('link[rel=alternate][type="text/html"]')).toHaveLength(1);
  }
});

test("holds live publications and corrections, newest first; no baseline, no import", () => {
  const feed = load(feedOf(showcase()), { xml: true });
  expect(
    feed("entry > id")
      .map((_, id) => feed(id).text())
      .get(),
  ).toEqual([
    "tag:ledger.example,2026:sdn-20230601",
    "tag:ledger.example,2026:sdn-20230525",
    "tag:ledger.example,2026:sdn-20230523",
  ]);
  const correction = composeRecord({
    kind: "correction",
    with: { id: "sdn-20230523-c1", supersedes: "sdn-20230523", reason: "misread" },
  });
  const reread = composeRecord({ kind: "reinterpretation", with: { id: "sdn-20230523-r1", segment: "b" } });
  expect(entries(feedOf(siteOf([correction, reread])))).toHaveLength(1);
});

test("an entry is dated by when we first saw it, else by Eastern noon of its date", () => {
  const feed = load(feedOf(showcase()), { xml: true });
  const updated = feed("entry > updated")
    .map((_, el) => feed(el).text())
    .get();
  expect(updated).toEqual([easternNoon("2023-06-01"), easternNoon("2023-05-25"), "2023-05-23T15:04:11Z"]);
});

test("an entry keeps every byte when other publications, notices and heads arrive", () => {
  const input = showcase();
  const before = entries(feedOf(input));
  const last = input.records[3] ?? null;
  const more = composeRecord({ date: "2023-06-02", previous: last, changes: [added(entity(1, "X"))] });
  const after = entries(feedOf({ ...input, context: [], heads: [], records: [...input.records, more] }));
  expect(after).toHaveLength(before.length + 1);
  expect(after.slice(1)).toEqual(before);
});

test("older entries move to archives that never change once they are full", () => {
  const records = chain(160);
  const site = files(siteOf(records));
  const more = files(siteOf(chain(163)));
  const archive = site.get("feed/archive/1.atom") ?? "";
  expect(more.get("feed/archive/1.atom")).toBe(archive);
  expect(entries(archive)).toHaveLength(50);
  expect(site.get("feed.atom")).toContain('rel="prev-archive"');
  const all = ["feed.atom", "feed/archive/2.atom", "feed/archive/1.atom"].flatMap((path) =>
    entries(site.get(path) ?? ""),
  );
  expect(new Set(all.map((entry) => /<id>(.*?)<\/id>/u.exec(entry)?.[1])).size).toBe(160);
  const first = load(archive, { xml: true });
  expect(first("feed > link[rel=current]").attr("href")).toBe("https://ledger.example/ofac/feed.atom");
  expect(first("feed > fh\\:archive")).toHaveLength(1);
  expect(first("feed > link[rel=prev-archive]")).toHaveLength(0);
  expect(first("feed > link[rel=next-archive]")).toHaveLength(1);
});

test("archives part the news at fixed places", () => {
  const placed = inOrder(chain(5)).slice(1);
  for (const length of [0, 1, 2, 3, 4, 5]) {
    const { current, archives } = feedPages(placed.slice(0, length), 2);
    const together = [...current, ...[...archives].reverse().flat()];
    expect(together).toEqual(placed.slice(0, length).reverse());
    expect(archives.every((archive) => archive.length === 2)).toBe(true);
  }
});

test("a very large publication is cut in the feed, and says so", () => {
  const large = composeRecord({
    changes: Array.from({ length: 400 }, (_, n) => added(entity(n + 1, `E${n}`))),
  });
  const [entry] = entries(feedOf(siteOf([large])));
  const content = load(load(entry ?? "", { xml: true })("content").text());
  expect(content("tbody tr")).toHaveLength(150);
  expect(content.text()).toContain("and 250 more on the page");
});
