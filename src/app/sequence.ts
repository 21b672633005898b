import { compactDate, type IsoDate, type ListId, parsePublicationId } from "../domain/index.ts";
import { type LedgerFiles, recordIds } from "../ledger/index.ts";

/** Hands out sequence numbers; ids are unique over all segments and never given twice. */
export interface Sequences {
  /** The next number of a list and Eastern date, from 1. */
  next(list: ListId, date: IsoDate | null): number;
}

/** Sequences that continue after every record on disk. */
export function sequencesOf(files: LedgerFiles): Sequences {
  const highest = new Map<string, number>();
  for (const { id } of recordIds(files)) {
    const parsed = parsePublicationId(id);
    if (parsed === undefined) continue;
    const day = `${parsed.list}-${parsed.day}`;
    highest.set(day, Math.max(highest.get(day) ?? 0, parsed.sequence));
  }
  return {
    next(list, date) {
      const day = `${list}-${date === null ? "undated" : compactDate(date)}`;
      const sequence = (highest.get(day) ?? 0) + 1;
      highest.set(day, sequence);
      return sequence;
    },
  };
}
