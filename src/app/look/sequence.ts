import {
  compactDate,
  type IsoDate,
  type LedgerRecord,
  type ListId,
  parsePublicationId,
} from "../../domain/index.ts";
import { type LedgerFiles, parseFile, recordIds, recordPath } from "../../ledger/index.ts";

/** Hands out sequence numbers; ids are unique over all segments and never given twice. */
export interface Sequences {
  /** The next number of a list and Eastern date, from 1. */
  next(list: ListId, date: IsoDate | null): number;
}

/** Sequences that continue after every record on disk. */
export function sequencesOf(files: LedgerFiles): Sequences {
  const highest = new Map<string, number>();
  const taken = (day: string, sequence: number) =>
    highest.set(day, Math.max(highest.get(day) ?? 0, sequence));
  for (const ref of recordIds(files)) {
    const parsed = parsePublicationId(ref.id);
    if (parsed === undefined) continue;
    taken(`${parsed.list}-${parsed.day}`, parsed.sequence);
    if (parsed.suffix === undefined) continue;
    // A correction is named after what it corrects, and counts on the day on which it was made.
    const path = recordPath(ref);
    const bytes = files.read(path);
    const record = bytes === undefined ? undefined : parseFile<LedgerRecord>(path, bytes);
    if (record !== undefined) taken(dayOf(record.list, record.date), record.sequence);
  }
  return {
    next(list, date) {
      const day = dayOf(list, date);
      const sequence = (highest.get(day) ?? 0) + 1;
      highest.set(day, sequence);
      return sequence;
    },
  };
}

function dayOf(list: ListId, date: IsoDate | null): string {
  return `${list}-${date === null ? "undated" : compactDate(date)}`;
}
