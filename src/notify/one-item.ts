import type { Instant } from "../domain/index.ts";
import { isoInstant } from "./cadence.ts";
import { matchRecord } from "./filter.ts";
import { digestKey, type KeyRing, recipientKey } from "./key.ts";
import type { DigestPublication, DueItem, Publication } from "./outbox.ts";
import type { Subscription } from "./subscription.ts";
import { commonThread } from "./thread.ts";

/** What a message is asked for by hand, whatever is due. */
export interface OneItem {
  readonly kind: DueItem["kind"];
  readonly subscription: Subscription;
  /** None for `unchanged`. */
  readonly publications: readonly Publication[];
  readonly notices: readonly string[];
  readonly keys: KeyRing;
  readonly now: Instant;
}

/**
 * The message that a subscription would get of some publications: with the parties that its filters let through, and
 * the Message-ID and thread that it would have. Undefined when the filters let nothing through.
 */
export function oneItem({
  kind,
  subscription,
  publications,
  notices,
  keys,
  now,
}: OneItem): DueItem | undefined {
  const matched: DigestPublication[] = publications
    .map((one) => ({ ...one, match: matchRecord(one.record, subscription.filters, one.party) }))
    .filter(({ match, record }) => match.uids.length > 0 || record.changes.length === 0);
  if (matched.length === 0 && kind !== "unchanged") return undefined;
  const [key] = keys;
  const hashes = matched.map(({ hash }) => hash).sort();
  const seen = matched.map(({ firstSeen }) => Date.parse(firstSeen));
  const newest = seen.length === 0 ? now : isoInstant(Math.max(...seen));
  const told = [subscription.id, ...hashes];
  const identities = kind === "digest" ? hashes : [`${kind} ${isoInstant(Date.parse(now))}`, ...hashes];
  return {
    kind,
    subscription,
    publications: matched,
    notices,
    key: digestKey(key, subscription.id, identities),
    recipient: recipientKey(key, subscription.id, subscription.address),
    recordKeys: identities.map((one) => digestKey(key, subscription.id, [one])),
    attempt: 1,
    refusedSince: null,
    date: kind === "digest" ? newest : isoInstant(Date.parse(now)),
    identity: [subscription.id, ...identities],
    inReplyTo: kind === "context" ? told : null,
    thread: commonThread(matched),
  };
}
