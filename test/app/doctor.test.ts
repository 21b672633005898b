import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { type ConfigFile, type DoctorReport, doctor } from "../../src/app/index.ts";
import { UsageError } from "../../src/domain/index.ts";
import { messageFaults } from "../../src/notify/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { LOOPBACK_CERTIFICATE } from "../support/loopback-certificate.ts";
import {
  DELIVERY_SECRET,
  sendLedger,
  sendOnce,
  subscriptionsOf,
  TEMPLATE_SOURCES,
} from "../support/send-world.ts";
import { type SmtpStandIn, type SmtpStandInOptions, startSmtpStandIn } from "../support/smtp-stand-in.ts";

const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const caFile = join(folder, "ca.pem");
writeFileSync(caFile, LOOPBACK_CERTIFICATE);

const open: SmtpStandIn[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function server(options: SmtpStandInOptions = {}): Promise<SmtpStandIn> {
  const started = await startSmtpStandIn(options);
  open.push(started);
  return started;
}

const ACCOUNT = { user: "digests", password: "correct horse" };
const pair = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "der" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const RECORD = `v=DKIM1; k=rsa; p=${pair.publicKey.toString("base64")}`;

interface Look {
  readonly files?: ReturnType<typeof memoryFiles>;
  readonly mail?: ConfigFile["mail"];
  readonly config?: ConfigFile;
  readonly secrets?: Readonly<Record<string, string | readonly string[]>>;
  readonly subscriptions?: string | null;
  readonly txt?: Readonly<Record<string, readonly string[]>>;
}

function look(of: Look = {}): Promise<DoctorReport> {
  return doctor({
    files: of.files ?? sendLedger(),
    config: {
      site: { baseUrl: "https://ledger.test" },
      sources: { userAgent: "ledger of Sender (+https://sender.test/contact)" },
      ...of.config,
      ...(of.mail === undefined ? {} : { mail: of.mail }),
    },
    now: "2023-05-26T12:00:00Z",
    templates: TEMPLATE_SOURCES,
    renderer: "test",
    secrets: () => ({ delivery: [DELIVERY_SECRET], ...of.secrets }),
    subscriptions: async () =>
      of.subscriptions === undefined ? subscriptionsOf({ id: "ada" }) : of.subscriptions,
    ...(of.txt === undefined ? {} : { resolve: async (name: string) => of.txt?.[name] ?? [] }),
  });
}

function faults({ findings }: DoctorReport): string[] {
  return findings.flatMap(({ check, state, says }) => (state === "fault" ? [`${check}: ${says}`] : []));
}

function says(report: DoctorReport, check: string): string[] {
  return report.findings.flatMap((one) => (one.check === check ? [`${one.state}: ${one.says}`] : []));
}

function smtp(to: Pick<SmtpStandIn, "port">, more: ConfigFile["mail"] = {}): ConfigFile["mail"] {
  return {
    transport: "smtp",
    smtpHost: "localhost",
    smtpPort: to.port,
    caFile,
    from: "digests@sender.test",
    timeoutSeconds: 2,
    ...more,
  };
}

describe("a doctor", () => {
  it("finds nothing wrong where everything is right, and sends nothing", async () => {
    const strict = await server({ tls: "starttls", login: ACCOUNT });
    const report = await look({
      mail: smtp(strict, {
        dkim: { domain: "sender.test", selector: "may" },
        unsubscribeUrl: "https://sender.test/leave/{token}",
        oneClick: true,
      }),
      secrets: { smtpUser: "digests", smtpPassword: "correct horse", dkimKey: pair.privateKey },
      txt: { "may._domainkey.sender.test": [RECORD], "_dmarc.sender.test": ["v=DMARC1; p=none"] },
    });
    expect(faults(report)).toEqual([]);
    expect(report.exitCode).toBe(0);
    expect(says(report, "smtp")).toEqual([`ok: localhost:${strict.port}: STARTTLS, logged in, nothing sent`]);
    expect(says(report, "message")).toEqual([
      expect.stringMatching(/^ok: the digest of sdn-20230525: \d+ bytes, every header as it should be$/),
    ]);
    expect(says(report, "dns")).toEqual([
      "ok: may._domainkey.sender.test: as it should be",
      "ok: _dmarc.sender.test: has a DMARC policy",
    ]);
    expect(says(report, "outbox")).toEqual(["ok: 2 would be sent now"]);
    expect(report.findings.filter(({ state }) => state === "advice")).toEqual([]);
    expect(strict.received).toEqual([]);
    expect(JSON.stringify(report)).not.toMatch(/correct horse|readers\.test|PRIVATE/);
  });

  it("shows the DKIM record to publish, and asks no DNS unless told to", async () => {
    const report = await look({
      mail: { dkim: { domain: "sender.test", selector: "may" } },
      secrets: { dkimKey: pair.privateKey },
    });
    const [first = "", rest = ""] = [RECORD.slice(0, 255), RECORD.slice(255)];
    expect(says(report, "dkim")).toContain(
      `ok: TXT record to publish: may._domainkey.sender.test "${first}" "${rest}"`,
    );
    expect(says(report, "dkim").join("\n")).toContain("is not the domain of mail.from");
    expect(says(report, "dns")[0]).toMatch(/^not-checked/);
  });

  it("doubts a program tag that nobody has seen, by the subscription's name", async () => {
    const subscriptions = subscriptionsOf({ id: "desk", filters: { programs: ["SDGTT", "CUBA"] } });
    const report = await look({ subscriptions });
    expect(says(report, "subscriptions")).toEqual([
      "ok: 1 (1 mail)",
      expect.stringMatching(
        /^advice: subscription "desk": filters: programs: .*"SDGTT".*; was SDGT meant\?$/,
      ),
    ]);
    expect(faults(report)).toEqual([]);
  });

  it("works before there is anything", async () => {
    const report = await doctor({
      files: memoryFiles(),
      config: {},
      now: "2023-05-26T12:00:00Z",
      templates: TEMPLATE_SOURCES,
      renderer: "test",
      secrets: () => ({ delivery: [] }),
      subscriptions: async () => null,
    });
    expect([faults(report), report.exitCode]).toEqual([[], 0]);
    const advice = report.findings.filter(({ state }) => state === "advice").map(({ check }) => check);
    expect(new Set(advice)).toEqual(
      new Set(["ledger", "site", "user-agent", "subscriptions", "secrets", "message", "dkim", "smtp"]),
    );
  });
});

describe("of the mail server it says", () => {
  const login = { smtpUser: "digests", smtpPassword: "correct horse" };
  const cases: readonly (readonly [
    string,
    SmtpStandInOptions,
    ConfigFile["mail"],
    Record<string, string>,
    RegExp,
  ])[] = [
    [
      "a wrong password",
      { tls: "starttls", login: ACCOUNT },
      {},
      { ...login, smtpPassword: "wrong" },
      /login was refused.*\(smtp-535-auth\)$/,
    ],
    ["no STARTTLS", { tls: "none" }, {}, {}, /does not offer STARTTLS.*\(smtp-\d+-starttls\)$/],
    [
      "a certificate nobody vouches for",
      { tls: "starttls" },
      { caFile: join(folder, "other.pem") },
      {},
      /certificate is not trusted.*\(tls-certificate\)$/,
    ],
    ["no TLS at all", { tls: "none" }, { tls: "implicit" }, {}, /no TLS could be agreed on.*\(tls\)$/],
    [
      "a name that is not the certificate's",
      { tls: "starttls" },
      { smtpHost: "127.0.0.2" },
      {},
      /\(tls-certificate\)$|nobody listens/,
    ],
  ];
  writeFileSync(join(folder, "other.pem"), "");

  it.each(cases)("%s", async (_, options, mail, secrets, message) => {
    const to = await server(options);
    const report = await look({ mail: smtp(to, mail), secrets });
    expect(faults(report)).toEqual([expect.stringMatching(message)]);
    expect(report.exitCode).toBe(7);
    expect(JSON.stringify(report)).not.toMatch(/wrong"|correct horse/);
  });

  it("that nobody listens, or greets with a refusal", async () => {
    const to = await server();
    to.greetWith(554);
    expect(faults(await look({ mail: smtp(to, { tls: "none" }) }))).toEqual([
      expect.stringMatching(/does not want to serve us \(smtp-554/),
    ]);
    const { port } = to;
    await to.close();
    open.splice(0);
    expect(faults(await look({ mail: smtp({ port }) }))).toEqual([
      expect.stringMatching(/nobody listens there/),
    ]);
  });
});

describe("it finds", () => {
  const cases: readonly (readonly [string, Look, number, readonly RegExp[]])[] = [
    [
      "a subscription that is wrong, by id",
      { subscriptions: subscriptionsOf({ id: "ada", address: "no address" }) },
      2,
      [/^subscriptions: .*"ada": address: expected exactly one mailbox/s],
    ],
    [
      "missing secrets where somebody subscribed",
      { secrets: { delivery: [] } },
      2,
      [/^secrets: OFAC_LEDGER_DELIVERY_SECRETS/],
    ],
    ["a short secret", { secrets: { delivery: ["short"] } }, 2, [/^secrets: .*at least 32/]],
    [
      "links to localhost in real mail",
      {
        config: { site: {} },
        mail: { transport: "smtp", smtpHost: "127.0.0.1", smtpPort: 1, tls: "none", from: "a@b.test" },
      },
      7,
      [/^site: site\.baseUrl: not set/, /^smtp:/],
    ],
    [
      "a user agent without contact",
      { config: { sources: { userAgent: "some robot 1.0" } } },
      2,
      [/^user-agent: .*expected a contact/],
    ],
    ["a mail setting that is none", { mail: { listId: "no host" } }, 2, [/^mail: .*mail\.listId/]],
    [
      "a DKIM key that is none, as one fault",
      { mail: { dkim: { domain: "a.test", selector: "s" } }, secrets: { dkimKey: "none" } },
      2,
      [/^mail: .*found no key/],
    ],
    [
      "a DKIM record that is missing",
      { mail: { dkim: { domain: "a.test", selector: "s" } }, secrets: { dkimKey: pair.privateKey }, txt: {} },
      2,
      [/^dns: s\._domainkey\.a\.test: expected one TXT record, found 0/],
    ],
    [
      "a DKIM record of another key",
      {
        mail: { dkim: { domain: "a.test", selector: "s" } },
        secrets: { dkimKey: pair.privateKey },
        txt: { "s._domainkey.a.test": ["v=DKIM1; p=AAAA"] },
      },
      2,
      [/^dns: .*public key of our private key, found another/],
    ],
  ];

  it.each(cases)("%s", async (_, of, exitCode, expected) => {
    const report = await look(of);
    const found = faults(report);
    expect(found).toHaveLength(expected.length);
    for (const [at, pattern] of expected.entries()) expect(found[at]).toMatch(pattern);
    expect(report.exitCode).toBe(exitCode);
  });

  it("a key that is gone but is in the ledger", async () => {
    const files = sendLedger();
    await sendOnce({ files, subscriptions: subscriptionsOf({ id: "ada" }) });
    const report = await look({ files, secrets: { delivery: ["another composed secret of 32 characters"] } });
    expect(faults(report)).toEqual([
      expect.stringMatching(/^outbox: delivery-key: deliveries are recorded under key/),
    ]);
  });

  it("subscriptions that cannot be had, beside everything else", async () => {
    const report = await doctor({
      files: sendLedger(),
      config: {},
      now: "2023-05-26T12:00:00Z",
      templates: { ...TEMPLATE_SOURCES },
      renderer: "test",
      secrets: () => ({ delivery: [] }),
      subscriptions: async () => {
        throw new UsageError("no-subscriptions", "mail.subscriptions: expected a file");
      },
    });
    expect(faults(report)).toEqual(["subscriptions: no-subscriptions: mail.subscriptions: expected a file"]);
    expect(says(report, "message")).toHaveLength(2);
  });
});

describe("a message with a planted fault", () => {
  const settings = { from: { address: "a@b.test" }, list: { name: "x", id: "x.b.test" } };
  const head = [
    "From: a@b.test",
    "To: c@d.test",
    "Subject: x",
    "Date: Tue, 23 May 2023 18:44:00 +0000",
    "Message-ID: <1@b.test>",
    "List-Id: <x.b.test>",
    "Auto-Submitted: auto-generated",
    "Precedence: bulk",
    "MIME-Version: 1.0",
    "Content-Type: text/plain",
  ];
  const message = (lines: readonly string[], body = "text\r\n") =>
    Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body}`);
  const planted: readonly (readonly [string, Buffer, RegExp])[] = [
    ["a second recipient", message([...head, "To: e@f.test"]), /to once, found it 2/],
    [
      "a missing field",
      message(head.filter((line) => !line.startsWith("Precedence"))),
      /expected Precedence/,
    ],
    ["a bare line feed", message(head, "a\nb\r\n"), /CRLF/],
    ["a long line", message(head, `${"x".repeat(999)}\r\n`), /998/],
    ["raw UTF-8", message([...head, "X-Y: é"]), /ASCII/],
    ["no date", message(head.map((line) => line.replace(/^Date: .*/, "Date: soon"))), /date in Date/],
    ["no id", message(head.map((line) => line.replace(/^Message-ID: .*/, "Message-ID: 1"))), /Message-ID/],
    ["a body without end", Buffer.from("From: a"), /empty line/],
    ["too many bytes", message(head, "x\r\n".repeat(40_000)), /102000 bytes/],
  ];
  it("is found: an innocent one has none", () => {
    expect(messageFaults(message(head), settings)).toEqual([]);
  });
  it.each(planted)("%s", (_, bytes, pattern) => {
    expect(messageFaults(bytes, settings)).toEqual([expect.stringMatching(pattern)]);
  });
  it("an unsigned one, and one that leaves out how to leave", () => {
    const dkim = { domain: "b.test", selector: "s", privateKey: "" };
    expect(messageFaults(message(head), { ...settings, dkim })).toEqual([
      "expected DKIM-Signature, found none",
    ]);
    const unsubscribe = { https: "https://b.test/{token}", mailto: "leave@b.test", oneClick: true };
    expect(messageFaults(message(head), { ...settings, unsubscribe })).toHaveLength(3);
  });
});
