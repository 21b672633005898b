import { collect, inflate, tooLargeUnpacked, type UnpackLimits } from "./inflate.ts";
import { beginningOf, nameOf, type Packed, piecesOf } from "./packed.ts";

export type Packing = "plain" | "gzip" | "zip";

/** By magic bytes, never by name: gzip `1f 8b` (RFC 1952 §2.3.1), zip `PK` and a record type (APPNOTE 4.3). */
export function packingOf(beginning: Uint8Array): Packing {
  const [a, b, c, d] = beginning;
  if (a === 0x1f && b === 0x8b) return "gzip";
  const zipRecord = (c === 3 && d === 4) || (c === 5 && d === 6) || (c === 7 && d === 8);
  return a === 0x50 && b === 0x4b && zipRecord ? "zip" : "plain";
}

/**
 * Plain bytes of a document or file, piece by piece, so that memory stays flat however large the file is. One
 * layer of gzip or zip is taken off; plain bytes pass as they are. Ends with an error after the last good
 * piece when the archive turns out to be cut or damaged, so read to the end before believing.
 *
 * Throws ContentError `too-large`, `archive-broken`, `archive-empty`, `archive-members`,
 * `archive-unsupported`; UsageError `missing-file`.
 */
export async function* unpackStream(
  source: Packed,
  limits: { readonly maxUnpackedBytes: number },
): AsyncGenerator<Uint8Array> {
  const within: UnpackLimits = { name: nameOf(source), maxBytes: limits.maxUnpackedBytes };
  const { size, beginning } = await beginningOf(source, 4);
  switch (packingOf(beginning)) {
    case "gzip":
      yield* inflate("gzip", piecesOf(source), within);
      return;
    case "zip": {
      const { unzip } = await import("./zip.ts");
      yield* unzip(source, within);
      return;
    }
    case "plain":
      if (size > within.maxBytes) throw tooLargeUnpacked(within);
      yield* piecesOf(source);
  }
}

/** All plain bytes at once; for plain bytes in memory, those themselves. Throws as `unpackStream`. */
export async function unpack(
  source: Packed,
  limits: { readonly maxUnpackedBytes: number },
): Promise<Uint8Array> {
  if (
    "bytes" in source &&
    packingOf(source.bytes) === "plain" &&
    source.bytes.byteLength <= limits.maxUnpackedBytes
  ) {
    return source.bytes;
  }
  return collect(unpackStream(source, limits));
}
