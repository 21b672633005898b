import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/domain/index.ts";
import { mailHeaders } from "../../src/notify/envelope.ts";
import {
  type DueItem,
  keyRing,
  type MailSettings,
  type NoticeNews,
  type Publication,
  type SendInput,
  type Subscription,
  send,
} from "../../src/notify/index.ts";
import { added, party, publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const ada = subscription("ada");

/** A story told of a publication from an instant on. */
const story = (at: string, words: string) => ({ at, fingerprint: sha256(words) });
const noticed = (id: string, date: string, firstSeen = `${date}T16:00:00Z`): NoticeNews => ({
  id,
  date,
  firstSeen,
});

class Run {
  readonly store = new MemoryStore();
  readonly sent: DueItem[] = [];

  async at(
    now: string,
    publications: readonly Publication[],
    more: Partial<SendInput> = {},
  ): Promise<DueItem[]> {
    const due: DueItem[] = [];
    await send({
      publications,
      subscriptions: [ada],
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
      store: this.store,
      sleep: async () => {},
      concurrency: 1,
      ...more,
    });
    this.sent.push(...due);
    return due;
  }
}

const kinds = (items: readonly DueItem[]) => items.map(({ kind }) => kind);
const SETTINGS: MailSettings = {
  from: { address: "ledger@sender.test" },
  list: { name: "Ledger", id: "ledger.sender.test" },
};
const headers = (item: DueItem | undefined) => {
  if (item === undefined) throw new Error("expected a message, found none");
  return mailHeaders(item, SETTINGS, { unsubscribe: [] });
};

describe("late context", () => {
  const bare = publication({ firstSeen: "2023-05-23T15:00:00Z" });
  const early = story("2023-05-23T15:00:00Z", "notice");
  const late = story("2023-05-23T19:00:00Z", "notice and press release");

  it("follows as one reply in the thread of the digest, and no second time", async () => {
    const run = new Run();
    const [digest] = await run.at("2023-05-23T15:05:00Z", [{ ...bare, context: [early] }]);
    const told = { ...bare, context: [early, late] };
    const [reply, ...others] = await run.at("2023-05-23T19:05:00Z", [told]);
    expect([digest?.kind, reply?.kind, others]).toEqual(["digest", "context", []]);
    const [first, second] = [headers(digest), headers(reply)];
    expect(second.inReplyTo).toBe(first.messageId);
    expect(second.references).toEqual([...(first.references ?? []), first.messageId]);
    expect(second.messageId).not.toBe(first.messageId);
    expect(await run.at("2023-05-23T21:00:00Z", [told])).toEqual([]);
  });

  it("is no reply when the digest had it, nor when it says the same", async () => {
    const run = new Run();
    await run.at("2023-05-23T19:05:00Z", [{ ...bare, context: [early, late] }]);
    const again = story("2023-05-24T01:00:00Z", "notice and press release");
    expect(await run.at("2023-05-24T02:00:00Z", [{ ...bare, context: [early, late, again] }])).toEqual([]);
  });

  it("goes by what the digest said, not by the clock", async () => {
    const behind = new Run();
    // Another run had heard of the notice; this one sent without it.
    await behind.at("2023-05-23T15:05:00Z", [{ ...bare, context: [] }]);
    expect(kinds(await behind.at("2023-05-23T16:00:00Z", [{ ...bare, context: [early] }]))).toEqual([
      "context",
    ]);
    const ahead = new Run();
    await ahead.at("2023-05-23T15:05:00Z", [{ ...bare, context: [early, late] }]);
    expect(await ahead.at("2023-05-23T20:00:00Z", [{ ...bare, context: [early, late] }])).toEqual([]);
  });

  it("is a further reply when the story changes again, also back to what the digest said", async () => {
    const run = new Run();
    await run.at("2023-05-23T15:05:00Z", [{ ...bare, context: [early] }]);
    const back = story("2023-05-24T10:00:00Z", "notice");
    await run.at("2023-05-23T19:05:00Z", [{ ...bare, context: [early, late] }]);
    expect(kinds(await run.at("2023-05-24T11:00:00Z", [{ ...bare, context: [early, late, back] }]))).toEqual([
      "context",
    ]);
    expect(await run.at("2023-05-24T12:00:00Z", [{ ...bare, context: [early, late, back] }])).toEqual([]);
  });

  it("waits for the slot of a daily reader, and answers the digest that told several", async () => {
    const daily = subscription("ada", { cadence: { kind: "daily", hour: 18, timeZone: "UTC" } });
    const other = publication({
      list: "consolidated",
      changes: [added(party(2))],
      firstSeen: "2023-05-23T16:00:00Z",
    });
    const run = new Run();
    const subscriptions: readonly Subscription[] = [daily];
    const [digest] = await run.at("2023-05-23T18:05:00Z", [bare, other], { subscriptions });
    expect(digest?.publications).toHaveLength(2);
    const both = [{ ...bare, context: [late] }, other];
    expect(await run.at("2023-05-23T19:05:00Z", both, { subscriptions })).toEqual([]);
    const [reply, ...rest] = await run.at("2023-05-24T18:05:00Z", both, { subscriptions });
    expect([reply?.kind, rest]).toEqual(["context", []]);
    expect(headers(reply).inReplyTo).toBe(headers(digest).messageId);
  });

  it("is not told to whom the digest never reached", async () => {
    const run = new Run();
    const refusing: SendInput["channels"] = {
      mail: {
        links: () => ({ unsubscribe: [] }),
        prepare: async ({ key }) => ({
          reference: key,
          handOver: async () => ({ outcome: "failed-permanent", code: "smtp-550" }),
        }),
        close: async () => {},
      },
    };
    await run.at("2023-05-23T15:05:00Z", [{ ...bare, context: [early] }], { channels: refusing });
    expect(await run.at("2023-05-23T19:05:00Z", [{ ...bare, context: [early, late] }])).toEqual([]);
  });
});

describe("a notice without a list change", () => {
  const licence = noticed("20230524", "2023-05-24");
  const first = publication({ firstSeen: "2023-05-23T15:00:00Z" });
  const second = publication({
    date: "2023-05-25",
    changes: [added(party(2))],
    firstSeen: "2023-05-25T15:00:00Z",
  });

  it("rides on the next digest, once, and is no mail of its own", async () => {
    const run = new Run();
    const notices = [licence];
    await run.at("2023-05-23T15:05:00Z", [first]);
    expect(await run.at("2023-05-24T17:00:00Z", [first], { notices })).toEqual([]);
    const [digest] = await run.at("2023-05-25T15:05:00Z", [first, second], { notices });
    expect(digest?.notices).toEqual(["20230524"]);
    const third = publication({
      date: "2023-05-26",
      changes: [added(party(3))],
      firstSeen: "2023-05-26T15:00:00Z",
    });
    const [next] = await run.at("2023-05-26T15:05:00Z", [first, second, third], { notices });
    expect([next?.kind, next?.notices]).toEqual(["digest", []]);
  });

  it("does not change what the digest is called, and goes again with it when it failed", async () => {
    const run = new Run();
    const failing: SendInput["channels"] = {
      mail: {
        links: () => ({ unsubscribe: [] }),
        prepare: async ({ key }) => ({
          reference: key,
          handOver: async () => ({ outcome: "failed-temporary", code: "smtp-450" }),
        }),
        close: async () => {},
      },
    };
    const [tried] = await run.at("2023-05-25T15:05:00Z", [second], { channels: failing });
    const [again] = await run.at("2023-05-25T17:05:00Z", [second], { notices: [licence] });
    expect(headers(again).messageId).toBe(headers(tried).messageId);
    expect(again?.notices).toEqual(["20230524"]);
  });

  it("rides on a confirmation that nothing changed, too", async () => {
    const daily = subscription("ada", {
      cadence: { kind: "daily", hour: 18, timeZone: "UTC" },
      confirmUnchanged: true,
    });
    const run = new Run();
    const [one] = await run.at("2023-05-24T18:05:00Z", [], { subscriptions: [daily], notices: [licence] });
    expect([one?.kind, one?.notices]).toEqual(["unchanged", ["20230524"]]);
    const [two] = await run.at("2023-05-25T18:05:00Z", [], { subscriptions: [daily], notices: [licence] });
    expect([two?.kind, two?.notices]).toEqual(["unchanged", []]);
  });

  it("is left out when it is older than the subscription, or a month", async () => {
    const run = new Run();
    const [digest] = await run.at("2023-05-25T15:05:00Z", [second], {
      subscriptions: [subscription("ada", { since: "2023-05-25" })],
      notices: [licence, noticed("20230401", "2023-04-01")],
    });
    expect(digest?.notices).toEqual([]);
    const [other] = await new Run().at("2023-05-25T15:05:00Z", [second], {
      notices: [licence, noticed("20230401", "2023-04-01")],
    });
    expect(other?.notices).toEqual(["20230524"]);
  });
});

describe("a crash at any effect of a send with replies and notices", () => {
  const early = publication({ firstSeen: "2023-05-23T15:00:00Z" });
  const later = publication({
    date: "2023-05-24",
    changes: [added(party(2))],
    firstSeen: "2023-05-24T15:00:00Z",
  });
  const readers = ["ada", "ben"].map((id) => subscription(id));
  const news = [{ ...early, context: [story("2023-05-24T12:00:00Z", "press")] }, later];
  const notices = [noticed("20230524", "2023-05-24", "2023-05-24T14:00:00Z")];

  /** Sends the digest of the first day, then dies at an effect of the second day's send, then tries again twice. */
  async function world(dieAt: number, after: boolean) {
    const store = new MemoryStore();
    const arrived: string[] = [];
    const unknown: string[] = [];
    let effects = 0;
    let mortal = false;
    const effect = async <T>(work: () => Promise<T>): Promise<T> => {
      if (!mortal) return work();
      effects += 1;
      if (effects > dieAt) throw new Error("no process");
      if (effects < dieAt) return work();
      if (after) await work();
      throw new Error("killed");
    };
    const run = async (now: string, publications: readonly Publication[]) => {
      const report = await send({
        publications,
        notices,
        subscriptions: readers,
        keys,
        now,
        lookedAt: null,
        render,
        channels: {
          mail: {
            links: () => ({ unsubscribe: [] }),
            prepare: async (item) => ({
              reference: item.key,
              handOver: () =>
                effect(async () => {
                  arrived.push(`${item.subscription.id} ${item.kind} ${item.identity.slice(1).join()}`);
                  for (const id of item.notices ?? []) arrived.push(`${item.subscription.id} notice ${id}`);
                  return { outcome: "sent", code: "" };
                }),
            }),
            close: async () => {},
          },
        },
        store: {
          load: () => store.load(),
          writeIntents: (...batches) => effect(() => store.writeIntents(...batches)),
          writeResults: (batch) => effect(() => store.writeResults(batch)),
        },
        sleep: async () => {},
        concurrency: 1,
        batchSize: 3,
      });
      unknown.push(...report.unknown.map(({ subscription: id }) => id));
    };
    await run("2023-05-23T15:05:00Z", [early]);
    mortal = true;
    await run("2023-05-24T15:05:00Z", news).catch(() => undefined);
    mortal = false;
    await run("2023-05-24T16:05:00Z", news);
    await run("2023-05-24T17:05:00Z", news);
    return { arrived, unknown, effects };
  }

  it("tells nobody anything twice, and loses nothing that is not reported as unknown", async () => {
    const whole = await world(Number.MAX_SAFE_INTEGER, false);
    // Two readers: a digest with its notice and a reply each on the second day, after a digest each on the first.
    expect(new Set(whole.arrived).size).toBe(8);
    for (let at = 1; at <= whole.effects; at += 1) {
      for (const after of [false, true]) {
        const { arrived, unknown } = await world(at, after);
        expect(new Set(arrived).size, `effect ${at}`).toBe(arrived.length);
        const lost = whole.arrived.filter((one) => !arrived.includes(one));
        for (const one of lost) expect(unknown, `effect ${at}`).toContain(one.split(" ")[0]);
      }
    }
  });
});
