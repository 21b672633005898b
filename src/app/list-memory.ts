import type { ListState } from "../domain/index.ts";
import { readMemory, writeMemory } from "../normalize/index.ts";
import type { AppPorts } from "./ports.ts";
import type { ListMemory } from "./read-list.ts";
import type { Standing } from "./standing.ts";

type Place = Pick<Standing, "list" | "profile">;

/**
 * What the last reading of a list remembered, from a folder that may be thrown away: parties whose raw text has not
 * changed need not be read again. The parties themselves are the ledger's; where it has others, they are read anew.
 */
export function recallList(
  { cache }: AppPorts,
  place: Place,
  state: () => ListState | null,
): ListMemory | undefined {
  const bytes = cache?.read(pathOf(place));
  if (bytes === undefined) return undefined;
  const parties = state()?.parties;
  return parties === undefined ? undefined : readMemory(new TextDecoder().decode(bytes), parties);
}

/** Keeps what a reading remembers for the next one. */
export function keepMemory({ cache }: AppPorts, place: Place, memory: ListMemory): void {
  cache?.write(pathOf(place), new TextEncoder().encode(writeMemory(memory)));
}

function pathOf({ list, profile }: Place): string {
  return `readings/${list}-${profile}.txt`;
}
