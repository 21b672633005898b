import { type Hash, LedgerError, type LedgerRecord } from "../../domain/index.ts";
import {
  jsonBytes,
  type LedgerFiles,
  type Problem,
  parseFile,
  readRecord,
  recordIds,
  recover,
} from "../../ledger/index.ts";
import { rawFault } from "../schema/guard.ts";
import { entryPath, type KeptFile, type RawEntry, sealOf } from "./entry.ts";
import { PlainCache } from "./plain-cache.ts";
import { indexPaths, pathsBelow, readObject } from "./store.ts";

export interface RawReport {
  readonly ok: boolean;
  /** Records whose files are kept. */
  readonly entries: number;
  /** Different files, and what they take unpacked and as they lie there. */
  readonly files: number;
  readonly plainBytes: number;
  readonly keptBytes: number;
  /** Records of the ledger whose files are not kept: from before the store, or from elsewhere. */
  readonly withoutFiles: number;
  /** Entries whose record is not in the ledger: seen, and never recorded. */
  readonly withoutRecord: number;
  readonly problems: readonly Problem[];
}

/** Recomputes every hash of a store of source files, and holds it against the ledger whose records it names. */
export function verifyRaw(
  files: LedgerFiles,
  ledger: LedgerFiles,
  progress: (line: string) => void = () => undefined,
): RawReport {
  recover(files);
  const bench = new Bench(files);
  const entries = indexPaths(files).flatMap((path) => bench.entry(path) ?? []);
  const kept = new Map(entries.flatMap((entry) => entry.files).map((file) => [file.sha256, file]));
  progress(`reading ${kept.size} kept files`);
  const keptBytes = bench.objects(kept);
  const ids = recordIds(ledger);
  const known = new Map(entries.map((entry) => [entryPath(entry), entry]));
  const covered = ids.filter((ref) => {
    const entry = known.get(entryPath(ref));
    if (entry !== undefined) bench.holdAgainst(entry, ledger);
    return entry !== undefined;
  });
  return {
    ok: bench.problems.length === 0,
    entries: entries.length,
    files: kept.size,
    plainBytes: [...kept.values()].reduce((sum, file) => sum + file.bytes, 0),
    keptBytes,
    withoutFiles: ids.length - covered.length,
    withoutRecord: entries.length - covered.length,
    problems: bench.problems,
  };
}

class Bench {
  readonly problems: Problem[] = [];
  private readonly files: LedgerFiles;

  constructor(files: LedgerFiles) {
    this.files = files;
  }

  /** An entry that is as it was written; undefined, and reported, when it is not. */
  entry(path: string): RawEntry | undefined {
    const bytes = this.files.read(path);
    if (bytes === undefined) return undefined;
    try {
      const entry = parseFile<RawEntry>(path, bytes);
      const fault = rawFault(entry) ?? this.faultOf(entry, path, bytes);
      if (fault === undefined) return entry;
      this.report(path, "entry", fault);
    } catch (error) {
      this.reportError(path, error);
    }
    return undefined;
  }

  private faultOf(entry: RawEntry, path: string, bytes: Uint8Array): string | undefined {
    if (Buffer.compare(bytes, jsonBytes(entry)) !== 0)
      return "is not in RFC 8785 form with one final line feed";
    if (entry.seal !== sealOf(entry))
      return `is sealed with ${entry.seal}, but its content has ${sealOf(entry)}`;
    return entryPath(entry) === path ? undefined : `says it is ${entryPath(entry)}`;
  }

  /** Reads every kept file; what no entry names is reported too. @returns bytes as they lie there */
  objects(kept: ReadonlyMap<Hash, KeptFile>): number {
    const paths = pathsBelow(this.files, "objects");
    const named = new Set([...kept.values()].map(({ object }) => object.path));
    for (const path of paths) {
      if (!named.has(path)) this.report(path, "unlisted", "is an object that no entry of the index names");
    }
    const cache = new PlainCache();
    const broken = new Set<Hash>();
    const read = (content: Hash): Uint8Array | undefined => {
      const file = kept.get(content);
      if (file === undefined || broken.has(content)) return undefined;
      const bytes = cache.get(content) ?? this.object(file, read);
      if (bytes === undefined) broken.add(content);
      else cache.put(content, bytes);
      return bytes;
    };
    for (const content of [...kept.keys()].sort((a, b) => placeOf(kept, a) - placeOf(kept, b))) read(content);
    return [...new Map([...kept.values()].map(({ object }) => [object.path, object.bytes])).values()].reduce(
      (sum, bytes) => sum + bytes,
      0,
    );
  }

  /** The plain bytes of a kept file; undefined, and reported, when they are not as they were written. */
  private object(file: KeptFile, read: (content: Hash) => Uint8Array | undefined): Uint8Array | undefined {
    try {
      const bytes = readObject(file, (path) => this.files.read(path), read);
      if (bytes.length === file.bytes) return bytes;
      this.report(file.object.path, "size", `holds ${bytes.length} bytes, its entry says ${file.bytes}`);
    } catch (error) {
      this.reportError(file.object.path, error);
    }
    return undefined;
  }

  /** The record that an entry names used exactly these files. */
  holdAgainst(entry: RawEntry, ledger: LedgerFiles): void {
    const path = entryPath(entry);
    let record: LedgerRecord;
    try {
      record = readRecord(ledger, entry, entry.record).record;
    } catch (error) {
      this.reportError(path, error);
      return;
    }
    const used = record.sources.map((source) => source.sha256).join(" ");
    if (used === entry.files.map((file) => file.sha256).join(" ")) return;
    this.report(path, "other-files", `does not keep the files that ${record.id} names: ${used}`);
  }

  report(file: string, code: string, message: string): void {
    this.problems.push({ file, code, message });
  }

  private reportError(file: string, error: unknown): void {
    if (!(error instanceof LedgerError)) throw error;
    this.report(file, error.code, error.message);
  }
}

function placeOf(kept: ReadonlyMap<Hash, KeptFile>, content: Hash): number {
  return kept.get(content)?.object.place ?? 0;
}
