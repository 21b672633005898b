import {
  type Hash,
  type Instant,
  IntegrityError,
  type Receipt,
  type SourceRef,
  type StoredRecord,
  sha256,
} from "../../domain/index.ts";
import { beginTransaction, jsonBytes, type LedgerFiles, parseFile, recover } from "../../ledger/index.ts";
import { guardShape } from "../schema/guard.ts";
import { entryPath, type KeptFile, type KeptObject, objectPath, type RawEntry, sealed } from "./entry.ts";
import { applyDelta, makeDelta } from "./line-delta.ts";
import { pack, unpackObject } from "./pack.ts";
import { PlainCache } from "./plain-cache.ts";
import { README } from "./readme.ts";

/** A file that a record was read from: unpacked, as `ref` names it. */
export interface RawSource {
  readonly ref: SourceRef;
  readonly bytes: Uint8Array;
  readonly receipt: Receipt | null;
}

/** The store of source files: a folder of its own, meant for a branch or a bucket of its own. */
export interface RawStore {
  /** Keeps the files of a record; nothing is written before `commit`. */
  keep(stored: Pick<StoredRecord, "record" | "hash">, sources: readonly RawSource[], now: Instant): void;
  /** Paths written; empty when all of it was there already. */
  commit(): readonly string[];
  /** What is kept of a record. */
  entry(of: Pick<RawEntry, "list" | "segment" | "id">): RawEntry | undefined;
  /**
   * A kept file by its hash, proven; undefined where there is none.
   * @throws IntegrityError naming the object that is damaged
   */
  read(content: Hash): Uint8Array | undefined;
}

/** A difference that is not below this share of the whole file saves too little: a new whole one begins. */
const WORTH = 0.5;

/** Opens a store; what a crash left in it is finished or cleared first. */
export function openRawStore(files: LedgerFiles): RawStore {
  recover(files);
  return new Store(files);
}

class Store implements RawStore {
  private tx: ReturnType<typeof beginTransaction>;
  private known: Map<Hash, KeptFile> | undefined;
  private readonly plain = new PlainCache();
  private readonly files: LedgerFiles;

  constructor(files: LedgerFiles) {
    this.files = files;
    this.tx = beginTransaction(files);
  }

  keep({ record, hash }: Pick<StoredRecord, "record" | "hash">, sources: readonly RawSource[], now: Instant) {
    if (this.entry(record)?.record === hash) return;
    const before =
      record.previous === null ? undefined : this.entry({ ...record, id: record.previous.id })?.files;
    const kept = sources.map(({ ref, bytes, receipt }, i): KeptFile => {
      const inSeries = before?.find(({ file }) => file === ref.file) ?? before?.[i];
      const object = this.byContent().get(ref.sha256)?.object ?? this.put(ref.sha256, bytes, inSeries);
      const file = { ...ref, receipt, object };
      this.byContent().set(ref.sha256, file);
      this.plain.put(ref.sha256, bytes);
      return file;
    });
    const { list, segment, id } = record;
    const entry = sealed({ formatVersion: "1.0", list, segment, id, record: hash, keptAt: now, files: kept });
    guardShape("raw", entry);
    this.tx.put("README.md", new TextEncoder().encode(README));
    this.tx.put(entryPath(entry), jsonBytes(entry));
  }

  commit(): readonly string[] {
    const written = this.tx.commit();
    this.tx = beginTransaction(this.files);
    return written;
  }

  entry(of: Pick<RawEntry, "list" | "segment" | "id">): RawEntry | undefined {
    const path = entryPath(of);
    const bytes = this.tx.read(path);
    return bytes === undefined ? undefined : parseFile<RawEntry>(path, bytes);
  }

  read(content: Hash): Uint8Array | undefined {
    const remembered = this.plain.get(content);
    if (remembered !== undefined) return remembered;
    const file = this.byContent().get(content);
    if (file === undefined) return undefined;
    const bytes = readObject(
      file,
      (path) => this.tx.read(path),
      (base) => this.read(base),
    );
    this.plain.put(content, bytes);
    return bytes;
  }

  /** Whole, or as a difference to an earlier file of its series. */
  private put(content: Hash, bytes: Uint8Array, before: KeptFile | undefined): KeptObject {
    const base = before === undefined ? undefined : this.baseFor(before);
    const old = base === undefined ? undefined : this.readIfSound(base.sha256);
    if (before !== undefined && base !== undefined && old !== undefined) {
      const delta = pack(makeDelta(old, bytes));
      const place = before.object.place + 1;
      if (delta.length < this.wholeOf(base).object.bytes * WORTH) {
        return this.putObject(objectPath(content, false), delta, { base: base.sha256, place });
      }
    }
    return this.putObject(objectPath(content, true), pack(bytes), { base: null, place: 0 });
  }

  private putObject(path: string, bytes: Uint8Array, rest: Pick<KeptObject, "base" | "place">): KeptObject {
    this.tx.put(path, bytes);
    return { path, sha256: sha256(bytes), bytes: bytes.length, ...rest };
  }

  /**
   * The file that the next one of a series is written against: the one whose place lacks its lowest bit, as in
   * Subversion's skip-deltas. Any of a thousand files is then ten steps from a whole one, at the price of three
   * times the space of plain differences (measured: 2 MB in place of 0.8 for 308 captures of 2.7 MB each).
   */
  private baseFor(before: KeptFile): KeptFile | undefined {
    const place = before.object.place + 1;
    let file: KeptFile | undefined = before;
    while (file !== undefined && file.object.place !== (place & (place - 1))) file = this.baseOf(file);
    return file;
  }

  private baseOf({ object: { base } }: KeptFile): KeptFile | undefined {
    return base === null ? undefined : this.byContent().get(base);
  }

  private wholeOf(file: KeptFile): KeptFile {
    const base = this.baseOf(file);
    return base === undefined ? file : this.wholeOf(base);
  }

  /** A damaged base is for `verify` to name; what is new is then kept whole. */
  private readIfSound(content: Hash): Uint8Array | undefined {
    try {
      return this.read(content);
    } catch (error) {
      if (error instanceof IntegrityError) return undefined;
      throw error;
    }
  }

  private byContent(): Map<Hash, KeptFile> {
    if (this.known === undefined) {
      this.known = new Map();
      for (const path of indexPaths(this.files)) {
        const bytes = this.files.read(path);
        const entry = bytes === undefined ? undefined : parseFile<RawEntry>(path, bytes);
        for (const file of entry?.files ?? []) this.known.set(file.sha256, file);
      }
    }
    return this.known;
  }
}

/**
 * The plain bytes of a kept file, proven against every hash on the way.
 * @throws IntegrityError `object-missing`, `object-damaged` naming the object
 */
export function readObject(
  { object, sha256: content, bytes: size }: KeptFile,
  read: (path: string) => Uint8Array | undefined,
  baseBytes: (content: Hash) => Uint8Array | undefined,
): Uint8Array {
  const packed = read(object.path);
  if (packed === undefined)
    throw damaged("object-missing", object.path, `the object that holds ${content}`, "nothing");
  const found = sha256(packed);
  if (found !== object.sha256) throw damaged("object-damaged", object.path, object.sha256, found);
  const most = object.base === null ? size : MOST_DELTA_BYTES + size;
  const unpacked = unpackObject(packed, most);
  const base = object.base === null ? undefined : baseBytes(object.base);
  if (object.base !== null && base === undefined) {
    throw damaged("object-missing", object.path, `its base ${object.base} in the store`, "none");
  }
  const plain = base === undefined ? unpacked : applyDelta(base, unpacked);
  if (sha256(plain) !== content) throw damaged("object-damaged", object.path, content, sha256(plain));
  return plain;
}

/** What the instructions of a delta may take beside the bytes that they insert. */
const MOST_DELTA_BYTES = 64 * 1024 * 1024;

function damaged(code: string, path: string, expected: string, found: string): IntegrityError {
  return new IntegrityError(
    code,
    `${path}: expected ${expected}, found ${found}. Restore the file from a copy of the store.`,
  );
}

/** Every entry of the index, by path. */
export function indexPaths(files: Pick<LedgerFiles, "list">): string[] {
  return pathsBelow(files, "index");
}

/** Every file below a folder, by path. */
export function pathsBelow(files: Pick<LedgerFiles, "list">, folder: string): string[] {
  return files
    .list(folder)
    .flatMap((name) =>
      name.endsWith("/") ? pathsBelow(files, `${folder}/${name.slice(0, -1)}`) : [`${folder}/${name}`],
    );
}
