import { compareText, type Instant } from "../domain/index.ts";
import { newestOf } from "./beside.ts";
import type { Channel, HandOver, Prepared, Render } from "./channel.ts";
import {
  BATCH_LIMIT,
  batchId,
  DELIVERY_FORMAT,
  type DeliveryException,
  type DeliveryStore,
  type Ending,
  type IntentBatch,
  type Outcome,
  type ResultBatch,
} from "./deliveries.ts";
import { endingOf, ours } from "./ending.ts";
import { type ComposeFault, composeFault, nameOf } from "./fault.ts";
import type { KeyRing } from "./key.ts";
import type { DueItem } from "./outbox.ts";
import type { ChannelName } from "./subscription.ts";

export interface DeliverInput {
  readonly items: readonly DueItem[];
  readonly render: Render;
  readonly channels: Readonly<Partial<Record<ChannelName, Channel>>>;
  readonly store: DeliveryStore;
  readonly keys: KeyRing;
  readonly now: Instant;
  /** Batches that the ledger already has: `deliveryState().batches`. */
  readonly batches: number;
  /** Waits some milliseconds; needed for a rate limit only. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Hand-overs at a time. Unless told 10, twice the connections: one is ready while another is on its way. */
  readonly concurrency?: number;
  /** Hand-overs a second at most; unlimited unless told. */
  readonly perSecond?: number;
  /** Intents a batch; at most and unless told `BATCH_LIMIT`. */
  readonly batchSize?: number;
  /** Stops after what is in flight; the rest stays due. */
  readonly signal?: AbortSignal;
  /** Hears of each message that could not be composed, once for each kind of fault. */
  readonly onFault?: (fault: ComposeFault) => void;
  /** Called after each message, for progress. */
  readonly onProgress?: (done: number, all: number) => void;
}

/** One message of a run. No address anywhere. */
export interface Delivery {
  readonly subscription: string;
  readonly publications: readonly string[];
  readonly outcome: Outcome;
  readonly code: string;
  readonly attempt: number;
}

/** In a row; then the transport is taken to be down and the rest stays due, with no attempt counted. */
const SYSTEMIC_LIMIT = 5;

/**
 * Hands the items over in batches: intents durable, hand-over, results durable. Trouble of one recipient is
 * its own result and stops nobody else. An error of the store stops the run, since nothing may be handed over
 * that is not recorded; a rerun goes on from what is durable.
 */
export async function deliver(input: DeliverInput): Promise<readonly Delivery[]> {
  const size = Math.min(input.batchSize ?? BATCH_LIMIT, BATCH_LIMIT);
  const run = new Run(input);
  const order = keptBackLast(input.items);
  for (let at = 0; at < order.length; at += size) {
    const items = run.withoutStopped(order.slice(at, at + size));
    if (items.length > 0) await run.batch(items);
  }
  await run.settle();
  return run.deliveries;
}

/**
 * What trouble of ours kept back comes after all others, the longest ago first: some messages at which the transport
 * always breaks would otherwise be tried first in each run, be taken for a transport that is down, and end it.
 */
function keptBackLast(items: readonly DueItem[]): readonly DueItem[] {
  return [...items].sort((a, b) => compareText(a.keptBack ?? "", b.keptBack ?? ""));
}

class Run {
  readonly deliveries: Delivery[] = [];
  readonly #input: DeliverInput;
  #sequence: number;
  readonly #inARow = new Map<ChannelName, number>();
  readonly #faults = new Set<string>();
  #turn: Promise<void> = Promise.resolve();
  /** Of the last batch, until they are written with the next one's intents. */
  #results: ResultBatch | undefined;

  constructor(input: DeliverInput) {
    this.#input = input;
    this.#sequence = input.batches;
  }

  /** Those that can still be handed over; for the others not even an intent is written. */
  withoutStopped(items: readonly DueItem[]): readonly DueItem[] {
    return items.filter((item) => {
      const why = this.#stopped(item);
      if (why !== undefined) this.#report(item, why);
      return why === undefined;
    });
  }

  /** Why nothing more is handed over on this item's channel. */
  #stopped({ subscription: { channel } }: DueItem): Ending | undefined {
    if (this.#input.signal?.aborted === true) return { outcome: "not-attempted", code: "stopped" };
    const down = (this.#inARow.get(channel) ?? 0) >= SYSTEMIC_LIMIT;
    return down ? { outcome: "not-attempted", code: "transport-down" } : undefined;
  }

  async batch(items: readonly DueItem[]): Promise<void> {
    const { store, keys, now } = this.#input;
    this.#sequence += 1;
    const id = batchId(this.#sequence, now);
    const batch: IntentBatch = {
      formatVersion: DELIVERY_FORMAT,
      kind: "intents",
      id,
      keyId: keys[0].id,
      at: now,
      ...contextOf(items),
      intents: items.map((item) => ({
        key: item.key,
        recipient: item.recipient,
        ...(item.recordKeys.length > 1 ? { records: item.recordKeys } : {}),
        attempt: item.attempt,
      })),
    };
    await store.journal?.open(id);
    const before = this.#results;
    await store.writeIntents(batch, before);
    this.#results = undefined;
    if (before !== undefined) await store.journal?.close(before.id);
    const outcomes = await this.#handOverAll(id, items);
    this.#results = {
      formatVersion: DELIVERY_FORMAT,
      kind: "results",
      id,
      at: now,
      sent: outcomes.filter(({ result }) => result.outcome === "sent").length,
      exceptions: exceptionsOf(outcomes),
    };
  }

  /** Writes the results that no further batch has taken along. */
  async settle(): Promise<void> {
    const { store } = this.#input;
    const results = this.#results;
    if (results === undefined) return;
    await store.writeResults(results);
    await store.journal?.close(results.id);
    this.#results = undefined;
  }

  /** Tells of a fault of ours unless that is known, and gives its code. */
  #fault(item: DueItem, error: unknown): string {
    const fault = composeFault(item, error);
    if (!this.#faults.has(fault.message)) this.#input.onFault?.(fault);
    this.#faults.add(fault.message);
    return fault.code;
  }

  async #handOverAll(id: string, items: readonly DueItem[]): Promise<readonly HandOverResult[]> {
    const { journal } = this.#input.store;
    const outcomes: HandOverResult[] = [];
    let next = 0;
    const work = async () => {
      for (let at = next++; at < items.length; at = next++) {
        const item = items[at];
        if (item === undefined) return;
        const result = this.#stopped(item) ?? (await this.#one(id, item));
        await journal?.end(id, item.key, result.outcome, result.code, result.cause);
        outcomes.push({ item, result });
        this.#report(item, result);
      }
    };
    const stopping = () =>
      work().catch((error: unknown) => {
        // What is in flight may end; nothing new may leave us unrecorded.
        next = items.length;
        throw error;
      });
    const workers = await Promise.allSettled(Array.from({ length: this.#input.concurrency ?? 10 }, stopping));
    for (const worker of workers) if (worker.status === "rejected") throw worker.reason;
    return outcomes;
  }

  async #one(batch: string, item: DueItem): Promise<Ending> {
    const { channel: name } = item.subscription;
    const channel = this.#input.channels[name];
    if (channel === undefined) return ours("channel-not-configured");
    let prepared: Prepared;
    try {
      const links = channel.links(item);
      prepared = await channel.prepare(item, await this.#input.render(item, links), links);
    } catch (error) {
      // Nothing has left us: the fault is ours, the next run tries again.
      return ours(this.#fault(item, error));
    }
    const result = await this.#handOver(batch, prepared, item);
    this.#inARow.set(name, result.systemic === true ? (this.#inARow.get(name) ?? 0) + 1 : 0);
    return endingOf(result, item, this.#input.now);
  }

  async #handOver(batch: string, prepared: Prepared, item: DueItem): Promise<HandOver> {
    await this.#pace();
    const untold: unknown[] = [];
    const leaving = async () => {
      try {
        await this.#input.store.journal?.begin(batch, [item.key]);
      } catch (error) {
        untold.push(error);
        throw error;
      }
    };
    let result: HandOver;
    try {
      result = await prepared.handOver(leaving);
    } catch (error) {
      // A channel tells trouble as a value; one that throws may have sent.
      result = { outcome: "unknown", code: `channel-${nameOf(error)}` };
    }
    // What cannot be noted must not leave: the fault is the store's, and ends the run.
    if (untold.length > 0) throw untold[0];
    return result;
  }

  /** Spaces hand-overs evenly, over all workers. */
  #pace(): Promise<void> {
    const { perSecond, sleep } = this.#input;
    if (perSecond === undefined) return Promise.resolve();
    const mine = this.#turn;
    this.#turn = mine.then(() => sleep(1000 / perSecond));
    return mine;
  }

  #report(item: DueItem, result: Ending): void {
    this.deliveries.push({
      subscription: item.subscription.id,
      publications: item.publications.map((publication) => publication.record.id),
      outcome: result.outcome,
      code: result.code,
      attempt: item.attempt,
    });
    this.#input.onProgress?.(this.deliveries.length, this.#input.items.length);
  }
}

/** The newest story of each publication in a batch: its messages tell them. */
function contextOf(items: readonly DueItem[]): Pick<IntentBatch, "context"> {
  const stories = items
    .flatMap(({ publications }) => publications)
    .flatMap(({ hash, context = [] }) => {
      const newest = newestOf(context);
      return newest === undefined ? [] : [[hash, newest.fingerprint] as const];
    })
    .sort(([a], [b]) => compareText(a, b));
  return stories.length === 0 ? {} : { context: Object.fromEntries(stories) };
}

interface HandOverResult {
  readonly item: DueItem;
  readonly result: Ending;
}

function exceptionsOf(outcomes: readonly HandOverResult[]): readonly DeliveryException[] {
  return outcomes
    .flatMap(({ item, result: { outcome, ...how } }) =>
      outcome === "sent" ? [] : [{ key: item.key, outcome, ...how }],
    )
    .sort((a, b) => compareText(a.key, b.key));
}
