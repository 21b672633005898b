import { canonicalJson, compareText, type Hash, IntegrityError, sha256 } from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";
import { COLLECTIONS, type Collection, logPath, MANIFEST } from "./layout.ts";
import type { Transaction } from "./transaction.ts";

/** A canonical JSON file: RFC 8785 and a final LF. */
export function jsonBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${canonicalJson(value)}\n`);
}

/** One line of a collection's log. */
export interface LogEntry {
  readonly path: string;
  readonly sha256: Hash;
}

/**
 * The files that a collection's log lists, by path.
 * @throws IntegrityError `not-a-log` naming the file
 */
export function readLog(files: Pick<LedgerFiles, "read">, collection: Collection): LogEntry[] {
  const path = logPath(collection);
  const bytes = files.read(path);
  if (bytes === undefined) return [];
  const lines = new TextDecoder().decode(bytes).split("\n");
  if (lines.pop() !== "") throw notALog(path, lines.length + 1);
  return lines.map((line, i) => logEntry(line) ?? fail(notALog(path, i + 1)));
}

/** The canonical form of an entry whose path needs no escapes, which is every path of ours (RFC 8785 §3.2.2.2). */
const PLAIN = /^\{"path":"([ !#-[\]-~]*)","sha256":"(sha256:[0-9a-f]{64})"\}$/;

/** The entry in a line, when the line is its canonical form. A log has a line for every publication there was. */
export function logEntry(line: string): LogEntry | undefined {
  const [, path, hash] = PLAIN.exec(line) ?? [];
  if (path !== undefined && hash !== undefined) return { path, sha256: hash as Hash };
  return logEntryByForm(line);
}

/** The same for every line, the long way. */
export function logEntryByForm(line: string): LogEntry | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isLogEntry(value) && canonicalJson(value) === line ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLogEntry(value: unknown): value is LogEntry {
  if (typeof value !== "object" || value === null || !("path" in value) || !("sha256" in value)) return false;
  return typeof value.path === "string" && /^sha256:[0-9a-f]{64}$/.test(String(value.sha256));
}

function notALog(path: string, line: number): IntegrityError {
  return new IntegrityError(
    "not-a-log",
    `${path}: expected {"path":…,"sha256":…} in canonical form on line ${line}, found something else. Restore the ` +
      "file from its repository.",
  );
}

function fail(error: Error): never {
  throw error;
}

/** Puts a file of a collection and lists it in the collection's log. `path` begins with the collection. */
export function putInCollection(
  tx: Transaction,
  collection: Collection,
  path: string,
  bytes: Uint8Array,
): void {
  tx.put(path, bytes);
  relist(tx, collection, path, sha256(bytes));
}

/** Removes a file of a collection and its entry in the log. */
export function dropFromCollection(tx: Transaction, collection: Collection, path: string): void {
  tx.drop(path);
  relist(tx, collection, path, undefined);
}

function relist(tx: Transaction, collection: Collection, path: string, hash: Hash | undefined): void {
  const others = readLog(tx, collection).filter((entry) => entry.path !== path);
  const entries = hash === undefined ? others : [...others, { path, sha256: hash }];
  entries.sort((a, b) => compareText(a.path, b.path));
  tx.put(logPath(collection), new TextEncoder().encode(entries.map((e) => `${logLine(e)}\n`).join("")));
}

/** The canonical form of an entry. */
export function logLine(entry: LogEntry): string {
  const line = `{"path":"${entry.path}","sha256":"${entry.sha256}"}`;
  return PLAIN.test(line) ? line : canonicalJson(entry);
}

/**
 * The root of what no chain holds: heads of all segments, logs of all collections. Nothing stands above it, so
 * it seals itself: damage shows, and shows here rather than in what it lists.
 */
export interface Manifest {
  readonly formatVersion: string;
  readonly heads: Readonly<Record<string, Hash>>;
  readonly logs: Readonly<Record<string, Hash>>;
  /** SHA-256 of the canonical form of the other members. */
  readonly seal: Hash;
}

/** The seal of a manifest's other members. */
export function manifestSeal({ formatVersion, heads, logs }: Omit<Manifest, "seal">): Hash {
  return sha256(canonicalJson({ formatVersion, heads, logs }));
}

/** Puts the manifest anew, from the heads it lists, those just put, and the logs. */
export function putManifest(tx: Transaction, heads: ReadonlyMap<string, Uint8Array>): void {
  const known = readManifest(tx);
  const hashes = { ...known?.heads };
  for (const [path, bytes] of heads) hashes[path] = sha256(bytes);
  const logs: Record<string, Hash> = {};
  for (const collection of COLLECTIONS) {
    const bytes = tx.read(logPath(collection));
    if (bytes !== undefined) logs[logPath(collection)] = sha256(bytes);
  }
  const content = { formatVersion: "1.0", heads: hashes, logs };
  tx.put(MANIFEST, jsonBytes({ ...content, seal: manifestSeal(content) } satisfies Manifest));
}

/** The manifest, or undefined in an empty ledger. */
export function readManifest(files: Pick<LedgerFiles, "read">): Manifest | undefined {
  const bytes = files.read(MANIFEST);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Manifest);
}
