import type {
  Cause,
  DeliveryJournal,
  DeliveryStore,
  Ending,
  IntentBatch,
  JournalNote,
  Outcome,
  ResultBatch,
} from "../../src/notify/index.ts";

/** A delivery store that keeps everything, as a durable one would. */
export class MemoryStore implements DeliveryStore {
  readonly intents: IntentBatch[] = [];
  readonly results: ResultBatch[] = [];
  readonly journal?: DeliveryJournal;

  constructor(options: { journal?: boolean } = {}) {
    if (options.journal === true) this.journal = new MemoryJournal();
  }

  async load() {
    return { intents: structuredClone(this.intents), results: structuredClone(this.results) };
  }

  async writeIntents(batch: IntentBatch, before?: ResultBatch): Promise<void> {
    if (before !== undefined) this.results.push(structuredClone(before));
    this.intents.push(structuredClone(batch));
  }

  async writeResults(batch: ResultBatch): Promise<void> {
    this.results.push(structuredClone(batch));
  }
}

class MemoryJournal implements DeliveryJournal {
  readonly #notes = new Map<string, { begun: Set<string>; ended: Map<string, Ending> }>();

  async open(batch: string): Promise<void> {
    this.#notes.set(batch, { begun: new Set(), ended: new Map() });
  }

  async begin(batch: string, keys: readonly string[]): Promise<void> {
    for (const key of keys) this.#notes.get(batch)?.begun.add(key);
  }

  async end(batch: string, key: string, outcome: Outcome, code: string, cause?: Cause): Promise<void> {
    this.#notes.get(batch)?.ended.set(key, { outcome, code, ...(cause === undefined ? {} : { cause }) });
  }

  async close(batch: string): Promise<void> {
    this.#notes.delete(batch);
  }

  async read(batch: string): Promise<JournalNote | undefined> {
    return this.#notes.get(batch);
  }
}
