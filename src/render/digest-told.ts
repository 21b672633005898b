import type { LedgerRecord } from "../domain/index.ts";

/**
 * Of a record the parties that this mail has not told yet: one that came on both lists with the same facts in
 * one release is told once, with the first.
 */
export function firstTime(
  record: LedgerRecord,
  uids: readonly number[] | undefined,
  told: Set<string>,
): ReadonlySet<number> {
  const wanted = uids === undefined ? undefined : new Set(uids);
  const repeated = new Set<number>();
  for (const change of record.changes) {
    if (wanted?.has(change.uid) === false) continue;
    const facts = change.op === "modify" ? [change.beforeHash, change.afterHash] : [JSON.stringify(change)];
    const key = `${record.releaseId} ${change.op} ${change.uid} ${facts.join(" ")}`;
    if (told.has(key)) repeated.add(change.uid);
    told.add(key);
  }
  const changed = new Set(record.changes.map(({ uid }) => uid));
  // Filters are asked of changes; of what may or may not have changed nobody can tell, so everybody hears of it.
  const open = record.unknown.map(({ uid }) => uid).filter((uid) => !changed.has(uid));
  const own = [...changed].filter((uid) => (wanted?.has(uid) ?? true) && !repeated.has(uid));
  return new Set([...own, ...open]);
}
