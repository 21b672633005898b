import { type LedgerRecord, type ListId, type SourceRef, sha256 } from "../../domain/index.ts";
import { jsonBytes } from "../../ledger/index.ts";
import { type FetchedDocument, unpack } from "../../sources/index.ts";
import type { Plan } from "../look/plan.ts";
import type { AppPorts } from "../ports.ts";
import type { RawSource } from "./store.ts";

/**
 * Keeps the files that new records were read from, where there is a store for them. It comes before the records
 * themselves: after a crash between the two there is evidence without a record, never a record without evidence.
 */
export async function keepSources(
  { raw, settings, now }: Pick<AppPorts, "raw" | "settings" | "now">,
  plans: readonly Plan[],
  records: ReadonlyMap<ListId, LedgerRecord>,
): Promise<void> {
  if (raw === undefined) return;
  for (const { standing, look } of plans) {
    const record = records.get(standing.list);
    if (record === undefined || look.outcome !== "read") continue;
    const sources: RawSource[] = [];
    for (const [i, ref] of record.sources.entries()) {
      sources.push(await unpacked(ref, look.documents[i], settings.maxUnpackedBytes));
    }
    raw.keep({ record, hash: sha256(jsonBytes(record)) }, sources, now);
  }
  raw.commit();
}

async function unpacked(
  ref: SourceRef,
  document: FetchedDocument | undefined,
  maxUnpackedBytes: number,
): Promise<RawSource> {
  if (document === undefined) throw new Error(`${ref.file} was read and is not at hand`);
  return { ref, bytes: await unpack(document, { maxUnpackedBytes }), receipt: document.receipt };
}
