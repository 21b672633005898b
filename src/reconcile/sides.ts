import { type ListId, nameKey, type Party, type PartyChange } from "../domain/index.ts";
import { partyNames } from "./facts.ts";
import type { PartyLookup } from "./lookup.ts";

/** A change with the party as it is to be compared: after it, or before it for a removal. */
export interface ChangedParty {
  readonly change: PartyChange;
  readonly party: Party;
  /** The record it stands in, when that is another one of the same day. */
  readonly record?: string;
}

/** The changes of a record by what a line may know of their parties. */
export class ChangeIndex {
  readonly all: readonly ChangedParty[];
  readonly #byName = new Map<string, ChangedParty[]>();

  constructor(changes: readonly PartyChange[], lookup: PartyLookup, record?: string) {
    this.all = changes.map((change) => ({
      change,
      party: partyOf(change, lookup),
      ...(record === undefined ? {} : { record }),
    }));
    for (const entry of this.all) {
      for (const key of namesOfChange(entry)) {
        const known = this.#byName.get(key);
        if (known === undefined) this.#byName.set(key, [entry]);
        else known.push(entry);
      }
    }
  }

  /** Changes whose party has one of these names, once each, in the order of the change set. */
  named(keys: Iterable<string>): ChangedParty[] {
    const found = new Set<ChangedParty>();
    for (const key of keys) for (const entry of this.#byName.get(key) ?? []) found.add(entry);
    return [...found].sort((a, b) => a.change.uid - b.change.uid);
  }
}

function partyOf(change: PartyChange, lookup: PartyLookup): Party {
  if (change.op === "add") return change.after;
  if (change.op === "remove") return change.before;
  return (
    lookup.byUid(change.uid) ?? {
      uid: change.uid,
      type: change.type,
      name: { full: change.name },
      blocking: "unknown",
    }
  );
}

/** Names before and after: a notice may state either. */
function namesOfChange({ change, party }: ChangedParty): Set<string> {
  const keys = partyNames(party);
  if (change.op !== "modify") return keys;
  for (const { area, before } of change.fields) {
    if (area !== "name" && area !== "alias") continue;
    if (typeof before === "string") keys.add(nameKey(before));
    else if (before !== undefined && "full" in before && typeof before.full === "string")
      keys.add(nameKey(before.full));
  }
  return keys;
}

/** Which of the two files a list of OFAC's stands in; null for a page that names none. */
export function listOf(name: string | null): ListId | null {
  if (name === null) return null;
  return name === "SDN List" ? "sdn" : "consolidated";
}
