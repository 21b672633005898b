import { load } from "cheerio";
import fc from "fast-check";
import { expect, test } from "vitest";
import { partyLine, partyMap } from "../../src/domain/index.ts";
import { renderSite, type SiteInput } from "../../src/render/index.ts";
import { programsOf } from "../../src/render/programs.ts";
import { slug } from "../../src/render/slug.ts";
import { added, composeRecord, entity, modified, removed } from "../support/records.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const files = (input: SiteInput): Map<string, string> =>
  new Map(renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));

const record = composeRecord({
  changes: [
    added(entity(1, "A", ["SDGT", "IFSR"])),
    removed(entity(2, "B", ["SDGT"])),
    modified(entity(3, "C"), [
      { area: "program", action: "remove", key: "program:~1", before: { code: "CAATSA - RUSSIA" } },
      { area: "program", action: "add", key: "program:~2", after: { code: "SSIDES" } },
      {
        area: "program",
        action: "change",
        key: "program:7",
        before: { uid: 7, code: "X" },
        after: { uid: 8, code: "X" },
      },
    ]),
  ],
});

test("a program is touched by who comes, who goes, who gains it and who loses it", () => {
  expect(Object.fromEntries(programsOf(record.record))).toEqual({
    "CAATSA - RUSSIA": { added: [], removed: [], gained: [], lost: [3] },
    IFSR: { added: [1], removed: [], gained: [], lost: [] },
    SDGT: { added: [1], removed: [2], gained: [], lost: [] },
    SSIDES: { added: [], removed: [], gained: [3], lost: [] },
  });
});

test("a program's page names its parties, says what it is where that is known, and has a feed when there is news", () => {
  const programs = [
    { tag: "SDGT", title: "Counter Terrorism", authority: "EO 13224", page: "https://ofac.treasury.gov/x" },
  ];
  const site = files(siteOf([record], { programs }));
  const page = load(site.get("programs/sdgt/index.html") ?? "");
  expect(page("h1").text()).toBe("SDGT");
  expect(page(".meaning").text()).toBe("Counter Terrorism");
  expect(page('.names a[href="../../parties/1/"]').text()).toBe("A");
  expect(page("link[rel=alternate][href='../../programs/sdgt/feed.atom']")).toHaveLength(1);
  expect(site.get("programs/sdgt/feed.atom")).toContain("sdn-20230523");
  expect(load(site.get("programs/index.html") ?? "")("tbody tr")).toHaveLength(4);
  const imported = composeRecord({
    changes: record.record.changes,
    with: { origin: "import", segment: "old" },
  });
  const old = files(siteOf([imported]));
  expect(old.has("programs/sdgt/index.html")).toBe(true);
  expect(old.has("programs/sdgt/feed.atom")).toBe(false);
});

test("every program that a page of a party links has a page, an entry in the sitemap and in the search", () => {
  const listed = { ...entity(3, "C", ["HK-EO13936", "SSIDES"]) };
  const parties = partyMap([listed, entity(4, "D", ["QUIET"])].map(partyLine));
  const states = [{ list: "sdn" as const, segment: "live", origin: "live" as const, parties }];
  const site = files(siteOf([record], { states }));
  const page = load(site.get("parties/3/index.html") ?? "");
  const linked = page(".source a[href*='programs/']")
    .toArray()
    .map((a) => page(a).attr("href") ?? "");
  expect(linked).toEqual(["../../programs/hk-eo13936/", "../../programs/ssides/"]);
  for (const href of linked) expect(site.has(`${href.slice("../../".length)}index.html`), href).toBe(true);
  expect(site.get("sitemap.xml")).toContain("/programs/quiet/");
  expect(load(site.get("programs/quiet/index.html") ?? "")("#history").text()).toContain(
    "no recorded change",
  );
  expect(site.has("programs/quiet/feed.atom")).toBe(false);
});

test("two names never share an address, whatever their case and signs", () => {
  expect(slug("DPRK2")).toBe("dprk2");
  expect(slug("entity")).toBe("entity");
  expect(slug("BPI-SUDAN-14098")).toBe("bpi-sudan-14098");
  expect(slug("BPI-Sudan-14098")).toMatch(/^bpi-sudan-14098-[0-9a-f]{8}$/u);
  expect(slug("CAATSA - RUSSIA")).toMatch(/^caatsa-russia-[0-9a-f]{8}$/u);
  for (const odd of ["", "..", "../x", "CON", "ع", "a/b", "A\u0000"])
    expect(slug(odd)).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      if (a !== b && a.toUpperCase() !== b && b.toUpperCase() !== a) expect(slug(a)).not.toBe(slug(b));
    }),
  );
});
