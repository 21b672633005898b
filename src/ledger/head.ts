import {
  countTypes,
  decodeParty,
  FORMAT_VERSION,
  type Hash,
  type Head,
  type LedgerRecord,
  type ListState,
  type StoredRecord,
  sha256,
  type TypeCounts,
} from "../domain/index.ts";
import { byShard, shardBytes, shardHashes } from "./shards.ts";

/** A head whose shards are still to be written. */
export type OpenHead = Omit<Head, "shards">;

/** The head after a record; `known` is the one before it, undefined for the first record of a segment. */
export function headAfter(
  record: LedgerRecord,
  hash: Hash,
  state: ListState,
  known: OpenHead | undefined,
): OpenHead {
  const counts = known === undefined ? countAll(state.parties) : countsAfter(known.counts, record);
  return headOf(record, hash, counts, (known?.records ?? 0) + 1);
}

/**
 * The head of a segment made anew from its newest record and the whole list after it: every member of a head follows
 * from these, so that one from elsewhere can be held against it.
 */
export function headFrom(
  { record, hash }: Pick<StoredRecord, "record" | "hash">,
  parties: ListState["parties"],
  records: number,
): Head {
  const hashes = [...byShard(parties)].map(([shard, lines]) => [shard, sha256(shardBytes(lines))] as const);
  return { ...headOf(record, hash, countAll(parties), records), shards: shardHashes(hashes) };
}

function headOf(record: LedgerRecord, hash: Hash, counts: TypeCounts, records: number): OpenHead {
  return {
    formatVersion: FORMAT_VERSION,
    list: record.list,
    segment: record.segment,
    origin: record.origin,
    id: record.id,
    hash,
    date: record.date,
    state: record.state.to,
    counts,
    profile: record.profile,
    interpreter: record.interpreter,
    coverage: record.coverage,
    records,
    sources: record.sources,
    window: record.window,
  };
}

function countAll(parties: ListState["parties"]): TypeCounts {
  return countTypes([...parties.values()].map((line) => decodeParty(line).type));
}

/** Counts moved on by a record, so that a publication need not decode a whole list. `verify` counts anew. */
function countsAfter(before: TypeCounts, record: LedgerRecord): TypeCounts {
  const counts: Record<string, number> = { ...before };
  const move = (type: string, by: number) => {
    counts[type] = (counts[type] ?? 0) + by;
    if (counts[type] === 0) delete counts[type];
  };
  for (const change of record.changes) {
    if (change.op === "add") move(change.type, 1);
    else if (change.op === "remove") move(change.type, -1);
    else {
      const was = change.fields.find((field) => field.area === "type")?.before;
      if (typeof was === "string") {
        move(was, -1);
        move(change.type, 1);
      }
    }
  }
  return counts;
}
