import { describe, expect, it } from "vitest";
import { type Channel, type HandOver, keyRing, type SendInput, send } from "../../src/notify/index.ts";
import { added, party, publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const readers = (count: number) =>
  Array.from({ length: count }, (_, at) => subscription(`r${String(at).padStart(3, "0")}`));

/** Takes everything, unless told what becomes of it. */
function channel(answer: (id: string) => HandOver | Promise<HandOver> = () => SENT): Channel {
  return {
    links: () => ({ unsubscribe: [] }),
    prepare: async ({ subscription: { id } }) => ({ reference: id, handOver: async () => answer(id) }),
    close: async () => {},
  };
}

const SENT: HandOver = { outcome: "sent", code: "" };

function run(more: Partial<SendInput>, store = new MemoryStore()) {
  return send({
    publications: [publication()],
    subscriptions: readers(10),
    keys,
    now: "2023-05-23T19:00:00Z",
    lookedAt: null,
    render,
    channels: { mail: channel() },
    store,
    sleep: async () => {},
    ...more,
  });
}

describe("batches", () => {
  it("hold at most a hundred, each with its results before the next begins", async () => {
    const store = new MemoryStore();
    const order: string[] = [];
    const watched = {
      load: () => store.load(),
      writeIntents: async (...[batch, before]: Parameters<MemoryStore["writeIntents"]>) => {
        if (before !== undefined) order.push(`results ${before.sent} with`);
        order.push(`intents ${batch.intents.length}`);
        await store.writeIntents(batch, before);
      },
      writeResults: async (batch: Parameters<MemoryStore["writeResults"]>[0]) => {
        order.push(`results ${batch.sent}`);
        await store.writeResults(batch);
      },
    };
    let handed = 0;
    const counting = channel(() => {
      handed += 1;
      expect(handed).toBeLessThanOrEqual(store.intents.reduce((sum, batch) => sum + batch.intents.length, 0));
      return SENT;
    });
    await run({ subscriptions: readers(250), store: watched, channels: { mail: counting }, batchSize: 1000 });
    expect(order).toEqual([
      "intents 100",
      "results 100 with",
      "intents 100",
      "results 100 with",
      "intents 50",
      "results 50",
    ]);
    expect(store.intents.map(({ id }) => id)).toEqual([
      "000001-20230523T190000Z",
      "000002-20230523T190000Z",
      "000003-20230523T190000Z",
    ]);
  });

  it("have as many hand-overs at a time as allowed, and no more", async () => {
    let now = 0;
    let most = 0;
    const slow = channel(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 1));
      now -= 1;
      return SENT;
    });
    await run({ channels: { mail: slow }, concurrency: 3 });
    expect(most).toBe(3);
  });

  it("keep a rate over all workers", async () => {
    const waits: number[] = [];
    await run({ perSecond: 4, concurrency: 3, sleep: async (ms) => void waits.push(ms) });
    expect(waits).toEqual(Array(10).fill(250));
  });

  it("tell how far they are", async () => {
    const told: string[] = [];
    await run({ onProgress: (done, all) => told.push(`${done}/${all}`) });
    expect(told.at(-1)).toBe("10/10");
    expect(told).toHaveLength(10);
  });
});

describe("a store that fails in the middle", () => {
  it("lets nothing new out, though the other workers could go on", async () => {
    const store = new MemoryStore({ journal: true });
    const { journal } = store;
    if (journal === undefined) throw new Error("expected a journal");
    let handed = 0;
    let ended = 0;
    const counting = channel(async () => {
      handed += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      return SENT;
    });
    const failing = {
      ...journal,
      open: (batch: string) => journal.open(batch),
      begin: (batch: string, begun: readonly string[]) => journal.begin(batch, begun),
      read: (batch: string) => journal.read(batch),
      end: async () => {
        ended += 1;
        if (ended === 1) throw new Error("disk full");
      },
    };
    const broken = {
      load: () => store.load(),
      writeIntents: (...batches: Parameters<MemoryStore["writeIntents"]>) => store.writeIntents(...batches),
      writeResults: (batch: Parameters<MemoryStore["writeResults"]>[0]) => store.writeResults(batch),
      journal: failing,
    };
    const sending = run({
      subscriptions: readers(50),
      store: broken,
      channels: { mail: counting },
      concurrency: 3,
    });
    await expect(sending).rejects.toThrow("disk full");
    expect(handed).toBeLessThanOrEqual(6);
    expect(store.results).toEqual([]);
  });
});

describe("a run that is told to stop", () => {
  it("ends what is in flight and leaves the rest due", async () => {
    const store = new MemoryStore();
    const stop = new AbortController();
    const stopping = channel((id) => {
      if (id === "r004") stop.abort();
      return SENT;
    });
    const report = await run(
      { channels: { mail: stopping }, signal: stop.signal, concurrency: 1, batchSize: 4 },
      store,
    );
    expect([report.sent.length, report.left.length]).toEqual([5, 5]);
    expect(report.left.map(({ code }) => code)).toEqual(Array(5).fill("stopped"));
    const rest = await run({}, store);
    expect(rest.sent.map(({ subscription: id, attempt }) => [id, attempt])).toEqual(
      ["r005", "r006", "r007", "r008", "r009"].map((id) => [id, 1]),
    );
  });
});

describe("a poisoned reader", () => {
  const poison: readonly (readonly [string, Partial<SendInput>, string, string])[] = [
    [
      "whose words cannot be found",
      {
        render: (item, links) => {
          if (item.subscription.id === "r003") throw new Error("r003@readers.test cannot be rendered");
          return render(item, links);
        },
      },
      "failed-temporary",
      "not-composed-error",
    ],
    [
      "at whom the channel breaks",
      {
        channels: {
          mail: channel((id) => {
            if (id === "r003") throw Object.assign(new Error("r003@readers.test"), { code: "EBROKEN" });
            return SENT;
          }),
        },
      },
      "unknown",
      "channel-ebroken",
    ],
  ];
  it.each(poison)("%s stops nobody else and is not named by address", async (_name, more, outcome, code) => {
    const store = new MemoryStore();
    const report = await run(more, store);
    expect(report.sent).toHaveLength(9);
    expect([...report.failed, ...report.unknown]).toMatchObject([{ subscription: "r003", outcome, code }]);
    expect(JSON.stringify([report, store.intents, store.results])).not.toContain("readers.test");
  });
});

describe("a temporary failure", () => {
  const busy = channel((id) => (id === "r000" ? { outcome: "failed-temporary", code: "busy" } : SENT));

  it("is tried after ten minutes, then twice as long each time, then every two hours, for five days", async () => {
    const store = new MemoryStore();
    const tried: number[] = [];
    for (let minute = 0; minute <= 6 * 24 * 60; minute += 5) {
      const now = new Date(Date.parse("2023-05-23T19:00:00Z") + minute * 60_000).toISOString();
      const report = await run({ subscriptions: readers(1), channels: { mail: busy }, now }, store);
      if (report.failed.length > 0) tried.push(minute);
      if (report.failed[0]?.outcome === "failed-permanent")
        expect(report.failed[0].code).toBe("gave-up-busy");
    }
    expect(tried.slice(0, 7)).toEqual([0, 10, 30, 70, 150, 270, 390]);
    expect(tried.at(-1)).toBeGreaterThanOrEqual(5 * 24 * 60);
    expect(tried.at(-1)).toBeLessThan(5 * 24 * 60 + 120);
    expect(store.results.at(-1)?.exceptions[0]?.outcome).toBe("failed-permanent");
  });

  it("joins what came since, and counts its attempts", async () => {
    const store = new MemoryStore();
    await run({ subscriptions: readers(1), channels: { mail: busy } }, store);
    const both = [publication(), publication({ list: "consolidated", changes: [added(party(2))] })];
    const later = await run(
      { subscriptions: readers(1), publications: both, now: "2023-05-23T20:00:00Z" },
      store,
    );
    expect(later.sent).toMatchObject([
      { publications: ["sdn-20230523", "consolidated-20230523"], attempt: 2 },
    ]);
    expect(
      (await run({ subscriptions: readers(1), publications: both, now: "2023-05-24T20:00:00Z" }, store)).sent,
    ).toEqual([]);
  });
});
