import {
  canonicalJson,
  compareText,
  FORMAT_VERSION,
  type Hash,
  IntegrityError,
  sha256,
} from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";
import { jsonBytes } from "./json.ts";
import { COLLECTIONS, type Collection, logPath, MANIFEST } from "./layout.ts";
import { type Manifest, manifestSeal, requireKnownFormat } from "./manifest.ts";
import type { Transaction } from "./transaction.ts";

/** One line of a collection's log. */
export interface LogEntry {
  readonly path: string;
  readonly sha256: Hash;
}

/**
 * The files that a collection's log lists, by path.
 * @throws IntegrityError `not-a-log` naming the file; as `requireKnownFormat`
 */
export function readLog(files: Pick<LedgerFiles, "read">, collection: Collection): LogEntry[] {
  requireKnownFormat(files);
  return readEntries(files, collection);
}

/** The same, whatever the manifest is: for who looks at that, too. */
export function readEntries(files: Pick<LedgerFiles, "read">, collection: Collection): LogEntry[] {
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

/** What a commit changes in one log: the hash that each path will have; undefined: it is removed. */
export type Relisting = ReadonlyMap<string, Hash | undefined>;

/** Puts a collection's log anew, with what changes in it. */
export function putLog(tx: Transaction, collection: Collection, changes: Relisting): void {
  const others = readEntries(tx, collection).filter(({ path }) => !changes.has(path));
  const fresh = [...changes].flatMap(([path, hash]) => (hash === undefined ? [] : [{ path, sha256: hash }]));
  const entries = [...others, ...fresh].sort((a, b) => compareText(a.path, b.path));
  tx.put(logPath(collection), new TextEncoder().encode(entries.map((e) => `${logLine(e)}\n`).join("")));
}

/** The canonical form of an entry. */
export function logLine(entry: LogEntry): string {
  const line = `{"path":"${entry.path}","sha256":"${entry.sha256}"}`;
  return PLAIN.test(line) ? line : canonicalJson(entry);
}

/** Puts the manifest anew: the heads that it lists, those just put, and the logs. */
export function putManifest(
  tx: Transaction,
  known: Manifest | undefined,
  heads: ReadonlyMap<string, Uint8Array>,
): void {
  const hashes = { ...known?.heads };
  for (const [path, bytes] of heads) hashes[path] = sha256(bytes);
  const logs: Record<string, Hash> = {};
  for (const collection of COLLECTIONS) {
    const bytes = tx.read(logPath(collection));
    if (bytes !== undefined) logs[logPath(collection)] = sha256(bytes);
  }
  const content = { formatVersion: FORMAT_VERSION, heads: hashes, logs };
  tx.put(MANIFEST, jsonBytes({ ...content, seal: manifestSeal(content) } satisfies Manifest));
}
