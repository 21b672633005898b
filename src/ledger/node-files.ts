import {
  closeSync,
  type Dirent,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";

/**
 * The ledger's folder on disk. The only file of this room that touches the disk.
 * @param options.lasting false for what may be lost, as a cache that tells by a digest whether it is whole: then
 * nobody waits until the bytes are on the disk
 */
export function nodeLedgerFiles(root: string, options: { readonly lasting?: boolean } = {}): LedgerFiles {
  // Absolute: below a working directory that is gone, Node never comes back from making a relative folder.
  const folder = resolve(root);
  const at = (path: string) => join(folder, path);
  return {
    read(path) {
      try {
        return readFileSync(at(path));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw unreadable(at(path), error);
      }
    },
    list(folder) {
      return entriesOf(at(folder))
        .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
        .sort();
    },
    write(path, bytes) {
      mkdirSync(dirname(at(path)), { recursive: true });
      const file = openSync(at(path), "w");
      try {
        let written = 0;
        while (written < bytes.length) written += writeSync(file, bytes, written);
        if (options.lasting !== false) fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
    rename(from, to) {
      mkdirSync(dirname(at(to)), { recursive: true });
      renameSync(at(from), at(to));
    },
    remove(path) {
      rmSync(at(path), { force: true });
    },
    ...(options.lasting === false ? {} : { settle: (paths) => settleFolders(folder, paths) }),
  };
}

/** fsync(2) of a folder makes the names in it last; Windows has none. */
function settleFolders(root: string, paths: readonly string[]): void {
  if (process.platform === "win32") return;
  const folders = new Set([root]);
  for (const path of paths) {
    for (let own = dirname(path); own !== "."; own = dirname(own)) folders.add(join(root, own));
  }
  for (const path of folders) {
    // What was removed may have been the last in its folder.
    if (!existsSync(path)) continue;
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  // Most often asked of a folder that is not there, and an error costs more than a look.
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw unreadable(folder, error);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function unreadable(path: string, cause: unknown): UsageError {
  return new UsageError(
    "ledger-unreadable",
    `The ledger file ${path} cannot be read (${cause instanceof Error ? cause.message : String(cause)}). ` +
      "Check its permissions.",
    { cause },
  );
}
