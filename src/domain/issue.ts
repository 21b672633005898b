/** What a room could not understand. Fatal stops before anything under a chain is written. */
export interface Issue {
  readonly severity: "fatal" | "warning";
  /** Stable and public, e.g. `unknown-element`. */
  readonly code: string;
  readonly message: string;
  /** File, record or line. */
  readonly where: string;
  /** A few, short. */
  readonly examples: readonly string[];
}
