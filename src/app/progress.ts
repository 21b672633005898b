/** What is going on during long work; goes to standard error, never to standard output. */
export interface Progress {
  /** One thing that happened. */
  line(text: string): void;
  /** How far a long work is; `label` says what is being done now. */
  step(done: number, total: number, label: string): void;
}

export const SILENT: Progress = { line: () => undefined, step: () => undefined };
