import { decodeParty, EXIT, type ExitCode } from "../domain/index.ts";
import {
  alone,
  type CheckedSegment,
  checkFiles,
  headPath,
  type LedgerFiles,
  type Problem,
  parseFile,
  readEntries,
  recover,
  shardOf,
  shardPath,
  signatureName,
  UNKNOWN_FORMAT,
} from "../ledger/index.ts";
import { type Replay, replaySegment } from "./past/replay.ts";
import { partyFault, shapeFault } from "./schema/guard.ts";
import type { SignatureFile, Verifier } from "./signature.ts";

export interface VerifyReport {
  readonly ok: boolean;
  readonly segments: readonly Replay[];
  readonly signatures: SignatureCount;
  readonly problems: readonly Problem[];
  /** What had to be done first because a run was interrupted. */
  readonly recovery: ReturnType<typeof recover>;
}

/** What was found of signatures. */
export interface SignatureCount {
  /** Signature files in the ledger. */
  readonly found: number;
  /** Of these, valid under a key that was given. */
  readonly valid: number;
  /** Of these, made with a key that was not given. */
  readonly otherKey: number;
}

const NO_SIGNATURES: SignatureCount = { found: 0, valid: 0, otherKey: 0 };

/**
 * Recomputes every hash of a ledger, holds every file against its schema and says where it breaks. With keys, the
 * head of every segment must be signed by one of them: through the chain that covers every record, also those
 * from before there was a key. Signatures of single records that are there must be right as well.
 */
export function verifyLedger(
  files: LedgerFiles,
  progress: (line: string) => void,
  keys: readonly Verifier[] = [],
): VerifyReport {
  return alone(files, () => verifyStill(files, progress, keys));
}

function verifyStill(
  files: LedgerFiles,
  progress: (line: string) => void,
  keys: readonly Verifier[],
): VerifyReport {
  const recovery = recover(files);
  const { segments, problems } = checkFiles(files, shapeFault);
  if (problems.some(({ code }) => code === UNKNOWN_FORMAT)) {
    return { ok: false, segments: [], signatures: NO_SIGNATURES, problems, recovery };
  }
  const parties = segments.map(checkParties);
  const replays = segments.map((segment, i) => {
    progress(`replaying ${segment.ref.list}/${segment.ref.segment}: ${segment.records.length} records`);
    return replaySegment(segment, parties[i]?.types ?? []);
  });
  const all = [
    ...problems,
    ...parties.flatMap((one) => one.problems),
    ...replays.flatMap((replay) => replay.problems),
  ];
  const signatures = checkSignatures(files, segments, keys, new Set(all.map((problem) => problem.file)));
  all.push(...signatures.problems);
  return { ok: all.length === 0, segments: replays, signatures: signatures.count, problems: all, recovery };
}

/** Parties of the newest state that are not as their schema says; and of which type each is. */
function checkParties({ ref, state }: CheckedSegment): { types: string[]; problems: Problem[] } {
  const types: string[] = [];
  const problems: Problem[] = [];
  for (const line of state.parties.values()) {
    const party = decodeParty(line);
    types.push(party.type);
    const fault = partyFault(party);
    if (fault === undefined) continue;
    const file = shardPath(ref.list, ref.segment, shardOf(line.uid));
    problems.push({ file, code: "shape", message: `party ${line.uid} ${fault}` });
  }
  return { types, problems };
}

/** Files that are broken already are left alone: their signatures would only say so again. */
function checkSignatures(
  files: LedgerFiles,
  segments: readonly CheckedSegment[],
  keys: readonly Verifier[],
  broken: ReadonlySet<string>,
): { count: SignatureCount; problems: Problem[] } {
  const problems: Problem[] = [];
  const count = { ...NO_SIGNATURES };
  const signed = new Set<string>();
  const entries = broken.has("signatures/log.ndjson") ? [] : readEntries(files, "signatures");
  for (const { path } of entries) {
    const bytes = files.read(path);
    if (bytes === undefined || broken.has(path)) continue;
    count.found += 1;
    const signature = parseFile<SignatureFile>(path, bytes);
    if (broken.has(signature.file)) continue;
    const content = files.read(signature.file);
    if (path !== `signatures/${signatureName(signature.file)}` || content === undefined) {
      problems.push({
        file: path,
        code: "signature",
        message: `signs ${signature.file}, which it does not belong to`,
      });
      continue;
    }
    const key = keys.find((one) => one.keyId === signature.keyId);
    if (key === undefined) count.otherKey += 1;
    else if (key.verify(signature, content)) {
      count.valid += 1;
      signed.add(signature.file);
    } else {
      problems.push({ file: path, code: "signature", message: `does not fit ${signature.file}` });
    }
  }
  if (keys.length > 0) {
    for (const { ref } of segments) {
      const head = headPath(ref.list, ref.segment);
      if (signed.has(head) || broken.has(head) || broken.has(`signatures/${signatureName(head)}`)) continue;
      problems.push({
        file: head,
        code: "unsigned",
        message: `has no signature by ${keys.map((key) => key.keyId).join(" or ")}`,
      });
    }
  }
  return { count, problems };
}

export function verifyExit(report: Pick<VerifyReport, "ok">): ExitCode {
  return report.ok ? EXIT.done : EXIT.ledger;
}
