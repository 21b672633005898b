import { compareText, type Instant } from "../domain/index.ts";
import {
  CRASH,
  DELIVERY_FORMAT,
  type DeliveryJournal,
  type Ending,
  type JournalNote,
  type ResultBatch,
} from "./deliveries.ts";
import type { DeliveryState } from "./standings.ts";

/**
 * Results for the batches that a crash left open: what the journal proves, and `unknown` for the rest. What
 * never began is `not-attempted`, so it is due again at once.
 */
export async function settleOpen(
  state: DeliveryState,
  journal: DeliveryJournal | undefined,
  now: Instant,
): Promise<readonly ResultBatch[]> {
  const settled: ResultBatch[] = [];
  for (const { id, intents } of state.open) {
    const note = await journal?.read(id);
    const outcomes = intents.map(({ key }) => ({ key, ...outcomeAfterCrash(key, note) }));
    const exceptions = outcomes.flatMap(({ outcome, ...one }) =>
      outcome === "sent" ? [] : [{ outcome, ...one }],
    );
    settled.push({
      formatVersion: DELIVERY_FORMAT,
      kind: "results",
      id,
      at: now,
      sent: outcomes.length - exceptions.length,
      exceptions: exceptions.sort((a, b) => compareText(a.key, b.key)),
    });
  }
  return settled;
}

function outcomeAfterCrash(key: string, note: JournalNote | undefined): Ending {
  const ended = note?.ended.get(key);
  if (ended !== undefined) return ended;
  if (note === undefined || note.begun.has(key)) return { outcome: "unknown", code: CRASH };
  return { outcome: "not-attempted", code: CRASH };
}
