import type { PartyChange, StoredRecord, UnknownChange } from "../domain/index.ts";
import type { Placed } from "./chain.ts";

/** What one record did to a party. */
export interface Touch {
  readonly stored: StoredRecord;
  /** A party can leave and come back in one record only under another uid, so there is at most one. */
  readonly change: PartyChange | null;
  readonly unknown: readonly UnknownChange[];
}

/** Every party that a record ever touched, each with its touches, oldest first. */
export function partyHistories(placed: readonly Placed[]): ReadonlyMap<number, readonly Touch[]> {
  const histories = new Map<number, Touch[]>();
  for (const { stored } of placed) {
    const touches = new Map<number, { change: PartyChange | null; unknown: UnknownChange[] }>();
    const touch = (uid: number) => {
      const found = touches.get(uid) ?? { change: null, unknown: [] };
      touches.set(uid, found);
      return found;
    };
    for (const change of stored.record.changes) touch(change.uid).change = change;
    for (const item of stored.record.unknown) touch(item.uid).unknown.push(item);
    for (const [uid, found] of touches) {
      const history = histories.get(uid) ?? [];
      history.push({ stored, ...found });
      histories.set(uid, history);
    }
  }
  return new Map([...histories].sort(([a], [b]) => a - b));
}
