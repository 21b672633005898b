import type { Instant } from "../../domain/index.ts";
import {
  type DueItem,
  dkimRecord,
  dkimRecordFaults,
  emlChannel,
  type HandOver,
  type KeyRing,
  type MailSettings,
  messageFaults,
  type Publication,
  type Render,
  readSubscriptions,
  type SmtpSettings,
  send,
  smtpPool,
} from "../../notify/index.ts";
import type { Finding } from "./doctor-setup.ts";

/** Texts of the TXT records of a name; none when there are none. */
export type ResolveText = (name: string) => Promise<readonly string[]>;

/** A message as a reader would get it now, looked at as bytes. */
export async function sampleFindings(of: {
  readonly mail: MailSettings;
  readonly keys: KeyRing;
  readonly newest: Publication | undefined;
  readonly render: Render;
  readonly now: Instant;
}): Promise<Finding[]> {
  const { mail, keys, render } = of;
  const written: Uint8Array[] = [];
  const folder = { write: async (_: string, bytes: Uint8Array) => void written.push(bytes) };
  const channel = emlChannel(mail, folder, keys);
  const item = await sampleItem(of);
  const links = channel.links(item);
  const prepared = await channel.prepare(item, await render(item, links), links);
  await prepared.handOver();
  const [bytes] = written;
  const faults = bytes === undefined ? ["expected a message, found none"] : messageFaults(bytes, mail);
  const what = of.newest === undefined ? "a confirmation" : `the digest of ${of.newest.record.id}`;
  const findings: Finding[] =
    faults.length === 0
      ? [
          {
            check: "message",
            state: "ok",
            says: `${what}: ${bytes?.length} bytes, every header as it should be`,
          },
        ]
      : faults.map((says) => ({ check: "message", state: "fault", says: `${what}: ${says}`, exitCode: 2 }));
  return [...findings, ...unsubscribeAdvice(mail)];
}

function unsubscribeAdvice({ unsubscribe = {} }: MailSettings): Finding[] {
  if (unsubscribe.oneClick === true) return [];
  const says =
    unsubscribe.https === undefined && unsubscribe.mailto === undefined
      ? "mail.unsubscribeUrl and mail.unsubscribeMailto: none is set, so no mail says how to leave"
      : "mail.oneClick: not set; Gmail and Yahoo ask larger senders for RFC 8058's one click";
  return [{ check: "message", state: "advice", says }];
}

/** What a new reader would be due of the newest publication; without one, the word that nothing changed. */
async function sampleItem(of: {
  readonly mail: MailSettings;
  readonly keys: KeyRing;
  readonly newest: Publication | undefined;
  readonly now: Instant;
}): Promise<DueItem> {
  const { mail, keys, newest, now } = of;
  const address = mail.from.address;
  const cadence = { kind: "daily", hour: 0, timeZone: "UTC" };
  const entry = {
    id: "doctor",
    address,
    since: "1970-01-01",
    ...(newest === undefined ? { cadence, confirmUnchanged: true } : {}),
  };
  const { wouldSend } = await send({
    publications: newest === undefined ? [] : [newest],
    subscriptions: readSubscriptions(JSON.stringify({ formatVersion: "1.0", subscriptions: [entry] })),
    keys,
    now,
    lookedAt: now,
    dryRun: true,
    channels: {},
    store: { load: async () => ({ intents: [], results: [] }), writeIntents: never, writeResults: never },
    sleep: async () => undefined,
    render: never,
  });
  const [item] = wouldSend;
  if (item === undefined) throw new Error("expected a sample to be due");
  return item;
}

function never(): never {
  throw new Error("a dry run writes nothing");
}

/** The key is well formed (it has signed the sample); the record is shown, and with a resolver held against the DNS. */
export async function dkimFindings(mail: MailSettings, resolve: ResolveText | undefined): Promise<Finding[]> {
  const { dkim } = mail;
  if (dkim === undefined) {
    return [
      {
        check: "dkim",
        state: "advice",
        says: "mail.dkim: not set; mail goes out unsigned unless your server signs it",
      },
    ];
  }
  const { name, value } = dkimRecord(dkim);
  const from = domainOf(mail);
  const aligned = from === dkim.domain || from.endsWith(`.${dkim.domain}`);
  return [
    { check: "dkim", state: "ok", says: `the key signs for ${dkim.domain}, selector ${dkim.selector}` },
    ...(aligned
      ? []
      : [
          {
            check: "dkim",
            state: "advice",
            says: `mail.dkim.domain: ${dkim.domain} is not the domain of mail.from, ${from}: DMARC will not count the signature`,
          } as const,
        ]),
    { check: "dkim", state: "ok", says: `TXT record to publish: ${name} ${quoted(value)}` },
    ...(resolve === undefined
      ? [{ check: "dns", state: "not-checked", says: `${name}; ask the DNS with --dns` } as const]
      : await dnsFindings(mail, resolve)),
  ];
}

async function dnsFindings(mail: MailSettings, resolve: ResolveText): Promise<Finding[]> {
  const { dkim } = mail;
  if (dkim === undefined) return [];
  const { name } = dkimRecord(dkim);
  const records = await resolve(name);
  const dmarc = `_dmarc.${domainOf(mail)}`;
  const policies = (await resolve(dmarc)).filter((text) => /^v=DMARC1\s*;/.test(text));
  const fault = (says: string): Finding => ({
    check: "dns",
    state: "fault",
    says: `${name}: ${says}`,
    exitCode: 2,
  });
  const faults =
    records.length === 1
      ? dkimRecordFaults(records[0] ?? "", dkim).map(fault)
      : [fault(`expected one TXT record, found ${records.length}`)];
  return [
    ...(faults.length > 0
      ? faults
      : [{ check: "dns", state: "ok", says: `${name}: as it should be` } as const]),
    policies.length === 1
      ? { check: "dns", state: "ok", says: `${dmarc}: has a DMARC policy` }
      : {
          check: "dns",
          state: "advice",
          says: `${dmarc}: expected one DMARC policy (v=DMARC1; p=…), found ${policies.length}`,
        },
  ];
}

function domainOf({ from }: MailSettings): string {
  return from.address.slice(from.address.lastIndexOf("@") + 1).toLowerCase();
}

/** As a zone file has it: character strings of at most 255 bytes (RFC 1035 §3.3.14). */
function quoted(value: string): string {
  return (value.match(/.{1,255}/g) ?? []).map((part) => `"${part}"`).join(" ");
}

/** Connects, upgrades, logs in, and sends nothing. */
export async function smtpFindings(settings: SmtpSettings): Promise<Finding[]> {
  const pool = smtpPool(settings);
  const where = `${settings.host}:${settings.port}`;
  try {
    const result = await pool.verify();
    if (result.outcome === "sent") {
      const login = settings.auth === undefined ? "without a login" : "logged in";
      const tls = settings.tls === "none" ? "no TLS" : settings.tls === "implicit" ? "TLS" : "STARTTLS";
      return [{ check: "smtp", state: "ok", says: `${where}: ${tls}, ${login}, nothing sent` }];
    }
    return [
      { check: "smtp", state: "fault", says: `${where}: ${adviceOn(result)} (${result.code})`, exitCode: 7 },
    ];
  } finally {
    pool.close();
  }
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /-auth$|^login$/,
    "the login was refused; check OFAC_LEDGER_SMTP_USER and the password or token beside it",
  ],
  [
    /-starttls$/,
    'the server does not offer STARTTLS; set mail.tls to "implicit" and mail.smtpPort to 465, or ask its operator',
  ],
  [
    /^tls-certificate$/,
    "the server's certificate is not trusted for this name; check mail.smtpHost, or name its authority in mail.caFile",
  ],
  [/^tls$/, 'no TLS could be agreed on; mail.tls "implicit" belongs to port 465, "starttls" to 587'],
  [/^dns$/, "no such host; check mail.smtpHost"],
  [/^connection-failed$/, "nobody listens there; check mail.smtpHost and mail.smtpPort"],
  [/^timeout$/, "no answer in time; a firewall may be in the way"],
];

function adviceOn({ code }: HandOver): string {
  return ADVICE.find(([pattern]) => pattern.test(code))?.[1] ?? "the server does not want to serve us";
}
