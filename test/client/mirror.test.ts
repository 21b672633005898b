import { beforeAll, describe, expect, it } from "vitest";
import { createMirror, type Fetch, type MirrorStore, memoryStore } from "../../src/client/index.ts";
import { canonicalJson, type IndexFile } from "../../src/domain/index.ts";
import { appendDay, COMPOSED_HISTORY, type ComposedDay } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { fetchFrom, publishedApi } from "../support/published-site.ts";
import { entity } from "../support/records.ts";
import { SITE } from "../support/site.ts";

const LAST = COMPOSED_HISTORY.at(-1)?.parties ?? [];
const DAYS: readonly ComposedDay[] = [
  ...COMPOSED_HISTORY,
  { date: "2023-06-01", parties: [...LAST, entity(90_001, "COMPOSED NEWCOMER")] },
  { date: "2024-01-02", parties: LAST },
];

/** The site as it stood after each day. */
const sites: Map<string, Uint8Array>[] = [];
beforeAll(() => {
  const files = memoryFiles();
  for (const day of DAYS) {
    appendDay(files, day);
    sites.push(publishedApi(files));
  }
});

const siteOn = (day: number) => () => sites[day] ?? new Map<string, Uint8Array>();

function mirror(day: number, store: MirrorStore, more: { fetch?: Fetch } = {}) {
  return createMirror({ baseUrl: SITE.baseUrl, store, list: "sdn", fetch: fetchFrom(siteOn(day)), ...more });
}

async function uids(day: number, store: MirrorStore): Promise<number[]> {
  return [...(await mirror(day, store).parties()).keys()];
}

const expected = (day: number) => (DAYS[day]?.parties ?? []).map(({ uid }) => uid).sort((a, b) => a - b);

describe("a mirror", () => {
  it("begins with the newest state, follows record by record or by a catch-up file, and rests when there is nothing", async () => {
    const store = memoryStore();
    const steps: [number, string][] = [
      [0, "state"],
      [1, "records"],
      [1, "nothing"],
      [4, "catch-up"],
    ];
    for (const [day, by] of steps) {
      expect((await mirror(day, store).sync()).by).toBe(by);
      expect(await uids(day, store)).toEqual(expected(day));
      expect(await mirror(day, store).verify()).toMatchObject({ ok: true });
    }
  });

  it("follows record by record where no catch-up file was kept", async () => {
    const store = memoryStore();
    await mirror(0, store).sync();
    const without = new Map([...siteOn(4)()].filter(([path]) => !path.includes("/catch-up/")));
    const sync = JSON.parse(new TextDecoder().decode(without.get("api/v1/sync.json")));
    sync.segments[0].since = [];
    without.set("api/v1/sync.json", new TextEncoder().encode(canonicalJson(sync)));
    const found = await mirror(4, store, { fetch: fetchFrom(() => without) }).sync();
    expect(found).toMatchObject({ by: "records", from: { id: "sdn-20230519" }, to: { id: "sdn-20240102" } });
    expect(await uids(4, store)).toEqual(expected(4));
  });

  it("finds its way through the years when the index names only the newest records", async () => {
    const paged = new Map(siteOn(4)());
    const index: IndexFile = JSON.parse(new TextDecoder().decode(paged.get("api/v1/index.json")));
    const short = { ...index, records: index.records.slice(0, 1) };
    paged.set("api/v1/index.json", new TextEncoder().encode(canonicalJson(short)));
    const ids: string[] = [];
    for await (const { id } of mirror(4, memoryStore(), { fetch: fetchFrom(() => paged) }).changes(
      "baseline",
    ))
      ids.push(id);
    expect(ids).toEqual(["sdn-20230519", "sdn-20230523", "sdn-20230525", "sdn-20230601", "sdn-20240102"]);
  });

  it("is whole after a failure at any read or write, and comes up to date when called again", async () => {
    for (const kind of ["fetch", "store"] as const) {
      for (let failing = 0; ; failing += 1) {
        const store = memoryStore();
        await mirror(0, store).sync();
        const flaky = failAt(failing, store, fetchFrom(siteOn(3)), kind);
        const worked = await mirror(3, flaky.store, { fetch: flaky.fetch })
          .sync()
          .then(
            () => true,
            () => false,
          );
        // Whatever failed: what is there is the old copy or the new one, never a mixture.
        expect([expected(0), expected(3)]).toContainEqual(await uids(3, store));
        expect((await mirror(3, store).verify()).ok).toBe(true);
        await mirror(3, store).sync();
        expect(await uids(3, store)).toEqual(expected(3));
        if (worked) {
          expect(failing).toBeGreaterThan(kind === "fetch" ? 2 : 2);
          break;
        }
      }
    }
  });
});

describe("changes", () => {
  it("come oldest first, each once, and go on where they were left", async () => {
    const store = memoryStore();
    const ids: string[] = [];
    for await (const { id } of mirror(2, store).changes("baseline")) ids.push(id);
    expect(ids).toEqual(["sdn-20230519", "sdn-20230523", "sdn-20230525"]);
    for await (const { id } of mirror(2, store).changes()) ids.push(id);
    for await (const { id } of mirror(4, store).changes()) ids.push(id);
    expect(ids.slice(3)).toEqual(["sdn-20230601", "sdn-20240102"]);
  });

  it("come again when the reader stopped in the middle of one", async () => {
    const store = memoryStore();
    for await (const { id } of mirror(4, store).changes("sdn-20230519")) if (id === "sdn-20230525") break;
    const ids: string[] = [];
    for await (const { id } of mirror(4, store).changes()) ids.push(id);
    expect(ids).toEqual(["sdn-20230525", "sdn-20230601", "sdn-20240102"]);
  });

  it("begin with what is yet to come unless told otherwise", async () => {
    const store = memoryStore();
    for await (const _ of mirror(1, store).changes()) throw new Error("nothing is new");
    const ids: string[] = [];
    for await (const { id } of mirror(2, store).changes()) ids.push(id);
    expect(ids).toEqual(["sdn-20230525"]);
    await expect(mirror(1, memoryStore()).changes("sdn-19990101").next()).rejects.toMatchObject({
      code: "not-found",
    });
  });
});

describe("what is wrong is said, and the copy stays as it was:", () => {
  const planted: readonly (readonly [string, (site: Map<string, Uint8Array>) => void, string])[] = [
    [
      "a record with other bytes",
      (s) => edit(s, "api/v1/records/sdn-20230525.json", "RENAMED", "RENAMER"),
      "wrong-hash",
    ],
    ["a record that is not there", (s) => void s.delete("api/v1/records/sdn-20230525.json"), "not-found"],
    [
      "a newer major version",
      (s) => edit(s, "api/v1/sync.json", '"formatVersion":"1.0"', '"formatVersion":"2.0"'),
      "unknown-version",
    ],
    [
      "half a file",
      (s) => s.set("api/v1/sync.json", (s.get("api/v1/sync.json") ?? new Uint8Array()).slice(0, 99)),
      "not-json",
    ],
    [
      "a segment that is not there",
      (s) => edit(s, "api/v1/sync.json", '"segment":"live"', '"segment":"old"'),
      "no-such-segment",
    ],
    [
      "a history without the record it is at",
      (s) => edit(s, "api/v1/index.json", "sdn-20230523", "sdn-20230524"),
      "diverged",
    ],
  ];
  it.each(planted)("%s", async (_, plant, code) => {
    const store = memoryStore();
    await mirror(1, store).sync();
    const site = new Map(siteOn(2)());
    plant(site);
    await expect(mirror(2, store, { fetch: fetchFrom(() => site) }).sync()).rejects.toMatchObject({ code });
    expect(await uids(1, store)).toEqual(expected(1));
  });

  it("a history that was written anew", async () => {
    const store = memoryStore();
    await mirror(1, store).sync();
    const files = memoryFiles();
    for (const day of DAYS.slice(0, 3)) appendDay(files, day, {}, { reason: "another history" });
    const other = publishedApi(files);
    await expect(mirror(2, store, { fetch: fetchFrom(() => other) }).sync()).rejects.toMatchObject({
      code: "diverged",
    });
    expect((await mirror(2, store, { fetch: fetchFrom(() => other) }).verify()).ok).toBe(false);
  });

  it("a copy that was touched", async () => {
    const store = memoryStore();
    const { to } = await mirror(1, store).sync();
    const name = `sdn/live/state-${to.id}.ndjson`;
    await store.write(name, (await store.read(name))?.replace("DPRK2", "DPRK3") ?? "");
    expect(await mirror(1, store).verify()).toMatchObject({ ok: false });
    await expect(mirror(2, store).sync()).rejects.toMatchObject({ code: "wrong-state" });
  });
});

function edit(site: Map<string, Uint8Array>, path: string, from: string, to: string): void {
  const text = new TextDecoder().decode(site.get(path));
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  site.set(path, new TextEncoder().encode(text.replaceAll(from, to)));
}

/** The n-th fetch, or the n-th effect on the store, fails. */
function failAt(n: number, store: MirrorStore, fetch: Fetch, kind: "fetch" | "store") {
  let count = 0;
  const maybe = (mine: "fetch" | "store") => {
    if (mine !== kind) return;
    count += 1;
    if (count > n) throw new Error(`planted failure of ${kind} ${n}`);
  };
  return {
    fetch: (async (url, init) => {
      maybe("fetch");
      return fetch(url, init);
    }) satisfies Fetch,
    store: {
      read: (name) => store.read(name),
      write: async (name, text) => {
        maybe("store");
        await store.write(name, text);
      },
      remove: async (name) => {
        maybe("store");
        await store.remove(name);
      },
    } satisfies MirrorStore,
  };
}
