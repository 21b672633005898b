import { decodeParty, type Party, type PartyLine } from "../domain/index.ts";
import { partyNames } from "./facts.ts";

/** The parties of a list, by what a notice knows of them. */
export interface PartyLookup {
  byUid(uid: number): Party | undefined;
  /** Parties with this name, alias or script form; `key` as `nameKey` makes it. In ascending order of uid. */
  byName(key: string): readonly Party[];
  /** True for a name some party has: what a reader of entry lines wants to know (`KnownNames`). */
  has(key: string): boolean;
}

/** Indexes parties once; decode them from the state after the publication. */
export function partyLookup(parties: Iterable<Party>): PartyLookup {
  const byUid = new Map<number, Party>();
  const byName = new Map<string, Party[]>();
  for (const party of parties) {
    byUid.set(party.uid, party);
    for (const key of partyNames(party)) {
      const known = byName.get(key);
      if (known === undefined) byName.set(key, [party]);
      else known.push(party);
    }
  }
  for (const found of byName.values()) found.sort((a, b) => a.uid - b.uid);
  return {
    byUid: (uid) => byUid.get(uid),
    byName: (key) => byName.get(key) ?? [],
    has: (key) => byName.has(key),
  };
}

/**
 * The same of a state, without holding its parties: each is decoded again when it is asked for. A whole SDN list,
 * decoded, weighs more than all else an update holds.
 */
export function stateLookup(state: ReadonlyMap<number, PartyLine>): PartyLookup {
  const byUid = (uid: number): Party | undefined => {
    const line = state.get(uid);
    return line === undefined ? undefined : decodeParty(line);
  };
  const byName = new Map<string, number[]>();
  for (const line of state.values()) {
    for (const key of partyNames(decodeParty(line))) {
      const known = byName.get(key);
      if (known === undefined) byName.set(key, [line.uid]);
      else known.push(line.uid);
    }
  }
  for (const found of byName.values()) found.sort((a, b) => a - b);
  return {
    byUid,
    byName: (key) => (byName.get(key) ?? []).flatMap((uid) => byUid(uid) ?? []),
    has: (key) => byName.has(key),
  };
}

/** The keys of names a line's reader may take for known, beside a list's own: those of a change set's parties. */
export function namesOf(parties: Iterable<Party>): ReadonlySet<string> {
  return new Set([...parties].flatMap((party) => [...partyNames(party)]));
}
