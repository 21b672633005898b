import { type LedgerFiles, nodeLedgerFiles } from "../app/index.ts";
import { operatorError } from "./file-fault.ts";
import type { Log } from "./log.ts";

/** Below the working directory: what the next command need not do again. May be deleted at any time. */
export const CACHE_FOLDER = ".cache/ofac-ledger";

/**
 * The folder of what may be lost. Nothing depends on it: where it cannot be read or written, that is complained of once
 * and the work goes on as if it were empty.
 */
export function optionalCache(log: Pick<Log, "warning">, folder: string = CACHE_FOLDER): LedgerFiles {
  const files = nodeLedgerFiles(folder, { lasting: false });
  let told = false;
  const trying = <T>(work: () => T, otherwise: T): T => {
    try {
      return work();
    } catch (error) {
      if (!told) {
        const reason = operatorError(error);
        log.warning(
          "no-cache",
          `${folder}: expected a folder to keep readings in, which make the next look quicker; it cannot be used ` +
            `(${reason instanceof Error ? reason.message : String(reason)}). Nothing else is lost; the work goes on without.`,
        );
      }
      told = true;
      return otherwise;
    }
  };
  return {
    read: (path) => trying(() => files.read(path), undefined),
    list: (path) => trying(() => files.list(path), []),
    write: (path, bytes) => trying(() => files.write(path, bytes), undefined),
    rename: (from, to) => trying(() => files.rename(from, to), undefined),
    remove: (path) => trying(() => files.remove(path), undefined),
  };
}
