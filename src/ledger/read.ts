import {
  type Head,
  IntegrityError,
  type LedgerRecord,
  LISTS,
  type ListId,
  type ListState,
  type PartyLine,
  parsePublicationId,
  partyMap,
  type StoredRecord,
  sha256,
  stateHash,
} from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";
import { headPath, recordPath, segmentFolder } from "./layout.ts";
import { readShard, shardNumbers } from "./shards.ts";

/** A chain: one list, one segment. */
export interface SegmentRef {
  readonly list: ListId;
  readonly segment: string;
}

/** Every segment on disk, by list and name. */
export function listSegments(files: LedgerFiles): SegmentRef[] {
  return LISTS.flatMap((list) =>
    files
      .list(list)
      .filter((name) => name.endsWith("/"))
      .map((name) => ({ list, segment: name.slice(0, -1) })),
  );
}

/** The head of a segment, or undefined where it has none yet. */
export function readHead(files: Pick<LedgerFiles, "read">, ref: SegmentRef): Head | undefined {
  const bytes = files.read(headPath(ref.list, ref.segment));
  return bytes === undefined ? undefined : parseFile<Head>(headPath(ref.list, ref.segment), bytes);
}

/**
 * The current state of a segment, proven against its head.
 * @param known lines at hand: where one is equal it is used, so that two states of a list are not held twice
 * @throws IntegrityError `shard-mismatch`, `state-mismatch`
 */
export function readState(files: LedgerFiles, head: Head, known?: ReadonlyMap<number, PartyLine>): ListState {
  const lines: PartyLine[] = [];
  const { list, segment } = head;
  const numbers = new Set([...Object.keys(head.shards).map(Number), ...shardNumbers(files, list, segment)]);
  for (const shard of [...numbers].sort((a, b) => a - b)) {
    for (const line of readShard(files, list, segment, shard, head.shards[String(shard)])) {
      const same = known?.get(line.uid);
      lines.push(same?.digest === line.digest ? same : line);
    }
  }
  const parties = partyMap(lines);
  const found = stateHash(parties);
  if (found !== head.state.hash) {
    throw new IntegrityError(
      "state-mismatch",
      `${segmentFolder(list, segment)}: expected state ${head.state.hash} of ${head.id}, found ${found}. Restore ` +
        "the folder from its repository.",
    );
  }
  return { list, profile: head.profile, coverage: head.coverage, parties };
}

/**
 * A record proven against the hash that its successor or head holds.
 * @throws IntegrityError `record-missing`, `record-mismatch` naming the file
 */
export function readRecord(
  files: Pick<LedgerFiles, "read">,
  ref: SegmentRef & { readonly id: string },
  expected: string,
): StoredRecord {
  const path = recordPath(ref);
  const bytes = files.read(path);
  if (bytes === undefined) {
    throw new IntegrityError(
      "record-missing",
      `${path}: the chain names this record with ${expected}, but there is no such file. Restore it from its repository.`,
    );
  }
  const hash = sha256(bytes);
  if (hash !== expected) {
    throw new IntegrityError(
      "record-mismatch",
      `${path}: expected ${expected}, found ${hash}. Restore the file from its repository.`,
    );
  }
  return { record: parseFile<LedgerRecord>(path, bytes), hash, bytes };
}

/** The records of a segment from the newest to its baseline, each proven by the one after it. */
export function* chain(files: LedgerFiles, head: Head): Generator<StoredRecord> {
  let next: { id: string; hash: string } | null = head;
  while (next !== null) {
    const stored: StoredRecord = readRecord(
      files,
      { list: head.list, segment: head.segment, id: next.id },
      next.hash,
    );
    yield stored;
    next = stored.record.previous;
  }
}

/** Ids of all records on disk, of every segment, as the folder names them. */
export function recordIds(files: LedgerFiles): { id: string; list: ListId; segment: string }[] {
  return listSegments(files).flatMap((ref) => {
    const folder = `${segmentFolder(ref.list, ref.segment)}/records`;
    return files.list(folder).flatMap((year) =>
      files
        .list(`${folder}/${year.replace(/\/$/, "")}`)
        .filter((name) => name.endsWith(".json") && parsePublicationId(name.slice(0, -5)) !== undefined)
        .map((name) => ({ id: name.slice(0, -5), ...ref })),
    );
  });
}

/** Reads JSON of our own making. @throws IntegrityError `not-json` naming the file */
export function parseFile<T>(path: string, bytes: Uint8Array): T {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as T;
  } catch (error) {
    throw new IntegrityError(
      "not-json",
      `${path}: expected canonical JSON, found ${error instanceof Error ? error.message : String(error)}. ` +
        "Restore the file from its repository.",
      { cause: error },
    );
  }
}
