import { ContentError } from "../domain/index.ts";

/** Streams deliver as little as 16 KB at a time; work is done on about this much. */
const CHUNK = 1024 * 1024;

/** More than any file that is read as a whole: SDN.CSV has 6 MB, ADD.CSV 2 MB. */
const WHOLE_LIMIT = 256 * 1024 * 1024;

/** The bytes in pieces of a convenient size. */
export async function* chunks(source: Uint8Array | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    for (let at = 0; at < source.length; at += CHUNK) yield source.subarray(at, at + CHUNK);
    return;
  }
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    waiting.push(chunk);
    size += chunk.byteLength;
    if (size < CHUNK) continue;
    yield waiting.length === 1 ? chunk : Buffer.concat(waiting);
    waiting = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(waiting);
}

/** All bytes at once, for formats that need the whole file. */
export async function collect(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  name: string,
): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.byteLength;
    if (size > WHOLE_LIMIT) {
      throw new ContentError(
        "oversized",
        `${name}: expected a file of some megabytes, found more than ${WHOLE_LIMIT} bytes. It is not OFAC's.`,
      );
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
