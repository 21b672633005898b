import { describe, expect, it } from "vitest";
import {
  type Channel,
  type DeliveryStore,
  keyRing,
  type Publication,
  type SendReport,
  type Subscription,
  send,
} from "../../src/notify/index.ts";
import { added, party, publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const publications = [publication(), publication({ date: "2023-05-24", changes: [added(party(2))] })];
const readers = ["ada", "ben", "cleo"].map((id) => subscription(id));

/** A process that dies before or after its n-th effect; after that nothing it does has any. */
class World {
  readonly arrived: string[] = [];
  readonly store: MemoryStore;
  #effects = 0;
  #dead = false;
  readonly #dieAt: number;
  readonly #dieAfter: boolean;

  constructor(store: MemoryStore, dieAt: number, dieAfter: boolean) {
    this.store = store;
    this.#dieAt = dieAt;
    this.#dieAfter = dieAfter;
  }

  get effects(): number {
    return this.#effects;
  }

  async effect<T>(work: () => Promise<T>): Promise<T> {
    if (this.#dead) throw new Error("no process");
    this.#effects += 1;
    const here = this.#effects === this.#dieAt;
    if (here && !this.#dieAfter) return this.#die();
    const result = await work();
    if (here) return this.#die();
    return result;
  }

  #die(): never {
    this.#dead = true;
    throw new Error("killed");
  }

  get mortalStore(): DeliveryStore {
    const { store } = this;
    const journal = store.journal;
    return {
      load: () => store.load(),
      writeIntents: (...batches) => this.effect(() => store.writeIntents(...batches)),
      writeResults: (batch) => this.effect(() => store.writeResults(batch)),
      ...(journal === undefined
        ? {}
        : {
            journal: {
              open: (batch) => this.effect(() => journal.open(batch)),
              begin: (batch, begun) => this.effect(() => journal.begin(batch, begun)),
              end: (...noted) => this.effect(() => journal.end(...noted)),
              read: (batch) => journal.read(batch),
              close: (batch) => this.effect(() => journal.close(batch)),
            },
          }),
    };
  }

  get channel(): Channel {
    return {
      links: () => ({ unsubscribe: [] }),
      prepare: async ({ subscription: to, publications: of }) => ({
        reference: to.id,
        handOver: async (leaving) => {
          await leaving?.();
          return this.effect(async () => {
            this.arrived.push(`${to.id} ${of.map(({ record }) => record.id).join(" ")}`);
            return { outcome: "sent", code: "" };
          });
        },
      }),
      close: async () => {},
    };
  }
}

function run(
  world: World,
  day: number,
  to: readonly Subscription[],
  of: readonly Publication[],
  concurrency: number,
) {
  return send({
    publications: of,
    subscriptions: to,
    keys,
    now: `2023-06-0${day}T12:00:00Z`,
    lookedAt: null,
    render,
    channels: { mail: world.channel },
    store: world.mortalStore,
    sleep: async () => {},
    batchSize: 4,
    concurrency,
  });
}

const everything = readers.flatMap(({ id }) => publications.map(({ record }) => `${id} ${record.id}`)).sort();
const named = (report: SendReport) =>
  report.unknown.flatMap(({ subscription: id, publications: of }) => of.map((one) => `${id} ${one}`));

describe.each([
  { journal: false, concurrency: 1 },
  { journal: false, concurrency: 3 },
  { journal: true, concurrency: 1 },
  { journal: true, concurrency: 3 },
])("a crash (journal: $journal, concurrency $concurrency)", ({ journal, concurrency }) => {
  it("before and after every effect loses nothing and sends nothing twice", async () => {
    const calm = new World(new MemoryStore({ journal }), 0, false);
    await run(calm, 1, readers, publications, concurrency);
    expect([...calm.arrived].sort()).toEqual(everything);
    expect(calm.effects).toBeGreaterThanOrEqual(9);
    let lost = 0;
    for (let at = 1; at <= calm.effects; at += 1) {
      for (const after of [false, true]) {
        const where = `${after ? "after" : "before"} effect ${at}`;
        const store = new MemoryStore({ journal });
        const dying = new World(store, at, after);
        const last = after && at === calm.effects;
        await expect(run(dying, 1, readers, publications, concurrency), where).rejects.toThrow();
        const rerun = new World(store, 0, false);
        const report = await run(rerun, 2, readers, publications, concurrency);
        const unknown = named(report);
        const arrived = [...dying.arrived, ...rerun.arrived];
        expect(new Set(arrived).size, `${where}: nothing twice`).toBe(arrived.length);
        expect([...new Set([...arrived, ...unknown])].sort(), `${where}: nothing lost`).toEqual(everything);
        if (journal) expect(unknown.length, `${where}: few unknown`).toBeLessThanOrEqual(4);
        if (last) expect(rerun.arrived, where).toEqual([]);
        lost += unknown.filter((one) => !arrived.includes(one)).length;
        const third = new World(store, 0, false);
        const settled = await run(third, 3, readers, publications, concurrency);
        expect([settled.sent, settled.unknown, third.arrived], `${where}: settled`).toEqual([[], [], []]);
      }
    }
    // The price of the default: unknown ones that never arrived. The journal makes it smaller.
    expect(lost).toBeGreaterThan(0);
  });

  it("and another one during the rerun lose nothing either", async () => {
    const calm = new World(new MemoryStore({ journal }), 0, false);
    await run(calm, 1, readers, publications, concurrency);
    for (let first = 1; first <= calm.effects; first += 3) {
      for (let second = 1; second <= calm.effects; second += 1) {
        const where = `after effect ${first}, then before effect ${second}`;
        const store = new MemoryStore({ journal });
        const worlds = [
          new World(store, first, true),
          new World(store, second, false),
          new World(store, 0, false),
        ];
        for (const [day, world] of worlds.slice(0, 2).entries()) {
          await run(world, day + 1, readers, publications, concurrency).catch(() => undefined);
        }
        const [, , last] = worlds;
        if (last === undefined) throw new Error("expected three worlds");
        const report = await run(last, 3, readers, publications, concurrency);
        const arrived = worlds.flatMap((world) => world.arrived);
        const unknown = report.skipped
          .filter(({ reason }) => reason === "unknown-not-resent")
          .map(({ subscription: id, publication: of }) => `${id} ${of}`);
        expect(new Set(arrived).size, `${where}: nothing twice`).toBe(arrived.length);
        expect([...new Set([...arrived, ...unknown])].sort(), `${where}: nothing lost`).toEqual(everything);
      }
    }
  });

  it("leaves nobody without, when unknown ones are sent again", async () => {
    const calm = new World(new MemoryStore({ journal }), 0, false);
    await run(calm, 1, readers, publications, concurrency);
    for (let at = 1; at <= calm.effects; at += 1) {
      const store = new MemoryStore({ journal });
      const dying = new World(store, at, true);
      await expect(run(dying, 1, readers, publications, concurrency)).rejects.toThrow();
      const rerun = new World(store, 0, false);
      await send({
        publications,
        subscriptions: readers,
        keys,
        now: "2023-06-02T12:00:00Z",
        lookedAt: null,
        render,
        channels: { mail: rerun.channel },
        store: rerun.mortalStore,
        sleep: async () => {},
        resendUnknown: true,
      });
      expect([...new Set([...dying.arrived, ...rerun.arrived])].sort()).toEqual(everything);
    }
  });
});

describe("a store that fails", () => {
  it("stops the run before anything is handed over that is not recorded", async () => {
    const store = new MemoryStore();
    const world = new World(store, 1, false);
    await expect(run(world, 1, readers, publications, 3)).rejects.toThrow("killed");
    expect(world.arrived).toEqual([]);
  });
});
