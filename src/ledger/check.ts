import {
  type Head,
  isSegmentName,
  LedgerError,
  type ListState,
  type StoredRecord,
  sha256,
} from "../domain/index.ts";
import { readEntries } from "./collection.ts";
import type { LedgerFiles } from "./files.ts";
import { isObject, jsonBytes, parseFile } from "./json.ts";
import {
  COLLECTIONS,
  type Collection,
  headPath,
  logPath,
  MANIFEST,
  recordPath,
  segmentFolder,
  shardPath,
} from "./layout.ts";
import { type Manifest, manifestSeal, readManifest, UNKNOWN_FORMAT } from "./manifest.ts";
import { chain, headOnDisk, readState, type SegmentRef, segmentsOnDisk } from "./read.ts";

/** Something in the ledger that is not as it was written. */
export interface Problem {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** A segment whose files are whole; the replay of its changes is still to come. */
export interface CheckedSegment {
  readonly ref: SegmentRef;
  readonly head: Head;
  readonly state: ListState;
  /** From the newest to the baseline. */
  readonly records: readonly StoredRecord[];
}

/** What a file is, for the one who knows the shapes. */
export type FileKind = "head" | "record" | "manifest" | Collection;

/** Says what is wrong with the shape of a file's content; undefined when nothing is. */
export type ShapeCheck = (kind: FileKind, content: unknown) => string | undefined;

/**
 * Checks every file's hash, canonical form, shape and place; nothing is replayed here. The manifest proves itself
 * and the heads and logs; a head proves its parties and its chain, a log the files of its collection. What a
 * broken file would have to prove is not looked at, so that the broken one is named and not its neighbours. Of a
 * ledger of a later major version nothing but that is said (`unknown-format`).
 */
export function checkFiles(
  files: LedgerFiles,
  shape: ShapeCheck = () => undefined,
): { segments: CheckedSegment[]; problems: Problem[] } {
  const bench = new Bench(files, shape);
  if (!bench.knowsFormat()) return { segments: [], problems: bench.problems };
  const proven = checkManifest(bench);
  const segments = segmentsOnDisk(files).flatMap((ref) =>
    proven(headPath(ref.list, ref.segment)) ? checkSegment(bench, ref) : [],
  );
  for (const collection of COLLECTIONS) {
    if (proven(logPath(collection))) checkCollection(bench, collection);
  }
  return { segments, problems: bench.problems };
}

/** The files with what was found wrong with them so far. */
class Bench {
  readonly problems: Problem[] = [];
  readonly files: LedgerFiles;
  private readonly shape: ShapeCheck;

  constructor(files: LedgerFiles, shape: ShapeCheck) {
    this.files = files;
    this.shape = shape;
  }

  report(file: string, code: string, message: string): void {
    this.problems.push({ file, code, message });
  }

  /** False, and reported, when the ledger is of a major version that is not known. */
  knowsFormat(): boolean {
    try {
      readManifest(this.files);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      if (error.code === UNKNOWN_FORMAT) this.report(MANIFEST, error.code, error.message);
      return error.code !== UNKNOWN_FORMAT;
    }
    return true;
  }

  /** Undefined when the work ended in an error of ours, which is then reported with the file it names. */
  attempt<T>(file: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      this.report(fileNamed(error.message) ?? file, error.code, error.message);
      return undefined;
    }
  }

  /** False, and reported, when the bytes are not those expected. */
  hasHash(path: string, expected: string): boolean {
    const bytes = this.files.read(path);
    if (bytes === undefined) this.missing(path);
    else if (sha256(bytes) === expected) return true;
    else this.report(path, "hash", `expected ${expected}, found ${sha256(bytes)}`);
    return false;
  }

  missing(path: string): void {
    this.report(path, "missing", "is missing; restore it from its repository");
  }

  /** The content, when its bytes are its canonical form and its shape is that of its kind. */
  content(path: string, kind: FileKind): unknown {
    const bytes = this.files.read(path);
    if (bytes === undefined) return undefined;
    const content = this.attempt(path, () => parseFile<unknown>(path, bytes));
    return content === undefined ? undefined : this.sound(path, kind, bytes, content);
  }

  /** The same of a file that was read already. */
  sound(path: string, kind: FileKind, bytes: Uint8Array, content: unknown): unknown {
    if (Buffer.compare(bytes, jsonBytes(content)) !== 0) {
      this.report(path, "not-canonical", "is not in RFC 8785 form with one final line feed");
      return undefined;
    }
    const wrong = isObject(content) ? this.shape(kind, content) : "is no JSON object";
    if (wrong === undefined) return content;
    this.report(path, "shape", wrong);
    return undefined;
  }
}

/** Checks the manifest and tells, by path, whether it proves a head or log. */
function checkManifest(bench: Bench): (path: string) => boolean {
  const { files } = bench;
  const present = [
    ...segmentsOnDisk(files).map((ref) => headPath(ref.list, ref.segment)),
    ...COLLECTIONS.map(logPath),
  ].filter((path) => files.read(path) !== undefined);
  if (files.read(MANIFEST) === undefined) {
    if (present.length > 0) bench.missing(MANIFEST);
    return () => true;
  }
  const sound = bench.content(MANIFEST, "manifest") !== undefined;
  const manifest = sound ? bench.attempt(MANIFEST, () => readManifest(files)) : undefined;
  if (manifest === undefined || !isSealed(bench, manifest)) return () => true;
  const listed = new Map(Object.entries({ ...manifest.heads, ...manifest.logs }));
  const broken = new Set(
    [...listed].filter(([path, hash]) => !bench.hasHash(path, hash)).map(([path]) => path),
  );
  for (const path of present) {
    if (!listed.has(path)) bench.report(path, "unlisted", `is not in ${MANIFEST}`);
  }
  return (path) => !broken.has(path);
}

function isSealed(bench: Bench, manifest: Manifest): boolean {
  const seal = manifestSeal(manifest);
  if (manifest.seal === seal) return true;
  bench.report(MANIFEST, "hash", `is sealed with ${manifest.seal}, but its content has ${seal}`);
  return false;
}

function checkSegment(bench: Bench, ref: SegmentRef): CheckedSegment[] {
  const { files } = bench;
  const folder = segmentFolder(ref.list, ref.segment);
  const path = headPath(ref.list, ref.segment);
  if (!isSegmentName(ref.segment)) {
    bench.report(folder, "foreign-folder", "is no segment");
    return [];
  }
  if (files.read(path) === undefined) {
    bench.missing(path);
    return [];
  }
  const sound = bench.content(path, "head") !== undefined;
  const head = sound ? bench.attempt(path, () => headOnDisk(files, ref)) : undefined;
  if (head === undefined) return [];
  if (head.list !== ref.list || head.segment !== ref.segment) {
    bench.report(path, "place", `says it is of ${head.list}/${head.segment}`);
    return [];
  }
  const state = bench.attempt(path, () => readState(files, head));
  const records = bench.attempt(path, () => [...chain(files, head)]);
  if (records === undefined || state === undefined) return [];
  for (const { record, bytes } of records) bench.sound(recordPath(record), "record", bytes, record);
  if (records.length !== head.records) {
    bench.report(path, "count", `says ${head.records} records, the chain has ${records.length}`);
  }
  const own = new Set([
    path,
    ...records.map(({ record }) => recordPath(record)),
    ...Object.keys(head.shards).map((shard) => shardPath(ref.list, ref.segment, Number(shard))),
  ]);
  for (const file of filesBelow(files, folder)) {
    if (!own.has(file)) bench.report(file, "foreign-file", "is not part of what the head proves");
  }
  return [{ ref, head, state, records }];
}

function checkCollection(bench: Bench, collection: Collection): void {
  const { files } = bench;
  const log = logPath(collection);
  const entries = bench.attempt(log, () => readEntries(files, collection));
  if (entries === undefined) return;
  for (const { path, sha256: hash } of entries) {
    if (bench.hasHash(path, hash)) bench.content(path, collection);
  }
  const listed = new Set(entries.map((entry) => entry.path));
  for (const file of filesBelow(files, collection)) {
    if (file !== log && !listed.has(file)) bench.report(file, "unlisted", `is not in ${log}`);
  }
}

function filesBelow(files: LedgerFiles, folder: string): string[] {
  return files
    .list(folder)
    .flatMap((name) =>
      name.endsWith("/") ? filesBelow(files, `${folder}/${name.slice(0, -1)}`) : [`${folder}/${name}`],
    );
}

/** Errors of this room begin with the file they speak of. */
function fileNamed(message: string): string | undefined {
  return /^((?:sdn|consolidated|observations|context|checks|deliveries|signatures)\/[^\s:]+\.(?:json|ndjson|sig)):/.exec(
    message,
  )?.[1];
}
