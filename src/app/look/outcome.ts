import {
  type ContextEntry,
  EXIT,
  type ExitCode,
  type Instant,
  type Issue,
  type LedgerError,
  type LedgerRecord,
  type ListId,
} from "../../domain/index.ts";
import type { HeldRemovals } from "./checks.ts";
import type { Plan } from "./plan.ts";

/** What an update did, list by list. */
export interface UpdateReport {
  readonly lists: readonly ListOutcome[];
  readonly context: readonly ContextEntry[];
  readonly issues: readonly Issue[];
  /** Ledger files written; none when there was nothing new. */
  readonly written: readonly string[];
  /** Files of the evidence written in a folder of its own; none when it lies in the ledger's. */
  readonly evidence: readonly string[];
  readonly exitCode: ExitCode;
}

export interface ListOutcome {
  readonly list: ListId;
  readonly outcome: "baseline" | "publication" | "unchanged" | "waiting" | "failed";
  readonly record?: LedgerRecord;
  readonly held?: HeldRemovals;
  readonly error?: LedgerError;
  /** Of a source that is not asked: until when. */
  readonly until?: Instant;
  readonly exitCode: ExitCode;
}

/** What came of a list, for the report and the exit code. */
export function outcomeOf({ standing, look, held }: Plan, record: LedgerRecord | undefined): ListOutcome {
  const { list, check } = standing;
  const waits = held === undefined ? {} : { held };
  const heldExit = held === undefined ? EXIT.done : EXIT.held;
  switch (look.outcome) {
    case "failed":
      return { list, outcome: "failed", error: look.error, ...waits, exitCode: look.error.exitCode };
    case "waiting": {
      // A source that is left alone after a failure has still failed: the alarm stays until it answers again.
      const exitCode = check?.trouble?.exitCode ?? EXIT.unreachable;
      return { list, outcome: "waiting", until: look.until, ...waits, exitCode };
    }
    case "unchanged":
    case "read": {
      if (record === undefined) return { list, outcome: "unchanged", ...waits, exitCode: heldExit };
      const outcome = record.kind === "baseline" ? "baseline" : "publication";
      return { list, outcome, record, ...waits, exitCode: heldExit };
    }
  }
}
