import { createHash } from "node:crypto";
import { ContentError, type Hash } from "../domain/index.ts";

/** A body as it came over the wire, complete. */
export interface Body {
  readonly bytes: Uint8Array;
  readonly sha256: Hash;
}

/** Called for every piece that arrives: bytes so far, and all of them where the source said how many. */
export type Progress = (bytes: number, total: number | null) => void;

export interface BodyLimits {
  /** Name of the document, for messages. */
  readonly name: string;
  readonly host: string;
  readonly maxBytes: number;
  /** From `Content-Length`, where there is one. */
  readonly declared: number | null;
}

/** The connection ended before as many bytes came as were promised: worth another attempt. */
export class CutBody extends Error {}

/**
 * Reads a body to memory, hashing as it comes. Throws `too-large` as soon as the cap is passed (by promise,
 * before the first byte, or by deed) and `CutBody` when fewer or more bytes came than `Content-Length` said.
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  limits: BodyLimits,
  progress?: Progress,
): Promise<Body> {
  const { declared, maxBytes } = limits;
  if (declared !== null && declared > maxBytes) throw tooLarge(limits, declared);
  const hash = createHash("sha256");
  // One buffer of the promised size instead of pieces joined later: half the memory for the large files.
  let buffer = Buffer.allocUnsafeSlow(declared ?? 65_536);
  let size = 0;
  for await (const chunk of chunks) {
    const end = size + chunk.byteLength;
    if (end > maxBytes) throw tooLarge(limits, null);
    if (declared !== null && end > declared) throw new CutBody(`more than ${declared} bytes came`);
    if (end > buffer.byteLength) buffer = grown(buffer, size, Math.min(maxBytes, Math.max(end, size * 2)));
    buffer.set(chunk, size);
    hash.update(chunk);
    size = end;
    progress?.(size, declared);
  }
  if (declared !== null && size !== declared) throw new CutBody(`${size} of ${declared} bytes came`);
  const bytes = size === buffer.byteLength ? buffer : grown(buffer, size, size);
  return { bytes, sha256: `sha256:${hash.digest("hex")}` };
}

/** The first bytes of a body; the rest is not waited for. */
export async function readBeginning(chunks: AsyncIterable<Uint8Array>, wanted: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.byteLength;
    if (size >= wanted) break;
  }
  return Buffer.concat(parts).subarray(0, wanted);
}

function grown(from: Buffer, used: number, size: number): Buffer<ArrayBuffer> {
  const to = Buffer.allocUnsafeSlow(size);
  from.copy(to, 0, 0, used);
  return to;
}

function tooLarge(limits: BodyLimits, promised: number | null): ContentError {
  const found = promised === null ? "more" : `${promised} bytes promised`;
  return new ContentError(
    "too-large",
    `${limits.name} from ${limits.host}: expected at most ${limits.maxBytes} bytes, found ${found}. ` +
      "Nothing was kept. If OFAC's file has really grown so much, raise the size cap in the settings.",
  );
}
