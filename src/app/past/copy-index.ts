import {
  canonicalJson,
  type IndexEntry,
  type IndexFile,
  type IndexYearFile,
  type LedgerRecord,
  sha256,
  UsageError,
} from "../../domain/index.ts";
import { copyFault } from "../schema/copy-fault.ts";
import { shapeFault } from "../schema/guard.ts";
import type { CopyBench, CopyRecord } from "./copy-bench.ts";

/**
 * All records the index names: those in it, and those of its years; a record beside it is reported. Undefined when the index is no such file, which
 * is reported.
 * @throws UsageError `no-index` when there is none
 */
export function readIndex(bench: CopyBench): IndexEntry[] | undefined {
  if (bench.files.read("index.json") === undefined) {
    throw new UsageError(
      "no-index",
      "--api: expected a folder with a copy of api/v1, found no index.json in it. Download api/v1/index.json and the records it names.",
    );
  }
  const index = bench.document<IndexFile>("index.json", (content) => copyFault("index", content));
  if (index === undefined) return undefined;
  const entries = new Map(index.records.map((entry) => [entry.id, entry]));
  for (const { year, hash } of index.years) {
    const path = `index/${year}.json`;
    const bytes = bench.files.read(path);
    if (bytes === undefined) continue;
    if (sha256(bytes) !== hash) {
      bench.report(path, "hash", `expected ${hash}, found ${sha256(bytes)}`);
      continue;
    }
    const file = bench.document<IndexYearFile>(path, (content) => copyFault("index-year", content));
    for (const entry of file?.records ?? []) {
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
  for (const name of bench.files.list("records")) {
    const id = RECORD_FILE.exec(name)?.[1];
    if (id !== undefined && !entries.has(id))
      bench.report(`records/${name}`, "unlisted", "is not in the index");
  }
  return [...entries.values()];
}

/** The id of a record in its file's name; what is made from a record has other names. */
const RECORD_FILE = /^((?:[^.]|\.\d+)+)\.json$/;

/** The record that an entry of the index names, when it is there and as it should be; else reported. */
export function readRecordOf(bench: CopyBench, entry: IndexEntry): CopyRecord | undefined {
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
  const record = bench.document<LedgerRecord>(path, (content) => shapeFault("record", content));
  if (record === undefined) return undefined;
  const other = differences(entry, { ...record, ...record.judgement });
  if (other.length > 0) {
    bench.report(
      "index.json",
      "index",
      `says other things of ${entry.id} than its record: ${other.join(", ")}`,
    );
  }
  return { record, hash: entry.hash };
}

/** Members of an entry that stand in the record, too. */
const SHARED = [
  ...(["id", "list", "segment", "origin", "kind", "date", "headline", "counts"] as const),
  ...(["materiality", "legalEffect", "screeningEffect", "state", "previous", "supersedes"] as const),
];

function differences(entry: IndexEntry, record: Partial<IndexEntry>): string[] {
  return SHARED.filter((name) => !same(entry[name], record[name]));
}

/** Whether two values are the same content; `undefined` is a member that is not there. */
export function same(a: unknown, b: unknown): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
}
