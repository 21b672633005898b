import {
  atLeast,
  canonicalJson,
  compareText,
  easternDate,
  type Hash,
  type Instant,
} from "../domain/index.ts";
import { isoInstant, type PeriodicCadence, slots } from "./cadence.ts";
import { matchRecord } from "./filter.ts";
import type { DigestPublication, DueItem, OutboxInput, Publication, Skip } from "./outbox.ts";
import { Reader } from "./reader.ts";
import { Replies } from "./replies.ts";
import type { Standing } from "./standings.ts";
import type { Subscription } from "./subscription.ts";
import { commonThread, grouped, threadKey } from "./thread.ts";

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
  readonly #reader: Reader;
  readonly #replies: Replies;

  constructor(
    to: Subscription,
    news: readonly Publication[],
    input: OutboxInput,
    memo: MatchMemo,
    note: (skip: Skip) => void,
  ) {
    this.#to = to;
    this.#news = news;
    this.#input = input;
    const filters = canonicalJson(to.filters);
    this.#matches = memo.get(filters) ?? new Map();
    memo.set(filters, this.#matches);
    this.#reader = new Reader(to, input, note);
    this.#replies = new Replies(this.#reader, news);
  }

  plan(): readonly DueItem[] {
    const pending = this.#news.map((one) => this.#pending(one)).filter((one) => one !== undefined);
    const held = this.#reader.heldBack();
    if (held === undefined)
      return [...this.#replies.withNotices(this.#items(pending)), ...this.#replies.replies()];
    for (const { publication } of pending) this.#reader.skip(publication, held);
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
      if (publication.firstSeen > last) this.#reader.skip(publication, "waits-for-slot", next);
    }
    if (due.length > 0) return [this.#digest(due)];
    return this.#to.confirmUnchanged ? this.#unchanged(cadence, last) : [];
  }

  /** Nothing of a publication, with the reason noted; or what is due of it. */
  #pending(publication: Publication): Pending | undefined {
    if (this.#isOlder(publication)) return this.#reader.skip(publication, "older-than-since");
    if (isMinorCorrection(publication)) return this.#reader.skip(publication, "minor-correction");
    const matched = this.#match(publication);
    if (matched === undefined) {
      const empty = publication.record.changes.length === 0;
      return this.#reader.skip(publication, empty ? "no-change" : "filtered-out");
    }
    const standing = this.#reader.standing(publication.hash);
    const wait = standing === undefined ? undefined : this.#reader.notNow(standing);
    if (standing?.outcome === "sent") this.#replies.note(matched, standing);
    if (wait !== undefined) return this.#reader.skip(publication, wait.reason, wait.until, standing?.batch);
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
      ...this.#reader.item(hashes, group),
      kind: "digest",
      publications,
      notices: [],
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
    const standing = this.#reader.standing(identity);
    const wait = standing === undefined ? undefined : this.#reader.notNow(standing);
    if (wait !== undefined) {
      this.#reader.skip(null, wait.reason, wait.until, standing?.batch);
      return [];
    }
    // Only a look after the slot can say that nothing had changed by then.
    if (this.#input.lookedAt === null || this.#input.lookedAt < slot) {
      this.#reader.skip(null, "not-looked-since-slot");
      return [];
    }
    const item = this.#reader.item([identity], [{ standing }]);
    const nothing = { publications: [], notices: [], inReplyTo: null, thread: null };
    return [{ ...item, ...nothing, kind: "unchanged", date: slot }];
  }

  #threading(publications: readonly DigestPublication[]): Pick<DueItem, "thread" | "inReplyTo"> {
    const thread = commonThread(publications);
    if (thread === null) return { thread: null, inReplyTo: null };
    const corrected = publications.map((one) => this.#corrected(one)).find((one) => one !== undefined);
    // What a periodic digest held is not known from the release alone; the thread is enough there.
    if (corrected === undefined || this.#to.cadence.kind !== "immediate") return { thread, inReplyTo: null };
    const told = this.#news.filter(
      (one) => threadKey(one) === threadKey(corrected) && !this.#isOlder(one) && this.#match(one),
    );
    const hashes = told.map((one) => one.hash).sort(compareText);
    return { thread, inReplyTo: hashes.length === 0 ? null : [this.#to.id, ...hashes] };
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
