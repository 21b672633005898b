import type { Instant } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import { type KeyRing, mailTimes } from "../../notify/index.ts";
import { ledgerDeliveries } from "../mail/delivery-store.ts";
import type { Published } from "../site/published.ts";
import { markMails } from "./latency.ts";

/** A weekly digest comes a week later, a retry a few days after that. In days. */
const STILL_SENT_DAYS = 21;
const DAY_MS = 86_400_000;

/**
 * Marks when the mails of the last weeks' publications went out, from the delivery ledger: what a crash kept from being
 * marked is marked by the next run.
 * @returns ids whose marks changed
 */
export async function markSent(
  folders: { readonly files: LedgerFiles; readonly evidence: LedgerFiles },
  published: Published,
  keys: KeyRing,
  subscriptions: readonly { readonly id: string }[],
  now: Instant,
): Promise<readonly string[]> {
  const seen = new Map(published.observations.map((one) => [one.id, one.firstSeen]));
  const lately = published.records.flatMap(({ record, hash }) => {
    const age = Date.parse(now) - Date.parse(seen.get(record.id) ?? "");
    return age >= 0 && age <= STILL_SENT_DAYS * DAY_MS ? [{ id: record.id, hash }] : [];
  });
  if (lately.length === 0) return [];
  const ledger = await ledgerDeliveries(folders.files, {}).load();
  const ids = subscriptions.map(({ id }) => id);
  return markMails(folders.evidence, mailTimes(ledger, keys, ids, lately));
}
