import { addDays, type LedgerRecord } from "../../domain/index.ts";

/** A day more or less: a page is released on the day before or after its list at the most (ofac-formats §9.9). */
export const APART_DAYS = 1;

/** True for a publication whose day is at most one off another's. */
export function isNear(a: LedgerRecord, b: LedgerRecord): boolean {
  const told = a.kind === "publication" || a.kind === "correction";
  if (!told || a.date === null || b.date === null) return false;
  return a.date >= addDays(b.date, -APART_DAYS) && a.date <= addDays(b.date, APART_DAYS);
}
