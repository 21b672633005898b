import { setTimeout as sleep } from "node:timers/promises";
import { DEFAULT_SOURCE_SETTINGS, sourceSettings } from "../../app/index.ts";
import { EXIT, LedgerError } from "../../domain/index.ts";
import { type CommonOptions, openContext, openLog } from "../context.ts";
import { POLITE_MS, periodOf, type Round, repeat } from "../every.ts";
import { operatorError } from "../file-fault.ts";
import type { Log } from "../log.ts";

/** A step that is under way when the process is asked to stop gets so long, in milliseconds: less than container hosts give. */
const GRACE_MS = 8_000;

/** One round; asks `stopping` before each of its steps. `sending` must not be cut short: it ends by itself. */
export type RunRound = (stopping: () => boolean, sending: (now: boolean) => void) => Promise<number>;

/**
 * Rounds until SIGTERM or SIGINT. The step that is under way is finished or, when it takes too long, abandoned: every
 * commit survives that. A second signal ends at once. What one round fails with, the next one tries again.
 * @returns exit code 0, or that of a first round that no repetition would mend
 */
export async function runEvery(every: string, flags: CommonOptions, round: RunRound): Promise<number> {
  const { config } = await openContext(flags);
  const own = sourceSettings(config).serviceBase === DEFAULT_SOURCE_SETTINGS.serviceBase;
  const everyMs = periodOf(every, own ? POLITE_MS : 0);
  const log = openLog(flags);
  const stop = new AbortController();
  const leave = listen(stop, log);
  let lastGood: string | null = null;
  let failures = 0;
  try {
    return await repeat({
      everyMs,
      signal: stop.signal,
      clock: { now: () => Date.now(), sleep: nap },
      round: () =>
        round(() => stop.signal.aborted, leave.sending).catch((thrown: unknown) => {
          const error = operatorError(thrown);
          log.error(error);
          return error instanceof LedgerError ? error.exitCode : EXIT.bug;
        }),
      after: (done) => {
        if (done.exitCode === EXIT.done) lastGood = new Date().toISOString();
        failures = done.exitCode === EXIT.done ? 0 : failures + 1;
        log.info("round", roundWords(done, lastGood, failures));
        const hopeless = done.number === 1 && done.exitCode === EXIT.usage;
        if (stop.signal.aborted) log.info("stopped", "stopped as asked");
        return hopeless ? EXIT.usage : undefined;
      },
    });
  } finally {
    leave.end();
  }
}

function roundWords(round: Round, lastGood: string | null, failures: number): string {
  const { number, exitCode, tookMs, next, skipped } = round;
  return [
    `round ${number}: exit code ${exitCode} after ${(tookMs / 1000).toFixed(1)} s`,
    ...(failures > 0
      ? [`${failures} in a row did not end well, the last that did: ${lastGood ?? "none"}`]
      : []),
    ...(skipped > 0 ? [`${skipped} turns left out`] : []),
    `${Math.round(process.memoryUsage.rss() / 1_048_576)} MB`,
    ...(next === null ? [] : [`next at ${new Date(next).toISOString()}`]),
  ].join("; ");
}

async function nap(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Takes the two signals until `end`. */
function listen(stop: AbortController, log: Log): { sending(now: boolean): void; end(): void } {
  let sending = false;
  let grace: NodeJS.Timeout | undefined;
  const onSignal = (name: NodeJS.Signals): void => {
    if (stop.signal.aborted) process.exit(EXIT.done);
    log.info("stopping", `${name}: ends after the step that is under way`);
    stop.abort();
    grace = setInterval(() => {
      // A message that is under way would be unknown for ever; a transfer is only done again.
      if (sending) return;
      log.warning("abandoned", "the step took too long and was abandoned; the next run does it again");
      process.exit(EXIT.done);
    }, GRACE_MS);
    grace.unref();
  };
  process.on("SIGTERM", onSignal).on("SIGINT", onSignal);
  return {
    sending: (now) => {
      sending = now;
    },
    end: () => {
      clearInterval(grace);
      process.off("SIGTERM", onSignal).off("SIGINT", onSignal);
    },
  };
}
