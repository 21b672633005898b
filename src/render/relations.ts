import { compareText, decodeParty, linkedName, type Party } from "../domain/index.ts";
import type { SegmentState } from "./input.ts";

/** A listed party that names another. */
export interface NamedBy {
  readonly uid: number;
  readonly name: string;
  /** OFAC's words for the relation, `Linked To` and the like, as they stand on the naming party. */
  readonly type: string;
  /** The source gives the other's name and not its uid, and exactly one listed party has that name. */
  readonly byName: boolean;
}

/** Who names whom among the parties listed now. */
export interface Relations {
  /** By type and uid. */
  namedBy(uid: number): readonly NamedBy[];
  /** The one party with that primary name, whoever a dot at its end belongs to; undefined where there is none or more than one. */
  uidOf(name: string): number | undefined;
}

/**
 * Reads the relations of current states once. Of imported history alone the last states are what there is; beside a
 * live list they are past.
 */
export function relationsIn(states: readonly SegmentState[]): Relations {
  const live = states.filter(({ origin }) => origin === "live");
  const byName = new Map<string, number | undefined>();
  const naming = new Map<number, Party>();
  for (const { parties } of live.length > 0 ? live : states) {
    for (const line of parties.values()) {
      const party = decodeParty(line);
      const key = linkedName(party.name.full);
      byName.set(key, byName.has(key) && byName.get(key) !== party.uid ? undefined : party.uid);
      if (party.relationships !== undefined) naming.set(party.uid, party);
    }
  }
  const reverse = new Map<number, NamedBy[]>();
  for (const { uid, name, relationships = [] } of naming.values()) {
    for (const { type, targetUid, targetName } of relationships) {
      const target = targetUid ?? byName.get(linkedName(targetName));
      if (target === undefined || target === uid) continue;
      const found = reverse.get(target) ?? [];
      found.push({ uid, name: name.full, type: type.replace(/:$/u, ""), byName: targetUid === undefined });
      reverse.set(target, found);
    }
  }
  for (const found of reverse.values()) found.sort((a, b) => compareText(a.type, b.type) || a.uid - b.uid);
  return { namedBy: (uid) => reverse.get(uid) ?? [], uidOf: (name) => byName.get(linkedName(name)) };
}
