import type { Instant } from "../domain/index.ts";
import type { HandOver } from "./channel.ts";
import type { Ending } from "./deliveries.ts";
import type { DueItem } from "./outbox.ts";
import { isHopeless } from "./retry.ts";

/** Trouble of ours, or of the transport: nothing is said of the recipient. */
export function ours(code: string): Ending {
  return { outcome: "failed-temporary", code, cause: "ours" };
}

/**
 * What a hand-over means for its recipient. Only the recipient's own refusals, answer after answer, are ever given up:
 * whatever else kept a message back, it stays due.
 */
export function endingOf(result: HandOver, { refusedSince }: DueItem, now: Instant): Ending {
  const { outcome, code } = result;
  if (outcome === "sent" || outcome === "unknown") return { outcome, code };
  if (result.systemic === true) return ours(code);
  if (outcome === "failed-permanent") return { outcome, code };
  if (result.silent === true) return { outcome, code, cause: "silence" };
  return isHopeless(refusedSince, now)
    ? { outcome: "failed-permanent", code: `gave-up-${code}` }
    : { outcome, code };
}
