import {
  type Head,
  isSegmentName,
  LedgerError,
  type ListState,
  type StoredRecord,
  sha256,
} from "../domain/index.ts";
import { jsonBytes, readLog, readManifest } from "./collection.ts";
import type { LedgerFiles } from "./files.ts";
import { COLLECTIONS, headPath, logPath, MANIFEST, recordPath, segmentFolder } from "./layout.ts";
import { chain, listSegments, parseFile, readHead, readState, type SegmentRef } from "./read.ts";

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

/** Checks every file's hash, canonical form and place; nothing is replayed here. */
export function checkFiles(files: LedgerFiles): { segments: CheckedSegment[]; problems: Problem[] } {
  const problems: Problem[] = [];
  const attempt = <T>(file: string, work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      problems.push({ file: fileNamed(error.message) ?? file, code: error.code, message: error.message });
      return undefined;
    }
  };
  const segments = listSegments(files).flatMap((ref) => checkSegment(files, ref, problems, attempt));
  checkManifest(files, problems, attempt);
  for (const collection of COLLECTIONS) checkCollection(files, collection, problems, attempt);
  return { segments, problems };
}

type Attempt = <T>(file: string, work: () => T) => T | undefined;

function checkSegment(
  files: LedgerFiles,
  ref: SegmentRef,
  problems: Problem[],
  attempt: Attempt,
): CheckedSegment[] {
  const path = headPath(ref.list, ref.segment);
  if (!isSegmentName(ref.segment)) {
    problems.push({
      file: segmentFolder(ref.list, ref.segment),
      code: "foreign-folder",
      message: "is no segment",
    });
    return [];
  }
  const head = attempt(path, () => readHead(files, ref));
  if (head === undefined) {
    if (files.read(path) === undefined) problems.push(missing(path));
    return [];
  }
  requireCanonical(files, path, problems);
  const state = attempt(path, () => readState(files, head));
  const records = attempt(path, () => [...chain(files, head)]);
  if (records === undefined || state === undefined) return [];
  for (const stored of records) requireCanonical(files, recordPath(stored.record), problems);
  if (records.length !== head.records) {
    problems.push({
      file: path,
      code: "count",
      message: `says ${head.records} records, the chain has ${records.length}`,
    });
  }
  foreignRecords(files, ref, records, problems);
  return [{ ref, head, state, records }];
}

/** Files under `records/` that the chain does not reach. */
function foreignRecords(
  files: LedgerFiles,
  ref: SegmentRef,
  records: readonly StoredRecord[],
  problems: Problem[],
): void {
  const expected = new Set(records.map((stored) => recordPath(stored.record)));
  for (const file of filesBelow(files, `${segmentFolder(ref.list, ref.segment)}/records`)) {
    if (!expected.has(file)) {
      problems.push({
        file,
        code: "foreign-file",
        message: "is not part of the chain that ends in the head",
      });
    }
  }
}

function checkManifest(files: LedgerFiles, problems: Problem[], attempt: Attempt): void {
  const present = [
    ...listSegments(files).map((ref) => headPath(ref.list, ref.segment)),
    ...COLLECTIONS.map(logPath),
  ].filter((path) => files.read(path) !== undefined);
  const manifest = attempt(MANIFEST, () => {
    const bytes = files.read(MANIFEST);
    if (bytes !== undefined) parseFile(MANIFEST, bytes);
    return readManifest(files);
  });
  if (manifest === undefined) {
    if (present.length > 0 && files.read(MANIFEST) === undefined) problems.push(missing(MANIFEST));
    return;
  }
  requireCanonical(files, MANIFEST, problems);
  const listed = new Map(Object.entries({ ...manifest.heads, ...manifest.logs }));
  for (const [path, hash] of listed) compareHash(files, path, hash, problems);
  for (const path of present) {
    if (!listed.has(path)) problems.push({ file: path, code: "unlisted", message: `is not in ${MANIFEST}` });
  }
}

function checkCollection(
  files: LedgerFiles,
  collection: (typeof COLLECTIONS)[number],
  problems: Problem[],
  attempt: Attempt,
): void {
  const log = logPath(collection);
  const entries = attempt(log, () => {
    try {
      return readLog(files, collection);
    } catch {
      return parseFile<never>(log, new TextEncoder().encode("not a log"));
    }
  });
  if (entries === undefined) return;
  const listed = new Set(entries.map((entry) => entry.path));
  for (const entry of entries) compareHash(files, entry.path, entry.sha256, problems);
  for (const file of filesBelow(files, collection)) {
    if (file !== log && !listed.has(file)) {
      problems.push({ file, code: "unlisted", message: `is not in ${log}` });
    }
  }
}

function compareHash(files: LedgerFiles, path: string, expected: string, problems: Problem[]): void {
  const bytes = files.read(path);
  if (bytes === undefined) problems.push(missing(path));
  else if (sha256(bytes) !== expected) {
    problems.push({ file: path, code: "hash", message: `expected ${expected}, found ${sha256(bytes)}` });
  }
}

/** The bytes must be the canonical form of their content, so that bytes and content are the same thing. */
function requireCanonical(files: LedgerFiles, path: string, problems: Problem[]): void {
  const bytes = files.read(path);
  if (bytes === undefined) return;
  const content = parseFile<unknown>(path, bytes);
  if (Buffer.compare(bytes, jsonBytes(content)) !== 0) {
    problems.push({
      file: path,
      code: "not-canonical",
      message: "is not in RFC 8785 form with one final line feed",
    });
  }
}

function missing(file: string): Problem {
  return { file, code: "missing", message: "is missing; restore it from its repository" };
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
  return /^((?:sdn|consolidated|observations|context|checks|deliveries)\/[^\s:]+\.(?:json|ndjson)):/.exec(
    message,
  )?.[1];
}
