import { IntegrityError } from "../../domain/index.ts";
import { type LedgerFiles, parseFile, readLog } from "../../ledger/index.ts";
import type {
  DeliveryJournal,
  DeliveryStore,
  Ending,
  IntentBatch,
  JournalNote,
  ResultBatch,
} from "../../notify/index.ts";
import { openLedger } from "../ledger-writer.ts";

/** Deliveries as files of the ledger: durable, hash-listed, without addresses. */
export function ledgerDeliveries(
  files: LedgerFiles,
  { journal, durable }: { journal?: DeliveryJournal; durable?: (() => Promise<void>) | undefined },
): DeliveryStore {
  const put = async (...batches: readonly (IntentBatch | ResultBatch)[]): Promise<void> => {
    const writer = await openLedger(files);
    for (const batch of batches) {
      writer.put("deliveries", `${batch.at.slice(0, 4)}/${batch.id}.${batch.kind}.json`, batch);
    }
    writer.commit();
    await durable?.();
  };
  return {
    load: async () => {
      const intents: IntentBatch[] = [];
      const results: ResultBatch[] = [];
      for (const { path } of readLog(files, "deliveries")) {
        const bytes = files.read(path);
        if (bytes === undefined) throw lost(path);
        const batch = parseFile<IntentBatch | ResultBatch>(path, bytes);
        if (batch.kind === "intents") intents.push(batch);
        else results.push(batch);
      }
      return { intents, results };
    },
    writeIntents: (batch, before) => put(...(before === undefined ? [] : [before]), batch),
    writeResults: (batch) => put(batch),
    ...(journal === undefined ? {} : { journal }),
  };
}

function lost(path: string): IntegrityError {
  return new IntegrityError(
    "delivery-missing",
    `${path}: the log of deliveries lists this file, but it is missing. Nothing is sent, since what was sent cannot ` +
      "be told. Restore it from its repository.",
  );
}

/** A line of the note. */
type Line =
  | { readonly boot: string }
  | { readonly begin: readonly string[] }
  | ({ readonly end: string } & Ending);

/** Files that grow a line at a time, in a folder that may be thrown away. */
export interface NoteFolder {
  /**
   * Which start of which machine this is, where that can be told: what a process wrote is there for the next one as
   * long as the machine runs. Without it, or after another start, a note is not trusted.
   */
  readonly boot: string | undefined;
  read(path: string): Uint8Array | undefined;
  /** Adds to the end of a file, which it makes where there is none. Need not outlive the machine. */
  append(path: string, bytes: Uint8Array): void;
  remove(path: string): void;
}

/**
 * Notes on how far a batch has come: without them, what a crash left open is unknown as a whole; with them, only
 * the few messages that were being handed over. Nothing is flushed, since a note counts on the same boot only.
 */
export function noteJournal(notes: NoteFolder): DeliveryJournal {
  const { boot } = notes;
  const path = (batch: string) => `deliveries/${batch}.ndjson`;
  const add = (batch: string, line: Line) =>
    notes.append(path(batch), new TextEncoder().encode(`${JSON.stringify(line)}\n`));
  return {
    open: async (batch) => {
      notes.remove(path(batch));
      if (boot !== undefined) add(batch, { boot });
    },
    begin: async (batch, keys) => add(batch, { begin: keys }),
    end: async (batch, key, outcome, code, cause) =>
      add(batch, { end: key, outcome, code, ...(cause === undefined ? {} : { cause }) }),
    close: async (batch) => notes.remove(path(batch)),
    read: async (batch) => {
      const bytes = notes.read(path(batch));
      return bytes === undefined ? undefined : readNote(new TextDecoder().decode(bytes), boot);
    },
  };
}

/** A line that a crash cut counts as not written; a note of another boot as none. */
function readNote(text: string, boot: string | undefined): JournalNote | undefined {
  const lines = text
    .split("\n")
    .slice(0, -1)
    .map((part) => JSON.parse(part) as Line);
  const [first] = lines;
  if (boot === undefined || first === undefined || !("boot" in first) || first.boot !== boot)
    return undefined;
  const begun = new Set<string>();
  const ended = new Map<string, Ending>();
  for (const line of lines) {
    if ("begin" in line) for (const key of line.begin) begun.add(key);
    else if ("end" in line) {
      const { end, ...ending } = line;
      ended.set(end, ending);
    }
  }
  return { begun, ended };
}
