import type { Instant } from "../../domain/index.ts";
import { type DeliveryLedger, deliveryState, failuresInARow, PAUSE_AFTER } from "../../notify/index.ts";

/** Mail that did not reach anybody, as the delivery ledger tells it: numbers only, for it knows no address. */
export interface MailTrouble {
  /** Refused or not taken, at the last attempt. */
  readonly failed: number;
  /** Handed over without an answer, or under way when a run ended. */
  readonly unknown: number;
  /** Recipients to whom nothing is sent any more after failures in a row. */
  readonly paused: number;
}

const DAY_MS = 86_400_000;
/** A batch without results is under way for so long, in milliseconds; then its run has died. */
const UNDER_WAY_MS = 2 * 3_600_000;

/**
 * What is not delivered, of the attempts in the last days: what was refused for good is never tried again, and must
 * not be an alarm for ever.
 */
export function mailTrouble(ledger: DeliveryLedger, now: Instant, days: number): MailTrouble {
  const state = deliveryState(ledger);
  const { standings, open } = state;
  const age = (at: Instant) => Date.parse(now) - Date.parse(at);
  const underWay = new Set(open.filter(({ at }) => age(at) < UNDER_WAY_MS).map(({ id }) => id));
  const lately = [...standings.values()].filter(
    ({ lastAt, batch }) => age(lastAt) <= days * DAY_MS && !underWay.has(batch),
  );
  const recipients = new Set(lately.map(({ recipient }) => recipient));
  const of = (...outcomes: readonly string[]) =>
    lately.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    failed: of("failed-temporary", "failed-permanent"),
    unknown: of("unknown"),
    paused: [...recipients].filter((recipient) => failuresInARow(state, [recipient]) >= PAUSE_AFTER).length,
  };
}
