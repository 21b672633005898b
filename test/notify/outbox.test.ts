import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DueItem,
  type Filters,
  keyRing,
  type Publication,
  type SendInput,
  type SkipReason,
  type Subscription,
  send,
} from "../../src/notify/index.ts";
import { digestKey } from "../../src/notify/key.ts";
import {
  added,
  OLDER_SECRET,
  party,
  publication,
  render,
  retitled,
  SECRET,
  subscription,
} from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const ada = subscription("ada");
const MAY_23 = publication();
const MAY_24 = publication({
  date: "2023-05-24",
  changes: [added(party(2, { programs: [{ code: "CUBA" }] }))],
});

/** Sends without a server and tells what was due. */
async function run(
  publications: readonly Publication[],
  subscriptions: readonly Subscription[],
  now: string,
  store = new MemoryStore(),
  more: Partial<SendInput> = {},
) {
  const due: DueItem[] = [];
  const report = await send({
    publications,
    subscriptions,
    keys,
    now,
    lookedAt: now,
    render: (item, links) => {
      due.push(item);
      return render(item, links);
    },
    channels: {
      mail: {
        links: () => ({ unsubscribe: [] }),
        prepare: async ({ key }) => ({
          reference: key,
          handOver: async () => ({ outcome: "sent", code: "" }),
        }),
        close: async () => {},
      },
    },
    store,
    sleep: async () => {},
    concurrency: 1,
    explain: true,
    ...more,
  });
  return { due, report, digests: due.map(({ publications: of }) => of.map(({ record }) => record.id)) };
}

const reasons = (report: { skipped: readonly { reason: SkipReason }[] }) =>
  report.skipped.map(({ reason }) => reason);

describe("what is news", () => {
  const old: readonly (readonly [string, Publication])[] = [
    ["a baseline", publication({ kind: "baseline", changes: [] })],
    ["a reinterpretation", publication({ kind: "reinterpretation" })],
    ["an imported publication", publication({ origin: "import" })],
  ];
  it.each(old)("is not %s", async (_name, one) => {
    const { due, report } = await run([one], [ada], "2023-06-01T00:00:00Z");
    expect([due, report.skipped]).toEqual([[], []]);
  });

  it("is nothing older than the subscription", async () => {
    const late = subscription("late", { since: "2023-05-24" });
    const { digests, report } = await run([MAY_23, MAY_24], [late], "2023-06-01T00:00:00Z");
    expect(digests).toEqual([["sdn-20230524"]]);
    expect(reasons(report)).toEqual(["older-than-since"]);
  });

  it("is not a publication without a change", async () => {
    const { digests, report } = await run([publication({ changes: [] })], [ada], "2023-06-01T00:00:00Z");
    expect([digests, reasons(report)]).toEqual([[], ["no-change"]]);
  });

  it.each([
    ["critical", "mailed"],
    ["major", "mailed"],
    ["minor", "left to feeds and pages"],
    ["cosmetic", "left to feeds and pages"],
    ["none", "left to feeds and pages"],
  ] as const)("is a correction of %s materiality: %s", async (effect, fate) => {
    const correction = publication({ kind: "correction", supersedes: "sdn-20230523", effect });
    const { digests, report } = await run([MAY_23, correction], [ada], "2023-06-01T00:00:00Z");
    const told = fate === "mailed";
    expect(digests).toEqual([["sdn-20230523"], ...(told ? [["sdn-20230523-c1"]] : [])]);
    expect(reasons(report)).toEqual(told ? [] : ["minor-correction"]);
  });

  it("is a correction whatever materiality the subscription asks for, when it is mailed at all", async () => {
    const choosy = subscription("choosy", { filters: { minimumMateriality: "critical" } });
    const correction = publication({ kind: "correction", supersedes: "sdn-20230523", effect: "major" });
    const { digests } = await run([correction], [choosy], "2023-06-01T00:00:00Z");
    expect(digests).toEqual([["sdn-20230523-c1"]]);
  });

  it("reaches nobody whose filters match nothing", async () => {
    const cuba = subscription("cuba", { filters: { programs: ["CUBA"] } });
    const { digests, report } = await run([MAY_23], [cuba], "2023-06-01T00:00:00Z");
    expect([digests, reasons(report)]).toEqual([[], ["filtered-out"]]);
  });
});

describe("an immediate digest", () => {
  it("is one release: both lists together, another release apart", async () => {
    const both = publication({ list: "consolidated", changes: [added(party(1))] });
    const { digests } = await run([both, MAY_23, MAY_24], [ada], "2023-06-01T00:00:00Z");
    expect(digests).toEqual([["sdn-20230523", "consolidated-20230523"], ["sdn-20230524"]]);
  });

  it("tells only the rest when the other list of a release comes later", async () => {
    const store = new MemoryStore();
    await run([MAY_23], [ada], "2023-05-23T19:00:00Z", store);
    const both = publication({ list: "consolidated", changes: [added(party(1))] });
    const { digests } = await run([MAY_23, both], [ada], "2023-05-23T20:00:00Z", store);
    expect(digests).toEqual([["consolidated-20230523"]]);
  });

  it("waits for the end of a quiet period", async () => {
    const quiet = subscription("quiet", { quiet: { from: 20, to: 7, timeZone: "Europe/Paris" } });
    const store = new MemoryStore();
    const night = await run([MAY_23], [quiet], "2023-05-23T18:45:00Z", store);
    expect([night.digests, reasons(night.report)]).toEqual([[], ["quiet-period"]]);
    const morning = await run([MAY_23], [quiet], "2023-05-24T05:00:00Z", store);
    expect(morning.digests).toEqual([["sdn-20230523"]]);
  });
});

describe("a daily digest", () => {
  const daily = subscription("daily", {
    cadence: { kind: "daily", hour: 7, timeZone: "America/New_York" },
    confirmUnchanged: true,
  });

  it("holds what was seen before its hour, once, and the rest waits", async () => {
    const store = new MemoryStore();
    const early = await run([MAY_23, MAY_24], [daily], "2023-05-24T10:59:00Z", store);
    expect(reasons(early.report)).toEqual(["waits-for-slot", "waits-for-slot"]);
    const first = await run([MAY_23, MAY_24], [daily], "2023-05-24T11:00:00Z", store);
    expect(first.digests).toEqual([["sdn-20230523"]]);
    expect(first.report.skipped).toMatchObject([{ reason: "waits-for-slot", until: "2023-05-25T11:00:00Z" }]);
    const late = await run([MAY_23, MAY_24], [daily], "2023-05-27T03:00:00Z", store);
    expect(late.digests).toEqual([["sdn-20230524"]]);
    expect(late.due[0]?.date).toBe("2023-05-25T11:00:00Z");
  });

  it("says once that nothing changed, after somebody looked", async () => {
    const store = new MemoryStore();
    const notLooked = await run([], [daily], "2023-05-24T12:00:00Z", store, {
      lookedAt: "2023-05-24T10:00:00Z",
    });
    expect([notLooked.due, reasons(notLooked.report)]).toEqual([[], ["not-looked-since-slot"]]);
    const looked = await run([], [daily], "2023-05-24T12:00:00Z", store);
    expect(looked.due).toMatchObject([{ kind: "unchanged", publications: [], date: "2023-05-24T11:00:00Z" }]);
    expect((await run([], [daily], "2023-05-24T13:00:00Z", store)).due).toEqual([]);
    expect((await run([], [daily], "2023-05-25T13:00:00Z", store)).due).toHaveLength(1);
  });

  it("does not say so on a day of which it told something", async () => {
    const store = new MemoryStore();
    expect((await run([MAY_23], [daily], "2023-05-24T12:00:00Z", store)).digests).toHaveLength(1);
    expect((await run([MAY_23], [daily], "2023-05-24T13:00:00Z", store)).due).toEqual([]);
  });
});

describe("a delivery key", () => {
  it("can be replaced without sending anything twice", async () => {
    const store = new MemoryStore();
    const daily = subscription("daily", { cadence: { kind: "daily", hour: 7, timeZone: "UTC" } });
    const old = { keys: keyRing([OLDER_SECRET]) };
    expect((await run([MAY_23], [ada, daily], "2023-06-01T08:00:00Z", store, old)).digests).toHaveLength(2);
    const rotated = { keys: keyRing([SECRET, OLDER_SECRET]) };
    const { digests } = await run([MAY_23, MAY_24], [ada, daily], "2023-06-01T09:00:00Z", store, rotated);
    expect(digests).toEqual([["sdn-20230524"], ["sdn-20230524"]]);
    expect(new Set(store.intents.map(({ keyId }) => keyId)).size).toBe(2);
  });

  it("makes one hash of the same records in any order, and another for any other reader or secret", () => {
    const [one] = keys;
    const [other] = keyRing([OLDER_SECRET]);
    const hash = digestKey(one, "ada", [MAY_23.hash, MAY_24.hash]);
    expect(digestKey(one, "ada", [MAY_24.hash, MAY_23.hash])).toBe(hash);
    expect(digestKey(one, "ben", [MAY_23.hash, MAY_24.hash])).not.toBe(hash);
    expect(digestKey(other, "ada", [MAY_23.hash, MAY_24.hash])).not.toBe(hash);
    expect(hash).toMatch(/^[\w-]{22}$/);
  });

  it("must not be forgotten", async () => {
    const store = new MemoryStore();
    await run([MAY_23], [ada], "2023-06-01T08:00:00Z", store, { keys: keyRing([OLDER_SECRET]) });
    await expect(run([MAY_23], [ada], "2023-06-01T09:00:00Z", store)).rejects.toThrow(
      /recorded under key [0-9a-f]{16}/,
    );
  });

  it.each([[[]], [["short"]], [[SECRET, SECRET]]])("is refused: %j", (secrets) => {
    expect(() => keyRing(secrets)).toThrow(/secret/);
  });

  it("shows neither id nor address in the ledger", async () => {
    const store = new MemoryStore();
    await run([MAY_23, MAY_24], [ada], "2023-06-01T08:00:00Z", store);
    expect(JSON.stringify([store.intents, store.results])).not.toMatch(/ada|readers|2023052/);
  });
});

describe("a dry run", () => {
  it("tells who would get what and why not, and changes nothing", async () => {
    const store = new MemoryStore();
    const cuba = subscription("cuba", { filters: { programs: ["CUBA"] } });
    const { due, report } = await run([MAY_23, MAY_24], [ada, cuba], "2023-06-01T08:00:00Z", store, {
      dryRun: true,
    });
    expect(due).toEqual([]);
    expect(report.wouldSend.map(({ subscription: { id } }) => id)).toEqual(["ada", "ada", "cuba"]);
    expect(report.skipped).toEqual([
      { subscription: "cuba", publication: "sdn-20230523", reason: "filtered-out" },
    ]);
    expect([store.intents, store.results]).toEqual([[], []]);
  });
});

describe("a delivery ledger that does not add up", () => {
  it("is refused", async () => {
    const store = new MemoryStore();
    await run([MAY_23], [ada], "2023-06-01T08:00:00Z", store);
    const [result] = store.results;
    if (result === undefined) throw new Error("expected results");
    store.results[0] = { ...result, sent: 2 };
    await expect(run([MAY_23], [ada], "2023-06-01T09:00:00Z", store)).rejects.toThrow(
      /results of its 1 intents, found 2/,
    );
    store.results.splice(0, 1, result, result);
    await expect(run([MAY_23], [ada], "2023-06-01T09:00:00Z", store)).rejects.toThrow(/found one twice/);
  });
});

describe("over any days, filters and interruptions", () => {
  const codes = ["SDGT", "CUBA", "DPRK2"];
  const filters: fc.Arbitrary<Filters> = fc
    .subarray(codes)
    .map((programs) => (programs.length === 0 ? {} : { programs }));
  const cadence = fc.constantFrom(
    { kind: "immediate" as const },
    { kind: "daily" as const, hour: 7, timeZone: "America/New_York" },
    { kind: "weekly" as const, weekday: "monday" as const, hour: 9, timeZone: "Asia/Tokyo" },
  );
  const day = fc.array(
    fc.record({
      list: fc.constantFrom("sdn" as const, "consolidated" as const),
      of: fc.uniqueArray(
        fc.record({
          uid: fc.integer({ min: 1, max: 9 }),
          code: fc.constantFrom(...codes),
          edit: fc.boolean(),
        }),
        { selector: ({ uid }) => uid, minLength: 1, maxLength: 4 },
      ),
    }),
    { maxLength: 2 },
  );

  it("every matching party of every publication is told to each reader exactly once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(day, { minLength: 1, maxLength: 6 }),
        fc.array(fc.tuple(filters, cadence), { minLength: 1, maxLength: 4 }),
        async (days, wishes) => {
          const readers = wishes.map(([of, when], at) =>
            subscription(`r${at}`, { filters: of, cadence: when }),
          );
          const store = new MemoryStore();
          const told: string[] = [];
          const published: Publication[] = [];
          for (const [at, releases] of days.entries()) {
            const date = `2023-05-${String(at + 10)}`;
            for (const [n, { list, of }] of releases.entries()) {
              const parties = new Map(of.map(({ uid, code }) => [uid, party(uid, { programs: [{ code }] })]));
              const changes = of.map(({ uid, edit }) => {
                const one = parties.get(uid) ?? party(uid);
                return edit ? retitled(one) : added(one);
              });
              published.push(publication({ date, list, sequence: n + 1, changes, parties }));
            }
            told.push(...(await tell(published, readers, `${date}T20:00:00Z`, store)));
          }
          told.push(...(await tell(published, readers, "2023-07-01T00:00:00Z", store)));
          const expected = readers.flatMap(({ id, filters: { programs } }) =>
            published.flatMap(({ record, party: lookup }) =>
              record.changes
                .filter(({ uid }) => programs?.includes(lookup?.(uid)?.programs?.[0]?.code ?? "") ?? true)
                .map(({ uid }) => `${id} ${record.id} ${uid}`),
            ),
          );
          expect(told.sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  async function tell(
    published: readonly Publication[],
    readers: readonly Subscription[],
    now: string,
    store: MemoryStore,
  ) {
    const { due } = await run(published, readers, now, store);
    return due.flatMap(({ subscription: { id }, publications: of }) =>
      of.flatMap(({ record, match }) => match.uids.map((uid) => `${id} ${record.id} ${uid}`)),
    );
  }
});
