import type { Instant } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import type { LookedStretch } from "../../render/index.ts";
import type { ConfigFile } from "../config/config.ts";
import { ledgerDeliveries } from "../mail/delivery-store.ts";
import { readPublished } from "../site/published.ts";
import { type AlarmState, findings, watchPolicy } from "../watchdog/conditions.ts";
import { looksOfLedger } from "../watchdog/facts.ts";
import { type MailTrouble, mailTrouble } from "../watchdog/mail-trouble.ts";
import { recentLooks } from "./evidence-files.ts";
import { type LatencyTimes, latencies } from "./latency.ts";
import { lastWritten, readLooks } from "./looks.ts";

/** What is kept beside a ledger, for the operator: looks, latencies, mail, and what the watchdog would say. */
export interface EvidenceStatus {
  /** The newest look that is written down, and how many there are in the last months. */
  readonly looks: { readonly last: Instant | null; readonly written: number };
  /** The newest stretches of looks that found the same, newest first. */
  readonly stretches: readonly LookedStretch[];
  /** Newest month first. */
  readonly latency: readonly LatencyTimes[];
  readonly mail: MailTrouble;
  /** What is wrong as far as it can be told without recomputing the ledger. */
  readonly alarms: readonly {
    readonly key: string;
    readonly state: AlarmState;
    readonly title: string;
    readonly since: Instant | null;
  }[];
}

/** Stretches and months that `status` tells of; the JSON of the site has all. */
const SHOWN = 5;

/** All of it from the two folders; nobody is asked. */
export async function evidenceStatus(
  files: LedgerFiles,
  evidence: LedgerFiles,
  config: ConfigFile,
  now: Instant,
): Promise<EvidenceStatus> {
  const months = readLooks(evidence);
  const recent = recentLooks(months);
  const policy = watchPolicy(config);
  const mail = mailTrouble(await ledgerDeliveries(files, {}).load(), now, policy.mailDays);
  const looks = looksOfLedger(files, evidence, config, now);
  const found = findings({ unreadable: null, looks, problems: null, mail }, policy, now);
  return {
    looks: { last: lastWritten(months) ?? null, written: recent.at.length },
    stretches: recent.stretches.slice(-SHOWN).toReversed(),
    latency: latencies(evidence, readPublished(files)).months.slice(0, SHOWN),
    mail,
    alarms: found.conditions.map(({ key, state, title, since }) => ({ key, state, title, since })),
  };
}
