import { UsageError } from "../domain/index.ts";

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** OFAC's servers are not asked more often than this, in milliseconds; a stand-in or mirror may be. */
export const POLITE_MS = 5 * 60_000;

/**
 * Milliseconds of a period like `15m`.
 * @throws UsageError `bad-period`
 */
export function periodOf(text: string, leastMs: number): number {
  const [, count = "", unit = ""] = /^(\d{1,6})\s?([smhd])$/.exec(text.trim()) ?? [];
  const ms = Number(count) * (UNITS_MS[unit] ?? 0);
  if (ms < 1_000) {
    throw new UsageError("bad-period", `--every: expected a period like 15m, 1h or 90s, found "${text}".`);
  }
  if (ms < leastMs) {
    throw new UsageError(
      "bad-period",
      `--every: expected at least ${leastMs / 60_000}m between two looks at OFAC's own servers, found "${text}". OFAC ` +
        "publishes a few times a week; a look in between costs them and brings nothing.",
    );
  }
  return ms;
}

/** What a schedule takes from outside. */
export interface ScheduleClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early, without an error, when the signal is given. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Round {
  /** From 1. */
  readonly number: number;
  readonly tookMs: number;
  readonly exitCode: number;
  /** Milliseconds since 1970; null: there is none, the process was asked to stop. */
  readonly next: number | null;
  /** Turns that passed while this round went on; they are left out, never caught up. */
  readonly skipped: number;
}

export interface Repeat {
  readonly everyMs: number;
  readonly signal: AbortSignal;
  readonly clock: ScheduleClock;
  /** Must not reject: a round that fails is a value. */
  readonly round: () => Promise<number>;
  /** Ends everything with this code; undefined: goes on. */
  readonly after: (round: Round) => number | undefined;
}

/** Timers take no longer waits, and a machine that slept should notice within this time. In milliseconds. */
const NAP_MS = 30_000;

/**
 * Rounds at a fixed distance from the first one: they neither drift nor overlap. Ends after the round that is under way
 * when the signal is given. @returns the exit code
 */
export async function repeat({ everyMs, signal, clock, round, after }: Repeat): Promise<number> {
  const start = clock.now();
  for (let number = 1; ; number++) {
    const begun = clock.now();
    const exitCode = await round();
    const ended = clock.now();
    const turn = Math.max(Math.floor((ended - start) / everyMs), Math.floor((begun - start) / everyMs)) + 1;
    const next = start + turn * everyMs;
    const skipped = Math.max(0, turn - 1 - Math.floor((begun - start) / everyMs));
    const stop = after({
      number,
      tookMs: ended - begun,
      exitCode,
      next: signal.aborted ? null : next,
      skipped,
    });
    if (stop !== undefined) return stop;
    while (!signal.aborted && clock.now() < next) {
      await clock.sleep(Math.min(NAP_MS, next - clock.now()), signal);
    }
    if (signal.aborted) return 0;
  }
}
