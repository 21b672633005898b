import { applyChanges } from "../../diff/index.ts";
import { type IndexEntry, type LedgerRecord, type PartyLine, stateHash } from "../../domain/index.ts";
import type { CopyBench, CopyRecord, CopySegment } from "./copy-bench.ts";
import { readStateFile } from "./state-file.ts";

type Parties = ReadonlyMap<number, PartyLine>;

/** The chains of a copy: each is walked from its newest record to its baseline by hash. What breaks is reported. */
export function segmentsOf(
  bench: CopyBench,
  entries: readonly IndexEntry[],
  records: ReadonlyMap<string, CopyRecord>,
): CopySegment[] {
  const names = new Set(entries.map(({ list, segment }) => `${list}/${segment}`));
  return [...names].sort().flatMap((name) => {
    const own = entries.filter(({ list, segment }) => `${list}/${segment}` === name);
    const found = own.flatMap(({ id }) => records.get(id) ?? []);
    // A record that is not there is reported, and nothing of its chain can be told.
    if (found.length < own.length) return [];
    return walk(bench, name, found) ?? [];
  });
}

function walk(bench: CopyBench, name: string, records: readonly CopyRecord[]): CopySegment | undefined {
  const byId = new Map(records.map((one) => [one.record.id, one]));
  const earlier = new Set(records.map(({ record }) => record.previous?.id));
  const [newest, ...others] = records.filter(({ record }) => !earlier.has(record.id));
  if (newest === undefined || others.length > 0) {
    const ids = [newest, ...others].map((one) => one?.record.id ?? "none");
    bench.report("index.json", "chain", `${name} has not one newest record but: ${ids.join(", ")}`);
    return undefined;
  }
  const chain = [newest];
  let { record } = newest;
  while (record.previous !== null) {
    const { id, hash } = record.previous;
    const before = byId.get(id);
    if (before?.hash !== hash) {
      bench.report(
        `records/${id}.json`,
        "chain",
        `${record.id} names it with ${hash}, the index has another`,
      );
      return undefined;
    }
    chain.push(before);
    record = before.record;
  }
  chain.reverse();
  return { name, baseline: chain[0] ?? newest, newest, chain };
}

/** What a replay of a chain gave. */
export interface Replayed {
  /** The parties after the newest record. */
  readonly newest: Parties;
  /** The parties after the records that were asked for, by id. */
  readonly states: ReadonlyMap<string, Parties>;
}

/**
 * Replays a chain from the published state of its baseline; a published state of its newest record must be the one
 * that this leads to. Undefined, and reported, when that cannot be done.
 * @param keep ids of the records whose states are wanted
 */
export function replay(
  bench: CopyBench,
  { name, baseline, newest, chain }: CopySegment,
  keep: ReadonlySet<string>,
): Replayed | undefined {
  const start = stateOf(bench, baseline.record);
  if (start === "missing") {
    bench.report(
      statePath(baseline.record),
      NOT_REPLAYED,
      `is not there, so that the ${chain.length} records of ${name} could not be replayed; download it`,
    );
    return undefined;
  }
  if (start === "broken") return undefined;
  let parties = start;
  const states = new Map<string, Parties>();
  for (const { record } of chain) {
    const before = parties;
    const path = `records/${record.id}.json`;
    const after =
      record === baseline.record ? start : bench.attempt(path, () => applyChanges(before, record));
    if (after === undefined) return undefined;
    const found = stateHash(after);
    if (found !== record.state.to.hash) {
      bench.report(path, "state", `leads to ${record.state.to.hash}, applying it gives ${found}`);
      return undefined;
    }
    parties = after;
    if (keep.has(record.id)) states.set(record.id, parties);
  }
  if (newest !== baseline) stateOf(bench, newest.record);
  return { newest: parties, states };
}

/** Code of what is not wrong, but could not be proven because a file of the copy is not there. */
export const NOT_REPLAYED = "not-replayed";

const statePath = ({ id }: LedgerRecord): string => `states/${id}.ndjson`;

/** A published state, proven; what is another one is reported. */
function stateOf(bench: CopyBench, record: LedgerRecord): Parties | "missing" | "broken" {
  const path = statePath(record);
  const bytes = bench.files.read(path);
  if (bytes === undefined) return "missing";
  const parties = bench.attempt(path, () => readStateFile(new TextDecoder().decode(bytes), path));
  if (parties === undefined) return "broken";
  const found = stateHash(parties);
  if (found === record.state.to.hash) return parties;
  bench.report(path, "state", `expected state ${record.state.to.hash}, found ${found}`);
  return "broken";
}
