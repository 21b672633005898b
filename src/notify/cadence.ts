import type { Instant } from "../domain/index.ts";

export const WEEKDAYS = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a subscription hears: at once, or in one digest at an hour (0–23) of a day in an IANA time zone. */
export type Cadence =
  | { readonly kind: "immediate" }
  | { readonly kind: "daily"; readonly hour: number; readonly timeZone: string }
  | { readonly kind: "weekly"; readonly weekday: Weekday; readonly hour: number; readonly timeZone: string };

export type PeriodicCadence = Exclude<Cadence, { kind: "immediate" }>;

/** Hours of every day in which nothing is sent, `from` ≤ hour < `to`; over midnight when `from` > `to`. */
export interface QuietPeriod {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
}

/** The wall clock of a zone, as if it were UTC. */
function wallClock(instant: number, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatter(timeZone)
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  const at = (name: string) => parts[name] ?? 0;
  return new Date(Date.UTC(at("year"), at("month") - 1, at("day"), at("hour"), at("minute"), at("second")));
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formatters.set(timeZone, made);
  return made;
}

/** True when the platform knows an IANA time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    formatter(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * The instant at which a zone's clock shows a wall time. An hour that a change of clocks skips is taken with
 * the offset before the change, one that occurs twice is taken the first time.
 */
function instantOf(wall: Date, timeZone: string): number {
  const target = wall.getTime();
  const candidates = [target - 86_400_000, target + 86_400_000].map((near) => {
    const offset = wallClock(near, timeZone).getTime() - Math.floor(near / 1000) * 1000;
    return target - offset;
  });
  const exact = candidates.filter((at) => wallClock(at, timeZone).getTime() === target);
  return exact.length > 0 ? Math.min(...exact) : (candidates[0] ?? target);
}

/** The slot at or before an instant, and the next one after it. */
export function slots(cadence: PeriodicCadence, now: Instant): { last: Instant; next: Instant } {
  const at = Date.parse(now);
  const today = wallClock(at, cadence.timeZone);
  const found: number[] = [];
  for (let day = -8; day <= 8; day += 1) {
    const wall = new Date(
      Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + day, cadence.hour),
    );
    if (cadence.kind === "daily" || WEEKDAYS[wall.getUTCDay()] === cadence.weekday) {
      found.push(instantOf(wall, cadence.timeZone));
    }
  }
  return {
    last: isoInstant(Math.max(...found.filter((slot) => slot <= at))),
    next: isoInstant(Math.min(...found.filter((slot) => slot > at))),
  };
}

/** True while nothing is sent. */
export function isQuiet(quiet: QuietPeriod, now: Instant): boolean {
  const hour = wallClock(Date.parse(now), quiet.timeZone).getUTCHours();
  return quiet.from <= quiet.to
    ? hour >= quiet.from && hour < quiet.to
    : hour >= quiet.from || hour < quiet.to;
}

/** `YYYY-MM-DDTHH:MM:SSZ`. */
export function isoInstant(ms: number): Instant {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
