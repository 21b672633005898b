import { type Instant, UsageError } from "../domain/index.ts";

/** The clock, read here and passed on as a value. */
export function currentInstant(): Instant {
  const pinned = process.env["OFAC_LEDGER_NOW"];
  if (pinned === undefined || pinned === "") return instant(new Date());
  const at = new Date(pinned);
  if (Number.isNaN(at.getTime())) {
    throw new UsageError(
      "bad-clock",
      `OFAC_LEDGER_NOW: expected an instant like 2023-05-23T18:00:00Z, found "${pinned}".`,
    );
  }
  return instant(at);
}

function instant(at: Date): Instant {
  return `${at.toISOString().slice(0, 19)}Z`;
}
