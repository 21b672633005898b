import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import type { NoteFolder } from "../app/index.ts";

/** Notes on disk. */
export function nodeNoteFolder(root: string): NoteFolder {
  const at = (path: string) => join(root, path);
  return {
    read(path) {
      try {
        return readFileSync(at(path));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    append(path, bytes, durable) {
      mkdirSync(dirname(at(path)), { recursive: true });
      const file = openSync(at(path), "a");
      try {
        // One write, so that a line of a process that dies is there as a whole or is the cut last one.
        writeSync(file, bytes);
        if (durable) fsyncSync(file);
      } finally {
        closeSync(file);
      }
    },
    remove(path) {
      rmSync(at(path), { force: true });
    },
  };
}
