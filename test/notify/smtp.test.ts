import { simpleParser } from "mailparser";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  type Channel,
  keyRing,
  type MailSettings,
  type SendInput,
  type SmtpSettings,
  send,
  smtpChannel,
} from "../../src/notify/index.ts";
import { type Behaviour, type SmtpStandIn, startSmtpStandIn } from "../support/smtp-stand-in.ts";
import { publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const mail: MailSettings = {
  from: { name: "OFAC ledger", address: "digests@sender.test" },
  list: { name: "Digests", id: "digests.sender.test" },
};
const readers = ["ada", "ben", "cleo", "dora", "emil"].map((id) => subscription(id));
const HOUR = 3_600_000;

let server: SmtpStandIn;
let channel: Channel;
let store: MemoryStore;

beforeAll(async () => {
  server = await startSmtpStandIn();
});
afterAll(() => server.close());
beforeEach(async () => {
  server.clear();
  server.behave(() => ({ kind: "accept" }));
  server.greetWith(undefined);
  server.refuseSender(undefined);
  store = new MemoryStore();
});

function settings(more: Partial<SmtpSettings> = {}): SmtpSettings {
  return { host: server.host, port: server.port, tls: "none", timeoutSeconds: 2, ...more };
}

async function run(hoursLater = 0, more: Partial<SendInput> = {}, smtp: Partial<SmtpSettings> = {}) {
  channel = smtpChannel(mail, settings(smtp), keys);
  try {
    return await send({
      publications: [publication()],
      subscriptions: readers,
      keys,
      now: new Date(Date.parse("2023-05-23T18:45:00Z") + hoursLater * HOUR).toISOString(),
      lookedAt: null,
      render,
      channels: { mail: channel },
      store,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...more,
    });
  } finally {
    await channel.close();
  }
}

const got = () => server.received.flatMap(({ to }) => to).sort();
const others = readers.map(({ address }) => address).filter((address) => !address.startsWith("cleo"));
const forCleo = (behaviour: Behaviour) => (recipient: string) =>
  recipient.startsWith("cleo") ? behaviour : ({ kind: "accept" } as const);

describe("a digest over SMTP", () => {
  it("reaches everybody once, however often send runs", async () => {
    const first = await run();
    expect(first.sent).toHaveLength(5);
    const again = await run(1);
    expect(again.sent).toEqual([]);
    expect(again.skipCounts).toEqual({ "already-sent": 5 });
    expect(got()).toEqual(readers.map(({ address }) => address));
    const parsed = await simpleParser(server.received[0]?.bytes ?? "");
    expect(parsed.subject).toBe("20230523: 1 entity added");
  });

  const temporary: readonly (readonly [string, Behaviour, string])[] = [
    ["answers 421 to one recipient", { kind: "reply", code: 421, at: "rcpt" }, "smtp-421"],
    ["answers 450 to one recipient", { kind: "reply", code: 450, at: "rcpt" }, "smtp-450-rcpt"],
    ["answers 452 after the message", { kind: "reply", code: 452, at: "data" }, "smtp-452-data"],
  ];
  it.each(temporary)("is tried again later when the server %s", async (_name, behaviour, code) => {
    server.behave(forCleo(behaviour));
    const first = await run();
    expect(got()).toEqual(others);
    expect(first.failed).toMatchObject([{ subscription: "cleo", outcome: "failed-temporary" }]);
    expect(first.failed[0]?.code).toContain(code);
    server.behave(() => ({ kind: "accept" }));
    const tooEarly = await run(0.1);
    expect(tooEarly.skipCounts).toMatchObject({ "waits-for-retry": 1 });
    const later = await run(1);
    expect(later.sent).toMatchObject([{ subscription: "cleo", attempt: 2 }]);
    expect(got()).toEqual(readers.map(({ address }) => address));
  });

  it("is not tried again after a permanent refusal, and nobody else is affected", async () => {
    server.behave(
      forCleo({ kind: "reply", code: 550, at: "rcpt", text: "5.1.1 <cleo@readers.test> unknown" }),
    );
    const first = await run();
    expect(got()).toEqual(others);
    expect(first.failed).toMatchObject([
      { subscription: "cleo", outcome: "failed-permanent", code: "smtp-550-5.1.1-rcpt" },
    ]);
    server.behave(() => ({ kind: "accept" }));
    const later = await run(48);
    expect(later.sent).toEqual([]);
    expect(later.skipCounts).toMatchObject({ "failed-permanently": 1, "already-sent": 4 });
  });

  it("is unknown, reported, and not sent again when the connection breaks before the answer", async () => {
    server.behave(forCleo({ kind: "drop-after-data" }));
    const first = await run();
    expect(got()).toEqual(readers.map(({ address }) => address));
    expect(first.unknown).toMatchObject([{ subscription: "cleo", code: "connection-closed" }]);
    server.behave(() => ({ kind: "accept" }));
    const later = await run(24);
    expect(later.sent).toEqual([]);
    expect(later.skipCounts).toMatchObject({ "unknown-not-resent": 1 });
    const asked = await run(25, { resendUnknown: true });
    expect(asked.sent).toMatchObject([{ subscription: "cleo" }]);
  });
});
