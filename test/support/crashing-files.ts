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

type Effect = "write" | "rename" | "remove";

export interface CrashPoint {
  readonly effect: number;
  readonly moment: "before" | "after" | "within";
}

/**
 * Every different folder that a crash can leave: nothing done, each write cut in half, each effect done. (Before an
 * effect is after the one ahead of it; a rename or a removal happens or does not.)
 */
export function crashPoints(effects: readonly Effect[]): CrashPoint[] {
  const points = effects.flatMap((kind, effect): CrashPoint[] => [
    ...(kind === "write" ? [{ effect, moment: "within" } as const] : []),
    { effect, moment: "after" },
  ]);
  return [{ effect: 0, moment: "before" }, ...points];
}

/**
 * Dies at the n-th effect (0-based): `before` it, `after` it, or `within` it, when a write leaves half a file.
 * `effects()` tells which there were, so that a test can enumerate them all.
 */
export function crashingFiles(
  files: LedgerFiles,
  at: CrashPoint | undefined,
): LedgerFiles & { effects(): readonly Effect[] } {
  const effects: Effect[] = [];
  let dead = false;
  const effect = (kind: Effect, half: () => void, whole: () => void) => {
    if (dead) throw new Crash("an effect after the crash");
    const mine = at !== undefined && effects.length === at.effect;
    effects.push(kind);
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
        "write",
        () => files.write(path, bytes.subarray(0, Math.floor(bytes.length / 2))),
        () => files.write(path, bytes),
      ),
    rename: (from, to) => effect("rename", nothing, () => files.rename(from, to)),
    remove: (path) => effect("remove", nothing, () => files.remove(path)),
    effects: () => effects,
  };
}
