import fc from "fast-check";
import MiniSearch, { type AsPlainObject } from "minisearch";
import { expect, test } from "vitest";
import { type Party, partyLine, partyMap } from "../../src/domain/index.ts";
import { queryOf } from "../../src/render/client/parts/query.ts";
import { foldedWords } from "../../src/render/fold.ts";
import { renderSite } from "../../src/render/index.ts";
import {
  SEARCH_OPTIONS,
  type SearchDocument,
  SHARDS,
  shardOf,
  shardPath,
} from "../../src/render/search-shape.ts";
import { added, composeRecord, entity, modified, removed } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

function searchOf(input: Parameters<typeof renderSite>[0]): (query: string) => string[] {
  const files = new Map(
    renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, () => new TextDecoder().decode(bytes)]),
  );
  return (query) => {
    const [word = ""] = foldedWords(query);
    const shard = JSON.parse(files.get(shardPath(shardOf(word)))?.() ?? "null") as AsPlainObject;
    return MiniSearch.loadJS<SearchDocument>(shard, SEARCH_OPTIONS)
      .search(word, { prefix: true })
      .map(({ id }) => String(id));
  };
}

test("a party is found by name, alias, former name, script, uid, document, wallet and program", () => {
  const party: Party = {
    ...entity(70001, "ÉXAMPLE Holding", ["ZZPROG"]),
    aliases: [
      {
        type: "a.k.a.",
        quality: "strong",
        full: "Beispielwerk",
        scripts: [{ script: "Cyrillic", full: "Примерная" }],
      },
    ],
    documents: [{ type: "Passport", number: "AB-123 456" }],
    wallets: [{ currency: "XBT", address: "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h" }],
  };
  const first = composeRecord({ changes: [added(party), added(entity(70003, "LEAVING"))] });
  const second = composeRecord({
    date: "2023-06-01",
    previous: first,
    changes: [
      removed(entity(70003, "LEAVING")),
      modified(party, [
        { area: "name", action: "change", key: "name", before: { full: "FORMERLY" }, after: party.name },
        { area: "document", action: "remove", key: "d", before: { type: "Passport", number: "OLD999" } },
      ]),
    ],
  });
  const untouched = partyLine(entity(70002, "UNTOUCHED COMPANY"));
  const search = searchOf(
    siteOf([first, second], {
      states: [{ list: "sdn", segment: "live", origin: "live", parties: new Map([[70002, untouched]]) }],
    }),
  );
  for (const query of [
    "example",
    "Beispielwerk",
    "примерн",
    "70001",
    "AB123456",
    "123",
    "old999",
    "12qtd5bfwrs",
    "formerly",
  ]) {
    expect(search(query), query).toContain("u70001");
  }
  expect(search("untouched")).toEqual(["u70002"]);
  expect(search("leaving")).toEqual(["u70003"]);
  expect(search("zzprog")).toEqual(expect.arrayContaining(["gZZPROG", "u70001"]));
  expect(search("20230601")).toEqual(["rsdn-20230601"]);
});

test("every word of a name is found again, whatever it is", () => {
  const names = fc.sample(fc.string({ unit: "grapheme", minLength: 3, maxLength: 30 }), {
    numRuns: 150,
    seed: 7,
  });
  const search = searchOf(
    siteOf([composeRecord({ changes: names.map((name, n) => added(entity(n + 1, name))) })]),
  );
  for (const [n, name] of names.entries()) {
    for (const word of foldedWords(name)) expect(search(word), `${name}: ${word}`).toContain(`u${n + 1}`);
  }
});

test("words with the same first three characters are in one shard, and all shards are used", () => {
  expect(shardOf("chinyong")).toBe(shardOf("chi"));
  const used = new Set<number>();
  for (const a of "abcdefghijklmnopqrstuvwxyz")
    for (const b of "aeioubcdl") for (const c of "abcdefghijkl") used.add(shardOf(a + b + c));
  expect(used.size).toBeGreaterThan(0.98 * SHARDS);
  for (const shard of used) expect(shard >= 0 && shard < SHARDS).toBe(true);
});

test("a word of very many documents is left out and named", () => {
  const changes = Array.from({ length: 1300 }, (_, n) => added(entity(n + 1, `COMMONWORD NUMBER${n}`)));
  const site = renderSite(siteOf([composeRecord({ changes })]), TEMPLATES);
  const common = site.find(({ path }) => path === "search/index/common.json");
  expect(JSON.parse(new TextDecoder().decode(common?.bytes)).words).toEqual(["commonword"]);
  const shard = site.find(({ path }) => path === shardPath(shardOf("commonword")));
  expect(new TextDecoder().decode(shard?.bytes)).not.toContain('"commonword"');
}, 60_000);

test("a program of very many parties is found by its tag, and nothing else by that word", () => {
  const parties = Array.from({ length: 1300 }, (_, n) => entity(n + 1, `NUMBER${n}`, ["SDGT"]));
  const states = [
    {
      list: "sdn" as const,
      segment: "live",
      origin: "live" as const,
      parties: partyMap(parties.map(partyLine)),
    },
  ];
  const search = searchOf(siteOf([], { states }));
  expect(search("sdgt")).toEqual(["gSDGT"]);
}, 60_000);

test("a day or a month is one word of the index, however it is written; other texts are their words", () => {
  for (const text of ["2024-02-23", " 23 Feb 2024", "23 February 2024", "Feb 23, 2024", "23. feb. 2024"]) {
    expect(queryOf(text), text).toEqual({ words: ["20240223"], isDate: true });
  }
  for (const text of ["2024-02", "2024-2", "Feb 2024", "February 2024"]) {
    expect(queryOf(text), text).toEqual({ words: ["202402"], isDate: true });
  }
  for (const text of ["OFFICE 91", "2024-13-01", "2024-02-99", "Kim 2024", "20240223", "NII-2"]) {
    expect(queryOf(text), text).toEqual({ words: foldedWords(text), isDate: false });
  }
});

test("the newest names lie ready for watch terms, without what may not be shown", () => {
  const watch = renderSite(showcase(), TEMPLATES).find(({ path }) => path === "watch.json");
  const { publications } = JSON.parse(new TextDecoder().decode(watch?.bytes));
  expect(publications.map(({ id }: { id: string }) => id)).toEqual([
    "sdn-20230601",
    "sdn-20230525",
    "sdn-20230523",
    "sdn-20220429",
  ]);
  expect(JSON.stringify(publications)).toContain("EXSHIP");
});
