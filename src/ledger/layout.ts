import { type LedgerRecord, type ListId, parsePublicationId } from "../domain/index.ts";

/** Paths inside the ledger's folder. Public: readers of a clone rely on them. */

/** Parties with the same quotient share a file. */
export const SHARD_SPAN = 250;

export function segmentFolder(list: ListId, segment: string): string {
  return `${list}/${segment}`;
}

export function headPath(list: ListId, segment: string): string {
  return `${segmentFolder(list, segment)}/head.json`;
}

export function shardOf(uid: number): number {
  return Math.floor(uid / SHARD_SPAN);
}

export function shardPath(list: ListId, segment: string, shard: number): string {
  return `${segmentFolder(list, segment)}/parties/${shard}.ndjson`;
}

/** The year in an id's date; `undated` without one. */
export function yearOf(id: string): string {
  const day = parsePublicationId(id)?.day ?? "undated";
  return day === "undated" ? day : day.slice(0, 4);
}

export function recordPath(record: Pick<LedgerRecord, "list" | "segment" | "id">): string {
  return `${segmentFolder(record.list, record.segment)}/records/${yearOf(record.id)}/${record.id}.json`;
}

/** Where an observation lies, relative to the collection `observations`. */
export function observationName(id: string): string {
  return `${yearOf(id)}/${id}.json`;
}

/** The collections beside the chains; each has a log that lists its files with their hashes. */
export const COLLECTIONS = ["observations", "context", "checks", "deliveries", "signatures"] as const;
export type Collection = (typeof COLLECTIONS)[number];

export function logPath(collection: Collection): string {
  return `${collection}/log.ndjson`;
}

/** Where the detached signature of a head or record lies, relative to the collection `signatures`. */
export function signatureName(path: string): string {
  return `${path}.sig`;
}

/** Hashes of every head and log: what no chain holds is held here. */
export const MANIFEST = "manifest.json";
