import { type Hash, type Instant, IntegrityError } from "../domain/index.ts";

/** What became of one hand-over. `not-attempted` is known not to have left us and stays due. */
export type Outcome = "sent" | "failed-temporary" | "failed-permanent" | "unknown" | "not-attempted";

/** One message that is about to be handed over. Only keyed hashes: no address, no subscription id. */
export interface Intent {
  /** The digest's key. */
  readonly key: string;
  readonly recipient: string;
  /** Keys of its records, where the digest holds several; of one record, the digest's key is the record's. */
  readonly records?: readonly string[];
  /** From 1. */
  readonly attempt: number;
}

/** Made durable before any of its messages is handed over. At most `BATCH_LIMIT` intents. */
export interface IntentBatch {
  readonly formatVersion: "1.0";
  readonly kind: "intents";
  /** `000042-20230523T184400Z`: place in the ledger, and the run's instant. */
  readonly id: string;
  readonly keyId: string;
  readonly at: Instant;
  /** What others had said of its publications as its sender knew it: story by record. Left out where nobody had. */
  readonly context?: Readonly<Record<Hash, Hash>>;
  readonly intents: readonly Intent[];
}

/** What became of a batch: a count of what was sent, and each exception. */
export interface ResultBatch {
  readonly formatVersion: "1.0";
  readonly kind: "results";
  /** Of the intents. */
  readonly id: string;
  readonly at: Instant;
  readonly sent: number;
  readonly exceptions: readonly DeliveryException[];
}

export interface DeliveryException {
  readonly key: string;
  readonly outcome: Exclude<Outcome, "sent">;
  /** `smtp-550-5.1.1`, `connection`, `crash`, … Never the server's text, which may quote the address. */
  readonly code: string;
  /** Of a temporary failure that is no refusal by the recipient; nobody is given up or paused for it. */
  readonly cause?: Cause;
}

/** `ours`: the transport's trouble, or a message that could not be composed. `silence`: no answer of its server. */
export type Cause = "ours" | "silence";

/** How a hand-over ended. */
export interface Ending {
  readonly outcome: Outcome;
  readonly code: string;
  readonly cause?: Cause;
}

/** Everything that is known of earlier deliveries. Order does not matter. */
export interface DeliveryLedger {
  readonly intents: readonly IntentBatch[];
  readonly results: readonly ResultBatch[];
}

export const BATCH_LIMIT = 100;
export const DELIVERY_FORMAT = "1.0";

/** Where deliveries are recorded; files in the app, memory in tests. Every promise resolves when durable. */
export interface DeliveryStore {
  load(): Promise<DeliveryLedger>;
  /** Together with the results of the batch before: that costs as much as one of them. */
  writeIntents(batch: IntentBatch, before?: ResultBatch): Promise<void>;
  writeResults(batch: ResultBatch): Promise<void>;
  /** Narrows what a crash leaves unknown from a batch to a few messages. A store may do without. */
  readonly journal?: DeliveryJournal;
}

/**
 * A local, short-lived note of how far a batch has come. What `begin` noted is there for whoever reads the note;
 * a lost `end` only makes one more outcome unknown. `read` gives undefined for a batch whose note is gone or cannot
 * be trusted (another machine, or one that lost its power), so nothing may be concluded from it.
 */
export interface DeliveryJournal {
  open(batch: string): Promise<void>;
  begin(batch: string, keys: readonly string[]): Promise<void>;
  end(batch: string, key: string, outcome: Outcome, code: string, cause?: Cause): Promise<void>;
  read(batch: string): Promise<JournalNote | undefined>;
  /** The results are durable: the note is not needed any more. */
  close(batch: string): Promise<void>;
}

export interface JournalNote {
  readonly begun: ReadonlySet<string>;
  readonly ended: ReadonlyMap<string, Ending>;
}

/**
 * The results of a ledger, by batch.
 * @throws IntegrityError `delivery-ledger` for results that fit no intents, and for a batch that is there twice
 */
export function resultsById(ledger: DeliveryLedger): ReadonlyMap<string, ResultBatch> {
  const known = new Map(ledger.intents.map((batch) => [batch.id, batch]));
  const twice = [ledger.intents, ledger.results].some(
    (all) => new Set(all.map(({ id }) => id)).size < all.length,
  );
  if (twice) {
    throw new IntegrityError(
      "delivery-ledger",
      "expected each delivery batch once, found one twice: two runs must not share deliveries; restore them from version control",
    );
  }
  for (const result of ledger.results) {
    const intents = known.get(result.id)?.intents;
    const total = result.sent + result.exceptions.length;
    if (intents === undefined || intents.length !== total) {
      throw new IntegrityError(
        "delivery-ledger",
        `delivery batch ${result.id}: expected results of its ${intents?.length ?? 0} intents, found ${total}: restore the deliveries from version control`,
      );
    }
  }
  return new Map(ledger.results.map((result) => [result.id, result]));
}

/** Code of what a crash left open. */
export const CRASH = "crash";

/** The id of the n-th batch. */
export function batchId(sequence: number, at: Instant): string {
  return `${String(sequence).padStart(6, "0")}-${at.replace(/\.\d+/, "").replace(/[-:]/g, "")}`;
}

/** The place of a batch in the ledger, from its id. */
export function sequenceOf(id: string): number {
  const sequence = /^(\d{6,})-/.exec(id)?.[1];
  if (sequence === undefined) {
    throw new IntegrityError(
      "delivery-ledger",
      `expected a delivery batch id such as 000042-20230523T184400Z, found ${JSON.stringify(id.slice(0, 40))}: restore the deliveries from version control`,
    );
  }
  return Number(sequence);
}
