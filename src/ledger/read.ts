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
import { parseFile } from "./json.ts";
import { headPath, recordPath, segmentFolder } from "./layout.ts";
import { requireKnownFormat, requireKnownMajor } from "./manifest.ts";
import { readShard, shardNumbers } from "./shards.ts";

/** A chain: one list, one segment. */
export interface SegmentRef {
  readonly list: ListId;
  readonly segment: string;
}

/** Every segment on disk, by list and name. @throws as `requireKnownFormat` */
export function listSegments(files: LedgerFiles): SegmentRef[] {
  requireKnownFormat(files);
  return segmentsOnDisk(files);
}

/** The same, whatever the manifest is: for who looks at that, too. */
export function segmentsOnDisk(files: Pick<LedgerFiles, "list">): SegmentRef[] {
  return LISTS.flatMap((list) =>
    files
      .list(list)
      .filter((name) => name.endsWith("/"))
      .map((name) => ({ list, segment: name.slice(0, -1) })),
  );
}

/** The head of a segment, or undefined where it has none yet. @throws as `requireKnownFormat` */
export function readHead(files: Pick<LedgerFiles, "read">, ref: SegmentRef): Head | undefined {
  requireKnownFormat(files);
  return headOnDisk(files, ref);
}

/** The same, whatever the manifest is: for who looks at that, too. @throws UsageError `unknown-format` */
export function headOnDisk(files: Pick<LedgerFiles, "read">, ref: SegmentRef): Head | undefined {
  const path = headPath(ref.list, ref.segment);
  const bytes = files.read(path);
  if (bytes === undefined) return undefined;
  const head = parseFile<Head>(path, bytes);
  requireKnownMajor(path, head);
  return head;
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
