import { crc32 } from "node:zlib";
import { type Entry, fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { ContentError } from "../domain/index.ts";
import { inflate, tooLargeUnpacked, type UnpackLimits } from "./inflate.ts";
import type { Packed } from "./packed.ts";

/** Our files have one member; an archive with more than a few entries is not one of them. */
const MAX_ENTRIES = 64;
const STORED = 0;
const DEFLATED = 8;

/**
 * The one usable member of a zip archive (APPNOTE 6.3), piece by piece. The central directory decides which
 * members there are, so a cut archive is noticed before its first byte; size and CRC-32 are checked at the
 * end, so whoever reads must read to the end before believing. Throws `archive-broken`, `archive-empty`,
 * `archive-members`, `archive-unsupported`, `too-large`.
 */
export async function* unzip(source: Packed, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  const zip = await read(limits, () => openZip(source));
  try {
    const entry = onlyMember(await read(limits, () => entriesOf(zip)), limits);
    if (entry.uncompressedSize > limits.maxBytes) throw tooLargeUnpacked(limits);
    const packed = await read(limits, () => zip.openReadStreamPromise(entry, { decodeFileData: false }));
    const chunks = entry.compressionMethod === STORED ? packed : inflate("deflate-raw", packed, limits);
    let size = 0;
    let sum = 0;
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > entry.uncompressedSize)
        throw broken(limits, `more than the ${entry.uncompressedSize} bytes announced`);
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (size < entry.uncompressedSize) {
      throw broken(limits, `${entry.uncompressedSize} bytes announced, ${size} found`);
    }
    if (sum !== entry.crc32) throw broken(limits, "the member's checksum (CRC-32) does not fit");
  } finally {
    zip.close();
  }
}

function openZip(source: Packed): Promise<ZipFile> {
  const options = { autoClose: false, lazyEntries: true };
  if ("path" in source) return openPromise(source.path, options);
  const { buffer, byteOffset, byteLength } = source.bytes;
  return fromBufferPromise(Buffer.from(buffer, byteOffset, byteLength), options);
}

async function entriesOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
    if (entries.length > MAX_ENTRIES) break;
  }
  return entries;
}

function onlyMember(entries: readonly Entry[], limits: UnpackLimits): Entry {
  const usable = entries.filter(
    (entry) =>
      entry.uncompressedSize > 0 && !entry.fileName.endsWith("/") && !entry.fileName.startsWith("__MACOSX/"),
  );
  const [entry, second] = usable;
  if (entry === undefined) {
    const what = entries.length === 0 ? "an empty one" : `${entries.length} empty members or folders`;
    throw new ContentError(
      "archive-empty",
      `${limits.name}: expected a zip with one file in it, found ${what}. Fetch the file again.`,
    );
  }
  if (second !== undefined) {
    const names = usable.slice(0, 5).map((member) => JSON.stringify(member.fileName.slice(0, 60)));
    throw new ContentError(
      "archive-members",
      `${limits.name}: expected a zip with one file in it, found ${names.join(", ")}` +
        `${usable.length > 5 ? ", …" : ""}. Unpack it and name the file that is meant.`,
    );
  }
  const method = entry.compressionMethod;
  if (entry.isEncrypted() || (method !== STORED && method !== DEFLATED)) {
    const what = entry.isEncrypted() ? "an encrypted one" : `compression method ${method}`;
    throw new ContentError(
      "archive-unsupported",
      `${limits.name}: expected a member stored or deflated, found ${what}. Unpack it with another program.`,
    );
  }
  return entry;
}

/** The zip reader's own complaints are about the archive, so they are content errors. */
async function read<T>(limits: UnpackLimits, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    throw broken(limits, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function broken(limits: UnpackLimits, why: string, cause?: unknown): ContentError {
  return new ContentError(
    "archive-broken",
    `${limits.name}: expected a complete zip archive, found one that is cut or damaged (${why}). Fetch it again.`,
    { cause },
  );
}
