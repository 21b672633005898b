import { generateKeyPairSync } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { isUnproven, verifyApi } from "../../src/app/past/verify-api.ts";
import { closedForm, publishedForm } from "../../src/app/schema/forms.ts";
import { schemas } from "../../src/app/schema/index.ts";
import { createSigner, createVerifier } from "../../src/app/signature.ts";
import {
  type Head,
  type IndexFile,
  type LedgerRecord,
  type SyncFile,
  sha256,
} from "../../src/domain/index.ts";
import { appendDay, composeLedger, PARTIES_BEFORE } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { publishedApi } from "../support/published-site.ts";
import { entity } from "../support/records.ts";

const pair = generateKeyPairSync("ed25519");
const signer = createSigner(pair.privateKey.export({ format: "pem", type: "pkcs8" }).toString());
const key = createVerifier(pair.publicKey.export({ format: "pem", type: "spki" }).toString(), "--key");
const stranger = createVerifier(
  generateKeyPairSync("ed25519").publicKey.export({ format: "pem", type: "spki" }).toString(),
  "--key",
);

type Copy = Map<string, Uint8Array>;
let api: Copy;

beforeAll(() => {
  const files = memoryFiles();
  composeLedger(files, { sign: signer.sign });
  appendDay(files, { date: "2023-06-02", parties: PARTIES_BEFORE }, { sign: signer.sign });
  const wallet = {
    ...entity(9, "COMPOSED HOLDER"),
    wallets: [{ currency: "XBT", address: "composed-address" }],
  };
  appendDay(files, { date: "2023-06-05", parties: [...PARTIES_BEFORE, wallet] }, { sign: signer.sign });
  api = new Map([...publishedApi(files)].map(([path, bytes]) => [path.replace(/^api\/v1\//, ""), bytes]));
});

const verify = (copy: Copy, ...keys: (typeof key)[]) => verifyApi(memoryFiles(copy), () => undefined, keys);

function edit(copy: Copy, path: string, from: string, to: string): void {
  const text = new TextDecoder().decode(copy.get(path));
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  copy.set(path, new TextEncoder().encode(text.replaceAll(from, to)));
}

function put(copy: Copy, path: string, content: string): void {
  copy.set(path, new TextEncoder().encode(content));
}

function json<T>(copy: Copy, path: string): T {
  return JSON.parse(new TextDecoder().decode(copy.get(path)));
}

const newestHash = (copy: Copy): string => json<Head>(copy, "heads/sdn/live.json").hash;
const stateHashOf = (copy: Copy, id: string): string =>
  json<LedgerRecord>(copy, `records/${id}.json`).state.to.hash;

/** An index that fits itself and does not know the other list. */
function leaveOut(copy: Copy): void {
  const index = json<IndexFile>(copy, "index.json");
  const records = index.records.filter(({ list }) => list === "sdn");
  put(copy, "index.json", JSON.stringify({ ...index, total: records.length, records, years: [] }));
}

function sync(copy: Copy): SyncFile {
  return JSON.parse(new TextDecoder().decode(copy.get("sync.json")));
}

describe("a downloaded copy of the API", () => {
  it("verifies: records, chain, states and catch-up files", () => {
    const report = verify(api, key);
    expect(report.problems).toEqual([]);
    expect(report).toMatchObject({ ok: true, records: 6, proven: 6, signed: 8 });
    expect(report.replayed.map(({ segment, records }) => [segment, records])).toEqual([
      ["consolidated/live", 1],
      ["sdn/live", 5],
    ]);
  });

  it("verifies without the files that nobody needs", () => {
    const few = [...api].filter(([path]) => /^(?:index\.json|records\/[^.]*(?:\.\d+)?\.json)$/.test(path));
    const baselines = [...api].filter(([path]) => /^states\/\w+-20230519\.ndjson$/.test(path));
    expect(baselines).toHaveLength(2);
    const report = verify(new Map([...few, ...baselines]));
    expect(report).toMatchObject({ ok: true, proven: 6, problems: [] });
    expect(report.replayed).toHaveLength(2);
  });

  it("is not verified where nothing can be replayed, and says which states are missing", () => {
    const copy = new Map([...api].filter(([path]) => !path.startsWith("states/")));
    const report = verify(copy);
    expect(report).toMatchObject({ ok: false, proven: 6, replayed: [] });
    expect(isUnproven(report)).toBe(true);
    expect(report.problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "not-replayed states/consolidated-20230519.ndjson",
      "not-replayed states/sdn-20230519.ndjson",
    ]);
    expect(report.problems[1]?.message).toMatch(/the 5 records of sdn\/live could not be replayed/);
    edit(copy, "heads/sdn/live.json", "2023-06-05", "2023-06-06");
    expect(isUnproven(verify(copy))).toBe(false);
  });

  it("is every file as its schema says, for an independent validator", () => {
    const forms = new Map(schemas().map(({ name, schema }) => [name, publishedForm(closedForm(schema), [])]));
    const accepts = (name: string) =>
      new Ajv2020({ strict: true, strictRequired: false }).compile(forms.get(name) ?? {});
    const kinds: readonly (readonly [RegExp, string])[] = [
      [/^index\.json$/, "index"],
      [/^index\/.*\.json$/, "index-year"],
      [/^latest\.json$/, "latest"],
      [/^sync\.json$/, "sync"],
      [/^segments\.json$/, "segments"],
      [/^catch-up\/.*\.json$/, "catch-up"],
      [/^heads\/.*\.json$/, "head"],
      [/^records\/[^.]*\.json$/, "record"],
      [/^parties\/.*\.json$/, "party-history"],
      [/\.rescreen\.json$/, "rescreen"],
      [/^wallets\/index\.json$/, "wallets"],
      [/\.wallets\.json$/, "wallet-changes"],
      [/^notices\/.*\.json$/, "context-entry"],
      [/^status\.json$/, "status"],
      [/^schema\//, "any"],
      [/\.sig$/, "signature"],
    ];
    // Nothing that is JSON is without a schema.
    const json = [...api.keys()].filter((path) => path.endsWith(".json") || path.endsWith(".sig"));
    expect(json.filter((path) => !kinds.some(([pattern]) => pattern.test(path)))).toEqual([]);
    for (const [pattern, name] of kinds) {
      if (name === "any") continue;
      const accepted = accepts(name);
      const own = [...api].filter(([path]) => pattern.test(path));
      expect(own.length, name).toBeGreaterThan(0);
      for (const [path, bytes] of own) {
        expect([path, accepted(JSON.parse(new TextDecoder().decode(bytes))), accepted.errors]).toEqual([
          path,
          true,
          null,
        ]);
      }
    }
  });

  it("has a catch-up file to the newest for every recent record, and one a month", () => {
    const live = sync(api).segments.find(({ list }) => list === "sdn");
    expect(live?.since.map(({ from, to }) => [from.id, to.id])).toEqual([
      ["sdn-20230602", "sdn-20230605"],
      ["sdn-20230525", "sdn-20230605"],
      ["sdn-20230523", "sdn-20230605"],
      ["sdn-20230519", "sdn-20230605"],
    ]);
    expect(live?.months.map(({ from, to, url }) => [from.id, to.id, url.split("/").at(-1)])).toEqual([
      ["sdn-20230519", "sdn-20230525", "2023-05.json"],
      ["sdn-20230525", "sdn-20230605", "2023-06.json"],
    ]);
  });

  const LIVE = "heads/sdn/live.json";
  const MALFORMED = [
    ["an empty object", "{}"],
    ["a list", "[]"],
    ["null", "null"],
    ["a number", "7"],
  ] as const;
  const JSON_FILES = [
    "index.json",
    "sync.json",
    "catch-up/since/sdn-20230602.json",
    "catch-up/sdn/live/2023-05.json",
  ] as const;
  const NO_INDEX = '{"formatVersion":"1.0","records":[],"total":0,"years":[]}';
  const NO_SYNC = '{"formatVersion":"1.0","segments":[]}';
  const RECORD = "records/sdn-20230523.json";
  const planted: readonly (readonly [string, (copy: Copy) => void, string, string])[] = [
    ["a record that is missing", (c) => void c.delete(RECORD), "missing", RECORD],
    ["a record with other bytes", (c) => edit(c, RECORD, "DPRK2", "DPRK3"), "hash", RECORD],
    [
      "a state with other parties",
      (c) => edit(c, "states/sdn-20230519.ndjson", "COMPOSED", "COMPOSER"),
      "state",
      "states/sdn-20230519.ndjson",
    ],
    [
      "a newest state with other parties",
      (c) => edit(c, "states/sdn-20230605.ndjson", "COMPOSED", "COMPOSER"),
      "state",
      "states/sdn-20230605.ndjson",
    ],
    [
      "a year of the index with other bytes",
      (c) => edit(c, "index/2023.json", "sdn-20230519", "sdn-20230518"),
      "hash",
      "index/2023.json",
    ],
    [
      "a catch-up file that lies",
      (c) => edit(c, "catch-up/sdn/live/2023-05.json", "RENAMED", "RENAMER"),
      "change-does-not-fit",
      "catch-up/sdn/live/2023-05.json",
    ],
    [
      "an index that names another record than its successor does",
      (c) => edit(c, "index.json", hashOf(c, "sdn-20230523"), `sha256:${"0".repeat(64)}`),
      "contradiction",
      "index.json",
    ],
    ["half a file", (c) => c.set("sync.json", new Uint8Array([123])), "not-json", "sync.json"],
    ...MALFORMED.flatMap(([what, content]) =>
      [...JSON_FILES].map(
        (file) => [`${what} for ${file}`, (c: Copy) => put(c, file, content), "shape", file] as const,
      ),
    ),
    ...[...JSON_FILES].map(
      (file) =>
        [
          `a major version that is not known in ${file}`,
          (c: Copy) => put(c, file, '{"formatVersion":"2.0"}'),
          "unknown-format",
          file,
        ] as const,
    ),
    ["a head that is no JSON", (c) => put(c, LIVE, "garbage"), "not-json", LIVE],
    [
      "a head with another hash",
      (c) => edit(c, LIVE, newestHash(c), `sha256:${"0".repeat(64)}`),
      "head",
      LIVE,
    ],
    ["a head with another id", (c) => edit(c, LIVE, "sdn-20230605", "sdn-20230602"), "head", LIVE],
    ["a head with another count", (c) => edit(c, LIVE, '"records":5', '"records":6'), "head", LIVE],
    [
      "a head with other types",
      (c) => edit(c, LIVE, '"counts":{"entity":7}', '"counts":{"entity":8}'),
      "head",
      LIVE,
    ],
    [
      "a head with other shards",
      (c) => edit(c, LIVE, '"shards":{"0":"sha256:', '"shards":{"0":"sha257:'),
      "head",
      LIVE,
    ],
    ["a head without a version", (c) => edit(c, LIVE, '"formatVersion":"1.0",', ""), "head", LIVE],
    [
      "an index that says another headline",
      (c) => {
        c.delete("index/2023.json");
        edit(c, "index.json", "4 entities", "3 entities");
      },
      "index",
      "index.json",
    ],
    ["an index that leaves a record out", leaveOut, "unlisted", "records/consolidated-20230519.json"],
    [
      "an index of nothing",
      (c) => put(c, "index.json", NO_INDEX),
      "unlisted",
      "records/consolidated-20230519.json",
    ],
    ["a sync.json without segments", (c) => put(c, "sync.json", NO_SYNC), "sync", "sync.json"],
    [
      "a sync.json with another count",
      (c) => edit(c, "sync.json", '"records":5', '"records":4'),
      "sync",
      "sync.json",
    ],
    [
      "a sync.json with another state",
      (c) => edit(c, "sync.json", stateHashOf(c, "sdn-20230523"), `sha256:${"0".repeat(64)}`),
      "sync",
      "sync.json",
    ],
    [
      "a catch-up file of a record that there is not",
      (c) => edit(c, "catch-up/since/sdn-20230602.json", '"id":"sdn-20230602"', '"id":"sdn-20230601"'),
      "catch-up",
      "catch-up/since/sdn-20230602.json",
    ],
    [
      "a catch-up file of a segment that there is not",
      (c) => edit(c, "catch-up/since/sdn-20230602.json", '"segment":"live"', '"segment":"dead"'),
      "catch-up",
      "catch-up/since/sdn-20230602.json",
    ],
  ];
  it.each(planted)("names %s", (_, plant, code, file) => {
    const copy = new Map(api);
    plant(copy);
    const report = verify(copy);
    expect(report.ok).toBe(false);
    expect(report.problems[0]).toMatchObject({ code, file });
  });

  it("takes members of a later minor version", () => {
    const copy = new Map(api);
    for (const path of ["index.json", "sync.json", "heads/sdn/live.json", "catch-up/since/sdn-20230602.json"])
      edit(copy, path, '"formatVersion":"1.0"', '"formatVersion":"1.4","novel":{"members":[1]}');
    expect(verify(copy)).toMatchObject({ ok: true, problems: [] });
  });

  it("ends where records name each other in a circle", () => {
    const copy = new Map(api);
    // Its own hash cannot stand in a record; what an index says can be made to fit all the same.
    edit(copy, RECORD, "sdn-20230519", "sdn-20230523");
    const found = copy.get(RECORD) ?? new Uint8Array();
    edit(copy, "index.json", hashOf(copy, "sdn-20230523"), sha256(found));
    copy.delete("index/2023.json");
    expect(verify(copy).problems.map(({ code }) => code)).toContain("chain");
  });

  it("names a signature that is none", () => {
    for (const content of ["{}", "null", "[]"]) {
      const copy = new Map(api);
      put(copy, `${RECORD}.sig`, content);
      expect(verify(copy, key).problems).toMatchObject([{ code: "shape", file: `${RECORD}.sig` }]);
    }
  });

  it("does not verify under another key, nor with the head of another time", () => {
    expect(verify(api, stranger).problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "unsigned heads/consolidated/live.json",
      "unsigned heads/sdn/live.json",
    ]);
    const forged = new Map(api);
    edit(forged, "heads/sdn/live.json", "2023-06-05", "2023-06-06");
    expect(verify(forged, key).problems.map(({ code }) => code)).toEqual(["head", "signature"]);
    const old = new Map(api);
    edit(old, "sync.json", sync(api).segments[1]?.head.hash ?? "", `sha256:${"0".repeat(64)}`);
    expect(verify(old, key).problems.map(({ code }) => code)).toContain("head");
  });

  it("is no copy without an index", () => {
    expect(() => verify(new Map([["x.json", new Uint8Array([123, 125])]]))).toThrow(/found no index\.json/);
  });
});

function hashOf(copy: Copy, id: string): string {
  const index: { records: { id: string; hash: string }[] } = JSON.parse(
    new TextDecoder().decode(copy.get("index.json")),
  );
  return index.records.find((record) => record.id === id)?.hash ?? "";
}
