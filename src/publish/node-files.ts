import { mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Entry, PublishFiles } from "./files.ts";

/** The file system. Nothing is forced to disk: a site can always be built again from the ledger. */
export const nodeFiles: PublishFiles = {
  list: (folder) => walk(folder, ""),
  read: (path) => readFile(path).catch(ifAbsent(undefined)),
  async write(path, bytes) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  },
  rename: (from, to) => rename(from, to),
  remove: (path) => rm(path, { force: true }),
  removeEmpty: (folder) => rmdir(folder).catch(ifKept),
};

async function walk(root: string, below: string): Promise<Entry[]> {
  const folder = below === "" ? root : `${root}/${below}`;
  const entries = await readdir(folder, { withFileTypes: true }).catch(ifAbsent([]));
  const found: Entry[] = [];
  for (const entry of entries) {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    found.push({ path, kind: entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other" });
    if (entry.isDirectory()) found.push(...(await walk(root, path)));
  }
  return found;
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
