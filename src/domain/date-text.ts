import { isIsoDate } from "./date.ts";
import type { Period } from "./party.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const POINT = "(?:(?:(\\d{1,2}) )?([A-Za-z]{3,9}) )?(\\d{4})";
const DATE_TEXT = new RegExp(`^(circa |approximately )?${POINT}(?:(?: to |\\s?-\\s?)${POINT})?$`, "i");

/**
 * The days that a date text of OFAC's may mean (ofac-formats §2.6, §3.3): `1946`, `Sep 1938`, `10 Dec 1948`,
 * each also with `circa`, or two of them joined by `to` (or `-`). Undefined for any other text; nothing is
 * guessed, and a day that does not exist is no date.
 */
export function datePeriod(text: string): Period | undefined {
  const match = DATE_TEXT.exec(text.trim());
  if (match === null) return undefined;
  const [, circa, day, month, year, day2, month2, year2] = match;
  const begin = point(day, month, year);
  const end = year2 === undefined ? begin : point(day2, month2, year2);
  if (begin === undefined || end === undefined || end.to < begin.from) return undefined;
  return { from: begin.from, to: end.to, ...(circa === undefined ? {} : { approximate: true as const }) };
}

/** True for a text that `datePeriod` understands. */
export function isDateText(text: string): boolean {
  return datePeriod(text) !== undefined;
}

/** First and last day of a year, a month or a day. */
function point(
  day: string | undefined,
  month: string | undefined,
  year: string | undefined,
): { from: string; to: string } | undefined {
  if (year === undefined) return undefined;
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  if (index < 0) return undefined;
  const prefix = `${year}-${String(index + 1).padStart(2, "0")}`;
  if (day === undefined) return { from: `${prefix}-01`, to: lastDay(year, index) };
  const date = `${prefix}-${day.padStart(2, "0")}`;
  return isIsoDate(date) ? { from: date, to: date } : undefined;
}

function lastDay(year: string, monthIndex: number): string {
  return new Date(Date.UTC(Number(year), monthIndex + 1, 0)).toISOString().slice(0, 10);
}
