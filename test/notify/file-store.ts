import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type {
  DeliveryJournal,
  DeliveryStore,
  IntentBatch,
  JournalNote,
  Outcome,
  ResultBatch,
} from "../../src/notify/index.ts";

/** Deliveries as files: each flushed and renamed into place, the journal flushed where it must be. */
export async function fileStore(folder: string): Promise<DeliveryStore> {
  for (const name of ["intents", "results", "journal"]) await mkdir(join(folder, name), { recursive: true });
  return {
    load: async () => ({
      intents: await readAll<IntentBatch>(join(folder, "intents")),
      results: await readAll<ResultBatch>(join(folder, "results")),
    }),
    writeIntents: async (batch, before) => {
      if (before !== undefined)
        await put(join(folder, "results", `${before.id}.json`), JSON.stringify(before));
      await put(join(folder, "intents", `${batch.id}.json`), JSON.stringify(batch));
    },
    writeResults: (batch) => put(join(folder, "results", `${batch.id}.json`), JSON.stringify(batch)),
    journal: fileJournal(join(folder, "journal")),
  };
}

async function readAll<T>(folder: string): Promise<T[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as T));
}

async function put(path: string, text: string): Promise<void> {
  await write(`${path}.new`, text, "w", true);
  await rename(`${path}.new`, path);
}

async function write(path: string, text: string, flags: "w" | "a", flush: boolean): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.writeFile(text);
    if (flush) await file.sync();
  } finally {
    await file.close();
  }
}

type Line =
  | { readonly begin: readonly string[] }
  | { readonly end: string; readonly outcome: Outcome; readonly code: string };

function fileJournal(folder: string): DeliveryJournal {
  const path = (batch: string) => join(folder, `${batch}.ndjson`);
  const add = (batch: string, line: Line, flush: boolean) =>
    write(path(batch), `${JSON.stringify(line)}\n`, "a", flush);
  return {
    open: (batch) => write(path(batch), "", "w", true),
    begin: (batch, begin) => add(batch, { begin }, true),
    end: (batch, end, outcome, code) => add(batch, { end, outcome, code }, false),
    close: (batch) => rm(path(batch), { force: true }),
    async read(batch): Promise<JournalNote | undefined> {
      const text = await readFile(path(batch), "utf8").catch(() => undefined);
      // A last line without its end was being written when the process died.
      const lines = text
        ?.split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Line);
      if (lines === undefined) return undefined;
      return {
        begun: new Set(lines.flatMap((line) => ("begin" in line ? line.begin : []))),
        ended: new Map(
          lines.flatMap((line) =>
            "end" in line ? [[line.end, { outcome: line.outcome, code: line.code }]] : [],
          ),
        ),
      };
    },
  };
}
