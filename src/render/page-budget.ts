import { countPhrase, countTypes, type Party, type StoredRecord, typesInOrder } from "../domain/index.ts";
import type { ModifiedView } from "./change-view.ts";
import type { FactView, PartyView } from "./party-view.ts";
import type { PartyGroup, PublicationView } from "./publication-view.ts";

/** A publication as one page shows it: the first parties with all facts, the others by name. */
export interface CutPublication extends Omit<PublicationView, "added" | "removed" | "changed"> {
  readonly added: readonly CutGroup[];
  readonly removed: readonly CutGroup[];
  readonly changed: readonly ChangedGroup[];
  /** Some parties are shown by name only. */
  readonly isCut: boolean;
}

export interface CutGroup extends PartyGroup {
  /** Parties by name alone, each with a page of its own. */
  readonly brief: readonly PartyView[];
}

/** Changed parties of one type, the weightiest first. */
export interface ChangedGroup {
  readonly countWords: string;
  readonly parties: readonly ModifiedView[];
  readonly brief: readonly ModifiedView[];
}

/**
 * Bytes of HTML for the details of parties. A page of 300 kB still opens at once on a phone; names, folded
 * edits and the frame need the rest.
 */
const BUDGET = 170_000;

/**
 * More bytes of HTML than the details of a record can need, told without looking at a word of them: what the texts in
 * it take (they stand in its JSON too), and for each party, fact and changed field more than its frame and label.
 */
export function weightAtMost({ record, bytes }: StoredRecord): number {
  return record.changes.reduce((sum, change) => {
    if (change.op === "modify") return sum + 800 + 600 * change.fields.length;
    return sum + 720 + 220 * childCount(change.op === "add" ? change.after : change.before);
  }, 1.3 * bytes.length);
}

const childCount = (party: Party): number =>
  Object.values(party).reduce((sum: number, value) => sum + (Array.isArray(value) ? value.length : 1), 0);

/** True for a record so small that all of it fits, whatever it says; most are, and need no view to know it. */
export const certainlyFits = (stored: StoredRecord): boolean => weightAtMost(stored) <= BUDGET;

/** Bytes of HTML that the details of all parties need. */
export function weightOf({ added, removed, changed }: PublicationView): number {
  const parties = [...added, ...removed].flatMap((group) => group.parties);
  return (
    parties.reduce((sum, party) => sum + partyWeight(party), 0) +
    changed.reduce((sum, party) => sum + changeWeight(party), 0)
  );
}

/** The publication within the budget, or whole when `whole` says so. */
export function withinBudget(view: PublicationView, whole: boolean): CutPublication {
  let room = whole ? Number.POSITIVE_INFINITY : BUDGET;
  const fits = (weight: number): boolean => {
    room -= weight;
    return room >= 0;
  };
  const groups = (all: readonly PartyGroup[]): CutGroup[] =>
    all.map((group) => {
      const parties = group.parties.filter((party) => fits(partyWeight(party)));
      const kept = new Set(parties);
      return { ...group, parties, brief: group.parties.filter((party) => !kept.has(party)) };
    });
  const added = groups(view.added);
  const removed = groups(view.removed);
  const types = typesInOrder(countTypes(view.changed.map(({ type }) => type)));
  const changed = types.map((type): ChangedGroup => {
    const own = view.changed.filter((party) => party.type === type);
    const parties = own.filter((party) => fits(changeWeight(party)));
    const kept = new Set(parties);
    return {
      countWords: countPhrase(type, own.length),
      parties,
      brief: own.filter((party) => !kept.has(party)),
    };
  });
  return {
    ...view,
    added,
    removed,
    changed,
    isCut: room < 0,
  };
}

const partyWeight = ({ name, facts, why }: PartyView): number =>
  700 +
  2 * name.length +
  facts.reduce((sum, fact) => sum + factWeight(fact), 0) +
  (why?.quotes ?? []).reduce((sum, { text }) => sum + 400 + (text ?? "").length, 0);

const factWeight = ({ label, values }: FactView): number =>
  90 + label.length + values.reduce((sum, value) => sum + 45 + value.length, 0);

const changeWeight = ({ name, fields }: ModifiedView): number =>
  800 +
  2 * name.length +
  fields.reduce(
    (sum, { before, after }) => sum + 500 + 1.2 * (before ?? "").length + 1.2 * (after ?? "").length,
    0,
  );
