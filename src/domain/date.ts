/** An ISO calendar date `YYYY-MM-DD`. Dates are US Eastern, instants are UTC. */
export type IsoDate = string;
/** An ISO instant `YYYY-MM-DDTHH:MM:SSZ` (fractions allowed), always UTC. */
export type Instant = string;

let eastern: Intl.DateTimeFormat | undefined;

/** Made when it is wanted: it takes longer than all else that a start does, and most commands need it not. */
function easternFormat(): Intl.DateTimeFormat {
  eastern ??= new Intl.DateTimeFormat("en-CA", {
    timeZone: "America/New_York",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return eastern;
}

/** US Eastern wall clock of an instant: its date, and the seconds since that day's midnight on the clock. */
export function easternClock(instant: Instant): {
  date: IsoDate;
  hour: number;
  minute: number;
  second: number;
} {
  const parts = easternFormat().formatToParts(new Date(instant));
  const part = Object.fromEntries(parts.map((p) => [p.type, p.value]));
  return {
    date: `${part["year"]}-${part["month"]}-${part["day"]}`,
    hour: Number(part["hour"]),
    minute: Number(part["minute"]),
    second: Number(part["second"]),
  };
}

const HOUR_MS = 3_600_000;
/** US Eastern has been four or five hours behind UTC since 1883. */
const LEAST_BEHIND_MS = 4 * HOUR_MS;
const MOST_BEHIND_MS = 5 * HOUR_MS;
/** From the first whole year of railroad time to the last that four digits can write. */
const KNOWN_MS = { from: Date.UTC(1884, 0, 1), until: Date.UTC(9999, 0, 1) } as const;

/**
 * The US Eastern date of an instant. For all but one hour of the day the date is the same four and five hours behind
 * UTC, and the clock, which takes long to make, need not be asked.
 */
export function easternDate(instant: Instant): IsoDate {
  const at = Date.parse(instant);
  if (!(at >= KNOWN_MS.from && at < KNOWN_MS.until)) return easternClock(instant).date;
  const latest = new Date(at - LEAST_BEHIND_MS).toISOString().slice(0, 10);
  const earliest = new Date(at - MOST_BEHIND_MS).toISOString().slice(0, 10);
  return latest === earliest ? latest : easternClock(instant).date;
}

/** The day before. */
export function previousDate(date: IsoDate): IsoDate {
  return addDays(date, -1);
}

/** A date some days later (or earlier, when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  const at = new Date(`${date}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** `2023-05-23` as `20230523`. */
export function compactDate(date: IsoDate): string {
  return date.replaceAll("-", "");
}

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Of the months but February. */
const DAYS: ReadonlyMap<string, number> = new Map([
  ...["01", "03", "05", "07", "08", "10", "12"].map((month) => [month, 31] as const),
  ...["04", "06", "09", "11"].map((month) => [month, 30] as const),
]);

/** True for a calendar date that exists, `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  if (!ISO_DATE.test(text)) return false;
  const year = Number(text.slice(0, 4));
  const day = Number(text.slice(8));
  const february = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  const days = text.startsWith("02", 5) ? february : (DAYS.get(text.slice(5, 7)) ?? 0);
  return day >= 1 && day <= days;
}

/**
 * The Eastern date a captured file stands for: that of the capture instant, or the day before when it was
 * captured before 06:00 Eastern (OFAC publishes on business days; a night capture saw the day before).
 */
export function captureDate(instant: Instant): IsoDate {
  const clock = easternClock(instant);
  return clock.hour < 6 ? previousDate(clock.date) : clock.date;
}

/** `date` at noon US Eastern, as a UTC instant: the time stamp of what has a date only. */
export function easternNoon(date: IsoDate): Instant {
  const utcHour = easternClock(`${date}T16:00:00Z`).hour === 12 ? 16 : 17;
  return `${date}T${utcHour}:00:00Z`;
}
