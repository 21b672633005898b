import type { LedgerFiles } from "../../src/ledger/index.ts";

/** Stands for the process dying. */
export class Crash extends Error {}

/** A ledger folder in memory. */
export function memoryFiles(content: Map<string, Uint8Array> = new Map()): LedgerFiles & {
  readonly content: Map<string, Uint8Array>;
} {
  return {
    content,
    read: (path) => content.get(path),
    list: (folder) => {
      const names = new Set<string>();
      for (const path of content.keys()) {
        if (!path.startsWith(`${folder}/`)) continue;
        const [name = "", ...deeper] = path.slice(folder.length + 1).split("/");
        names.add(deeper.length > 0 ? `${name}/` : name);
      }
      return [...names].sort();
    },
    write: (path, bytes) => void content.set(path, bytes.slice()),
    rename: (from, to) => {
      const bytes = content.get(from);
      if (bytes === undefined) throw new Error(`rename of ${from}, which does not exist`);
      content.delete(from);
      content.set(to, bytes);
    },
    remove: (path) => void content.delete(path),
  };
}

/**
 * Dies at the n-th effect (0-based): `before` it, `after` it, or `within` it, when a write leaves half a file.
 * `effects()` tells how many there were, so that a test can enumerate them all.
 */
export function crashingFiles(
  files: LedgerFiles,
  at: { readonly effect: number; readonly moment: "before" | "after" | "within" } | undefined,
): LedgerFiles & { effects(): number } {
  let count = 0;
  let dead = false;
  const effect = (half: () => void, whole: () => void) => {
    if (dead) throw new Crash("an effect after the crash");
    const mine = at !== undefined && count === at.effect;
    count += 1;
    if (mine) dead = true;
    if (mine && at.moment === "before") throw new Crash("before");
    if (mine && at.moment === "within") half();
    else whole();
    if (mine) throw new Crash(at.moment);
  };
  const nothing = () => undefined;
  return {
    read: (path) => files.read(path),
    list: (folder) => files.list(folder),
    write: (path, bytes) =>
      effect(
        () => files.write(path, bytes.subarray(0, Math.floor(bytes.length / 2))),
        () => files.write(path, bytes),
      ),
    rename: (from, to) => effect(nothing, () => files.rename(from, to)),
    remove: (path) => effect(nothing, () => files.remove(path)),
    effects: () => count,
  };
}
