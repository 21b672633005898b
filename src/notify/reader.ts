import { compareText, type Hash, type Instant } from "../domain/index.ts";
import { isQuiet } from "./cadence.ts";
import { digestKey, recipientKey } from "./key.ts";
import type { OutboxInput, Publication, Skip, SkipReason } from "./outbox.ts";
import { retryAt } from "./retry.ts";
import { failuresInARow, PAUSE_AFTER, type Standing } from "./standings.ts";
import type { Subscription } from "./subscription.ts";

/** One subscription against the delivery ledger: what it got, and what it is made to wait for. */
export class Reader {
  readonly to: Subscription;
  readonly input: OutboxInput;
  /** Under every key, current one first. */
  readonly #recipients: readonly string[];
  readonly #note: (skip: Skip) => void;

  constructor(to: Subscription, input: OutboxInput, note: (skip: Skip) => void) {
    this.to = to;
    this.input = input;
    this.#note = note;
    this.#recipients = input.keys.map((key) => recipientKey(key, to.id, to.address));
  }

  /** How something told under an identity stands; undefined when it never was. */
  standing(identity: Hash | string): Standing | undefined {
    const { keys, state } = this.input;
    for (const key of keys) {
      const standing = state.keyIds.has(key.id)
        ? state.standings.get(digestKey(key, this.to.id, [identity]))
        : undefined;
      if (standing !== undefined) return standing;
    }
    return undefined;
  }

  /** Why nothing is sent of it now; undefined when it is due. */
  notNow(standing: Standing): { reason: SkipReason; until?: Instant } | undefined {
    switch (standing.outcome) {
      case "sent":
        return { reason: "already-sent" };
      case "unknown":
        return this.input.resendUnknown === true ? undefined : { reason: "unknown-not-resent" };
      case "failed-permanent":
        // Refused for an address that has been corrected since: it never arrived, so it is due.
        return this.#recipients.includes(standing.recipient) && !this.triedAgain
          ? { reason: "failed-permanently" }
          : undefined;
      case "failed-temporary": {
        const until = retryAt(standing);
        return until > this.input.now ? { reason: "waits-for-retry", until } : undefined;
      }
      case "not-attempted":
        return undefined;
    }
  }

  get triedAgain(): boolean {
    return this.input.tryAgain?.includes(this.to.id) === true;
  }

  /** Why nothing at all is sent now. */
  heldBack(): SkipReason | undefined {
    const { state, now } = this.input;
    if (failuresInARow(state, this.#recipients) >= PAUSE_AFTER && !this.triedAgain) return "paused";
    const { quiet } = this.to;
    return quiet !== undefined && isQuiet(quiet, now) ? "quiet-period" : undefined;
  }

  /** What every message has; `group` are the earlier attempts at its parts. */
  item(identities: readonly string[], group: readonly { readonly standing: Standing | undefined }[]) {
    const [key] = this.input.keys;
    const before = group.map((one) => one.standing).filter((one) => one !== undefined);
    const keptBack = newest(before.filter(({ cause }) => cause === "ours").map(({ lastAt }) => lastAt));
    return {
      subscription: this.to,
      key: digestKey(key, this.to.id, identities),
      recipient: this.#recipients[0] ?? "",
      recordKeys: identities.map((one) => digestKey(key, this.to.id, [one])),
      attempt: Math.max(0, ...before.map((one) => one.attempts)) + 1,
      refusedSince: before.flatMap((one) => one.refusedSince ?? []).sort(compareText)[0] ?? null,
      ...(keptBack === undefined ? {} : { keptBack }),
      identity: [this.to.id, ...[...identities].sort(compareText)],
    };
  }

  /** Notes what is not sent, and why. */
  skip(publication: Publication | null, reason: SkipReason, until?: Instant, batch?: string): undefined {
    this.#note({
      subscription: this.to.id,
      publication: publication?.record.id ?? null,
      reason,
      ...(until === undefined ? {} : { until }),
      ...(batch === undefined ? {} : { batch }),
    });
  }
}

function newest(instants: readonly Instant[]): Instant | undefined {
  return [...instants].sort(compareText).at(-1);
}
