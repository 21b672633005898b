import type { Instant } from "../domain/index.ts";
import { isoInstant } from "./cadence.ts";
import type { Standing } from "./standings.ts";

const FIRST_WAIT_MINUTES = 10;
const LONGEST_WAIT_MINUTES = 2 * 60;
/** RFC 5321 §4.5.4.1: give up after four to five days. */
const GIVE_UP_MINUTES = 5 * 24 * 60;

/**
 * When a temporarily failed hand-over is due again: ten minutes, then twice as long each time, up to two hours. After
 * trouble of ours it is always ten minutes: no reader waits longer because the transport was down.
 */
export function retryAt({ refusals, lastAt }: Pick<Standing, "refusals" | "lastAt">): Instant {
  const wait = Math.min(FIRST_WAIT_MINUTES * 2 ** Math.max(0, refusals - 1), LONGEST_WAIT_MINUTES);
  return isoInstant(Date.parse(lastAt) + wait * 60_000);
}

/** True when a recipient that has refused once more has done so for long enough. */
export function isHopeless(refusedSince: Instant | null, now: Instant): boolean {
  return refusedSince !== null && Date.parse(now) - Date.parse(refusedSince) >= GIVE_UP_MINUTES * 60_000;
}
