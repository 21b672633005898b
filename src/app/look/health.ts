import type { ExitCode, Instant, Issue, LedgerError, Receipt } from "../../domain/index.ts";
import { failedLook, healthAfter, type LookResult, mayLook } from "../../sources/index.ts";
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
    readonly newest?: SourceCheck["newest"] | undefined;
    readonly chain?: SourceCheck["chain"] | undefined;
  },
): SourceCheck {
  const lateLook = found.lateLook ?? before?.lateLook;
  const newest = found.newest ?? before?.newest;
  const chain = found.chain ?? before?.chain;
  return {
    formatVersion: "1.0",
    source,
    at: now,
    health: healthAfter(before?.health, found.look),
    trouble: found.trouble,
    receipts: found.receipts ?? before?.receipts ?? [],
    ...(lateLook === undefined ? {} : { lateLook }),
    ...(newest === undefined ? {} : { newest }),
    ...(chain === undefined ? {} : { chain }),
  };
}

/** An error as a warning, where the work goes on without what failed. */
export function issueOf(error: LedgerError, where: string): Issue {
  return { severity: "warning", code: error.code, message: error.message, where, examples: [] };
}
