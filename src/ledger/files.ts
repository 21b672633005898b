/**
 * Effects on the ledger's folder; paths are relative to it, with forward slashes. One method is one effect, so
 * that a test can stop the world before and after each.
 */
export interface LedgerFiles {
  /** The bytes, or undefined where there is no such file. */
  read(path: string): Uint8Array | undefined;
  /** Names in a folder, sorted; folders end in `/`; empty where there is no such folder. */
  list(folder: string): string[];
  /** Writes the whole file and makes it durable; makes missing folders. */
  write(path: string, bytes: Uint8Array): void;
  /** Puts a file in another's place at once; makes missing folders. */
  rename(from: string, to: string): void;
  /** Removes a file; nothing happens where there is none. */
  remove(path: string): void;
  /**
   * Makes the names of these files durable, and those of their folders: a file's bytes outlast a power cut without its
   * name. Missing: there is nothing to wait for.
   */
  settle?(paths: readonly string[]): void;
  /** Runs what must not be done by two at once. Missing: this folder is one process's own. */
  exclusively?<T>(work: () => T): T;
}
