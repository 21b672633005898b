import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../domain/index.ts";

/**
 * A small local file that is read as a whole. List files are streamed by `sources` instead.
 * @throws UsageError `no-such-file`
 */
export function readLocalFile(path: string): { readonly bytes: Uint8Array } {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile()) {
    throw new UsageError(
      "no-such-file",
      `Expected a file, found ${stat === undefined ? "nothing" : "no regular file"} at ${path}. Check the path.`,
    );
  }
  return { bytes: readFileSync(path) };
}
