import { describe, expect, it } from "vitest";
import { type MailTrouble, mailTrouble } from "../../src/app/watchdog/mail-trouble.ts";
import {
  type Channel,
  type ComposeFault,
  type HandOver,
  keyRing,
  type Render,
  type SendReport,
  send,
} from "../../src/notify/index.ts";
import { publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const SENT: HandOver = { outcome: "sent", code: "" };
const DOWN: HandOver = { outcome: "failed-temporary", code: "connection-failed", systemic: true };
const BUSY: HandOver = { outcome: "failed-temporary", code: "smtp-450-rcpt" };
const GONE: HandOver = { outcome: "failed-permanent", code: "smtp-550-rcpt" };
const START = Date.parse("2023-05-23T19:00:00Z");
const readers = (count: number) =>
  Array.from({ length: count }, (_, at) => subscription(`r${String(at).padStart(2, "0")}`));

/** Hourly runs; what is not said is taken, composed and kept. */
class World {
  readonly store = new MemoryStore();
  readonly arrived: string[] = [];
  readonly faults: ComposeFault[] = [];
  subscriptions = readers(12);
  publications = ["2023-05-21", "2023-05-22", "2023-05-23"].map((date) => publication({ date }));
  answer: (id: string) => HandOver = () => SENT;
  render: Render = render;
  concurrency = 10;

  async run(hour: number): Promise<SendReport> {
    const mail: Channel = {
      links: () => ({ unsubscribe: [] }),
      prepare: async ({ subscription: { id }, publications }) => ({
        reference: id,
        handOver: async () => {
          const result = this.answer(id);
          if (result.outcome === "sent") this.arrived.push(`${id} ${publications[0]?.record.id}`);
          return result;
        },
      }),
      close: async () => {},
    };
    return send({
      publications: this.publications,
      subscriptions: this.subscriptions,
      keys,
      now: this.#at(hour),
      lookedAt: null,
      render: this.render,
      channels: { mail },
      store: this.store,
      sleep: async () => {},
      onFault: (fault) => this.faults.push(fault),
      concurrency: this.concurrency,
    });
  }

  async hours(from: number, to: number): Promise<readonly SendReport[]> {
    const reports: SendReport[] = [];
    for (let hour = from; hour < to; hour += 1) reports.push(await this.run(hour));
    return reports;
  }

  async trouble(hour: number): Promise<MailTrouble> {
    return mailTrouble(await this.store.load(), this.#at(hour), 7);
  }

  #at(hour: number): string {
    return new Date(START + hour * 3_600_000).toISOString();
  }
}

const DAYS = 24;
const permanent = (reports: readonly SendReport[]) =>
  reports.flatMap(({ failed }) => failed).filter(({ outcome }) => outcome === "failed-permanent");

describe("six days of trouble that is not the readers'", () => {
  it("of the transport lose nothing, pause nobody, and are an alarm while they last", async () => {
    const world = new World();
    world.answer = () => DOWN;
    const outage = await world.hours(0, 6 * DAYS);
    expect(permanent(outage)).toEqual([]);
    expect(outage.at(-1)?.failed[0]).toMatchObject({
      outcome: "failed-temporary",
      code: "connection-failed",
    });
    const alarm = await world.trouble(6 * DAYS);
    expect([alarm.failed > 0, alarm.paused]).toEqual([true, 0]);
    world.answer = () => SENT;
    const repaired = await world.run(6 * DAYS);
    expect([repaired.sent.length, repaired.paused, repaired.skipCounts["waits-for-retry"]]).toEqual([
      36,
      [],
      undefined,
    ]);
    expect(new Set(world.arrived).size).toBe(36);
    expect(await world.trouble(6 * DAYS)).toEqual({ failed: 0, unknown: 0, paused: 0 });
    world.publications = [publication({ date: "2023-05-30" })];
    expect((await world.run(7 * DAYS)).sent).toHaveLength(12);
  });

  it("of our own words lose nothing, pause nobody, and say what they are once a run, without an address", async () => {
    const world = new World();
    world.render = () => {
      throw new TypeError("no language for r03@readers.test\nat https://hooks.test/secret-path");
    };
    const bug = await world.hours(0, 6 * DAYS);
    expect(permanent(bug)).toEqual([]);
    expect(bug.at(-1)?.failed).toHaveLength(36);
    expect(bug.at(-1)?.failed[0]?.code).toBe("not-composed-error");
    expect(world.faults).toHaveLength(6 * DAYS);
    expect(world.faults[0]).toEqual({
      subscription: "r00",
      publications: ["sdn-20230521"],
      code: "not-composed-error",
      message: "TypeError: no language for [address] at [link]",
    });
    expect((await world.trouble(6 * DAYS)).failed).toBe(36);
    world.render = render;
    const repaired = await world.run(6 * DAYS);
    expect([repaired.sent.length, repaired.paused]).toEqual([36, []]);
  });

  it("and then a first temporary refusal begin the reader's own five days, not end them", async () => {
    const world = new World();
    world.subscriptions = readers(1);
    world.publications = [publication()];
    const refused = (hour: number) => {
      world.answer = () => BUSY;
      return world.run(hour);
    };
    await refused(0);
    world.answer = () => DOWN;
    await world.hours(1, 6 * DAYS);
    const [first] = (await refused(6 * DAYS)).failed;
    expect(first).toMatchObject({ outcome: "failed-temporary", code: "smtp-450-rcpt" });
    expect(permanent(await world.hours(6 * DAYS + 1, 11 * DAYS))).toEqual([]);
    expect(permanent(await world.hours(11 * DAYS, 11 * DAYS + 3))).toMatchObject([
      { code: "gave-up-smtp-450-rcpt" },
    ]);
  });
});

describe("messages at which the transport always breaks", () => {
  it("do not keep those after them from being sent, however many they are", async () => {
    const world = new World();
    world.publications = [publication()];
    world.concurrency = 1;
    world.answer = (id) => (id < "r06" ? DOWN : SENT);
    expect((await world.run(0)).left).toHaveLength(7);
    expect((await world.run(1)).sent).toHaveLength(6);
  });

  it("do not hide a transport that is down behind a fault of our own", async () => {
    const world = new World();
    world.publications = [publication()];
    world.subscriptions = readers(24);
    world.concurrency = 1;
    world.answer = () => DOWN;
    world.render = (item, links) => {
      if (Number(item.subscription.id.slice(1)) % 2 === 0) throw new Error("planted");
      return render(item, links);
    };
    const report = await world.run(0);
    expect(report.left.length).toBeGreaterThan(10);
  });
});

describe("a recipient", () => {
  it("whose server never answers waits longer each time, and is never given up", async () => {
    const world = new World();
    world.subscriptions = readers(1);
    world.publications = [publication()];
    world.answer = () => ({ outcome: "failed-temporary", code: "no-answer", silent: true });
    const reports = await world.hours(0, 6 * DAYS);
    expect(permanent(reports)).toEqual([]);
    expect(reports.filter(({ failed }) => failed.length > 0).length).toBeLessThan(3.1 * DAYS);
    expect(world.store.results[0]?.exceptions[0]).toMatchObject({ code: "no-answer", cause: "silence" });
    world.answer = () => SENT;
    expect((await world.run(6 * DAYS + 2)).sent).toHaveLength(1);
  });

  it("who is refused for good is so at once, and paused after three, as ever", async () => {
    const world = new World();
    world.answer = (id) => (id === "r03" ? GONE : SENT);
    expect(permanent([await world.run(0)])).toHaveLength(3);
    world.publications = [publication({ date: "2023-05-30" })];
    expect((await world.run(7 * DAYS)).paused).toMatchObject([{ subscription: "r03" }]);
    expect((await world.trouble(1)).paused).toBe(1);
  });
});

describe("a crash in the middle of an outage", () => {
  it("does not make refusals of it", async () => {
    const world = new World();
    const store = new MemoryStore({ journal: true });
    Object.assign(world, { store });
    world.publications = [publication()];
    world.subscriptions = readers(1);
    const { journal } = store;
    if (journal === undefined) throw new Error("expected a journal");
    const causes: unknown[] = [];
    const end = journal.end.bind(journal);
    journal.end = async (...ending) => {
      causes.push(ending[4]);
      await end(...ending);
    };
    world.answer = () => DOWN;
    const write = store.writeResults.bind(store);
    store.writeResults = async () => {
      throw new Error("killed");
    };
    await expect(world.run(0)).rejects.toThrow("killed");
    store.writeResults = write;
    await world.run(0);
    expect(causes).toEqual(["ours"]);
    expect(store.results[0]?.exceptions[0]).toMatchObject({ code: "connection-failed", cause: "ours" });
  });
});
