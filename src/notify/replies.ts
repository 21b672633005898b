import { compareText, type Hash, type Instant } from "../domain/index.ts";
import {
  type ContextVersion,
  contextIdentity,
  type NoticeNews,
  newestOf,
  noticeIdentity,
  pendingNotices,
} from "./beside.ts";
import { slots } from "./cadence.ts";
import { sequenceOf } from "./deliveries.ts";
import { digestKey } from "./key.ts";
import type { DigestPublication, DueItem, Publication, SkipReason } from "./outbox.ts";
import type { Reader } from "./reader.ts";
import type { Standing } from "./standings.ts";
import { commonThread, grouped } from "./thread.ts";

/** A publication that was told, and what came in since. */
interface Late {
  readonly publication: DigestPublication;
  readonly standing: Standing | undefined;
  readonly identity: string;
  readonly told: Standing;
  readonly at: Instant;
}

/** What one reader is told beside the lists: replies with late context, and notices that ride along. */
export class Replies {
  readonly #reader: Reader;
  readonly #news: readonly Publication[];
  readonly #late: Late[] = [];

  constructor(reader: Reader, news: readonly Publication[]) {
    this.#reader = reader;
    this.#news = news;
  }

  /** Notes what came in after the digest that told a publication. */
  note(publication: DigestPublication, told: Standing): void {
    const version = newestOf(publication.context ?? []);
    if (version === undefined || this.#heard(publication, told) === version.fingerprint) return;
    const identity = contextIdentity(publication.hash, version);
    const standing = this.#reader.standing(identity);
    const wait = standing === undefined ? this.#waitsForSlot(version) : this.#reader.notNow(standing);
    if (wait === undefined) this.#late.push({ publication, standing, identity, told, at: version.at });
    else this.#reader.skip(publication, wait.reason, wait.until, standing?.batch);
  }

  /**
   * The story that the reader heard last: with the digest, or in a reply since. As it was recorded and not by the
   * clock: a digest may leave after a story came in that its sender had not seen.
   */
  #heard({ hash, context = [] }: DigestPublication, told: Standing): Hash | undefined {
    const withDigest = this.#reader.input.state.contexts.get(told.batch)?.[hash];
    let last = { place: sequenceOf(told.batch), story: withDigest };
    for (const version of context) {
      const reply = this.#reader.standing(contextIdentity(hash, version));
      if (reply?.outcome !== "sent") continue;
      const place = sequenceOf(reply.batch);
      if (place >= last.place) last = { place, story: version.fingerprint };
    }
    return last.story;
  }

  #waitsForSlot({ at }: ContextVersion): { reason: SkipReason; until: Instant } | undefined {
    const { cadence } = this.#reader.to;
    if (cadence.kind === "immediate") return undefined;
    const { last, next } = slots(cadence, this.#reader.input.now);
    return at <= last ? undefined : { reason: "waits-for-slot", until: next };
  }

  /** One reply for each digest of whose publications something came late. */
  replies(): readonly DueItem[] {
    return grouped(this.#late, ({ told }) => `${told.batch} ${told.message}`).map((group) => {
      const publications = group.map(({ publication }) => publication);
      const date = group
        .map(({ at }) => at)
        .sort(compareText)
        .at(-1);
      const item = this.#reader.item(
        group.map(({ identity }) => identity),
        group,
      );
      const records = new Set(group.flatMap(({ told }) => told.records));
      return {
        ...item,
        kind: "context",
        publications,
        notices: [],
        date: date ?? this.#reader.input.now,
        thread: commonThread(publications),
        inReplyTo: [this.#reader.to.id, ...this.#toldTogether(records)],
      };
    });
  }

  /** Hashes of the publications whose keys a message was recorded under: what its Message-ID was made of. */
  #toldTogether(records: ReadonlySet<string>): readonly string[] {
    const { keys } = this.#reader.input;
    return this.#news
      .map(({ hash }) => hash)
      .filter((hash) => keys.some((key) => records.has(digestKey(key, this.#reader.to.id, [hash]))))
      .sort(compareText);
  }

  /** The first message carries what OFAC published without a list change; nothing is sent for that alone. */
  withNotices([first, ...others]: readonly DueItem[]): readonly DueItem[] {
    if (first === undefined) return [];
    const { now, notices = [], keys } = this.#reader.input;
    const isTold = (notice: NoticeNews) =>
      ["sent", "unknown"].includes(this.#reader.standing(noticeIdentity(notice))?.outcome ?? "");
    const riding = pendingNotices(notices, { since: this.#reader.to.since, now }, isTold);
    const [key] = keys;
    const own = riding.map((notice) => digestKey(key, this.#reader.to.id, [noticeIdentity(notice)]));
    const recordKeys = [...first.recordKeys, ...own];
    return [{ ...first, recordKeys, notices: riding.map(({ id }) => id) }, ...others];
  }
}
