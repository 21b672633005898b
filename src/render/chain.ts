import type { StoredRecord } from "../domain/index.ts";
import { compareText, LISTS } from "../domain/index.ts";

/** A record with its place: its neighbours in its segment. */
export interface Placed {
  readonly stored: StoredRecord;
  readonly previous: StoredRecord | null;
  readonly next: StoredRecord | null;
}

/**
 * All records, oldest first: by date, inside a segment always in chain order. A record without a date, or
 * dated before the one it follows (a correction), stands where its chain puts it.
 */
export function inOrder(records: readonly StoredRecord[]): Placed[] {
  const placed = [...segments(records).values()].flatMap((chain) => {
    let date = "";
    return chain.map((stored, at) => {
      const own = stored.record.date ?? "";
      if (own > date) date = own;
      const key = { date, at, stored };
      return { ...key, previous: chain[at - 1] ?? null, next: chain[at + 1] ?? null };
    });
  });
  placed.sort(
    (a, b) =>
      compareText(a.date, b.date) ||
      LISTS.indexOf(a.stored.record.list) - LISTS.indexOf(b.stored.record.list) ||
      compareText(a.stored.record.segment, b.stored.record.segment) ||
      a.at - b.at,
  );
  return placed.map(({ stored, previous, next }) => ({ stored, previous, next }));
}

/** Ids of the corrections of each record that has any, oldest first. */
export function correctionsIn(placed: readonly Placed[]): Map<string, readonly string[]> {
  const corrections = new Map<string, readonly string[]>();
  for (const { record } of placed.map(({ stored }) => stored)) {
    if (record.kind !== "correction" || record.supersedes === undefined) continue;
    corrections.set(record.supersedes, [...(corrections.get(record.supersedes) ?? []), record.id]);
  }
  return corrections;
}

/** Records by segment, each in chain order: from the one that follows none, along `previous`. */
function segments(records: readonly StoredRecord[]): Map<string, StoredRecord[]> {
  const bySegment = new Map<string, StoredRecord[]>();
  for (const stored of records) {
    const name = `${stored.record.list}/${stored.record.segment}`;
    const members = bySegment.get(name) ?? [];
    members.push(stored);
    bySegment.set(name, members);
  }
  return new Map([...bySegment].map(([name, members]) => [name, chained(members)]));
}

function chained(members: readonly StoredRecord[]): StoredRecord[] {
  const depths = new Map<string, number>();
  const byId = new Map(members.map((stored) => [stored.record.id, stored]));
  const depth = (stored: StoredRecord): number => {
    const path = new Set<string>();
    let at: StoredRecord | undefined = stored;
    while (at !== undefined && !depths.has(at.record.id) && !path.has(at.record.id)) {
      path.add(at.record.id);
      at = at.record.previous === null ? undefined : byId.get(at.record.previous.id);
    }
    let base = at === undefined ? 0 : (depths.get(at.record.id) ?? 0);
    for (const id of [...path].reverse()) {
      base += 1;
      depths.set(id, base);
    }
    return depths.get(stored.record.id) ?? 0;
  };
  return [...members].sort((a, b) => depth(a) - depth(b) || compareText(a.record.id, b.record.id));
}
