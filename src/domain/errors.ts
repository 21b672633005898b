/** Exit codes: 0 is done (changed or unchanged). Of several at once the first in `EXIT_ORDER` wins. */
export const EXIT = {
  done: 0,
  bug: 1,
  usage: 2,
  unreachable: 3,
  content: 4,
  held: 5,
  publish: 6,
  mail: 7,
  ledger: 8,
  disagree: 9,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const EXIT_ORDER: readonly ExitCode[] = [8, 4, 5, 3, 6, 7, 9, 2, 1, 0];

/** The exit code of a run in which several things happened. */
export function worstExit(codes: Iterable<ExitCode>): ExitCode {
  const seen = new Set(codes);
  return EXIT_ORDER.find((code) => seen.has(code)) ?? EXIT.done;
}

/**
 * An error the operator can do something about. The message says what was expected, what was found, where,
 * and what to do. Any other error is a bug: exit 1 with its stack.
 */
export class LedgerError extends Error {
  readonly code: string;
  readonly exitCode: ExitCode;
  constructor(code: string, exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** Usage, configuration, a missing file (exit 2). */
export class UsageError extends LedgerError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, EXIT.usage, message, options);
  }
}

/** A source could not be reached or refused us (exit 3). */
export class SourceError extends LedgerError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, EXIT.unreachable, message, options);
  }
}

/** Content is not readable or not plausible as a document, local or remote (exit 4). */
export class ContentError extends LedgerError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, EXIT.content, message, options);
  }
}

/** Artifacts could not be put in place (exit 6). */
export class PublishError extends LedgerError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, EXIT.publish, message, options);
  }
}

/** The ledger does not verify, or a change does not fit the state it is applied to (exit 8). */
export class IntegrityError extends LedgerError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(code, EXIT.ledger, message, options);
  }
}
