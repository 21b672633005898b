import {
  compareText,
  countTypes,
  decodeParty,
  FORMAT_VERSION,
  type Hash,
  type Head,
  type LedgerRecord,
  type ListState,
  type Observation,
  type StoredRecord,
  sha256,
  type TypeCounts,
} from "../domain/index.ts";
import type { FileKind } from "./check.ts";
import { dropFromCollection, jsonBytes, putInCollection, putManifest } from "./collection.ts";
import type { LedgerFiles } from "./files.ts";
import {
  type Collection,
  headPath,
  observationName,
  recordPath,
  shardOf,
  shardPath,
  signatureName,
} from "./layout.ts";
import { readHead } from "./read.ts";
import { byShard, shardBytes, shardHashes } from "./shards.ts";
import { beginTransaction } from "./transaction.ts";

/** Collects what a run found out, and commits it as a whole. */
export interface LedgerWriter {
  /** Adds a record to its segment; `state` is the list after it. */
  append(record: LedgerRecord, state: ListState): StoredRecord;
  observe(observation: Observation): void;
  /** Puts a file of a collection; `path` is relative to the collection. */
  put(collection: Collection, path: string, value: unknown): void;
  /** Removes a file of a collection. */
  drop(collection: Collection, path: string): void;
  /** Paths written; empty when nothing changed. */
  commit(): readonly string[];
}

/** What the writer asks of the one who opens it. */
export interface WriterOptions {
  /** Looks at every file's content before it may be written; throws on a shape that is not as documented. */
  readonly guard?: (kind: FileKind, content: unknown) => void;
  /** Makes the signature file of a head's or record's bytes; where it is missing, nothing is signed. */
  readonly sign?: (path: string, bytes: Uint8Array) => unknown;
}

interface OpenSegment {
  readonly head: Omit<Head, "shards">;
  readonly state: ListState;
  readonly dirty: Set<number>;
}

/** A writer on a ledger. Nothing is written before `commit`. */
export function openWriter(files: LedgerFiles, options: WriterOptions = {}): LedgerWriter {
  let tx = beginTransaction(files);
  let open = new Map<string, OpenSegment>();
  let touched = false;
  const guarded = (kind: FileKind, content: unknown): Uint8Array => {
    options.guard?.(kind, content);
    return jsonBytes(content);
  };
  const putFile = (collection: Collection, path: string, value: unknown): void => {
    putInCollection(tx, collection, `${collection}/${path}`, guarded(collection, value));
  };
  const sign = (path: string, bytes: Uint8Array): void => {
    if (options.sign !== undefined) putFile("signatures", signatureName(path), options.sign(path, bytes));
  };
  return {
    append(record, state) {
      touched = true;
      const bytes = guarded("record", record);
      const hash = sha256(bytes);
      tx.put(recordPath(record), bytes);
      sign(recordPath(record), bytes);
      const path = headPath(record.list, record.segment);
      const before = open.get(path);
      const known = before?.head ?? readHead(files, record);
      const dirty = before?.dirty ?? new Set<number>();
      for (const uid of touchedUids(record, state)) dirty.add(shardOf(uid));
      open.set(path, { head: headOf(record, hash, state, known), state, dirty });
      return { record, hash, bytes };
    },
    observe(observation) {
      touched = true;
      putFile("observations", observationName(observation.id), observation);
    },
    put(collection, path, value) {
      touched = true;
      putFile(collection, path, value);
    },
    drop(collection, path) {
      touched = true;
      dropFromCollection(tx, collection, `${collection}/${path}`);
    },
    commit() {
      if (!touched) return [];
      const heads = new Map<string, Uint8Array>();
      for (const [path, segment] of [...open].sort((a, b) => compareText(a[0], b[0]))) {
        const shards = putShards(files, tx, segment);
        heads.set(path, guarded("head", { ...segment.head, shards } satisfies Head));
      }
      for (const [path, bytes] of heads) sign(path, bytes);
      putManifest(tx, heads);
      for (const [path, bytes] of heads) tx.put(path, bytes);
      const written = tx.commit();
      tx = beginTransaction(files);
      open = new Map();
      touched = false;
      return written;
    },
  };
}

/** Parties whose lines the record moved: all of them where it has no predecessor. */
function touchedUids(record: LedgerRecord, state: ListState): Iterable<number> {
  if (record.previous === null) return state.parties.keys();
  return [...record.changes, ...record.unknown].map((change) => change.uid);
}

function headOf(
  record: LedgerRecord,
  hash: Hash,
  state: ListState,
  known: Omit<Head, "shards"> | undefined,
): Omit<Head, "shards"> {
  return {
    formatVersion: FORMAT_VERSION,
    list: record.list,
    segment: record.segment,
    origin: record.origin,
    id: record.id,
    hash,
    date: record.date,
    state: record.state.to,
    counts: known === undefined ? countAll(state) : countsAfter(known.counts, record),
    profile: record.profile,
    interpreter: record.interpreter,
    coverage: record.coverage,
    records: (known?.records ?? 0) + 1,
    sources: record.sources,
    window: record.window,
  };
}

function countAll(state: ListState): TypeCounts {
  return countTypes([...state.parties.values()].map((line) => decodeParty(line).type));
}

/** Counts moved on by a record, so that a publication need not decode a whole list. `verify` counts anew. */
function countsAfter(before: TypeCounts, record: LedgerRecord): TypeCounts {
  const counts: Record<string, number> = { ...before };
  const move = (type: string, by: number) => {
    counts[type] = (counts[type] ?? 0) + by;
    if (counts[type] === 0) delete counts[type];
  };
  for (const change of record.changes) {
    if (change.op === "add") move(change.type, 1);
    else if (change.op === "remove") move(change.type, -1);
    else {
      const was = change.fields.find((field) => field.area === "type")?.before;
      if (typeof was === "string") {
        move(was, -1);
        move(change.type, 1);
      }
    }
  }
  return counts;
}

/** Writes the shards that changed; the others keep the hash that the head on disk has for them. */
function putShards(
  files: LedgerFiles,
  tx: ReturnType<typeof beginTransaction>,
  { head, state, dirty }: OpenSegment,
): Record<string, Hash> {
  const { list, segment } = head;
  const hashes = new Map<number, Hash>();
  for (const [shard, hash] of Object.entries(readHead(files, head)?.shards ?? {}))
    hashes.set(Number(shard), hash);
  const lines = byShard(state.parties);
  for (const shard of [...dirty].sort((a, b) => a - b)) {
    const path = shardPath(list, segment, shard);
    const content = lines.get(shard);
    if (content === undefined) {
      tx.drop(path);
      hashes.delete(shard);
    } else {
      const bytes = shardBytes(content);
      tx.put(path, bytes);
      hashes.set(shard, sha256(bytes));
    }
  }
  return shardHashes(hashes);
}
