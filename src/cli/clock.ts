import { type Instant, isIsoDate, UsageError } from "../domain/index.ts";

/**
 * The clock, read here and passed on as a value.
 * @throws UsageError `bad-clock`
 */
export function currentInstant(): Instant {
  const pinned = process.env["OFAC_LEDGER_NOW"];
  if (pinned === undefined || pinned === "") return instant(new Date());
  const at = readInstant(pinned);
  if (at !== undefined) return at;
  throw new UsageError(
    "bad-clock",
    `OFAC_LEDGER_NOW: expected an instant like 2023-05-23T18:00:00Z, found "${pinned}". Correct the variable, or unset it.`,
  );
}

/** The same for lines of a log, which must come out even when the clock is what they complain of. */
export function logInstant(): Instant {
  try {
    return currentInstant();
  } catch {
    return instant(new Date());
  }
}

/** RFC 3339, which always says its zone. */
const RFC_3339 =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** An instant in UTC to the second, of a text like `2023-05-23T14:44:00-04:00`; undefined where it is none. */
export function readInstant(text: string): Instant | undefined {
  const [, date = ""] = RFC_3339.exec(text) ?? [];
  if (!isIsoDate(date)) return undefined;
  const at = new Date(text.toUpperCase());
  return Number.isNaN(at.getTime()) ? undefined : instant(at);
}

function instant(at: Date): Instant {
  return `${at.toISOString().slice(0, 19)}Z`;
}
