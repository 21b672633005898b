import { type Dirent, readdirSync } from "node:fs";
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Entry, PublishFiles } from "./files.ts";

/** The file system. Nothing is forced to disk: a site can always be built again from the ledger. */
export const nodeFiles: PublishFiles = {
  async list(folder) {
    const found: Entry[] = [];
    walk(folder, "", found);
    return found;
  },
  read: (path) => readFile(path).catch(ifAbsent(undefined)),
  async write(path, bytes) {
    // Most folders are there already; asking for each file would be as dear as writing it.
    await writeFile(path, bytes).catch(async (error: unknown) => {
      if (codeOf(error) !== "ENOENT") throw error;
      // Absolute: below a working directory that is gone, Node never comes back from making a relative folder.
      await mkdir(dirname(resolve(path)), { recursive: true });
      await writeFile(path, bytes);
    });
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  removeEmpty: (folder) => rmdir(folder).catch(ifKept),
};

/** Without waiting folder by folder: a site has tens of thousands, and nothing else is under way. */
function walk(root: string, below: string, found: Entry[]): void {
  for (const entry of entriesOf(below === "" ? root : `${root}/${below}`)) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    found.push({ path, kind: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other" });
    if (entry.isDirectory()) walk(root, path, found);
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return ifAbsent([])(error);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

const ifAbsent =
  <T>(value: T) =>
  (error: unknown): T => {
    if (codeOf(error) === "ENOENT") return value;
    throw error;
  };

/** A folder that still holds something, or is gone, is left as it is. */
function ifKept(error: unknown): void {
  if (!["ENOENT", "ENOTEMPTY", "EEXIST"].includes(codeOf(error))) throw error;
}
