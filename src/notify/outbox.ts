import {
  compareText,
  type Hash,
  type Instant,
  type LedgerRecord,
  LISTS,
  UsageError,
} from "../domain/index.ts";
import type { ContextVersion, NoticeNews } from "./beside.ts";
import { isoInstant } from "./cadence.ts";
import { dueOf, type MatchMemo } from "./due.ts";
import type { PartyLookup } from "./facts.ts";
import type { RecordMatch } from "./filter.ts";
import type { KeyRing } from "./key.ts";
import type { DeliveryState } from "./standings.ts";
import type { Subscription } from "./subscription.ts";

/** A record as the outbox needs it. */
export interface Publication {
  readonly record: LedgerRecord;
  /** Of the record's bytes. */
  readonly hash: Hash;
  /** When we first saw it, from the observation: it orders digests and dates them. */
  readonly firstSeen: Instant;
  /** Whole parties after the record, for filters on modified ones; without it those filters stay open. */
  readonly party?: PartyLookup;
  /** What others said of it, as it stood from each instant on; late ones make a reply. */
  readonly context?: readonly ContextVersion[];
}

/** A publication in a digest, with the parties the subscription hears of. */
export interface DigestPublication extends Publication {
  readonly match: RecordMatch;
}

/** One message that is due. */
export interface DueItem {
  /** `context`: a reply to a digest, with what came in after it. */
  readonly kind: "digest" | "unchanged" | "context";
  readonly subscription: Subscription;
  /** In order of publication; none for `unchanged`. */
  readonly publications: readonly DigestPublication[];
  /** Ids of notices without a list change that ride on it; none unless told. */
  readonly notices?: readonly string[];
  readonly key: string;
  readonly recipient: string;
  readonly recordKeys: readonly string[];
  readonly attempt: number;
  /** Since when the recipient has refused it for now; null when it has not. */
  readonly refusedSince: Instant | null;
  /** When trouble of ours last kept it back: then it comes after all others. */
  readonly keptBack?: Instant;
  /** The message's Date: when the newest publication was first seen, or the slot of a periodic digest. */
  readonly date: Instant;
  /** What the Message-ID is made of; does not change with the key. */
  readonly identity: readonly string[];
  /** Identity of the digest this one answers: that in which a corrected record was told, or what came late. */
  readonly inReplyTo: readonly string[] | null;
  /** Release all of it belongs to (of a correction: that of what it corrects); null for several. */
  readonly thread: string | null;
}

/** Why a subscription gets nothing of a publication, or not now. */
export type SkipReason =
  | "already-sent"
  | "older-than-since"
  | "filtered-out"
  | "no-change"
  | "minor-correction"
  | "waits-for-slot"
  | "quiet-period"
  | "waits-for-retry"
  | "failed-permanently"
  | "unknown-not-resent"
  | "paused"
  | "not-looked-since-slot";

export interface Skip {
  readonly subscription: string;
  readonly publication: string | null;
  readonly reason: SkipReason;
  /** When it becomes due, where that is known. */
  readonly until?: Instant;
  /** The delivery batch that decided it. */
  readonly batch?: string;
}

export interface Outbox {
  readonly items: readonly DueItem[];
  /** All of them when `explain` is set, else only those an operator should hear of. */
  readonly skips: readonly Skip[];
  readonly skipCounts: Readonly<Partial<Record<SkipReason, number>>>;
}

export interface OutboxInput {
  readonly publications: readonly Publication[];
  readonly subscriptions: readonly Subscription[];
  readonly state: DeliveryState;
  readonly keys: KeyRing;
  readonly now: Instant;
  /** Notices without a list change; each rides on the next message of every reader. */
  readonly notices?: readonly NoticeNews[];
  /** When all sources were last looked at with success; nothing is confirmed unchanged without it. */
  readonly lookedAt: Instant | null;
  readonly resendUnknown?: boolean;
  /** Ids of subscriptions to try once more although they are paused or were refused for good. */
  readonly tryAgain?: readonly string[];
  /** Report every skip: for a dry run. */
  readonly explain?: boolean;
}

const TOLD: ReadonlySet<SkipReason> = new Set([
  "paused",
  "failed-permanently",
  "waits-for-retry",
  "unknown-not-resent",
]);

/**
 * Who is due what, now. Pure: the same input gives the same items in the same order. Only live publications
 * and corrections are ever told; baselines, reinterpretations and imports are not news.
 * @throws UsageError `delivery-key` when deliveries were recorded under a key that is not given
 */
export function planOutbox(given: OutboxInput): Outbox {
  refuseUnknownKeys(given);
  const input = {
    ...given,
    now: wholeSeconds(given.now),
    lookedAt: given.lookedAt === null ? null : wholeSeconds(given.lookedAt),
  };
  const news = input.publications
    .map((publication) => ({ ...publication, firstSeen: wholeSeconds(publication.firstSeen) }))
    .filter(({ record }) => record.origin === "live")
    .filter(({ record }) => record.kind === "publication" || record.kind === "correction")
    .sort(inOrderOfPublication);
  const memo: MatchMemo = new Map();
  const order = [...input.subscriptions].sort((a, b) => compareText(a.id, b.id));
  const items: DueItem[] = [];
  const skips: Skip[] = [];
  const skipCounts: Partial<Record<SkipReason, number>> = {};
  const note = (skip: Skip) => {
    skipCounts[skip.reason] = (skipCounts[skip.reason] ?? 0) + 1;
    if (input.explain === true || TOLD.has(skip.reason)) skips.push(skip);
  };
  for (const subscription of order) {
    items.push(...dueOf(subscription, news, input, memo, note));
  }
  return { items, skips, skipCounts };
}

/** One form for all instants, so that their texts compare as they do. */
function wholeSeconds(instant: Instant): Instant {
  return isoInstant(Date.parse(instant));
}

function inOrderOfPublication(a: Publication, b: Publication): number {
  return (
    compareText(a.firstSeen, b.firstSeen) ||
    LISTS.indexOf(a.record.list) - LISTS.indexOf(b.record.list) ||
    compareText(a.record.id, b.record.id)
  );
}

function refuseUnknownKeys({ state, keys }: OutboxInput): void {
  const missing = [...state.keyIds].filter((id) => !keys.some((key) => key.id === id)).sort(compareText);
  if (missing.length === 0) return;
  throw new UsageError(
    "delivery-key",
    `deliveries are recorded under key ${missing.join(", ")}, expected its secret among those given, found ${keys.map((key) => key.id).join(", ")}: without it everything would be sent again. Give the old secret after the new one; if it is lost, set "since" of every subscription to today and move those deliveries away`,
  );
}
