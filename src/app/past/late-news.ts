import { type ListState, type PartyLine, partyMap } from "../../domain/index.ts";
import type { ReadOtherwise, SeenChange } from "./read-otherwise.ts";

type Parties = ReadonlyMap<number, PartyLine>;

/** Parties that an older reader lost or made up at one publication, so that the chain still has them wrong. */
export interface LateNews {
  /** Which is to be corrected. */
  readonly publication: string;
  /** To be listed, and no longer to be listed. */
  readonly uids: readonly number[];
}

/**
 * Of the parties that today's reader finds on the list and its chain does not, or the other way round, those whose
 * coming or going the kept files prove: that is OFAC's doing, which nobody was told, and not the reader's. Each belongs
 * to the last publication that says so; what no publication explains stays the reader's.
 * @param differing oldest first
 */
export function lateNews(chain: Parties, right: Parties, differing: readonly ReadOtherwise[]): LateNews[] {
  const isListed = (change: SeenChange, isSeen: boolean) => (change.op === "add") === isSeen;
  const last = new Map<number, string>();
  for (const { publication, missed, unseen } of differing) {
    for (const [changes, isSeen] of [
      [missed, true],
      [unseen, false],
    ] as const) {
      for (const change of changes) {
        const { uid, op } = change;
        if (op === "modify" || right.has(uid) === chain.has(uid)) continue;
        if (right.has(uid) === isListed(change, isSeen)) last.set(uid, publication);
      }
    }
  }
  return differing.flatMap(({ publication }) => {
    const uids = [...last].filter(([, of]) => of === publication).map(([uid]) => uid);
    return uids.length === 0 ? [] : [{ publication, uids: uids.sort((a, b) => a - b) }];
  });
}

/** A state in which some parties stand as they do in another: listed as there, or not listed. */
export function asIn(state: ListState, other: Parties, uids: Iterable<number>): ListState {
  const lines = new Map(state.parties);
  for (const uid of uids) {
    const line = other.get(uid);
    if (line === undefined) lines.delete(uid);
    else lines.set(uid, line);
  }
  return { ...state, parties: partyMap(lines.values()) };
}
