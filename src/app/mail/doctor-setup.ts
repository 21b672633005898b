import { EXIT, type ExitCode, type LedgerRecord } from "../../domain/index.ts";
import { doubtLine, type KeyRing, programDoubts, type Subscription } from "../../notify/index.ts";
import { DEFAULT_SOURCE_SETTINGS } from "../../sources/index.ts";
import { type ConfigFile, sourceSettings } from "../config/config.ts";

/** What one look found. `advice` is worth knowing and does no harm to the exit code. */
export type Finding =
  | { readonly check: string; readonly state: "ok" | "advice" | "not-checked"; readonly says: string }
  | { readonly check: string; readonly state: "fault"; readonly says: string; readonly exitCode: ExitCode };

/** Where links in mails lead. */
export function siteFindings({ site, mail }: ConfigFile): Finding[] {
  const base = site?.baseUrl;
  if (base !== undefined && !/^http:/.test(base))
    return [{ check: "site", state: "ok", says: `links lead to ${base}` }];
  const says =
    base === undefined
      ? "site.baseUrl: not set, so links in mails lead to localhost"
      : `site.baseUrl: ${base} is not https, so links can be tampered with on their way`;
  // On loopback a trial is at home; a real mail server takes the links to others.
  const matters = mail?.transport === "smtp" && base === undefined;
  return [
    matters
      ? { check: "site", state: "fault", says, exitCode: EXIT.usage }
      : { check: "site", state: "advice", says },
  ];
}

/** Whether sources can tell who asks. */
export function agentFindings(config: ConfigFile): Finding[] {
  const { userAgent } = sourceSettings(config);
  const check = "user-agent";
  if (!/https?:\/\/[^\s);]+|[^\s@]+@[^\s@]+\.[a-z]+/i.test(userAgent)) {
    const says =
      "sources.userAgent: expected a contact (an https URL or an address), found none: sources may block us";
    return [{ check, state: "fault", says, exitCode: EXIT.usage }];
  }
  if (
    userAgent === DEFAULT_SOURCE_SETTINGS.userAgent ||
    /example\.(com|org|net)|YOUR|CONTACT-URL/.test(userAgent)
  ) {
    const says =
      "sources.userAgent: the contact is a placeholder or the tool's own page; say who you are, so that OFAC can reach you";
    return [{ check, state: "advice", says }];
  }
  return [{ check, state: "ok", says: "says who asks and whom to reach" }];
}

export function subscriptionFindings(all: readonly Subscription[]): Finding[] {
  const check = "subscriptions";
  if (all.length === 0) {
    return [
      {
        check,
        state: "advice",
        says: "nobody has subscribed; see mail.subscriptions and OFAC_LEDGER_SUBSCRIPTIONS",
      },
    ];
  }
  const channels = new Map<string, number>();
  for (const { channel } of all) channels.set(channel, (channels.get(channel) ?? 0) + 1);
  const by = [...channels].map(([channel, count]) => `${count} ${channel}`).join(", ");
  return [{ check, state: "ok", says: `${all.length} (${by})` }];
}

/** Program tags that nobody has seen: OFAC may make them, or somebody mistyped one. */
export function doubtFindings(all: readonly Subscription[], records: readonly LedgerRecord[]): Finding[] {
  return programDoubts(all, records).map((doubt) => ({
    check: "subscriptions",
    state: "advice",
    says: doubtLine(doubt),
  }));
}

export function secretFindings(keys: KeyRing | undefined, all: readonly Subscription[]): Finding[] {
  const check = "secrets";
  if (keys !== undefined) {
    return [
      {
        check,
        state: "ok",
        says: `deliveries are recorded under key ${keys.map(({ id }) => id).join(", then ")}`,
      },
    ];
  }
  const says =
    'OFAC_LEDGER_DELIVERY_SECRETS: expected a secret of 32 characters or more, found none; "openssl rand -hex 32" makes one';
  return [
    all.length === 0
      ? { check, state: "advice", says }
      : { check, state: "fault", says, exitCode: EXIT.usage },
  ];
}
