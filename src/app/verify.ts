import { EXIT, type ExitCode } from "../domain/index.ts";
import { checkFiles, type LedgerFiles, type Problem, recover } from "../ledger/index.ts";
import { type Replay, replaySegment } from "./replay.ts";

export interface VerifyReport {
  readonly ok: boolean;
  readonly segments: readonly Replay[];
  readonly problems: readonly Problem[];
  /** What had to be done first because a run was interrupted. */
  readonly recovery: ReturnType<typeof recover>;
}

/** Recomputes every hash of a ledger and says where it breaks. */
export function verifyLedger(files: LedgerFiles, progress: (line: string) => void): VerifyReport {
  const recovery = recover(files);
  const { segments, problems } = checkFiles(files);
  const replays = segments.map((segment) => {
    progress(`replaying ${segment.ref.list}/${segment.ref.segment}: ${segment.records.length} records`);
    return replaySegment(segment);
  });
  const all = [...problems, ...replays.flatMap((replay) => replay.problems)];
  return { ok: all.length === 0, segments: replays, problems: all, recovery };
}

export function verifyExit(report: VerifyReport): ExitCode {
  return report.ok ? EXIT.done : EXIT.ledger;
}
