import type { LedgerFiles, Problem } from "../../ledger/index.ts";
import { shapeFault } from "../schema/guard.ts";
import type { SignatureFile, Verifier } from "../signature.ts";
import { CopyBench, type CopyRecord, type CopySegment } from "./copy-bench.ts";
import { checkCatchUps, checkHead, checkSync, headFile, readCatchUps } from "./copy-beside.ts";
import { NOT_REPLAYED, replay, segmentsOf } from "./copy-chain.ts";
import { readIndex, readRecordOf } from "./copy-index.ts";

/** What was proven of a downloaded folder `api/v1`. */
export interface ApiReport {
  /** False also when something could not be proven because what it takes was not downloaded (`not-replayed`). */
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
 * the chain, every change set by replaying it from the baseline's published state; of what is there beside them,
 * every catch-up file by applying it, every head and `sync.json` against the chain. Names the first record that
 * breaks in each segment. Records and the baselines' states must be there; other files that were not downloaded are
 * no fault.
 * @throws UsageError `no-index` when the folder is no copy of the API
 */
export function verifyApi(
  files: LedgerFiles,
  progress: (line: string) => void,
  keys: readonly Verifier[] = [],
): ApiReport {
  const bench = new CopyBench(files);
  const { problems } = bench;
  const entries = readIndex(bench);
  // What the index would have to prove is not looked at, so that the index is named and not its neighbours.
  if (entries === undefined) return { ok: false, records: 0, proven: 0, replayed: [], signed: 0, problems };
  const records = new Map<string, CopyRecord>();
  for (const entry of entries) {
    const found = readRecordOf(bench, entry);
    if (found !== undefined) records.set(entry.id, found);
  }
  const names = [...new Set(entries.map(({ list, segment }) => `${list}/${segment}`))].sort();
  const segments = segmentsOf(bench, entries, records);
  checkSync(bench, names, segments);
  const catchUps = readCatchUps(bench, names);
  const replayed = segments.flatMap((segment) => {
    const { name, chain, newest } = segment;
    progress(`replaying ${name}: ${chain.length} records`);
    const own = catchUps.get(name) ?? [];
    const found = replay(bench, segment, new Set(own.map(({ file }) => file.from.id)));
    if (found !== undefined) checkCatchUps(bench, segment, own, found);
    checkHead(bench, segment, found);
    if (found === undefined) return [];
    return [{ segment: name, records: chain.length, state: newest.record.state.to.hash }];
  });
  const signed = checkSignatures(bench, segments, records, keys);
  return {
    ok: problems.length === 0,
    records: entries.length,
    proven: records.size,
    replayed,
    signed,
    problems,
  };
}

/** True when nothing that was looked at is wrong, but not all could be proven. */
export function isUnproven({ problems }: ApiReport): boolean {
  return problems.length > 0 && problems.every(({ code }) => code === NOT_REPLAYED);
}

/** With keys, every segment's head must be signed by one of them; records that are signed, rightly so. */
function checkSignatures(
  bench: CopyBench,
  segments: readonly CopySegment[],
  records: ReadonlyMap<string, CopyRecord>,
  keys: readonly Verifier[],
): number {
  if (keys.length === 0) return 0;
  const heads = new Set(segments.map(headFile));
  let signed = 0;
  for (const path of [...heads, ...[...records.keys()].map((id) => `records/${id}.json`)]) {
    const bytes = bench.files.read(path);
    const signature = bench.document<SignatureFile>(`${path}.sig`, (content) =>
      shapeFault("signatures", content),
    );
    const key = keys.find(({ keyId }) => keyId === signature?.keyId);
    if (bytes !== undefined && signature !== undefined && key !== undefined) {
      if (key.verify(signature, bytes)) signed += 1;
      else bench.report(`${path}.sig`, "signature", `does not fit ${path}`);
    } else if (heads.has(path)) {
      bench.report(path, "unsigned", `has no signature by ${keys.map(({ keyId }) => keyId).join(" or ")}`);
    }
  }
  return signed;
}
