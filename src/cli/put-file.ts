import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Puts a file of the operator's in place whole: it is written beside its target and renamed, so that on a full disk an
 * earlier one stays and no part of a new one is left. What is no regular file (`/dev/stdout`, a named pipe) is written
 * to as it is; a link leads to its target.
 */
export function putFile(path: string, data: string | Uint8Array): void {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) {
    writeFileSync(path, data);
    return;
  }
  const target = there === undefined ? path : realpathSync(path);
  const staged = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    writeFileSync(staged, data, { flush: true });
    if (there !== undefined) chmodSync(staged, there.mode);
    renameSync(staged, target);
  } catch (error) {
    rmSync(staged, { force: true });
    // The operator asked for the target, and knows nothing of what lies beside it.
    throw error instanceof Error ? Object.assign(error, { path, dest: undefined }) : error;
  }
}
