import { type Instant, LedgerError } from "../domain/index.ts";
import { FetchError } from "./failure.ts";

/**
 * `current`: the last look succeeded. `stale`: it did not, or there was none for too long; what is shown may
 * be old. `blocked`: the source refuses us. `held`: it was read, and removals wait for confirmation.
 */
export type HealthState = "current" | "stale" | "blocked" | "held";

/** The health of one source (a list, the notices, …), as it is kept and shown. */
export interface SourceHealth {
  readonly state: HealthState;
  /** Since when it has been in that state. */
  readonly since: Instant;
  /** The last look, whatever came of it. */
  readonly lastLook: Instant;
  /** The last look that was answered; null: never. */
  readonly lastSuccess: Instant | null;
  /** The last look that found something new; null: never. */
  readonly lastChange: Instant | null;
  readonly consecutiveFailures: number;
  /** Code of the last failure, while it lasts. */
  readonly failure: string | null;
  /** Not to be asked before this instant; null: any time. */
  readonly nextLook: Instant | null;
}

/** What came of a look. */
export type LookResult =
  | { readonly at: Instant; readonly outcome: "changed" | "unchanged" | "held" }
  | {
      readonly at: Instant;
      readonly outcome: "failed";
      /** Code of the error, e.g. `unreachable`. */
      readonly code: string;
      /** Milliseconds the source asked us to stay away. */
      readonly retryAfterMs: number | null;
    };

/** How patient to be. All in milliseconds. */
export interface HealthPolicy {
  /** Wait after a first failure; doubled with each further one. */
  readonly backoffMs: number;
  readonly backoffCapMs: number;
  /** The same for a source that refuses us: asking more often makes it worse. */
  readonly blockedBackoffMs: number;
  readonly blockedBackoffCapMs: number;
  /** Without a successful look for so long, a source is stale, even if nobody looked. */
  readonly staleAfterMs: number;
}

const HOUR = 3_600_000;

export const DEFAULT_HEALTH_POLICY: HealthPolicy = {
  // A schedule of 15 minutes finds each of the first failures' waits over when it comes round again.
  backoffMs: HOUR / 6,
  backoffCapMs: 4 * HOUR,
  // Firewalls forget after hours, not minutes; a day at most keeps a lifted block from going unnoticed.
  blockedBackoffMs: HOUR,
  blockedBackoffCapMs: 24 * HOUR,
  // OFAC publishes on business days; a day without a successful look is a day on which something can be missed.
  staleAfterMs: 24 * HOUR,
};

/** Codes with which a source says that it does not want us. */
const REFUSALS: ReadonlySet<string> = new Set(["blocked", "throttled"]);

/** The result of a look that ended with an error; undefined when the error is a bug and not the source's. */
export function failedLook(error: unknown, at: Instant): LookResult | undefined {
  if (!(error instanceof LedgerError)) return undefined;
  const retryAfterMs = error instanceof FetchError ? error.facts.retryAfterMs : null;
  return { at, outcome: "failed", code: error.code, retryAfterMs };
}

/** Health after a look. Looks come in order of time; `undefined` before the first. */
export function healthAfter(
  previous: SourceHealth | undefined,
  look: LookResult,
  policy: HealthPolicy = DEFAULT_HEALTH_POLICY,
): SourceHealth {
  if (look.outcome !== "failed") {
    const state = look.outcome === "held" ? "held" : "current";
    return {
      state,
      since: sinceWhen(previous, state, look.at),
      lastLook: look.at,
      lastSuccess: look.at,
      lastChange: look.outcome === "unchanged" ? (previous?.lastChange ?? null) : look.at,
      consecutiveFailures: 0,
      failure: null,
      nextLook: null,
    };
  }
  const state = REFUSALS.has(look.code) ? "blocked" : "stale";
  const consecutiveFailures = (previous?.consecutiveFailures ?? 0) + 1;
  const wait = Math.max(backoff(state, consecutiveFailures, policy), look.retryAfterMs ?? 0);
  return {
    state,
    since: sinceWhen(previous, state, look.at),
    lastLook: look.at,
    lastSuccess: previous?.lastSuccess ?? null,
    lastChange: previous?.lastChange ?? null,
    consecutiveFailures,
    failure: look.code,
    nextLook: later(look.at, wait),
  };
}

/** Health as it stands now: nobody having looked for too long makes a source stale by itself. */
export function healthNow(
  health: SourceHealth,
  now: Instant,
  policy: HealthPolicy = DEFAULT_HEALTH_POLICY,
): SourceHealth {
  if (health.state === "stale" || health.state === "blocked") return health;
  const due = later(health.lastLook, policy.staleAfterMs);
  return Date.parse(now) < Date.parse(due) ? health : { ...health, state: "stale", since: due };
}

/** Whether a source may be asked now; without a health it was never asked. */
export function mayLook(health: SourceHealth | undefined, now: Instant): boolean {
  const nextLook = health?.nextLook ?? null;
  return nextLook === null || Date.parse(now) >= Date.parse(nextLook);
}

function sinceWhen(previous: SourceHealth | undefined, state: HealthState, at: Instant): Instant {
  return previous?.state === state ? previous.since : at;
}

function backoff(state: "stale" | "blocked", failures: number, policy: HealthPolicy): number {
  const [first, cap] =
    state === "blocked"
      ? [policy.blockedBackoffMs, policy.blockedBackoffCapMs]
      : [policy.backoffMs, policy.backoffCapMs];
  // 2 ** 30 is far above any cap and keeps the product finite.
  return Math.min(first * 2 ** Math.min(failures - 1, 30), cap);
}

function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString().replace(".000Z", "Z");
}
