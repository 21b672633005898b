import type { ExitCode, Instant, Issue, LedgerError, Receipt } from "../domain/index.ts";
import {
  DEFAULT_HEALTH_POLICY,
  failedLook,
  healthAfter,
  type LookResult,
  mayLook,
  type SourceHealth,
} from "../sources/index.ts";
import type { SourceCheck, SourceName } from "./checks.ts";

/** What went wrong with a source, for the exit code and for a reader. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly message: string;
}

/** True when a source may be asked now: it did not fail lately, or the wait after its failure is over. */
export function mayAsk(check: SourceCheck | undefined, now: Instant, force: boolean): boolean {
  return force || mayLook(check?.health, now);
}

/** The result of a look that ended with an error of ours. */
export function failedBy(error: LedgerError, at: Instant): { look: LookResult; trouble: Failure } {
  const look = failedLook(error, at);
  if (look === undefined) throw error;
  return { look, trouble: { exitCode: error.exitCode, message: error.message } };
}

/** The check of a source after a look. */
export function checkAfter(
  source: SourceName,
  before: SourceCheck | undefined,
  now: Instant,
  found: {
    readonly look: LookResult;
    readonly trouble: Failure | null;
    readonly receipts?: readonly Receipt[];
    readonly lateLook?: Instant | undefined;
  },
): SourceCheck {
  const lateLook = found.lateLook ?? before?.lateLook;
  return {
    formatVersion: "1.0",
    source,
    at: now,
    health: patient(healthAfter(before?.health, found.look)),
    trouble: found.trouble,
    receipts: found.receipts ?? before?.receipts ?? [],
    ...(lateLook === undefined ? {} : { lateLook }),
  };
}

/**
 * Failures are counted from what was committed, and not every look is. So the wait also grows with the time for
 * which the source has been failing: as long again, up to the policy's cap.
 */
function patient(health: SourceHealth): SourceHealth {
  if (health.nextLook === null) return health;
  const { blockedBackoffCapMs, backoffCapMs } = DEFAULT_HEALTH_POLICY;
  const cap = health.state === "blocked" ? blockedBackoffCapMs : backoffCapMs;
  const failing = Date.parse(health.lastLook) - Date.parse(health.since);
  const next = Date.parse(health.lastLook) + Math.min(failing, cap);
  if (next <= Date.parse(health.nextLook)) return health;
  return { ...health, nextLook: new Date(next).toISOString().replace(".000Z", "Z") };
}

/** An error as a warning, where the work goes on without what failed. */
export function issueOf(error: LedgerError, where: string): Issue {
  return { severity: "warning", code: error.code, message: error.message, where, examples: [] };
}
