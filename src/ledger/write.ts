import {
  compareText,
  type Hash,
  type Head,
  type LedgerRecord,
  type ListState,
  type Observation,
  type StoredRecord,
  sha256,
} from "../domain/index.ts";
import type { FileKind } from "./check.ts";
import { putLog, putManifest } from "./collection.ts";
import type { LedgerFiles } from "./files.ts";
import { headAfter, type OpenHead } from "./head.ts";
import { jsonBytes } from "./json.ts";
import {
  type Collection,
  headPath,
  observationName,
  recordPath,
  shardOf,
  shardPath,
  signatureName,
} from "./layout.ts";
import { proveBase } from "./proof.ts";
import { readHead } from "./read.ts";
import { byShard, shardBytes, shardHashes } from "./shards.ts";
import { alone, beginTransaction, recover } from "./transaction.ts";

/** Collects what a run found out, and commits it as a whole. */
export interface LedgerWriter {
  /** Adds a record to its segment; `state` is the list after it. */
  append(record: LedgerRecord, state: ListState): StoredRecord;
  observe(observation: Observation): void;
  /** Puts a file of a collection; `path` is relative to the collection. */
  put(collection: Collection, path: string, value: unknown): void;
  /** Removes a file of a collection. */
  drop(collection: Collection, path: string): void;
  /**
   * Paths written; empty when nothing changed.
   * @throws IntegrityError `not-as-listed` when what is gone on from is not as the ledger lists it; then nothing is
   * written
   */
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
  readonly head: OpenHead;
  readonly state: ListState;
  readonly dirty: Set<number>;
}

/** A writer on a ledger. Nothing is written before `commit`. */
export function openWriter(files: LedgerFiles, options: WriterOptions = {}): LedgerWriter {
  let tx = beginTransaction(files);
  let open = new Map<string, OpenSegment>();
  let relisted = new Map<Collection, Map<string, Hash | undefined>>();
  let touched = false;
  const guarded = (kind: FileKind, content: unknown): Uint8Array => {
    options.guard?.(kind, content);
    return jsonBytes(content);
  };
  const relist = (collection: Collection, path: string, hash: Hash | undefined): void => {
    const changes = relisted.get(collection) ?? new Map<string, Hash | undefined>();
    relisted.set(collection, changes.set(path, hash));
  };
  const putFile = (collection: Collection, name: string, value: unknown): void => {
    const path = `${collection}/${name}`;
    const bytes = guarded(collection, value);
    tx.put(path, bytes);
    relist(collection, path, sha256(bytes));
  };
  const sign = (path: string, bytes: Uint8Array): void => {
    if (options.sign !== undefined) putFile("signatures", signatureName(path), options.sign(path, bytes));
  };
  const commitAll = (): readonly string[] => {
    // Of another process that died since this one began: its commit is finished before ours goes on from it.
    recover(files);
    const heads = new Map<string, Uint8Array>();
    for (const [path, segment] of [...open].sort((a, b) => compareText(a[0], b[0]))) {
      const shards = putShards(files, tx, segment);
      heads.set(path, guarded("head", { ...segment.head, shards } satisfies Head));
    }
    for (const [path, bytes] of heads) sign(path, bytes);
    const manifest = proveBase(files, relisted);
    for (const [collection, changes] of relisted) putLog(tx, collection, changes);
    putManifest(tx, manifest, heads);
    for (const [path, bytes] of heads) tx.put(path, bytes);
    return tx.commit();
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
      open.set(path, { head: headAfter(record, hash, state, known), state, dirty });
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
    drop(collection, name) {
      touched = true;
      const path = `${collection}/${name}`;
      tx.drop(path);
      relist(collection, path, undefined);
    },
    commit() {
      if (!touched) return [];
      // What is listed anew is read and written in one: another process commits before or after.
      const written = alone(files, commitAll);
      tx = beginTransaction(files);
      open = new Map();
      relisted = new Map();
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
