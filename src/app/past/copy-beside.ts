import { applyChanges } from "../../diff/index.ts";
import {
  type CatchUp,
  type Head,
  type StatePoint,
  type SyncFile,
  type SyncSegment,
  stateHash,
} from "../../domain/index.ts";
import { headFrom } from "../../ledger/index.ts";
import { copyFault } from "../schema/copy-fault.ts";
import { changeSetFault } from "../schema/guard.ts";
import type { CopyBench, CopySegment } from "./copy-bench.ts";
import type { Replayed } from "./copy-chain.ts";
import { same } from "./copy-index.ts";

// What stands beside the records of a copy, held against their chains.

export const headFile = ({ name }: CopySegment): string => `heads/${name}.json`;

/** A head, where it is there, says what its chain says; without a replay all but what only the parties tell. */
export function checkHead(bench: CopyBench, segment: CopySegment, replayed: Replayed | undefined): void {
  const path = headFile(segment);
  const found = bench.document<Record<string, unknown>>(path, objectFault);
  if (found === undefined) return;
  const head: Head = headFrom(segment.newest, replayed?.newest ?? new Map(), segment.chain.length);
  const { formatVersion: _, counts, shards, ...told } = head;
  const expected = Object.entries(replayed === undefined ? told : { ...told, counts, shards });
  const other = expected.filter(([name, value]) => !same(found[name], value)).map(([name]) => name);
  if (typeof found["formatVersion"] !== "string") other.unshift("formatVersion");
  if (other.length === 0) return;
  bench.report(
    path,
    "head",
    `says other things than its chain, whose newest record is ${head.id}: ${other.join(", ")}`,
  );
}

/** `sync.json`, where it is there, names the segments of the index, their newest records and their states. */
export function checkSync(
  bench: CopyBench,
  names: readonly string[],
  segments: readonly CopySegment[],
): void {
  const sync = bench.document<SyncFile>("sync.json", (content) => copyFault("sync", content));
  if (sync === undefined) return;
  const own = new Map(sync.segments.map((one) => [`${one.list}/${one.segment}`, one]));
  for (const name of new Set([...names, ...own.keys()])) {
    if (!own.has(name)) bench.report("sync.json", "sync", `does not name ${name}, which the index has`);
    else if (!names.includes(name))
      bench.report("sync.json", "sync", `names ${name}, which the index has not`);
  }
  for (const segment of segments) {
    const said = own.get(segment.name);
    if (said !== undefined) checkSyncSegment(bench, said, segment);
  }
}

function checkSyncSegment(bench: CopyBench, said: SyncSegment, { name, newest, chain }: CopySegment): void {
  const { record, hash } = newest;
  const { id, date, state } = said.head;
  if (!same([id, date, state, said.head.hash], [record.id, record.date, record.state.to, hash])) {
    bench.report(
      "sync.json",
      "head",
      `${name}: names record ${id} ${said.head.hash}, the newest is ${record.id} ${hash}`,
    );
  }
  const { records, origin, profile } = said;
  if (!same([records, origin, profile], [chain.length, record.origin, record.profile])) {
    bench.report(
      "sync.json",
      "sync",
      `${name}: says other things than its records: records, origin or profile`,
    );
  }
  const points = new Map(chain.map((one) => [one.record.id, one.record]));
  const named = [...said.states, ...[...said.since, ...said.months].flatMap(({ from, to }) => [from, to])];
  for (const point of new Map(
    named.map((one) => [JSON.stringify([one.id, one.date, one.state]), one]),
  ).values()) {
    const own = points.get(point.id);
    if (own !== undefined && same([point.date, point.state], [own.date, own.state.to])) continue;
    bench.report("sync.json", "sync", `${name}: says other things of ${point.id} than its records`);
  }
}

/** A catch-up file that is there. */
export interface CopyCatchUp {
  readonly path: string;
  readonly file: CatchUp;
}

/** Every catch-up file that is there, by segment; one of no segment of the index is reported. */
export function readCatchUps(bench: CopyBench, names: readonly string[]): Map<string, CopyCatchUp[]> {
  const found = new Map<string, CopyCatchUp[]>(names.map((name) => [name, []]));
  for (const path of filesBelow(bench, "catch-up")) {
    const file = bench.document<CatchUp>(path, catchUpFault);
    if (file === undefined) continue;
    const own = found.get(`${file.list}/${file.segment}`);
    if (own === undefined)
      bench.report(path, "catch-up", `is of ${file.list}/${file.segment}, which the index has not`);
    else own.push({ path, file });
  }
  return found;
}

/** Applies each catch-up file to the state it begins at; it must lead to the state of the record it ends at. */
export function checkCatchUps(
  bench: CopyBench,
  { name, chain }: CopySegment,
  catchUps: readonly CopyCatchUp[],
  { states }: Replayed,
): void {
  const hashes = new Map(chain.map(({ record }) => [record.id, record.state.to.hash]));
  for (const { path, file } of catchUps) {
    const [before, expected] = [states.get(file.from.id), hashes.get(file.to.id)];
    if (before === undefined || expected === undefined) {
      bench.report(
        path,
        "catch-up",
        `leads from ${file.from.id} to ${file.to.id}, which are no records of ${name}`,
      );
      continue;
    }
    const after = bench.attempt(path, () => applyChanges(before, file));
    const found = after === undefined ? expected : stateHash(after);
    if (found !== expected) bench.report(path, "state", `leads to ${expected}, applying it gives ${found}`);
    else if (file.from.state.hash !== hashes.get(file.from.id) || file.to.state.hash !== expected)
      bench.report(
        path,
        "catch-up",
        `says other things of ${file.from.id} or ${file.to.id} than their records`,
      );
  }
}

function catchUpFault(content: unknown): string | undefined {
  const fault = objectFault(content) ?? changeSetFault(content);
  if (fault !== undefined) return fault;
  const { from, to, list, segment, formatVersion } = content as Readonly<Record<string, unknown>>;
  const words = [list, segment, formatVersion].every((word) => typeof word === "string");
  return words && isPoint(from) && isPoint(to)
    ? undefined
    : "is no catch-up file: list, segment, from or to is not there";
}

function isPoint(value: unknown): value is StatePoint {
  const { id, state } = (value ?? {}) as Partial<Readonly<Record<string, unknown>>>;
  return typeof id === "string" && typeof state === "object" && state !== null && "hash" in state;
}

function objectFault(content: unknown): string | undefined {
  const isObject = typeof content === "object" && content !== null && !Array.isArray(content);
  return isObject ? undefined : "is no JSON object";
}

function filesBelow({ files }: Pick<CopyBench, "files">, folder: string): string[] {
  return files.list(folder).flatMap((name) => {
    if (name.endsWith("/")) return filesBelow({ files }, `${folder}/${name.slice(0, -1)}`);
    return name.endsWith(".json") ? [`${folder}/${name}`] : [];
  });
}
