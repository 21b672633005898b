import { decodeParty, type ListState } from "../../domain/index.ts";
import { keyId, type MatchKey, partyKeys } from "./match-keys.ts";

/**
 * Which parties of a state hold a match key. Kept from one publication to the next it only reads the parties
 * whose content changed, so that a long import stays quick; what it answers depends on the state alone.
 */
export interface KeyIndex {
  /** Makes the index that of this state. */
  sync(state: ListState): void;
  /** The uids that hold a key, ascending. */
  holders(key: Pick<MatchKey, "space" | "normalised">): readonly number[];
}

/** An index of nothing yet. */
export function createKeyIndex(): KeyIndex {
  const digests = new Map<number, string>();
  const keysOf = new Map<number, readonly string[]>();
  const uidsOf = new Map<string, Set<number>>();
  let current: ListState | undefined;

  function forget(uid: number): void {
    for (const id of keysOf.get(uid) ?? []) {
      const uids = uidsOf.get(id);
      uids?.delete(uid);
      if (uids?.size === 0) uidsOf.delete(id);
    }
    keysOf.delete(uid);
    digests.delete(uid);
  }

  return {
    sync(state) {
      if (state === current) return;
      for (const uid of [...digests.keys()]) if (!state.parties.has(uid)) forget(uid);
      for (const [uid, line] of state.parties) {
        if (digests.get(uid) === line.digest) continue;
        forget(uid);
        const ids = [...new Set(partyKeys(decodeParty(line)).map(keyId))];
        digests.set(uid, line.digest);
        keysOf.set(uid, ids);
        for (const id of ids) {
          const uids = uidsOf.get(id);
          if (uids === undefined) uidsOf.set(id, new Set([uid]));
          else uids.add(uid);
        }
      }
      current = state;
    },
    holders(key) {
      return [...(uidsOf.get(keyId(key)) ?? [])].sort((a, b) => a - b);
    },
  };
}
