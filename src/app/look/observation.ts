import type { Instant, Observation } from "../../domain/index.ts";
import { type LedgerFiles, parseFile, readLog } from "../../ledger/index.ts";

/** When a record was first seen; undefined where that was not observed, as of imports. */
export function firstSeenOf(files: LedgerFiles, id: string): Instant | undefined {
  const path = readLog(files, "observations").find((entry) => entry.path.endsWith(`/${id}.json`))?.path;
  const bytes = path === undefined ? undefined : files.read(path);
  return path === undefined || bytes === undefined
    ? undefined
    : parseFile<Observation>(path, bytes).firstSeen;
}
