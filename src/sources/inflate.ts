import { pipeline, Readable } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";
import { ContentError } from "../domain/index.ts";

/** What unpacking is allowed to become. */
export interface UnpackLimits {
  /** Name of the packed document, for messages. */
  readonly name: string;
  readonly maxBytes: number;
}

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const CHUNK_BYTES = 262_144;

/**
 * Inflates gzip (RFC 1952) or raw deflate (RFC 1951) piece by piece. Throws `too-large` as soon as the cap is
 * passed (a bomb never unfolds), `archive-broken` when the stream is cut or damaged.
 */
export async function* inflate(
  format: "gzip" | "deflate-raw",
  packed: Chunks,
  limits: UnpackLimits,
): AsyncGenerator<Uint8Array> {
  const options = { chunkSize: CHUNK_BYTES };
  const engine = format === "gzip" ? createGunzip(options) : createInflateRaw(options);
  // The pipeline hands every error to the engine, and the loop below throws it from there.
  pipeline(Readable.from(packed), engine, () => {});
  let size = 0;
  try {
    for await (const chunk of engine as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > limits.maxBytes) throw tooLargeUnpacked(limits);
      yield chunk;
    }
  } catch (error) {
    throw brokenArchive(error, limits.name, size);
  }
}

/** All of it at once. */
export async function inflateAll(format: "gzip", packed: Chunks, limits: UnpackLimits): Promise<Uint8Array> {
  return collect(inflate(format, packed, limits));
}

/** Pieces as one. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
}

export function tooLargeUnpacked(limits: UnpackLimits): ContentError {
  return new ContentError(
    "too-large",
    `${limits.name}: expected at most ${limits.maxBytes} bytes unpacked, found more. Nothing was kept. If the ` +
      "file has really grown so much, raise the cap for unpacked files in the settings.",
  );
}

function brokenArchive(error: unknown, name: string, size: number): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!code.startsWith("Z_")) return error;
  const found = code === "Z_BUF_ERROR" ? "one that ends too early" : "one that is damaged";
  return new ContentError(
    "archive-broken",
    `${name}: expected a complete archive, found ${found} (after ${size} bytes unpacked). Fetch the file again.`,
    { cause: error },
  );
}
