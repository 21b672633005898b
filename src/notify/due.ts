import {
  atLeast,
  canonicalJson,
  compareText,
  easternDate,
  type Hash,
  type Instant,
  parsePublicationId,
} from "../domain/index.ts";
import { isoInstant, isQuiet, type PeriodicCadence, slots } from "./cadence.ts";
import type { Standing } from "./deliveries.ts";
import { matchRecord } from "./filter.ts";
import { digestKey, recipientKey } from "./key.ts";
import type { DigestPublication, DueItem, OutboxInput, Publication, Skip, SkipReason } from "./outbox.ts";
import { retryAt } from "./retry.ts";
import type { Subscription } from "./subscription.ts";

/** After so many permanent failures in a row a recipient is left alone until its address changes. */
export const PAUSE_AFTER = 3;

/** Matches by filters and record: many subscriptions share their filters, and then share the matches. */
export type MatchMemo = Map<string, Map<Hash, DigestPublication>>;

/** What one subscription is due; `note` hears of everything that it is not due. */
export function dueOf(
  subscription: Subscription,
  news: readonly Publication[],
  input: OutboxInput,
  memo: MatchMemo,
  note: (skip: Skip) => void,
): readonly DueItem[] {
  return new Due(subscription, news, input, memo, note).plan();
}

/** A publication the subscription matches and has not got. */
interface Pending {
  readonly publication: DigestPublication;
  readonly standing: Standing | undefined;
}

class Due {
  readonly #to: Subscription;
  readonly #news: readonly Publication[];
  readonly #input: OutboxInput;
  readonly #matches: Map<Hash, DigestPublication>;
  /** Under every key, current one first. */
  readonly #recipients: readonly string[];
  readonly #note: (skip: Skip) => void;

  constructor(
    to: Subscription,
    news: readonly Publication[],
    input: OutboxInput,
    memo: MatchMemo,
    note: (skip: Skip) => void,
  ) {
    this.#to = to;
    this.#note = note;
    this.#news = news;
    this.#input = input;
    const filters = canonicalJson(to.filters);
    this.#matches = memo.get(filters) ?? new Map();
    memo.set(filters, this.#matches);
    this.#recipients = input.keys.map((key) => recipientKey(key, to.id, to.address));
  }

  plan(): readonly DueItem[] {
    const pending = this.#news.map((one) => this.#pending(one)).filter((one) => one !== undefined);
    const held = this.#heldBack();
    if (held === undefined) return this.#items(pending);
    for (const { publication } of pending) this.#skip(publication, held);
    return [];
  }

  #items(pending: readonly Pending[]): readonly DueItem[] {
    const { cadence } = this.#to;
    if (cadence.kind === "immediate") {
      return grouped(pending, ({ publication }) => threadKey(publication)).map((group) =>
        this.#digest(group),
      );
    }
    const { last, next } = slots(cadence, this.#input.now);
    const due = pending.filter(({ publication }) => publication.firstSeen <= last);
    for (const { publication } of pending) {
      if (publication.firstSeen > last) this.#skip(publication, "waits-for-slot", next);
    }
    if (due.length > 0) return [this.#digest(due)];
    return this.#to.confirmUnchanged ? this.#unchanged(cadence, last) : [];
  }

  /** Nothing of a publication, with the reason noted; or what is due of it. */
  #pending(publication: Publication): Pending | undefined {
    if (this.#isOlder(publication)) return this.#skip(publication, "older-than-since");
    if (isMinorCorrection(publication)) return this.#skip(publication, "minor-correction");
    const matched = this.#match(publication);
    if (matched === undefined) {
      const empty = publication.record.changes.length === 0;
      return this.#skip(publication, empty ? "no-change" : "filtered-out");
    }
    const standing = this.#standing(publication.hash);
    const wait = standing === undefined ? undefined : this.#notNow(standing);
    if (wait !== undefined) return this.#skip(publication, wait.reason, wait.until, standing?.batch);
    return { publication: matched, standing };
  }

  /** Undated records are judged by when they must have happened at the latest; unknown counts as new. */
  #isOlder({ record }: Publication): boolean {
    const latest = record.window.notLaterThan;
    const date = record.date ?? (latest === null ? null : easternDate(latest));
    return date !== null && date < this.#to.since;
  }

  #match(publication: Publication): DigestPublication | undefined {
    const { record, hash, party } = publication;
    let known = this.#matches.get(hash);
    if (known === undefined) {
      known = { ...publication, match: matchRecord(record, this.#to.filters, party) };
      this.#matches.set(hash, known);
    }
    return known.match.uids.length > 0 ? known : undefined;
  }

  #corrected({ record }: Publication): Publication | undefined {
    return this.#news.find((one) => one.record.id === record.supersedes && one.record.id !== record.id);
  }

  #standing(identity: Hash | string): Standing | undefined {
    const { keys, state } = this.#input;
    for (const key of keys) {
      const standing = state.keyIds.has(key.id)
        ? state.standings.get(digestKey(key, this.#to.id, [identity]))
        : undefined;
      if (standing !== undefined) return standing;
    }
    return undefined;
  }

  #notNow(standing: Standing): { reason: SkipReason; until?: Instant } | undefined {
    switch (standing.outcome) {
      case "sent":
        return { reason: "already-sent" };
      case "unknown":
        return this.#input.resendUnknown === true ? undefined : { reason: "unknown-not-resent" };
      case "failed-permanent":
        // Refused for an address that has been corrected since: it never arrived, so it is due.
        return this.#recipients.includes(standing.recipient) && !this.#triedAgain
          ? { reason: "failed-permanently" }
          : undefined;
      case "failed-temporary": {
        const until = retryAt(standing);
        return until > this.#input.now ? { reason: "waits-for-retry", until } : undefined;
      }
      case "not-attempted":
        return undefined;
    }
  }

  get #triedAgain(): boolean {
    return this.#input.tryAgain?.includes(this.#to.id) === true;
  }

  #heldBack(): SkipReason | undefined {
    const { state, now } = this.#input;
    const failures = this.#recipients.map((key) => state.permanentFailures.get(key) ?? 0);
    if (failures.reduce((sum, n) => sum + n, 0) >= PAUSE_AFTER && !this.#triedAgain) return "paused";
    const { quiet } = this.#to;
    return quiet !== undefined && isQuiet(quiet, now) ? "quiet-period" : undefined;
  }

  #digest(group: readonly Pending[]): DueItem {
    const publications = group.map((one) => one.publication);
    const hashes = publications.map((one) => one.hash);
    const newest =
      publications
        .map((one) => one.firstSeen)
        .sort(compareText)
        .at(-1) ?? this.#input.now;
    const { cadence } = this.#to;
    return {
      ...this.#item(hashes, group),
      kind: "digest",
      publications,
      date: cadence.kind === "immediate" ? newest : slotFor(cadence, newest),
      ...this.#threading(publications),
    };
  }

  #unchanged(cadence: PeriodicCadence, slot: Instant): readonly DueItem[] {
    const before = slots(cadence, isoInstant(Date.parse(slot) - 1000)).last;
    const told = this.#news.some(
      (one) => one.firstSeen > before && one.firstSeen <= slot && !this.#isOlder(one) && this.#match(one),
    );
    if (told || easternDate(slot) < this.#to.since) return [];
    const identity = `unchanged ${slot}`;
    const standing = this.#standing(identity);
    const wait = standing === undefined ? undefined : this.#notNow(standing);
    if (wait !== undefined) {
      this.#skip(null, wait.reason, wait.until, standing?.batch);
      return [];
    }
    // Only a look after the slot can say that nothing had changed by then.
    if (this.#input.lookedAt === null || this.#input.lookedAt < slot) {
      this.#skip(null, "not-looked-since-slot");
      return [];
    }
    const item = this.#item([identity], [{ standing }]);
    return [{ ...item, kind: "unchanged", publications: [], date: slot, inReplyTo: null, thread: null }];
  }

  #item(identities: readonly string[], group: readonly Pick<Pending, "standing">[]) {
    const [key] = this.#input.keys;
    const before = group.map((one) => one.standing).filter((one) => one !== undefined);
    return {
      subscription: this.#to,
      key: digestKey(key, this.#to.id, identities),
      recipient: this.#recipients[0] ?? "",
      recordKeys: identities.map((one) => digestKey(key, this.#to.id, [one])),
      attempt: Math.max(0, ...before.map((one) => one.attempts)) + 1,
      firstAttempt: before.map((one) => one.firstAt).sort(compareText)[0] ?? null,
      identity: [this.#to.id, ...[...identities].sort(compareText)],
    };
  }

  #threading(publications: readonly DigestPublication[]): Pick<DueItem, "thread" | "inReplyTo"> {
    const threads = new Set(publications.map(threadOf));
    const [thread] = threads;
    if (threads.size !== 1 || thread === undefined) return { thread: null, inReplyTo: null };
    const corrected = publications.map((one) => this.#corrected(one)).find((one) => one !== undefined);
    // What a periodic digest held is not known from the release alone; the thread is enough there.
    if (corrected === undefined || this.#to.cadence.kind !== "immediate") return { thread, inReplyTo: null };
    const told = this.#news.filter(
      (one) => threadKey(one) === threadKey(corrected) && !this.#isOlder(one) && this.#match(one),
    );
    const hashes = told.map((one) => one.hash).sort(compareText);
    return { thread, inReplyTo: hashes.length === 0 ? null : [this.#to.id, ...hashes] };
  }

  #skip(publication: Publication | null, reason: SkipReason, until?: Instant, batch?: string): undefined {
    this.#note({
      subscription: this.#to.id,
      publication: publication?.record.id ?? null,
      reason,
      ...(until === undefined ? {} : { until }),
      ...(batch === undefined ? {} : { batch }),
    });
  }
}

/**
 * A correction is our mistake and not OFAC's act: it is mailed when it changes what somebody has to do. Feeds, pages
 * and index have every one.
 */
function isMinorCorrection({ record }: Publication): boolean {
  return record.kind === "correction" && !atLeast(record.judgement.materiality, "major");
}

/** The slot a publication belongs to: the first at or after it was seen. */
function slotFor(cadence: PeriodicCadence, seen: Instant): Instant {
  const { last, next } = slots(cadence, seen);
  return Date.parse(last) === Date.parse(seen) ? last : next;
}

/** A correction is a message of its own, in the thread of what it corrects. */
function threadKey({ record }: Publication): string {
  return record.kind === "correction" ? `correction ${record.id}` : record.releaseId;
}

function threadOf({ record }: Publication): string {
  const corrected = record.kind === "correction" ? parsePublicationId(record.supersedes ?? "") : undefined;
  return corrected === undefined ? record.releaseId : `${corrected.day}.${corrected.sequence}`;
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value)) ?? [];
    group.push(value);
    groups.set(keyOf(value), group);
  }
  return [...groups.values()];
}
