import { applyChanges, invert } from "../../diff/index.ts";
import { addDays, type IsoDate, type LedgerRecord, type PartyLine } from "../../domain/index.ts";
import { APART_DAYS, isNear } from "./near.ts";

type Parties = ReadonlyMap<number, PartyLine>;

/** One record with the list before and after it, and the records around it. */
export interface Step {
  readonly record: LedgerRecord;
  readonly before: Parties;
  readonly after: Parties;
  /** Publications of the same chain whose day is at most one off, newest first; without this one. */
  readonly neighbours: readonly LedgerRecord[];
}

/**
 * The wanted records with their lists, by taking changes back from the newest: no further than the oldest of them
 * and the days around it. A baseline has no step.
 * @param newest the list after the first record
 * @param records newest first; read only as far as needed
 */
export function stepsBack(
  newest: Parties,
  records: Iterable<LedgerRecord>,
  wanted: ReadonlySet<string>,
): Step[] {
  const seen: LedgerRecord[] = [];
  const found: Omit<Step, "neighbours">[] = [];
  let after = newest;
  let floor: IsoDate | undefined;
  for (const record of records) {
    const open = found.length < wanted.size;
    if (!open && (record.date === null || floor === undefined || record.date < floor)) break;
    seen.push(record);
    if (record.kind === "baseline") break;
    if (!open) continue;
    const before = applyChanges(after, invert(record));
    if (wanted.has(record.id)) {
      found.push({ record, before, after });
      if (record.date !== null) floor = addDays(record.date, -APART_DAYS);
    }
    after = before;
  }
  return found.map((step) => ({
    ...step,
    neighbours: seen.filter((other) => other.id !== step.record.id && isNear(other, step.record)),
  }));
}
