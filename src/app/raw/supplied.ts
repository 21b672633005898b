import type { Instant, StoredRecord } from "../../domain/index.ts";
import { DEFAULT_SOURCE_SETTINGS, unpack } from "../../sources/index.ts";
import type { RawSource, RawStore } from "./store.ts";

/**
 * Keeps the files of a record that was read from supplied files, or from kept ones.
 * @param paths in the order of the record's sources; none: they are all in the store
 */
export async function keepSupplied(
  raw: RawStore,
  stored: Pick<StoredRecord, "record" | "hash">,
  paths: readonly string[],
  now: Instant,
): Promise<void> {
  const { maxUnpackedBytes } = DEFAULT_SOURCE_SETTINGS;
  const sources: RawSource[] = [];
  for (const [i, ref] of stored.record.sources.entries()) {
    const path = paths[i];
    const bytes =
      raw.read(ref.sha256) ?? (path === undefined ? undefined : await unpack({ path }, { maxUnpackedBytes }));
    if (bytes === undefined) throw new Error(`${ref.file} was read and is not at hand`);
    sources.push({ ref, bytes, receipt: null });
  }
  raw.keep(stored, sources, now);
}
