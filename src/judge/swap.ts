import type { Party } from "../domain/index.ts";
import { keyId, partyKeys } from "./keys/match-keys.ts";
import { normaliseText } from "./keys/normalise.ts";

/**
 * Whether a party's primary name and an alias changed places. `proven`: the new name was an alias before and
 * the old one is an alias now. `likely`: the old name lives on as an alias, and the source does not show all
 * aliases, so that the new one may have been one. Otherwise the party was renamed.
 */
export function swapped(before: Party, after: Party, showsAllAliases: boolean): "proven" | "likely" | "no" {
  if (normaliseText(before.name.full) === normaliseText(after.name.full)) return "no";
  if (!isAlias(after, before.name.full)) return "no";
  if (isAlias(before, after.name.full)) return "proven";
  return showsAllAliases ? "no" : "likely";
}

/** True when the party has the name as an alias, strong or weak. */
export function isAlias(party: Party, name: string): boolean {
  const wanted = `name:${normaliseText(name)}`;
  return partyKeys({ aliases: party.aliases ?? [] }).some((key) => keyId(key) === wanted);
}
