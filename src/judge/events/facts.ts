import { type JudgedChange, LIST_TITLE, type ListId, type MassEdit, type Party } from "../../domain/index.ts";
import type { Fate } from "../fates.ts";
import type { JudgeInput, Sight } from "../input.ts";
import type { Rule } from "../rule.ts";

/** What events are made from. */
export interface EventFacts {
  readonly input: JudgeInput;
  readonly sight: Sight;
  readonly fates: ReadonlyMap<number, Fate>;
  readonly rules: readonly Rule[];
  /** As judged, in the order of the change set. */
  readonly changes: readonly JudgedChange[];
  readonly groups: readonly MassEdit[];
}

const MARK = "Consolidated List";

/** The lists of one of OFAC's files that a party is on, as OFAC names them; the file's title where not told. */
export function listNames(party: Party | undefined, list: ListId): readonly string[] {
  if (list === "sdn") return [LIST_TITLE.sdn];
  const names = (party?.lists ?? [])
    .map((membership) => membership.name)
    .filter((name) => name !== MARK && name !== LIST_TITLE.sdn);
  return names.length === 0 ? [LIST_TITLE.consolidated] : names;
}

/** `TORNADO CASH (38499)` */
export function named(uid: number, name: string): string {
  return `${name} (${uid})`;
}

/** `a`, `a and b`, `a, b and c` */
export function joined(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
