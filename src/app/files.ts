import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { type SourceRef, UsageError } from "../domain/index.ts";
import { unpackStream } from "../sources/index.ts";

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

/**
 * Whether a file is, byte for byte, the one that a record was read from; then the same reader would read the same of
 * it. Its bytes are looked at only when their number is right, which a packed file's is not.
 */
export async function isSameFile(path: string, sources: readonly SourceRef[]): Promise<boolean> {
  const [source] = sources;
  if (source === undefined || sources.length !== 1) return false;
  if (statSync(path, { throwIfNoEntry: false })?.size !== source.bytes) return false;
  const hash = createHash("sha256");
  for await (const piece of unpackStream({ path }, { maxUnpackedBytes: source.bytes })) hash.update(piece);
  return `sha256:${hash.digest("hex")}` === source.sha256;
}
