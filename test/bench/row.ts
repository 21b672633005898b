import type { Medians } from "./measure.ts";

/** A row of the bench: one kind of work, measured when everything that it needs is there. */
export interface Row {
  /** For `--only`. */
  readonly name: string;
  /** What is done, in one line. */
  readonly work: string;
  /** Of what it needs. */
  readonly needs: readonly Need[];
  measure(bench: Bench): Promise<readonly Line[]>;
}

/** OFAC's files beside the project; outside programs that a row is measured against. */
export type Need = "data" | "xmllint" | "python";

/** What rows are measured with. */
export interface Bench {
  /** A folder that is thrown away at the end; inputs that several rows share lie in it. */
  readonly work: string;
  /** Pairs (or runs) a row; at least 1. */
  readonly pairs: number;
  /** The real interpreter, past any shim. */
  readonly python: string;
  say(line: string): void;
}

/** A limit with what was found. */
export interface Check {
  readonly what: string;
  readonly found: number;
  readonly limit: number;
  readonly unit: "×" | "ms" | "MB" | "MB/s" | "%" | "parties" | "files";
  readonly holds: boolean;
}

/** One line of the table. */
export interface Line {
  readonly row: string;
  readonly work: string;
  readonly ours: Medians;
  readonly baseline: { readonly name: string; readonly medians: Medians } | null;
  /** The same ratio in processor time. */
  readonly cpuRatio: number | null;
  readonly checks: readonly Check[];
  /** What else is worth knowing, in a few words. */
  readonly note?: string;
}

export function atMost(what: string, found: number, limit: number, unit: Check["unit"]): Check {
  return { what, found, limit, unit, holds: found <= limit };
}

export function atLeast(what: string, found: number, limit: number, unit: Check["unit"]): Check {
  return { what, found, limit, unit, holds: found >= limit };
}
