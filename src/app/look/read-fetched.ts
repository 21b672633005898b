import type { FetchedDocument } from "../../sources/index.ts";
import { keepMemory, recallList } from "./list-memory.ts";
import type { Planning } from "./plan.ts";
import { type ListReading, readList } from "./read-list.ts";
import { LIVE, type Standing } from "./standing.ts";

/** Reads a list as it was fetched, and remembers for the next time what need not be read again. */
export async function readFetched(
  standing: Standing,
  documents: readonly FetchedDocument[],
  { ports, stateOf }: Planning,
): Promise<Omit<ListReading, "memory">> {
  const { list, profile } = standing;
  const place = { list, profile, segment: LIVE };
  ports.progress.line(`reading ${documents.map((document) => document.name).join(", ")}`);
  const { memory, ...reading } = await readList(documents, {
    list,
    provenance: documents[0]?.provenance ?? "official file",
    memory: () => recallList(ports.cache, place, () => stateOf(standing)),
    maxUnpackedBytes: ports.settings.maxUnpackedBytes,
  });
  keepMemory(ports.cache, place, memory);
  ports.progress.line(`${reading.read} of ${reading.state.parties.size} parties had to be read`);
  return reading;
}
