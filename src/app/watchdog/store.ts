import { basename, dirname } from "node:path";
import { nodeLedgerFiles } from "../../ledger/index.ts";
import { isWatchMemory } from "../schema/watch-memory.ts";
import { NOTHING } from "./memory.ts";
import type { WatchStore } from "./watchdog.ts";

/**
 * The memory in a file, written whole or not at all. One that cannot be read is begun anew, which repeats alarms and
 * hides none; `warn` says so.
 */
export function fileStore(path: string, warn: (message: string) => void): WatchStore {
  const files = nodeLedgerFiles(dirname(path));
  const name = basename(path);
  return {
    read() {
      const bytes = files.read(name);
      if (bytes === undefined) return NOTHING;
      const memory = parsed(new TextDecoder().decode(bytes));
      if (isWatchMemory(memory)) return memory;
      warn(
        `${path}: expected the watchdog's memory, found something else. It is begun anew: alarms are told again.`,
      );
      return NOTHING;
    },
    write(text) {
      const bytes = new TextEncoder().encode(text);
      const before = files.read(name);
      if (before !== undefined && Buffer.compare(before, bytes) === 0) return;
      files.write(`${name}.part`, bytes);
      files.rename(`${name}.part`, name);
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
