import type { NoteFolder } from "../../src/app/index.ts";

/** Notes in memory. */
export function memoryNotes(): NoteFolder {
  const content = new Map<string, Buffer>();
  return {
    boot: "the only one",
    read: (path) => content.get(path),
    append: (path, bytes) =>
      void content.set(path, Buffer.concat([content.get(path) ?? Buffer.alloc(0), bytes])),
    remove: (path) => void content.delete(path),
  };
}
