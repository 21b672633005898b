import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import {
  checkMailSettings,
  composeMail,
  type DueItem,
  dkimRecord,
  dkimRecordFaults,
  emlChannel,
  keyRing,
  type MailSettings,
  type Publication,
  type Rendered,
  readSubscriptions,
  type Subscription,
  send,
  smtpChannel,
  verifyUnsubscribeToken,
} from "../../src/notify/index.ts";
import { startSmtpStandIn } from "../support/smtp-stand-in.ts";
import { added, OLDER_SECRET, party, publication, render, SECRET, subscription } from "./composed.ts";
import { verifyDkim } from "./dkim-verifier.ts";
import { MemoryStore } from "./memory-store.ts";

const keys = keyRing([SECRET]);
const pair = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const mail: MailSettings = {
  from: { name: "OFAC ledger, digests", address: "digests@sender.test" },
  replyTo: { address: "desk@sender.test" },
  list: { name: 'The "digests"', id: "digests.sender.test" },
  unsubscribe: {
    mailto: "leave@sender.test",
    https: "https://sender.test/leave?token={token}",
    oneClick: true,
  },
  dkim: { domain: "sender.test", selector: "may", privateKey: pair.privateKey },
};

const { dkim: _dkim, ...unsigned } = mail;

/** What a run would write for one subscription. */
async function messages(
  to: Subscription,
  publications: readonly Publication[],
  more: { mail?: MailSettings; rendered?: Partial<Rendered>; secrets?: readonly string[] } = {},
): Promise<Buffer[]> {
  const files = new Map<string, Uint8Array>();
  const ring = keyRing(more.secrets ?? [SECRET]);
  const folder = { write: async (name: string, bytes: Uint8Array) => void files.set(name, bytes) };
  const report = await send({
    publications,
    subscriptions: [to],
    keys: ring,
    now: "2023-06-30T12:00:00Z",
    lookedAt: null,
    render: async (item, links) => ({ ...(await render(item, links)), ...more.rendered }),
    channels: { mail: emlChannel(more.mail ?? mail, folder, ring) },
    store: new MemoryStore(),
    sleep: async () => {},
  });
  expect(report.failed).toEqual([]);
  return [...files.values()].map((bytes) => Buffer.from(bytes));
}

async function onlyMessage(...of: Parameters<typeof messages>): Promise<Buffer> {
  const [message, ...others] = await messages(...of);
  if (message === undefined || others.length > 0) throw new Error("expected one message");
  return message;
}

const headerLines = (message: Buffer) =>
  message
    .subarray(0, message.indexOf("\r\n\r\n"))
    .toString("utf8")
    .split(/\r\n(?![ \t])/);
const header = (message: Buffer, name: string) =>
  headerLines(message)
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) =>
      line
        .slice(name.length + 1)
        .replace(/\r\n/g, "")
        .trim(),
    );

describe("a message", () => {
  it("carries the headers of a list that lets people go", async () => {
    const message = await onlyMessage(subscription("ada"), [publication()]);
    expect(header(message, "Auto-Submitted")).toEqual(["auto-generated"]);
    expect(header(message, "Precedence")).toEqual(["bulk"]);
    expect(header(message, "List-Id")).toEqual(['"The digests" <digests.sender.test>']);
    expect(header(message, "List-Unsubscribe-Post")).toEqual(["List-Unsubscribe=One-Click"]);
    expect(header(message, "Date")).toEqual(["Tue, 23 May 2023 18:44:00 +0000"]);
    expect(header(message, "MIME-Version")).toEqual(["1.0"]);
    const links = header(message, "List-Unsubscribe")[0] ?? "";
    expect(links).toMatch(
      /^<https:\/\/sender\.test\/leave\?token=[\w.-]+>,\s<mailto:leave@sender\.test\?subject=unsubscribe%20[\w.-]+>$/,
    );
    const token = /token=([\w.-]+)>/.exec(links)?.[1] ?? "";
    expect(verifyUnsubscribeToken(keys, token)).toBe("ada");
    expect(verifyUnsubscribeToken(keyRing([OLDER_SECRET, SECRET]), token)).toBe("ada");
    expect(verifyUnsubscribeToken(keyRing([OLDER_SECRET]), token)).toBeUndefined();
    expect(verifyUnsubscribeToken(keys, `${token}x`)).toBeUndefined();
  });

  it("is read back by another program as it was meant", async () => {
    const attachments = [
      { filename: "rescreen.json", mediaType: "application/json", bytes: Buffer.from("{}") },
    ];
    const text = `before → after\n${"a long line ".repeat(30)}\n.\n..dot\nFrom here\n`;
    const message = await onlyMessage(subscription("ada"), [publication()], {
      rendered: { subject: "20230523: 김상만 und Ünïcode", text, attachments },
    });
    const parsed = await simpleParser(message);
    expect(parsed.subject).toBe("20230523: 김상만 und Ünïcode");
    expect(parsed.from?.value).toEqual([{ name: "OFAC ledger, digests", address: "digests@sender.test" }]);
    expect(parsed.to).toMatchObject({ value: [{ address: "ada@readers.test" }] });
    expect(parsed.replyTo?.value).toMatchObject([{ address: "desk@sender.test" }]);
    expect(parsed.text?.trimEnd()).toBe(text.trimEnd());
    expect(parsed.html).toContain("uids 1");
    expect(parsed.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([
      ["rescreen.json", "{}"],
    ]);
  });

  it("has no HTML for a subscription to text", async () => {
    const message = await onlyMessage(subscription("ada", { format: "text" }), [publication()]);
    expect((await simpleParser(message)).html).toBe(false);
    expect(header(message, "Content-Type")[0]).toMatch(/^text\/plain; charset=utf-8$/);
  });

  it("is signed so that another reading of the RFC verifies it", async () => {
    const message = await onlyMessage(subscription("ada"), [publication()]);
    const names = verifyDkim(message, pair.publicKey);
    for (const name of [
      "from",
      "to",
      "subject",
      "date",
      "message-id",
      "list-unsubscribe",
      "list-unsubscribe-post",
    ])
      expect(names).toContain(name);
    const changed = Buffer.from(message.toString("latin1").replace("uids 1", "uids 2"), "latin1");
    expect(() => verifyDkim(changed, pair.publicKey)).toThrow("the body hash differs");
    const renamed = Buffer.from(
      message.toString("latin1").replace("1 entity added", "2 entity added"),
      "latin1",
    );
    expect(() => verifyDkim(renamed, pair.publicKey)).toThrow("the signature differs");
  });

  it("is never let out unsigned because a key does not sign", async () => {
    const item = await dueItem();
    const broken = { ...mail, dkim: { domain: "sender.test", selector: "may", privateKey: "no key" } };
    const rendered = await render(item, { unsubscribe: [] });
    await expect(composeMail(item, rendered, broken, { unsubscribe: [] })).rejects.toThrow(/does not sign/);
  });

  it("is the same on every rebuild, and keeps its Message-ID under another key", async () => {
    const to = subscription("ada");
    const one = await onlyMessage(to, [publication()]);
    expect((await onlyMessage(to, [publication()])).equals(one)).toBe(true);
    const rotated = await onlyMessage(to, [publication()], { secrets: [OLDER_SECRET, SECRET] });
    expect(header(rotated, "Message-ID")).toEqual(header(one, "Message-ID"));
    const other = await onlyMessage(subscription("ben"), [publication()]);
    expect(header(other, "Message-ID")).not.toEqual(header(one, "Message-ID"));
  });

  it("encodes a list name that is not ASCII", async () => {
    const named = { ...mail, list: { name: "Überblick", id: "digests.sender.test" } };
    const message = await onlyMessage(subscription("ada"), [publication()], { mail: named });
    expect(header(message, "List-Id")).toEqual(["=?utf-8?B?w5xiZXJibGljaw==?= <digests.sender.test>"]);
  });

  it("says nothing of unsubscribing to a mailing list, whose own software does", async () => {
    const message = await onlyMessage(subscription("list", { mailingList: true }), [publication()]);
    expect(header(message, "List-Unsubscribe")).toEqual([]);
    expect(header(message, "List-Unsubscribe-Post")).toEqual([]);
  });
});

describe("a thread", () => {
  const first = publication();
  const other = publication({ date: "2023-05-24", changes: [added(party(2))] });
  const correction = publication({
    date: "2023-05-23",
    kind: "correction",
    supersedes: "sdn-20230523",
    changes: [added(party(3))],
    firstSeen: "2023-05-25T10:00:00Z",
  });

  it("holds a publication and its correction, which answers it; another publication has its own", async () => {
    const [told, next, corrected] = await messages(subscription("ada"), [first, other, correction]);
    if (told === undefined || next === undefined || corrected === undefined)
      throw new Error("expected three");
    const thread = "<release.20230523.1@digests.sender.test>";
    expect(header(told, "References")).toEqual([thread]);
    expect(header(told, "In-Reply-To")).toEqual([]);
    expect(header(next, "References")).toEqual(["<release.20230524.1@digests.sender.test>"]);
    const [id] = header(told, "Message-ID");
    expect(header(corrected, "In-Reply-To")).toEqual([id]);
    expect(header(corrected, "References")).toEqual([`${thread} ${id}`]);
  });

  it("has no place for a digest of several publications", async () => {
    const daily = subscription("ada", { cadence: { kind: "daily", hour: 7, timeZone: "Europe/Paris" } });
    const digest = await onlyMessage(daily, [first, other]);
    expect(header(digest, "References")).toEqual([]);
    expect(header(digest, "Date")).toEqual(["Thu, 25 May 2023 05:00:00 +0000"]);
  });
});

describe("text that wants to be a header", () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        "\r\n",
        "\n",
        "\r",
        "Bcc: x@y.test",
        "\u2028",
        "\u0000",
        "\u202E",
        "\u200B",
        "=?utf-8?Q?",
        "a",
        "é",
        " ",
        "김",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(""));

  it("stays inside the subject", async () => {
    const item = await dueItem();
    await fc.assert(
      fc.asyncProperty(hostile, async (subject) => {
        const rendered = { ...(await render(item, { unsubscribe: [] })), subject: `20230523: ${subject}` };
        const { bytes } = await composeMail(item, rendered, unsigned, { unsubscribe: [] });
        const message = Buffer.from(bytes);
        const names = headerLines(message).map((line) => line.slice(0, line.indexOf(":")));
        expect(names.sort()).toEqual(NAMES);
        const parsed = await simpleParser(message);
        expect(parsed.bcc).toBeUndefined();
        expect(parsed.subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
      { numRuns: 60 },
    );
  });

  const NAMES = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "List-ID",
    "MIME-Version",
    "Message-ID",
    "Precedence",
    "References",
    "Reply-To",
    "Subject",
    "To",
  ];
});

async function dueItem(): Promise<DueItem> {
  const { wouldSend } = await send({
    publications: [publication()],
    subscriptions: [subscription("ada")],
    keys,
    now: "2023-06-30T12:00:00Z",
    lookedAt: null,
    render,
    channels: {},
    store: new MemoryStore(),
    sleep: async () => {},
    dryRun: true,
  });
  const [item] = wouldSend;
  if (item === undefined) throw new Error("expected an item");
  return item;
}

describe("addresses beyond ASCII", () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["of the domain stay in ASCII", "ada@bücher.test", "ada@xn--bcher-kva.test"],
    [
      "of the local part go out as they are, to a server that knows SMTPUTF8",
      "josé@bücher.test",
      "josé@bücher.test",
    ],
  ];
  it.each(cases)("%s", async (_name, address, shown) => {
    const server = await startSmtpStandIn();
    const channel = smtpChannel(mail, { host: server.host, port: server.port, tls: "none" }, keys);
    const document = { id: "reader", address, since: "2023-01-01" };
    const report = await send({
      publications: [publication()],
      subscriptions: readSubscriptions(JSON.stringify({ formatVersion: "1.0", subscriptions: [document] })),
      keys,
      now: "2023-06-30T12:00:00Z",
      lookedAt: null,
      render,
      channels: { mail: channel },
      store: new MemoryStore(),
      sleep: async () => {},
    });
    await channel.close();
    await server.close();
    expect(report.sent).toHaveLength(1);
    expect(server.received).toHaveLength(1);
    expect(header(server.received[0]?.bytes ?? Buffer.alloc(0), "To")).toEqual([shown]);
  });
});

describe("settings", () => {
  const wrong: readonly (readonly [string, MailSettings, RegExp])[] = [
    ["a sender with a line break", { ...mail, from: { address: "a@b.test\r\nBcc: c@d.test" } }, /mail\.from/],
    ["a list id that is no host name", { ...mail, list: { name: "x", id: "a b>" } }, /mail\.listId/],
    [
      "a plain unsubscribe link",
      { ...mail, unsubscribe: { https: "http://a.test/{token}" } },
      /mail\.unsubscribeUrl/,
    ],
    ["a link without a token", { ...mail, unsubscribe: { https: "https://a.test/" } }, /\{token\}/],
    ["one click without a link", { ...mail, unsubscribe: { oneClick: true } }, /oneClick/],
    [
      "a DKIM key that is none",
      { ...mail, dkim: { domain: "sender.test", selector: "may", privateKey: "no key" } },
      /RSA private key .* found no key/,
    ],
    [
      "a DKIM domain that could carry tags",
      { ...mail, dkim: { domain: "a; p=x", selector: "may", privateKey: pair.privateKey } },
      /DKIM domain/,
    ],
  ];
  it.each(wrong)("with %s are refused", (_name, settings, message) => {
    expect(() => checkMailSettings(settings)).toThrow(message);
  });

  it("tell what the DNS must say, and notice when it does not", () => {
    const dkim = mail.dkim;
    if (dkim === undefined) throw new Error("expected DKIM");
    const { name, value } = dkimRecord(dkim);
    expect(name).toBe("may._domainkey.sender.test");
    expect(dkimRecordFaults(value, dkim)).toEqual([]);
    expect(dkimRecordFaults(value.replace("; p=", ";h=sha256:sha1; p= "), dkim)).toEqual([]);
    expect(dkimRecordFaults("v=DKIM1; k=rsa; p=", dkim)).toEqual([expect.stringContaining("revoked")]);
    expect(dkimRecordFaults("v=DKIM1; k=ed25519; p=AAAA", dkim)).toHaveLength(2);
    expect(dkimRecordFaults(`k=rsa; ${value}`, dkim)).toEqual([
      expect.stringContaining("twice"),
      expect.stringContaining("first tag"),
    ]);
  });
});
