import { easternClock, type Instant } from "../domain/index.ts";

/** How sure an instant is that was made from a wall clock reading. */
export type ClockReading =
  | "exact"
  /** The hour that comes twice when summer time ends; the first of the two is taken. */
  | "ambiguous"
  /** The hour that is left out when summer time begins; read as standard time, so an hour later on the clock. */
  | "nonexistent";

const NAIVE = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;
const HOUR_MS = 3_600_000;
/** US Eastern is four hours behind UTC in summer and five in winter. */
const OFFSETS_HOURS = [4, 5] as const;

/** A wall clock time that there can be. */
interface WallClock {
  readonly clock: string;
  readonly wall: number;
  /** Where one is written. */
  readonly offset: string | undefined;
}

function wallClock(text: string): WallClock | undefined {
  const match = NAIVE.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, offset] = match;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const wall = Date.parse(`${clock}Z`);
  // Date.parse lets 31 February roll over; a calendar does not.
  if (Number.isNaN(wall) || !toInstant(wall).startsWith(clock)) return undefined;
  if (offset !== undefined && Number.isNaN(Date.parse(`${clock}${offset}`))) return undefined;
  return { clock, wall, offset };
}

/** True for a text that `easternInstant` understands, without asking what the clock in Washington showed. */
export function isEasternTime(text: string): boolean {
  return wallClock(text) !== undefined;
}

/**
 * The instant of a US Eastern wall clock time, as OFAC's API writes it (`2026-01-16T10:01:44.740051`, no
 * offset), cut to the second. Should OFAC begin to write an offset, that is honoured. Undefined when the text
 * is no such time.
 */
export function easternInstant(text: string): { at: Instant; reading: ClockReading } | undefined {
  const read = wallClock(text);
  if (read === undefined) return undefined;
  const { clock, wall, offset } = read;
  if (offset !== undefined) return { at: toInstant(Date.parse(`${clock}${offset}`)), reading: "exact" };

  const candidates = OFFSETS_HOURS.map((hours) => wall + hours * HOUR_MS).filter((ms) => reads(ms, clock));
  const [first, second_] = candidates;
  if (first === undefined) return { at: toInstant(wall + 5 * HOUR_MS), reading: "nonexistent" };
  return { at: toInstant(first), reading: second_ === undefined ? "exact" : "ambiguous" };
}

function reads(ms: number, clock: string): boolean {
  const eastern = easternClock(toInstant(ms));
  const two = (n: number) => String(n).padStart(2, "0");
  return clock === `${eastern.date}T${two(eastern.hour)}:${two(eastern.minute)}:${two(eastern.second)}`;
}

function toInstant(ms: number): Instant {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}
