import { type Head, UsageError } from "../../domain/index.ts";

/**
 * A chain is read by one version of its reader. Another would read the same file differently, and that must never
 * pass for a change by OFAC: first the chain is carried over by a `reinterpretation`.
 * @throws UsageError `interpreter-changed`
 */
export function requireSameReader(
  head: Pick<Head, "list" | "segment" | "interpreter"> | undefined,
  reading: { readonly interpreter: string },
): void {
  if (head === undefined || head.interpreter === reading.interpreter) return;
  throw new UsageError(
    "interpreter-changed",
    `${head.list}/${head.segment}: expected a list read by ${head.interpreter}, as its chain is, found ` +
      `${reading.interpreter}. This version of ofac-ledger reads the same file differently. Nothing of it is recorded; ` +
      `carry the chain over first: ofac-ledger reinterpret --list ${head.list} --segment ${head.segment}`,
  );
}
