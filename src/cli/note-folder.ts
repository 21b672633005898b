import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { NoteFolder } from "../app/index.ts";

/** Notes on disk. A file stays open from its first line until it is removed. */
export function nodeNoteFolder(root: string): NoteFolder {
  const open = new Map<string, number>();
  // Absolute: below a working directory that is gone, Node never comes back from making a relative folder.
  const folder = resolve(root);
  const at = (path: string) => join(folder, path);
  const fileOf = (path: string): number => {
    const known = open.get(path);
    if (known !== undefined) return known;
    mkdirSync(dirname(at(path)), { recursive: true });
    const file = openSync(at(path), "a");
    open.set(path, file);
    return file;
  };
  return {
    boot: bootOf(),
    read: (path) => readIfAny(at(path)),
    append(path, bytes) {
      // One write, so that a line of a process that dies is there as a whole or is the cut last one.
      writeSync(fileOf(path), bytes);
    },
    remove(path) {
      const file = open.get(path);
      if (file !== undefined) closeSync(file);
      open.delete(path);
      rmSync(at(path), { force: true });
    },
  };
}

/** Linux says which start of the machine this is; elsewhere it cannot be told. */
export function bootOf(): string | undefined {
  const bytes = readIfAny("/proc/sys/kernel/random/boot_id");
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes).trim();
}

function readIfAny(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
