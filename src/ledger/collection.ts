import { canonicalJson, compareText, type Hash, sha256 } from "../domain/index.ts";
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

/** The files that a collection's log lists, by path. */
export function readLog(files: Pick<LedgerFiles, "read">, collection: Collection): LogEntry[] {
  const bytes = files.read(logPath(collection));
  if (bytes === undefined) return [];
  const lines = new TextDecoder().decode(bytes).split("\n");
  lines.pop();
  return lines.map((line) => JSON.parse(line) as LogEntry);
}

/** Puts a file of a collection and lists it in the collection's log. `path` begins with the collection. */
export function putInCollection(tx: Transaction, collection: Collection, path: string, value: unknown): void {
  const bytes = jsonBytes(value);
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
  tx.put(logPath(collection), new TextEncoder().encode(entries.map((e) => `${canonicalJson(e)}\n`).join("")));
}

/** The root of what no chain holds: heads of all segments, logs of all collections. */
export interface Manifest {
  readonly formatVersion: string;
  readonly heads: Readonly<Record<string, Hash>>;
  readonly logs: Readonly<Record<string, Hash>>;
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
  tx.put(MANIFEST, jsonBytes({ formatVersion: "1.0", heads: hashes, logs } satisfies Manifest));
}

/** The manifest, or undefined in an empty ledger. */
export function readManifest(files: Pick<LedgerFiles, "read">): Manifest | undefined {
  const bytes = files.read(MANIFEST);
  return bytes === undefined ? undefined : (JSON.parse(new TextDecoder().decode(bytes)) as Manifest);
}
