import { applyChanges } from "../../diff/index.ts";
import {
  type CatchUp,
  canonicalJson,
  type Head,
  type IndexEntry,
  type IndexFile,
  type IndexYearFile,
  LedgerError,
  type LedgerRecord,
  type PartyLine,
  type SyncFile,
  sha256,
  stateHash,
  UsageError,
} from "../../domain/index.ts";
import { type LedgerFiles, type Problem, parseFile } from "../../ledger/index.ts";
import { shapeFault } from "../schema/guard.ts";
import type { SignatureFile, Verifier } from "../signature.ts";
import { readStateFile } from "./state-file.ts";

/** What was proven of a downloaded folder `api/v1`. */
export interface ApiReport {
  readonly ok: boolean;
  /** Records that the index names, and of these the ones that are there and as they should be. */
  readonly records: number;
  readonly proven: number;
  /** Segments whose records were replayed from a published state. */
  readonly replayed: readonly {
    readonly segment: string;
    readonly records: number;
    readonly state: string;
  }[];
  /** Heads and records with a valid signature under a key that was given. */
  readonly signed: number;
  readonly problems: readonly Problem[];
}

/**
 * Proves a downloaded copy of the API without a ledger: every record against the hash in the index, every link of
 * the chain, every change set by replaying it from the baseline's published state, every catch-up file that is
 * there by applying it. Names the first record that breaks in each segment. Files that were not downloaded are
 * no fault, records are.
 * @throws UsageError `no-index` when the folder is no copy of the API
 */
export function verifyApi(
  files: LedgerFiles,
  progress: (line: string) => void,
  keys: readonly Verifier[] = [],
): ApiReport {
  const bench = new Bench(files);
  const entries = readIndex(bench);
  const records = new Map<string, LedgerRecord>();
  for (const entry of entries) {
    const record = checkRecord(bench, entry);
    if (record !== undefined) records.set(record.id, record);
  }
  const sync = bench.json<SyncFile>("sync.json");
  const replayed = (sync?.segments ?? []).flatMap((segment) => {
    progress(`replaying ${segment.list}/${segment.segment}: ${segment.records} records`);
    return replay(bench, segment, entries, records);
  });
  const signed = checkSignatures(bench, sync, records, keys);
  const { problems } = bench;
  return {
    ok: problems.length === 0,
    records: entries.length,
    proven: records.size,
    replayed,
    signed,
    problems,
  };
}

/** The files, read with every fault noted under the file's name. */
class Bench {
  readonly problems: Problem[] = [];
  readonly files: LedgerFiles;

  constructor(files: LedgerFiles) {
    this.files = files;
  }

  report(file: string, code: string, message: string): void {
    this.problems.push({ file, code, message });
  }

  /** Undefined when there is no such file, or when it is no JSON, which is reported. */
  json<T>(path: string): T | undefined {
    const bytes = this.files.read(path);
    return bytes === undefined ? undefined : this.attempt(path, () => parseFile<T>(path, bytes));
  }

  attempt<T>(file: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      this.report(file, error.code, error.message);
      return undefined;
    }
  }
}

/** All records the index names: those in it, and those of its years. */
function readIndex(bench: Bench): IndexEntry[] {
  const index = bench.json<IndexFile>("index.json");
  if (index === undefined) {
    if (bench.problems.length > 0) return [];
    throw new UsageError(
      "no-index",
      "--api: expected a folder with a copy of api/v1, found no index.json in it. Download api/v1/index.json and the records it names.",
    );
  }
  const entries = new Map(index.records.map((entry) => [entry.id, entry]));
  for (const { year, hash } of index.years) {
    const path = `index/${year}.json`;
    const bytes = bench.files.read(path);
    if (bytes === undefined) continue;
    if (sha256(bytes) !== hash) {
      bench.report(path, "hash", `expected ${hash}, found ${sha256(bytes)}`);
      continue;
    }
    for (const entry of bench.json<IndexYearFile>(path)?.records ?? []) {
      const known = entries.get(entry.id);
      if (known !== undefined && canonicalJson(known) !== canonicalJson(entry)) {
        bench.report("index.json", "contradiction", `says other things of ${entry.id} than ${path}`);
      }
      entries.set(entry.id, known ?? entry);
    }
  }
  if (entries.size < index.total) {
    bench.report(
      "index.json",
      "count",
      `names ${index.total} records, ${entries.size} are known; download index/`,
    );
  }
  return [...entries.values()];
}

function checkRecord(bench: Bench, entry: IndexEntry): LedgerRecord | undefined {
  const path = `records/${entry.id}.json`;
  const bytes = bench.files.read(path);
  if (bytes === undefined) {
    bench.report(path, "missing", "the index names it, but it is not there; download it");
    return undefined;
  }
  if (sha256(bytes) !== entry.hash) {
    bench.report(path, "hash", `the index says ${entry.hash}, found ${sha256(bytes)}`);
    return undefined;
  }
  const record = bench.json<LedgerRecord>(path);
  const fault = record === undefined ? undefined : shapeFault("record", record);
  if (fault !== undefined) bench.report(path, "shape", fault);
  return fault === undefined ? record : undefined;
}

/** Walks a segment from its head to its baseline by hash, then forward by state. */
function replay(
  bench: Bench,
  segment: SyncFile["segments"][number],
  entries: readonly IndexEntry[],
  records: ReadonlyMap<string, LedgerRecord>,
): ApiReport["replayed"] {
  const hashes = new Map(entries.map((entry) => [entry.id, entry.hash]));
  const chain: LedgerRecord[] = [];
  let next: { id: string; hash: string } | null = segment.head;
  while (next !== null) {
    const record = records.get(next.id);
    if (hashes.get(next.id) !== next.hash) {
      const from: string = chain.at(-1)?.id ?? "the head";
      bench.report(
        `records/${next.id}.json`,
        "chain",
        `${from} names it with ${next.hash}, the index has another`,
      );
    }
    if (record === undefined) return [];
    chain.push(record);
    next = record.previous;
  }
  chain.reverse();
  const [baseline, ...later] = chain;
  if (baseline === undefined) return [];
  const start = stateOf(bench, baseline);
  if (start === undefined) return [];
  let parties: ReadonlyMap<number, PartyLine> = start;
  const states = new Map([[baseline.id, parties]]);
  for (const record of later) {
    const before = parties;
    const after = bench.attempt(`records/${record.id}.json`, () => applyChanges(before, record));
    if (after === undefined) return [];
    const found = stateHash(after);
    if (found !== record.state.to.hash) {
      bench.report(
        `records/${record.id}.json`,
        "state",
        `leads to ${record.state.to.hash}, applying it gives ${found}`,
      );
      return [];
    }
    parties = after;
    states.set(record.id, parties);
  }
  checkCatchUps(bench, segment, states);
  const newest = chain.at(-1) ?? baseline;
  if (newest !== baseline) stateOf(bench, newest);
  return [
    { segment: `${segment.list}/${segment.segment}`, records: chain.length, state: newest.state.to.hash },
  ];
}

/** A published state, proven; undefined when it is not there or is another one. */
function stateOf(bench: Bench, { id, state }: LedgerRecord): ReadonlyMap<number, PartyLine> | undefined {
  const path = `states/${id}.ndjson`;
  const bytes = bench.files.read(path);
  if (bytes === undefined) return undefined;
  const parties = bench.attempt(path, () => readStateFile(new TextDecoder().decode(bytes), path));
  if (parties === undefined) return undefined;
  const found = stateHash(parties);
  if (found === state.to.hash) return parties;
  bench.report(path, "state", `expected state ${state.to.hash}, found ${found}`);
  return undefined;
}

function checkCatchUps(
  bench: Bench,
  segment: SyncFile["segments"][number],
  states: ReadonlyMap<string, ReadonlyMap<number, PartyLine>>,
): void {
  for (const { from, to, url } of [...segment.since, ...segment.months]) {
    const path = url.slice(url.lastIndexOf("/catch-up/") + 1);
    const file = bench.json<CatchUp>(path);
    const before = states.get(from.id);
    if (file === undefined || before === undefined) continue;
    const after = bench.attempt(path, () => applyChanges(before, file));
    if (after !== undefined && stateHash(after) !== to.state.hash) {
      bench.report(path, "state", `leads to ${to.state.hash}, applying it gives ${stateHash(after)}`);
    }
  }
}

/** With keys, every head that is there must be signed by one of them; records that are signed, rightly so. */
function checkSignatures(
  bench: Bench,
  sync: SyncFile | undefined,
  records: ReadonlyMap<string, LedgerRecord>,
  keys: readonly Verifier[],
): number {
  if (keys.length === 0) return 0;
  const heads = (sync?.segments ?? []).map(({ list, segment, head }) => {
    const path = `heads/${list}/${segment}.json`;
    const found = bench.json<Head>(path);
    // What is signed is the head: it must be the one that the records were walked from.
    if (found !== undefined && found.hash !== head.hash) {
      bench.report(path, "head", `names record ${found.id} ${found.hash}, sync.json ${head.id} ${head.hash}`);
    }
    return path;
  });
  let signed = 0;
  for (const path of [...heads, ...[...records.keys()].map((id) => `records/${id}.json`)]) {
    const bytes = bench.files.read(path);
    const signature = bench.json<SignatureFile>(`${path}.sig`);
    const key = keys.find(({ keyId }) => keyId === signature?.keyId);
    if (bytes !== undefined && signature !== undefined && key !== undefined) {
      if (key.verify(signature, bytes)) signed += 1;
      else bench.report(`${path}.sig`, "signature", `does not fit ${path}`);
    } else if (heads.includes(path)) {
      bench.report(path, "unsigned", `has no signature by ${keys.map(({ keyId }) => keyId).join(" or ")}`);
    }
  }
  if (heads.length === 0)
    bench.report("sync.json", "missing", "without it the heads cannot be found; download it");
  return signed;
}
