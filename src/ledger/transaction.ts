import { canonicalJson, IntegrityError, sha256 } from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";

/** Where files wait for their turn, inside the ledger's folder and ignored by git. */
const STAGING = ".commit";
const JOURNAL = `${STAGING}/journal.json`;

interface JournalEntry {
  readonly path: string;
  /** Name under the staging folder; null: the file at `path` is to be removed. */
  readonly staged: string | null;
  readonly sha256: string | null;
}

/** A set of file changes that happens as a whole or not at all, over any crash. */
export interface Transaction {
  /** The file's bytes as this transaction will leave them. */
  read(path: string): Uint8Array | undefined;
  /** Writes a file at commit. A write that changes nothing is left out. */
  put(path: string, bytes: Uint8Array): void;
  /** Removes a file at commit. */
  drop(path: string): void;
  /** Paths that the commit changed, in the order in which they were put; empty when nothing changed. */
  commit(): readonly string[];
}

/**
 * Write-ahead: all new files are staged, a journal names them (that rename is the instant of commit), then they
 * are renamed into place in the order they were put, heads last. `recover` finishes or undoes what a crash left.
 */
export function beginTransaction(files: LedgerFiles): Transaction {
  const pending = new Map<string, Uint8Array | null>();
  return {
    read: (path) => {
      const waiting = pending.get(path);
      return waiting === undefined ? files.read(path) : (waiting ?? undefined);
    },
    put: (path, bytes) => {
      pending.delete(path);
      pending.set(path, bytes);
    },
    drop: (path) => {
      pending.delete(path);
      pending.set(path, null);
    },
    commit: () => {
      const changes = [...pending].filter(([path, bytes]) => !sameBytes(files.read(path), bytes));
      if (changes.length > 0) alone(files, () => commitAll(files, changes));
      pending.clear();
      return changes.map(([path]) => path);
    },
  };
}

/** Runs while nobody else commits: staging is one folder, and half a commit looks like a broken ledger. */
export function alone<T>(files: LedgerFiles, work: () => T): T {
  return files.exclusively === undefined ? work() : files.exclusively(work);
}

function commitAll(files: LedgerFiles, changes: readonly (readonly [string, Uint8Array | null])[]): void {
  const journal: JournalEntry[] = changes.map(([path, bytes], i) => {
    if (bytes === null) return { path, staged: null, sha256: null };
    files.write(`${STAGING}/${i}`, bytes);
    return { path, staged: String(i), sha256: sha256(bytes) };
  });
  files.write(`${STAGING}/journal.tmp`, new TextEncoder().encode(canonicalJson(journal)));
  files.rename(`${STAGING}/journal.tmp`, JOURNAL);
  files.settle?.([JOURNAL]);
  finish(files, journal);
}

function finish(files: LedgerFiles, journal: readonly JournalEntry[]): void {
  for (const { path, staged, sha256: expected } of journal) {
    if (staged === null) files.remove(path);
    else if (files.read(`${STAGING}/${staged}`) !== undefined) files.rename(`${STAGING}/${staged}`, path);
    else if (hashOf(files.read(path)) !== expected) {
      throw new IntegrityError(
        "commit-incomplete",
        `The ledger was interrupted while writing, and ${path} is neither staged nor in place. Restore the ` +
          "ledger's folder from its repository (git checkout) and run again.",
      );
    }
  }
  // Before the journal goes: what a power cut takes back, it puts in place again.
  files.settle?.(journal.map(({ path }) => path));
  files.remove(JOURNAL);
}

/**
 * Finishes a commit that a crash interrupted, or clears away one that never came to be.
 * @returns what was done.
 */
export function recover(files: LedgerFiles): "nothing" | "finished" | "cleared" {
  // Most often there is nothing, and a folder that is only read can be read.
  if (files.list(STAGING).length === 0) return "nothing";
  return alone(files, () => clearUp(files));
}

function clearUp(files: LedgerFiles): "nothing" | "finished" | "cleared" {
  // What was seen may have been the commit of another process, which has ended by now.
  if (files.list(STAGING).length === 0) return "nothing";
  const bytes = files.read(JOURNAL);
  if (bytes !== undefined) finish(files, JSON.parse(new TextDecoder().decode(bytes)) as JournalEntry[]);
  for (const name of files.list(STAGING)) files.remove(`${STAGING}/${name}`);
  return bytes === undefined ? "cleared" : "finished";
}

function hashOf(bytes: Uint8Array | undefined): string | null {
  return bytes === undefined ? null : sha256(bytes);
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | null): boolean {
  if (a === undefined || b === null) return a === undefined && b === null;
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
