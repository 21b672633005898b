import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { IntegrityError } from "../../domain/index.ts";

/**
 * Brotli (RFC 7932): in every Node there is, in every browser, and it will still be there in ten years. On the real
 * series, quality 11 saves a tenth and takes thirty times as long.
 */
const QUALITY = 9;
/** The largest window that every decoder knows (RFC 7932 §9.1). */
const WINDOW_BITS = 24;

export function pack(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
}

/**
 * @param most what it may unpack to: a damaged object must not fill the memory
 * @throws IntegrityError `not-brotli`
 */
export function unpackObject(bytes: Uint8Array, most: number): Uint8Array {
  try {
    return brotliDecompressSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    throw new IntegrityError("not-brotli", `expected a whole Brotli stream, found ${found}.`, { cause });
  }
}
