import { parsePublicationId } from "../domain/index.ts";
import type { Publication } from "./outbox.ts";

/** A correction is a message of its own, in the thread of what it corrects. */
export function threadKey({ record }: Publication): string {
  return record.kind === "correction" ? `correction ${record.id}` : record.releaseId;
}

/** The release whose thread a message belongs to; of a correction that of what it corrects. */
export function threadOf({ record }: Publication): string {
  const corrected = record.kind === "correction" ? parsePublicationId(record.supersedes ?? "") : undefined;
  return corrected === undefined ? record.releaseId : `${corrected.day}.${corrected.sequence}`;
}

/** The thread of publications that are all of one release; null for several. */
export function commonThread(publications: readonly Publication[]): string | null {
  const [thread, ...others] = new Set(publications.map(threadOf));
  return thread === undefined || others.length > 0 ? null : thread;
}

/** Values by their key, in the order in which the keys first occur. */
export function grouped<T>(values: readonly T[], keyOf: (value: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value)) ?? [];
    group.push(value);
    groups.set(keyOf(value), group);
  }
  return [...groups.values()];
}
