import { open } from "node:fs/promises";
import { UsageError } from "../domain/index.ts";

/** Something that may be packed: bytes in memory (a Document is one), or a file on disk. */
export type Packed = PackedBytes | PackedFile;

export interface PackedBytes {
  /** For messages. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface PackedFile {
  readonly path: string;
}

const CHUNK_BYTES = 1_048_576;

/** Name for messages: a file's path as it was given. */
export function nameOf(source: Packed): string {
  return "path" in source ? source.path : source.name;
}

/** Size and first bytes. Throws `missing-file` (exit 2) when there is no readable file. */
export async function beginningOf(
  source: Packed,
  wanted: number,
): Promise<{ readonly size: number; readonly beginning: Uint8Array }> {
  if ("bytes" in source) {
    return { size: source.bytes.byteLength, beginning: source.bytes.subarray(0, wanted) };
  }
  const file = await openFile(source.path);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw missing(source.path, "something that is not a file");
    const buffer = Buffer.alloc(Math.min(wanted, stat.size));
    const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, 0);
    return { size: stat.size, beginning: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/** The bytes as they are, in pieces of at most a mebibyte; a file is never held as a whole. */
export async function* piecesOf(source: Packed): AsyncGenerator<Uint8Array> {
  if ("bytes" in source) {
    for (let at = 0; at < source.bytes.byteLength; at += CHUNK_BYTES) {
      yield source.bytes.subarray(at, at + CHUNK_BYTES);
    }
    return;
  }
  const file = await openFile(source.path);
  const read = () => file.read(Buffer.allocUnsafeSlow(CHUNK_BYTES), 0, CHUNK_BYTES, null);
  let next = read();
  try {
    for (;;) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      // The disk is read while the piece is worked on.
      next = read();
      yield bytesRead === CHUNK_BYTES ? buffer : buffer.subarray(0, bytesRead);
    }
  } finally {
    // Whoever stops early leaves a read under way; what became of it is nobody's concern any more.
    await next.catch(() => undefined);
    await file.close();
  }
}

async function openFile(path: string) {
  try {
    return await open(path, "r");
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no reason given";
    throw missing(path, code === "ENOENT" ? "nothing" : code, cause);
  }
}

function missing(path: string, found: string, cause?: unknown): UsageError {
  const message = `${path}: expected a file that can be read, found ${found}. Check the path.`;
  return new UsageError("missing-file", message, { cause });
}
