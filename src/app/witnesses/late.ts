import { addDays, easternDate, type Instant, type IsoDate } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import { mayCommitChecks, type SourceCheck } from "../look/checks.ts";

const HOUR_MS = 3_600_000;

/** What comes late: a press release hours after its notice, a delta after its list. Each number has its reason. */
export const LATE = {
  /** Days for which something missing is asked for again: press releases come on the same day, or not at all. */
  days: 3,
  /** How often at the most: it is a courtesy to two web sites, and each time is a line in the ledger. */
  everyMs: 6 * HOUR_MS,
} as const;

/**
 * Whether it is time to ask again. The instant of the last time is kept in the ledger, so a runner without a disk
 * keeps the pace too; where it could not be written down, nothing is asked.
 */
export function lateLookDue(
  files: LedgerFiles,
  check: SourceCheck | undefined,
  now: Instant,
  force: boolean,
): boolean {
  if (force) return true;
  return hasWaited(check?.lateLook, now) && mayCommitChecks(files, now);
}

/** True for what is of a day that something may still come for, and was not asked for just now. */
export function mayComeLate(
  { date, firstSeen }: { readonly date: IsoDate | null; readonly firstSeen?: Instant | undefined },
  now: Instant,
): boolean {
  return date !== null && date >= addDays(easternDate(now), -LATE.days) && hasWaited(firstSeen, now);
}

function hasWaited(since: Instant | undefined, now: Instant): boolean {
  return since === undefined || Date.parse(now) - Date.parse(since) >= LATE.everyMs;
}
