import type { EnhancedPeriod, Period } from "../domain/index.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * The text of a date that an Enhanced file gives as four days only (ofac-formats §3.3): `16 Oct 2019`,
 * `Oct 2019`, `2019`, with `circa` and `to` as OFAC writes them. Undefined for days that are no such period.
 */
export function periodText(period: EnhancedPeriod): string | undefined {
  const from = period.fromBegin ?? period.fromEnd;
  const to = period.toEnd ?? period.toBegin;
  const circa = period.approximate ? "circa " : "";
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) {
    const only = from ?? to ?? "";
    const point = pointText(only, only);
    return point === undefined ? undefined : `${circa}${point}`;
  }
  if (!period.range) {
    const point = pointText(from, to);
    return point === undefined ? undefined : `${circa}${point}`;
  }
  const first = pointText(from, period.fromEnd ?? from);
  const last = pointText(period.toBegin ?? to, to);
  return first === undefined || last === undefined ? undefined : `${circa}${first} to ${last}`;
}

/** The days that an Enhanced file itself gives; undefined where one end is open. */
export function statedPeriod(period: EnhancedPeriod): Period | undefined {
  const from = period.fromBegin ?? period.fromEnd;
  const to = period.toEnd ?? period.toBegin;
  if (from === undefined || to === undefined) return undefined;
  return { from, to, ...(period.approximate ? { approximate: true as const } : {}) };
}

/** A year, a month or a day, where the two days are exactly that. */
function pointText(begin: string, end: string): string | undefined {
  const [year, month, day] = begin.split("-");
  const name = MONTHS[Number(month) - 1];
  if (year === undefined || name === undefined || day === undefined) return undefined;
  if (begin === end) return `${day} ${name} ${year}`;
  if (begin === `${year}-01-01` && end === `${year}-12-31`) return year;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
  return begin === `${year}-${month}-01` && end === lastDay ? `${name} ${year}` : undefined;
}
