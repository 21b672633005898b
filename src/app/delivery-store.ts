import { IntegrityError } from "../domain/index.ts";
import { type LedgerFiles, parseFile, readLog } from "../ledger/index.ts";
import type {
  DeliveryJournal,
  DeliveryStore,
  IntentBatch,
  JournalNote,
  Outcome,
  ResultBatch,
} from "../notify/index.ts";
import { openLedger } from "./ledger-writer.ts";

/** Deliveries as files of the ledger: durable, hash-listed, without addresses. */
export function ledgerDeliveries(
  files: LedgerFiles,
  { journal, durable }: { journal?: DeliveryJournal; durable?: (() => Promise<void>) | undefined },
): DeliveryStore {
  const put = async (name: string, value: IntentBatch | ResultBatch): Promise<void> => {
    const writer = await openLedger(files);
    writer.put("deliveries", `${value.at.slice(0, 4)}/${name}`, value);
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
    writeIntents: (batch) => put(`${batch.id}.intents.json`, batch),
    writeResults: (batch) => put(`${batch.id}.results.json`, batch),
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
  | { readonly begin: readonly string[] }
  | { readonly end: string; readonly outcome: Outcome; readonly code: string };

/** Files that grow a line at a time, in a folder that may be thrown away. */
export interface NoteFolder {
  read(path: string): Uint8Array | undefined;
  /** Adds to the end of a file, which it makes where there is none; durable when it returns, if asked. */
  append(path: string, bytes: Uint8Array, durable: boolean): void;
  remove(path: string): void;
}

/**
 * Notes on how far a batch has come: without them, what a crash left open is unknown as a whole; with them, only
 * the few messages that were under way. Ends are not flushed one by one: what a killed process wrote stays, and
 * what a dead machine forgets makes a few more unknown.
 */
export function noteJournal(notes: NoteFolder): DeliveryJournal {
  const path = (batch: string) => `deliveries/${batch}.ndjson`;
  const add = (batch: string, line: Line, durable: boolean) =>
    notes.append(path(batch), new TextEncoder().encode(`${JSON.stringify(line)}\n`), durable);
  return {
    open: async (batch) => {
      notes.remove(path(batch));
      notes.append(path(batch), new Uint8Array(), true);
    },
    begin: async (batch, keys) => add(batch, { begin: keys }, true),
    end: async (batch, key, outcome, code) => add(batch, { end: key, outcome, code }, false),
    close: async (batch) => notes.remove(path(batch)),
    read: async (batch) => {
      const bytes = notes.read(path(batch));
      return bytes === undefined ? undefined : readNote(new TextDecoder().decode(bytes));
    },
  };
}

/** A line that a crash cut counts as not written. */
function readNote(text: string): JournalNote {
  const begun = new Set<string>();
  const ended = new Map<string, { outcome: Outcome; code: string }>();
  for (const part of text.split("\n").slice(0, -1)) {
    const line = JSON.parse(part) as Line;
    if ("begin" in line) for (const key of line.begin) begun.add(key);
    else ended.set(line.end, { outcome: line.outcome, code: line.code });
  }
  return { begun, ended };
}
