import { generateKeyPairSync } from "node:crypto";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyApi } from "../../src/app/past/verify-api.ts";
import { closedForm, publishedForm } from "../../src/app/schema/forms.ts";
import { schemas } from "../../src/app/schema/index.ts";
import { createSigner, createVerifier } from "../../src/app/signature.ts";
import type { SyncFile } from "../../src/domain/index.ts";
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
    const few = new Map(
      [...api].filter(([path]) => /^(?:index\.json|records\/[^.]*(?:\.\d+)?\.json)$/.test(path)),
    );
    expect(verify(few)).toMatchObject({ ok: true, proven: 6, replayed: [] });
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
  ];
  it.each(planted)("names %s", (_, plant, code, file) => {
    const copy = new Map(api);
    plant(copy);
    const report = verify(copy);
    expect(report.ok).toBe(false);
    expect(report.problems[0]).toMatchObject({ code, file });
  });

  it("does not verify under another key, nor with the head of another time", () => {
    expect(verify(api, stranger).problems.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "unsigned heads/consolidated/live.json",
      "unsigned heads/sdn/live.json",
    ]);
    const forged = new Map(api);
    edit(forged, "heads/sdn/live.json", "2023-06-05", "2023-06-06");
    expect(verify(forged, key).problems.map(({ code }) => code)).toEqual(["signature"]);
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
