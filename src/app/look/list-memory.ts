import type { ListId, ListState, Profile } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import { readMemory, writeMemory } from "../../normalize/index.ts";
import type { ListMemory } from "./read-list.ts";

/** The chain that a reading continues, and the kind of files it was made from. */
interface Place {
  readonly list: ListId;
  readonly profile: Profile;
  readonly segment: string;
}

/** A folder for what may be thrown away at any time; undefined: nothing is remembered. */
type Cache = LedgerFiles | undefined;

/**
 * What the last reading of a list remembered, from a folder that may be thrown away: parties whose raw text has not
 * changed need not be read again. The parties themselves are the ledger's; where it has others, they are read anew.
 */
export function recallList(
  cache: Cache,
  place: Place,
  state: () => ListState | null | undefined,
): ListMemory | undefined {
  const bytes = cache?.read(pathOf(place));
  if (bytes === undefined) return undefined;
  const parties = state()?.parties;
  return parties === undefined ? undefined : readMemory(new TextDecoder().decode(bytes), parties);
}

/** Keeps what a reading remembers for the next one. */
export function keepMemory(cache: Cache, place: Place, memory: ListMemory): void {
  cache?.write(pathOf(place), new TextEncoder().encode(writeMemory(memory)));
}

function pathOf({ list, profile, segment }: Place): string {
  return `readings/${list}-${segment}-${profile}.txt`;
}
