/** What went wrong, for a program: the message is for people. */
export type MirrorErrorCode =
  | "not-found"
  | "unreachable"
  | "not-json"
  | "unknown-version"
  | "wrong-hash"
  | "wrong-state"
  | "does-not-fit"
  | "diverged"
  | "no-such-segment";

/** An error of the mirror. The store is as it was: try again, or look into it. */
export class MirrorError extends Error {
  readonly code: MirrorErrorCode;
  constructor(code: MirrorErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MirrorError";
    this.code = code;
  }
}
