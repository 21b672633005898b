import { createHmac, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { simpleParser } from "mailparser";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import type { ConfigFile, HookPort } from "../../src/app/index.ts";
import { verifyDkim } from "../notify/dkim-verifier.ts";
import { LOOPBACK_CERTIFICATE } from "../support/loopback-certificate.ts";
import {
  DELIVERY_SECRET,
  deliveriesText,
  lookedAt,
  sendLedger,
  sendOnce,
  subscriptionsOf,
} from "../support/send-world.ts";
import { type SmtpStandIn, type SmtpStandInOptions, startSmtpStandIn } from "../support/smtp-stand-in.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function server(options: SmtpStandInOptions = {}): Promise<SmtpStandIn> {
  const started = await startSmtpStandIn(options);
  open.push(() => started.close());
  return started;
}

const keys = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
let caFile = "";
beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-ca-"));
  caFile = join(folder, "ca.pem");
  writeFileSync(caFile, LOOPBACK_CERTIFICATE);
  return () => rmSync(folder, { recursive: true, force: true });
});

/** Plain SMTP to a stand-in on loopback. */
function smtp(to: SmtpStandIn, more: ConfigFile["mail"] = {}): ConfigFile["mail"] {
  return {
    transport: "smtp",
    smtpHost: "localhost",
    smtpPort: to.port,
    tls: "none",
    from: "digests@sender.test",
    timeoutSeconds: 3,
    ...more,
  };
}

const READER = subscriptionsOf({ id: "ada", since: "2023-05-25" });

describe("everything that is configured", () => {
  it("is in the message as another program reads it, under TLS, logged in and signed", async () => {
    const strict = await server({ tls: "starttls", login: { user: "digests", password: "correct horse" } });
    const report = await sendOnce({
      files: sendLedger(),
      subscriptions: READER,
      site: { title: "Our ledger" },
      mail: smtp(strict, {
        tls: "starttls",
        caFile,
        fromName: "Sanctions desk",
        replyTo: "desk@sender.test",
        listId: "digests.sender.test",
        listName: "Digests of Ours",
        clientName: "ledger.sender.test",
        dkim: { domain: "sender.test", selector: "may" },
        unsubscribeMailto: "leave@sender.test",
        unsubscribeUrl: "https://sender.test/leave/{token}",
        oneClick: true,
        connections: 2,
        perSecond: 500,
      }),
      secrets: {
        smtpUser: "digests",
        smtpPassword: "correct horse",
        // As a store that keeps one line only would have it.
        dkimKey: keys.privateKey.replaceAll("\n", "\\n"),
      },
    });
    expect(report.sent).toMatchObject([{ subscription: "ada", publications: ["sdn-20230525"] }]);
    const [mail] = strict.received;
    if (mail === undefined) throw new Error("expected a mail");
    expect([mail.secure, mail.user, mail.from, mail.to]).toEqual([
      true,
      "digests",
      "digests@sender.test",
      ["ada@readers.test"],
    ]);
    expect(verifyDkim(mail.bytes, keys.publicKey)).toEqual(
      expect.arrayContaining([
        "from",
        "to",
        "subject",
        "list-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
      ]),
    );
    const parsed = await simpleParser(mail.bytes);
    expect(parsed.from?.value).toEqual([{ name: "Sanctions desk", address: "digests@sender.test" }]);
    expect(parsed.replyTo?.value).toMatchObject([{ address: "desk@sender.test" }]);
    expect(parsed.subject).toMatch(/^20230525: /);
    expect(parsed.messageId).toMatch(/^<[0-9a-f]{32}@sender\.test>$/);
    expect(parsed.references).toBe("<release.20230525.1@digests.sender.test>");
    expect(parsed.headers.get("auto-submitted")).toBe("auto-generated");
    expect(parsed.headers.get("precedence")).toBe("bulk");
    expect(parsed.headers.get("list")).toMatchObject({
      id: { name: "Digests of Ours", id: "digests.sender.test" },
      unsubscribe: {
        url: expect.stringMatching(/^https:\/\/sender\.test\/leave\/[\w.-]+$/),
        mail: expect.stringMatching(/^leave@sender\.test/),
      },
      "unsubscribe-post": { name: "List-Unsubscribe=One-Click" },
    });
    expect(parsed.text).toContain("COMPOSED COMPANY");
  });

  it("goes to a mailing list once, and leaves unsubscribing to its software", async () => {
    const plain = await server();
    await sendOnce({
      files: sendLedger(),
      subscriptions: subscriptionsOf({
        id: "list",
        address: "all@lists.test",
        since: "2023-05-25",
        mailingList: true,
      }),
      mail: smtp(plain, { unsubscribeMailto: "leave@sender.test" }),
    });
    expect(plain.received.map(({ to }) => to)).toEqual([["all@lists.test"]]);
    const parsed = await simpleParser(plain.received[0]?.bytes ?? "");
    expect(parsed.headers.get("list")).not.toHaveProperty("unsubscribe");
  });

  it("spaces hand-overs to the rate that is allowed", async () => {
    const plain = await server();
    const started = performance.now();
    const report = await sendOnce({
      files: sendLedger(),
      subscriptions: subscriptionsOf(...[1, 2, 3, 4].map((n) => ({ id: `r${n}`, since: "2023-05-25" }))),
      mail: smtp(plain, { perSecond: 20 }),
    });
    expect(report.sent).toHaveLength(4);
    expect(performance.now() - started).toBeGreaterThanOrEqual(145);
  });
});

describe("OAuth2", () => {
  const account = { user: "digests@sender.test", accessToken: "composed-access-token" };

  it("logs in with a ready token", async () => {
    const strict = await server({ login: account });
    const report = await sendOnce({
      files: sendLedger(),
      subscriptions: READER,
      mail: smtp(strict),
      secrets: { smtpUser: account.user, oauthToken: account.accessToken },
    });
    expect(report.sent).toHaveLength(1);
    expect(strict.received[0]?.user).toBe(account.user);
  });

  it("gets a token with a refresh token, from the place that is configured", async () => {
    const strict = await server({ login: account });
    const asked: string[] = [];
    const tokens = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      request.on("end", () => {
        asked.push(body);
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify({ access_token: account.accessToken, expires_in: 3600 }));
      });
    });
    await new Promise<void>((resolve) => tokens.listen(0, "127.0.0.1", resolve));
    open.push(() => tokens.close());
    const address = tokens.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const secrets = { smtpUser: account.user, oauthClientId: "client", oauthRefreshToken: "refresh" };
    const report = await sendOnce({
      files: sendLedger(),
      subscriptions: READER,
      mail: smtp(strict, { oauthUrl: `http://127.0.0.1:${port}/token` }),
      secrets,
    });
    expect(report.sent).toHaveLength(1);
    expect(Object.fromEntries(new URLSearchParams(asked[0]))).toMatchObject({
      grant_type: "refresh_token",
      client_id: "client",
      refresh_token: "refresh",
    });
    expect(asked).toHaveLength(1);
  });
});

describe("settings that do not fit", () => {
  const wrong: readonly (readonly [string, ConfigFile["mail"], Readonly<Record<string, string>>, RegExp])[] =
    [
      ["SMTP without a host", { transport: "smtp", from: "a@b.test" }, {}, /^mail\.smtpHost: expected/],
      ["SMTP without a sender", { transport: "smtp", smtpHost: "x.test" }, {}, /^mail\.from: expected/],
      [
        "a password without a user",
        smtpTo(),
        { smtpPassword: "hidden-secret" },
        /^OFAC_LEDGER_SMTP_USER: expected/,
      ],
      [
        "a user without a secret",
        smtpTo(),
        { smtpUser: "u" },
        /exactly one of OFAC_LEDGER_SMTP_PASSWORD.*found 0/,
      ],
      [
        "two secrets",
        smtpTo(),
        { smtpUser: "u", smtpPassword: "hidden-secret", oauthToken: "hidden-secret" },
        /exactly one of .* found 2/,
      ],
      [
        "a refresh token without a place",
        smtpTo(),
        { smtpUser: "u", oauthRefreshToken: "hidden-secret" },
        /^mail\.oauthUrl/,
      ],
      ["plain SMTP to another machine", smtpTo(), {}, /^mail\.tls: expected TLS to mail\.sender\.test/],
      [
        "a DKIM name without a key",
        { dkim: { domain: "a.test", selector: "s" } },
        {},
        /^OFAC_LEDGER_DKIM_KEY: expected/,
      ],
      ["a DKIM key without a name", {}, { dkimKey: "hidden-secret" }, /^mail\.dkim: expected/],
      [
        "a DKIM key that is none",
        { dkim: { domain: "a.test", selector: "s" } },
        { dkimKey: "hidden-secret" },
        /found no key/,
      ],
      ["a sender that is none", { from: "hidden-secret" }, {}, /^mail\.from: expected exactly one mailbox/],
      ["a reply address that is none", { replyTo: "hidden-secret" }, {}, /^mail\.replyTo/],
      ["a list id that is none", { listId: "no host" }, {}, /^mail\.listId/],
      [
        "a link without a token",
        { unsubscribeUrl: "https://a.test/leave" },
        {},
        /^mail\.unsubscribeUrl: .*\{token\}/,
      ],
      ["one click without a link", { oneClick: true }, {}, /^mail\.oneClick: expected unsubscribeUrl/],
      [
        "a CA file that is none",
        { ...smtpTo(), tls: "starttls", caFile: "no/such.pem" },
        {},
        /no\/such\.pem/,
      ],
    ];
  function smtpTo(): ConfigFile["mail"] {
    return { transport: "smtp", smtpHost: "mail.sender.test", tls: "none", from: "a@sender.test" };
  }

  it.each(wrong)(
    "%s: nothing is sent, and the message names the setting, no secret",
    async (_, mail, secrets, message) => {
      const files = sendLedger();
      const sending = sendOnce({ files, subscriptions: READER, mail, secrets });
      const error: unknown = await sending.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
      expect(String(error)).not.toMatch(/hidden-secret|readers\.test/);
      expect(deliveriesText(files)).toBe("");
    },
  );

  it("an id to try again that no subscription has is named", async () => {
    const sending = sendOnce({ files: sendLedger(), subscriptions: READER, tryAgain: ["ada", "nobody"] });
    await expect(sending).rejects.toThrow('found "nobody"');
  });
});

describe("hooks", () => {
  interface Post {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }
  const SECRET = "a shared webhook secret, composed for tests";

  function hooks(status: (url: string) => number): HookPort & { readonly posts: Post[] } {
    const posts: Post[] = [];
    return {
      posts,
      post: async (url, headers, body) => {
        posts.push({ url, headers, body });
        return { status: status(url) };
      },
    };
  }

  it("go through the same outbox: webhook, Slack and Teams beside mail, each once, retried in a later run", async () => {
    const files = sendLedger();
    let down = true;
    const port = hooks((url) => (down && url.includes("webhook") ? 503 : 204));
    const since = "2023-05-25";
    const subscriptions = subscriptionsOf(
      { id: "mail", since },
      { id: "hook", channel: "webhook", address: "https://webhook.test/in", since },
      { id: "slack", channel: "slack", address: "https://slack.test/secret-path", since },
      { id: "teams", channel: "teams", address: "https://teams.test/secret-path", since },
    );
    const mails: string[] = [];
    const run = (now: string) =>
      sendOnce({
        files,
        subscriptions,
        hooks: port,
        now,
        secrets: { webhook: SECRET },
        eml: (name) => void mails.push(name),
      });
    const first = await run("2023-05-26T12:00:00Z");
    expect(first.sent.map(({ subscription }) => subscription).sort()).toEqual(["mail", "slack", "teams"]);
    expect(first.failed).toMatchObject([
      { subscription: "hook", outcome: "failed-temporary", code: "http-503" },
    ]);
    down = false;
    const early = await run("2023-05-26T12:05:00Z");
    expect([early.sent, early.skipCounts["waits-for-retry"]]).toEqual([[], 1]);
    const later = await run("2023-05-26T12:15:00Z");
    expect(later.sent).toMatchObject([{ subscription: "hook", attempt: 2 }]);
    expect([mails.length, port.posts.length]).toEqual([1, 4]);
    const [, , , last] = port.posts;
    const id = last?.headers["webhook-id"] ?? "";
    expect(id).toBe(port.posts.find(({ url }) => url.includes("webhook"))?.headers["webhook-id"]);
    const signed = `${id}.${last?.headers["webhook-timestamp"]}.${last?.body}`;
    expect(last?.headers["webhook-signature"]).toBe(
      `v1,${createHmac("sha256", SECRET).update(signed).digest("base64")}`,
    );
    expect(JSON.parse(last?.body ?? "")).toMatchObject({ type: "ofac-ledger.digest", subscription: "hook" });
    expect(deliveriesText(files)).not.toMatch(/secret-path|webhook\.test|readers\.test/);
  });

  it("without a secret of their own and without a shared one are refused by id", async () => {
    const subscriptions = subscriptionsOf({
      id: "hook",
      channel: "webhook",
      address: "https://webhook.test/in",
    });
    await expect(sendOnce({ files: sendLedger(), subscriptions })).rejects.toThrow(
      /"hook": secret: expected 32/,
    );
    const short = sendOnce({ files: sendLedger(), subscriptions, secrets: { webhook: "short" } });
    await expect(short).rejects.toThrow(/32 characters or more in OFAC_LEDGER_WEBHOOK_SECRET, found 5/);
  });
});

describe("refusals", () => {
  it("are retried, recorded and paused over runs of the app; nobody else is affected", async () => {
    const plain = await server();
    const files = sendLedger();
    const subscriptions = subscriptionsOf(
      { id: "ada", since: "2023-05-25" },
      { id: "cleo", since: "2023-05-25" },
    );
    plain.behave((to) =>
      to.startsWith("cleo") ? { kind: "reply", code: 450, at: "rcpt" } : { kind: "accept" },
    );
    const run = (now: string, tryAgain: readonly string[] = []) =>
      sendOnce({ files, subscriptions, mail: smtp(plain), now, tryAgain });
    expect(await run("2023-05-26T12:00:00Z")).toMatchObject({
      sent: [{ subscription: "ada" }],
      failed: [{ subscription: "cleo", code: "smtp-450-rcpt", outcome: "failed-temporary" }],
    });
    plain.behave(() => ({ kind: "reply", code: 550, at: "rcpt" }));
    expect((await run("2023-05-26T13:00:00Z")).failed).toMatchObject([
      { subscription: "cleo", outcome: "failed-permanent", attempt: 2 },
    ]);
    expect((await run("2023-05-27T13:00:00Z")).skipCounts).toMatchObject({ "failed-permanently": 1 });
    plain.behave(() => ({ kind: "accept" }));
    expect((await run("2023-05-28T13:00:00Z", ["cleo"])).sent).toMatchObject([{ subscription: "cleo" }]);
    expect(plain.received.map(({ to }) => to[0])).toEqual(["ada@readers.test", "cleo@readers.test"]);
    expect(deliveriesText(files)).not.toContain("readers.test");
  });
});

describe("a message that cannot be composed", () => {
  it("is told with its error and without an address, stays due, and goes out once that is mended", async () => {
    const plain = await server();
    const files = sendLedger();
    const told: unknown[] = [];
    const run = (now: string, templates: Readonly<Record<string, string>> = {}) =>
      sendOnce({
        files,
        subscriptions: READER,
        mail: smtp(plain),
        now,
        templates,
        onFault: (fault) => told.push(fault),
      });
    const broken = { "mail/digest.hbs": "{{noSuchMember}}" };
    const first = await run("2023-05-26T12:00:00Z", broken);
    expect(first.failed).toMatchObject([{ outcome: "failed-temporary", code: "not-composed-error" }]);
    expect(told).toEqual([
      {
        subscription: "ada",
        publications: ["sdn-20230525"],
        code: "not-composed-error",
        message: expect.stringContaining("noSuchMember"),
      },
    ]);
    const later = await run("2023-06-05T12:00:00Z", broken);
    expect(later.failed).toMatchObject([{ outcome: "failed-temporary", code: "not-composed-error" }]);
    expect((await run("2023-06-05T12:15:00Z")).sent).toHaveLength(1);
    expect(deliveriesText(files)).toMatch(/"cause":"ours"/);
  });
});

describe("filters on a publication that is not the newest", () => {
  const older = { since: "2023-05-25" };
  it("see the party as it stood then", async () => {
    const files = sendLedger();
    const { appendDay, COMPOSED_HISTORY } = await import("../support/composed-ledger.ts");
    const last = COMPOSED_HISTORY.at(-1);
    if (last === undefined) throw new Error("expected days");
    // Since then the changed party has left the list.
    appendDay(files, { date: "2023-05-26", parties: last.parties.slice(1) });
    const report = await sendOnce({
      files,
      subscriptions: subscriptionsOf(
        { id: "panama", ...older, filters: { countries: ["Panama"], types: ["entity"] } },
        { id: "france", ...older, filters: { countries: ["France"] } },
        { id: "cuba", ...older, filters: { programs: ["CUBA"] } },
      ),
      dryRun: true,
    });
    const would = report.wouldSend.map(({ subscription, publications }) => [
      subscription.id,
      ...publications.map(({ record, match }) => `${record.id} ${match.uids.join(" ")} ${match.open.length}`),
    ]);
    expect(would).toEqual([
      ["cuba", "sdn-20230525 36 306 0"],
      ["cuba", "sdn-20230526 36 0"],
      ["panama", "sdn-20230525 36 306 0"],
      ["panama", "sdn-20230526 36 0"],
    ]);
    expect(report.skipped.filter(({ subscription }) => subscription === "france")).toMatchObject([
      { publication: "sdn-20230523", reason: "older-than-since" },
      { publication: "sdn-20230525", reason: "filtered-out" },
      { publication: "sdn-20230526", reason: "filtered-out" },
    ]);
  });
});

describe("a dry run", () => {
  it("says who would get what and why not, writes nothing and asks for no lock", async () => {
    const files = sendLedger();
    lookedAt(files, "2023-05-26T11:00:00Z");
    const before = new Map(files.content);
    const report = await sendOnce({
      files,
      subscriptions: subscriptionsOf(
        { id: "ada" },
        { id: "later", cadence: { kind: "daily", hour: 23, timeZone: "UTC" }, since: "2023-05-26" },
        { id: "quiet", quiet: { from: 8, to: 18, timeZone: "UTC" } },
        {
          id: "calm",
          cadence: { kind: "daily", hour: 10, timeZone: "UTC" },
          since: "2023-05-26",
          confirmUnchanged: true,
        },
      ),
      dryRun: true,
    });
    expect(report.wouldSend.map(({ subscription, kind }) => [subscription.id, kind])).toEqual([
      ["ada", "digest"],
      ["ada", "digest"],
      ["calm", "unchanged"],
    ]);
    expect(report.skipCounts).toEqual({ "older-than-since": 4, "quiet-period": 2 });
    expect(files.content).toEqual(before);
  });
});

describe("a delivery secret", () => {
  it("that deliveries were recorded under must be given on", async () => {
    const files = sendLedger();
    await sendOnce({ files, subscriptions: READER });
    const other = "another composed secret of 32 characters or more";
    await expect(sendOnce({ files, subscriptions: READER, secrets: { delivery: [other] } })).rejects.toThrow(
      /deliveries are recorded under key [0-9a-f]{16}/,
    );
    const rotated = await sendOnce({
      files,
      subscriptions: READER,
      secrets: { delivery: [other, DELIVERY_SECRET] },
    });
    expect([rotated.sent, rotated.skipCounts["already-sent"]]).toEqual([[], 1]);
  });
});
