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
  smtpPool,
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

/** More than the buffers of both ends of a loopback connection can hold. */
const LONG = new Uint8Array(12_000_000);
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

  it("is refused for good after the message, without a word of the server's in the report", async () => {
    server.behave(
      forCleo({ kind: "reply", code: 554, at: "data", text: "5.7.1 spam for cleo@readers.test" }),
    );
    const report = await run();
    expect(report.failed).toMatchObject([{ code: "smtp-554-5.7.1-data", outcome: "failed-permanent" }]);
    expect(JSON.stringify([report, store.intents, store.results])).not.toMatch(/readers\.test|spam/);
  });

  it("counts a break in the middle of a long message as not delivered, and tries again", async () => {
    server.behave(forCleo({ kind: "drop-mid-data" }));
    const attachments = [{ filename: "long.bin", mediaType: "application/octet-stream", bytes: LONG }];
    const long: Partial<SendInput> = {
      render: async (item, links) => ({
        ...(await render(item, links)),
        ...(item.subscription.id === "cleo" ? { attachments } : {}),
      }),
    };
    const first = await run(0, long);
    expect(first.failed).toMatchObject([{ subscription: "cleo", outcome: "failed-temporary" }]);
    expect(got()).toEqual(others);
    server.behave(() => ({ kind: "accept" }));
    expect((await run(1, long)).sent).toMatchObject([{ subscription: "cleo", attempt: 2 }]);
  });

  it("cannot know after a break in a short message, which is on its way as a whole", async () => {
    server.behave(forCleo({ kind: "drop-mid-data" }));
    const report = await run();
    expect(report.unknown).toMatchObject([{ subscription: "cleo", code: "connection-closed" }]);
    expect(report.sent).toHaveLength(4);
  });

  it("waits for a slow server", async () => {
    server.behave(() => ({ kind: "slow", ms: 300 }));
    expect((await run()).sent).toHaveLength(5);
  });

  it("is unknown when the answer takes too long", async () => {
    server.behave(forCleo({ kind: "slow", ms: 2500 }));
    const report = await run(0, {}, { timeoutSeconds: 1 });
    expect(report.sent).toHaveLength(4);
    expect(report.unknown).toMatchObject([{ subscription: "cleo", code: "timeout" }]);
  });

  it("is sent over another connection when the pooled one broke before a byte of it was sent", async () => {
    const pool = smtpPool(settings({ connections: 1 }));
    const [ada, ben] = await Promise.all(
      readers.slice(0, 2).map(async ({ address, id }) => ({
        messageId: `<${id}@sender.test>`,
        envelope: { from: mail.from.address, to: address },
        bytes: Buffer.from(`Subject: ${id}\r\n\r\ntext\r\n`),
      })),
    );
    if (ada === undefined || ben === undefined) throw new Error("expected two messages");
    expect(await pool.send(ada)).toMatchObject({ outcome: "sent" });
    server.dropConnections();
    expect(await pool.send(ben)).toMatchObject({ outcome: "sent" });
    pool.close();
    expect(got()).toEqual([ada.envelope.to, ben.envelope.to]);
  });

  const down: readonly (readonly [string, () => void, Partial<SmtpSettings>, string])[] = [
    ["greets with 421", () => server.greetWith(421), {}, "smtp-421"],
    ["greets with 554", () => server.greetWith(554), {}, "smtp-554"],
    ["refuses the sender", () => server.refuseSender(550), {}, "smtp-550-mail"],
    ["offers no STARTTLS", () => {}, { tls: "starttls" }, "tls"],
    ["speaks no TLS", () => {}, { tls: "implicit" }, "tls"],
    ["does not listen", () => {}, { port: 1 }, "connection-failed"],
    [
      "asks for a login at each recipient",
      () => server.behave(() => ({ kind: "reply", code: 530, at: "rcpt" })),
      {},
      "smtp-530-rcpt",
    ],
  ];
  it.each(down)(
    "waits for the server when it %s: nobody is tried in vain",
    async (_name, break_, smtp, code) => {
      break_();
      const many = Array.from({ length: 12 }, (_, i) => subscription(`reader-${i}`));
      const report = await run(0, { subscriptions: many, concurrency: 1 }, smtp);
      expect(report.failed).toHaveLength(5);
      expect(report.failed[0]?.code).toContain(code);
      expect(report.failed.every(({ outcome }) => outcome === "failed-temporary")).toBe(true);
      expect(report.left).toHaveLength(7);
      expect(got()).toEqual([]);
      server.greetWith(undefined);
      server.refuseSender(undefined);
      server.behave(() => ({ kind: "accept" }));
      const later = await run(1, { subscriptions: many });
      expect(later.sent).toHaveLength(12);
      expect(got()).toEqual(many.map(({ address }) => address).sort());
    },
  );

  it("pauses a recipient after three refusals in a row, until its address changes", async () => {
    server.behave(forCleo({ kind: "reply", code: 550, at: "rcpt" }));
    const days = [23, 24, 25, 26].map((day) => publication({ date: `2023-05-${day}` }));
    for (const [at, day] of days.slice(0, 3).entries()) {
      expect((await run(24 * at, { publications: [day] })).failed).toHaveLength(1);
    }
    const fourth = await run(72, { publications: days });
    expect(fourth.paused).toMatchObject([{ subscription: "cleo", publication: "sdn-20230526" }]);
    expect(fourth.sent).toHaveLength(4);
    const moved = readers.map((one) => (one.id === "cleo" ? { ...one, address: "cleo@moved.test" } : one));
    server.clear();
    server.behave(() => ({ kind: "accept" }));
    const fixed = await run(73, { publications: days, subscriptions: moved });
    expect(fixed.sent.map(({ publications }) => publications[0])).toEqual(
      days.map(({ record }) => record.id),
    );
    expect(new Set(got())).toEqual(new Set(["cleo@moved.test"]));
  });

  it("counts refusals in a row only", async () => {
    const days = [23, 24, 25, 26, 27].map((day) => publication({ date: `2023-05-${day}` }));
    for (const [at, day] of days.entries()) {
      server.behave(
        at === 2 ? () => ({ kind: "accept" }) : forCleo({ kind: "reply", code: 550, at: "rcpt" }),
      );
      const report = await run(24 * at, { publications: [day], subscriptions: readers.slice(2, 3) });
      expect([report.paused.length, report.failed.length]).toEqual([0, at === 2 ? 0 : 1]);
    }
  });

  it("tries a paused recipient again when told to", async () => {
    server.behave(forCleo({ kind: "reply", code: 552, at: "rcpt" }));
    await run();
    server.behave(() => ({ kind: "accept" }));
    expect((await run(1, { tryAgain: ["cleo"] })).sent).toMatchObject([{ subscription: "cleo" }]);
  });
});

describe("TLS and login", () => {
  const account = { user: "digests", password: "correct horse" };

  it.each(["starttls", "implicit"] as const)("hands over under %s with a login", async (tls) => {
    const strict = await startSmtpStandIn({ tls, login: account });
    const report = await run(
      0,
      {},
      { tls, host: "localhost", port: strict.port, ca: strict.certificate, auth: account },
    );
    expect(report.sent).toHaveLength(5);
    expect(strict.received.every(({ secure, user }) => secure && user === "digests")).toBe(true);
    await strict.close();
  });

  it("does not trust a certificate that nobody vouches for", async () => {
    const strict = await startSmtpStandIn({ tls: "starttls" });
    const report = await run(0, {}, { tls: "starttls", port: strict.port });
    expect(report.failed.map(({ code }) => code)).toEqual(Array(5).fill("tls-certificate"));
    expect(strict.received).toEqual([]);
    await strict.close();
  });

  it("tells a wrong password from a refused recipient", async () => {
    const strict = await startSmtpStandIn({ login: account });
    const report = await run(0, {}, { port: strict.port, auth: { ...account, password: "wrong" } });
    expect(report.failed.map(({ code }) => code)).toEqual(Array(5).fill("smtp-535-auth"));
    expect(report.failed.every(({ outcome }) => outcome === "failed-temporary")).toBe(true);
    await strict.close();
  });

  it("verifies without sending", async () => {
    const pool = smtpPool(settings());
    expect(await pool.verify()).toMatchObject({ outcome: "sent" });
    pool.close();
    const nobody = smtpPool(settings({ port: 1 }));
    expect(await nobody.verify()).toMatchObject({ code: "connection-failed" });
    nobody.close();
    expect(server.received).toEqual([]);
  });

  it("refuses plain SMTP to another machine unless it is allowed", () => {
    expect(() => smtpPool(settings({ host: "mail.sender.test" }))).toThrow(
      /expected TLS to mail.sender.test/,
    );
    expect(() => smtpPool(settings({ host: "mail.sender.test", allowPlain: true }))).not.toThrow();
  });
});
