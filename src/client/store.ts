/** Where a mirror keeps what it has: files of a folder, rows of a table, a browser's storage. */
export interface MirrorStore {
  read(name: string): Promise<string | undefined>;
  /** The text is there as a whole when this resolves, or the one before is. */
  write(name: string, text: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** A store that forgets when the process ends. */
export function memoryStore(): MirrorStore {
  const texts = new Map<string, string>();
  return {
    read: async (name) => texts.get(name),
    write: async (name, text) => void texts.set(name, text),
    remove: async (name) => void texts.delete(name),
  };
}
