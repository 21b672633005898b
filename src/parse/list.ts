import { ContentError, type ParsedList, UsageError } from "../domain/index.ts";
import { openCsv } from "./csv-list.ts";
import { DETECT_BYTES, detect } from "./detect.ts";
import type { DetectedFile, ListFile } from "./list-file.ts";
import { openXml } from "./xml-list.ts";

/**
 * Opens a list: one XML file, SDN.CSV (or CONS_PRIM.CSV) alone, or a CSV set, whose files may come in any
 * order. The format is told from the content.
 *
 * @throws ContentError for a document that is none of OFAC's lists, or is damaged as far as its head shows.
 */
export async function openList(files: readonly ListFile[]): Promise<ParsedList> {
  const detected = await Promise.all(files.map(detectFile));
  const [first] = detected;
  if (first === undefined)
    throw new UsageError("no-file", "expected at least one file of a list, found none.");
  if (detected.every((file) => file.kind.startsWith("csv"))) return openCsv(detected);
  if (first.kind === "delta-xml") {
    throw new ContentError(
      "not-a-list",
      `${first.name}: expected a list, found OFAC's delta of one publication, which has only what changed. ` +
        "Give the full file.",
    );
  }
  if (detected.length > 1) {
    throw new ContentError(
      "mixed-files",
      `expected one XML file or the files of one CSV set, found ${detected.map((f) => `${f.name} (${f.kind})`).join(", ")}.`,
    );
  }
  return openXml(first);
}

async function detectFile(file: ListFile): Promise<DetectedFile> {
  if (file.bytes instanceof Uint8Array) return { ...file, kind: detect(file.bytes, file.name) };
  const source = file.bytes[Symbol.asyncIterator]();
  try {
    const seen: Uint8Array[] = [];
    let size = 0;
    while (size < DETECT_BYTES) {
      const next = await source.next();
      if (next.done === true) break;
      seen.push(next.value);
      size += next.value.byteLength;
    }
    return { name: file.name, kind: detect(Buffer.concat(seen), file.name), bytes: resume(seen, source) };
  } catch (error) {
    await source.return?.();
    throw error;
  }
}

async function* resume(seen: Uint8Array[], source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* seen;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}
