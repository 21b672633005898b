import type { Instant } from "../domain/index.ts";
import {
  type Cause,
  CRASH,
  type DeliveryLedger,
  type IntentBatch,
  type Outcome,
  resultsById,
  sequenceOf,
} from "./deliveries.ts";

/** How one record stands for one subscription. */
export interface Standing {
  readonly outcome: Outcome;
  readonly code: string;
  /** Whose trouble a temporary failure was, when it was not the recipient that refused. */
  readonly cause?: Cause;
  /** Hand-overs that were tried. */
  readonly attempts: number;
  /** Temporary failures in a row at the recipient, answered or not: each makes the wait longer. */
  readonly refusals: number;
  /** Since when it has answered with nothing but temporary refusals; null: its last trouble was of another kind. */
  readonly refusedSince: Instant | null;
  readonly lastAt: Instant;
  readonly recipient: string;
  /** The batch of the latest attempt. */
  readonly batch: string;
  /** Key of the message it was in, and keys of all that was in it. */
  readonly message: string;
  readonly records: readonly string[];
}

/** What one recipient key has had. Places are those of intents in the whole ledger, from 1. */
export interface RecipientHistory {
  /** Of the last success; 0: none. */
  readonly sent: number;
  /** Of the permanent failures since, in order. */
  readonly failed: readonly number[];
}

/** The delivery ledger as the outbox asks it. */
export interface DeliveryState {
  /** By key of a record (or of a confirmation). */
  readonly standings: ReadonlyMap<string, Standing>;
  /** By recipient key: one person has one under each secret. */
  readonly recipients: ReadonlyMap<string, RecipientHistory>;
  /** Batches that have intents without a result. */
  readonly open: readonly IntentBatch[];
  /** What others had said of a batch's publications when it was sent: story by record, by batch. */
  readonly contexts: ReadonlyMap<string, NonNullable<IntentBatch["context"]>>;
  readonly keyIds: ReadonlySet<string>;
  readonly batches: number;
}

/** After so many permanent failures in a row a recipient is left alone until its address changes. */
export const PAUSE_AFTER = 3;

/**
 * Permanent failures of one person since the last success, under whichever of their recipient keys either was
 * recorded: a success under a new secret ends a row that began under an old one.
 */
export function failuresInARow({ recipients }: DeliveryState, keys: readonly string[]): number {
  const histories = keys.flatMap((key) => recipients.get(key) ?? []);
  const sent = Math.max(0, ...histories.map((history) => history.sent));
  return histories.flatMap(({ failed }) => failed).filter((place) => place > sent).length;
}

function refusals(
  before: Standing | undefined,
  outcome: Outcome,
  cause: Cause | undefined,
  at: Instant,
): Pick<Standing, "refusals" | "refusedSince"> {
  if (outcome !== "failed-temporary" || cause === "ours") return { refusals: 0, refusedSince: null };
  const count = (before?.refusals ?? 0) + 1;
  return { refusals: count, refusedSince: cause === "silence" ? null : (before?.refusedSince ?? at) };
}

/**
 * Folds the ledger into what is known now.
 * @throws IntegrityError `delivery-ledger` for results that fit no intents
 */
export function deliveryState(ledger: DeliveryLedger): DeliveryState {
  const results = resultsById(ledger);
  const standings = new Map<string, Standing>();
  const recipients = new Map<string, RecipientHistory>();
  const open: IntentBatch[] = [];
  const batches = [...ledger.intents].sort((a, b) => sequenceOf(a.id) - sequenceOf(b.id));
  let place = 0;
  for (const batch of batches) {
    const result = results.get(batch.id);
    if (result === undefined) open.push(batch);
    const exceptions = new Map(result?.exceptions.map((exception) => [exception.key, exception]));
    for (const intent of batch.intents) {
      place += 1;
      const exception = exceptions.get(intent.key);
      const outcome = result === undefined ? "unknown" : (exception?.outcome ?? "sent");
      if (outcome === "not-attempted") continue;
      const code = result === undefined ? CRASH : (exception?.code ?? "");
      const records = intent.records ?? [intent.key];
      for (const key of records) {
        standings.set(key, {
          outcome,
          code,
          ...(exception?.cause === undefined ? {} : { cause: exception.cause }),
          attempts: intent.attempt,
          ...refusals(standings.get(key), outcome, exception?.cause, batch.at),
          lastAt: batch.at,
          recipient: intent.recipient,
          batch: batch.id,
          message: intent.key,
          records,
        });
      }
      const { sent, failed } = recipients.get(intent.recipient) ?? { sent: 0, failed: [] };
      if (outcome === "sent") recipients.set(intent.recipient, { sent: place, failed: [] });
      if (outcome === "failed-permanent") {
        recipients.set(intent.recipient, { sent, failed: [...failed, place] });
      }
    }
  }
  const keyIds = new Set(batches.map((batch) => batch.keyId));
  const contexts = new Map(
    batches.flatMap(({ id, context }) => (context === undefined ? [] : [[id, context]])),
  );
  const last = batches.at(-1);
  return {
    standings,
    recipients,
    open,
    contexts,
    keyIds,
    batches: last === undefined ? 0 : sequenceOf(last.id),
  };
}
