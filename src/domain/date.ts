/** An ISO calendar date `YYYY-MM-DD`. Dates are US Eastern, instants are UTC. */
export type IsoDate = string;
/** An ISO instant `YYYY-MM-DDTHH:MM:SSZ` (fractions allowed), always UTC. */
export type Instant = string;

const EASTERN = new Intl.DateTimeFormat("en-CA", {
  timeZone: "America/New_York",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});

/** US Eastern wall clock of an instant: its date, and the seconds since that day's midnight on the clock. */
export function easternClock(instant: Instant): {
  date: IsoDate;
  hour: number;
  minute: number;
  second: number;
} {
  const part = Object.fromEntries(EASTERN.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
  return {
    date: `${part["year"]}-${part["month"]}-${part["day"]}`,
    hour: Number(part["hour"]),
    minute: Number(part["minute"]),
    second: Number(part["second"]),
  };
}

/** The US Eastern date of an instant. */
export function easternDate(instant: Instant): IsoDate {
  return easternClock(instant).date;
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

/** True for a calendar date that exists, `YYYY-MM-DD`. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
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
