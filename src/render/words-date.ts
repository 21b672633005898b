import { easternClock, type Instant, type IsoDate } from "../domain/index.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** `23 May 2023`; `undated` for none. Tables of our own: locale data differs between machines. */
export function dateWords(date: IsoDate | null): string {
  if (date === null) return "undated";
  const [year, month, day] = date.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

/** `Tuesday 23 May 2023`. */
export function longDateWords(date: IsoDate | null): string {
  if (date === null) return "undated";
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? "";
  return `${weekday} ${dateWords(date)}`;
}

/** `May 2023`. */
export function monthWords(date: IsoDate): string {
  return dateWords(date).split(" ").slice(1).join(" ");
}

/** `23 May 2023, 18:43 UTC (14:43 Eastern)`; the Eastern date is named where it is another. */
export function instantWords(instant: Instant): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const utc = at.toISOString();
  const clock = easternClock(instant);
  const eastern = `${two(clock.hour)}:${two(clock.minute)} Eastern`;
  const other = clock.date === utc.slice(0, 10) ? "" : ` on ${dateWords(clock.date)}`;
  return `${dateWords(utc.slice(0, 10))}, ${utc.slice(11, 16)} UTC (${eastern}${other})`;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** When a publication must have happened, as far as it is known. */
export function windowWords(window: {
  readonly after: Instant | null;
  readonly notLaterThan: Instant | null;
}): string {
  const { after, notLaterThan } = window;
  if (after === null && notLaterThan === null) return "not known";
  if (after === null) return `not later than ${instantWords(notLaterThan ?? "")}`;
  if (notLaterThan === null) return `after ${instantWords(after)}`;
  return `after ${instantWords(after)}, not later than ${instantWords(notLaterThan)}`;
}
