import {
  type Area,
  compareText,
  type DeltaComparison,
  type DeltaFacts,
  type ListId,
  type PartyChange,
} from "../domain/index.ts";
import type { PartyLookup } from "./lookup.ts";
import { listOf } from "./sides.ts";

/**
 * Our changes against OFAC's own delta (ofac-formats §5.3): the uids added and removed must be equal, modified
 * ones the same and in the same areas. The delta mixes both lists: what it says of the other is left out.
 */
export function compareDelta(
  changes: readonly PartyChange[],
  delta: DeltaFacts | null,
  list: ListId,
  lookup: PartyLookup,
): DeltaComparison {
  if (delta === null) {
    return {
      verdict: "not cross-checked",
      publications: [],
      addedOnlyHere: [],
      addedOnlyThere: [],
      removedOnlyHere: [],
      removedOnlyThere: [],
      modifiedOnlyHere: [],
      modifiedOnlyThere: [],
      areasDiffer: [],
    };
  }
  const ours = (op: string) =>
    new Set(changes.filter((change) => change.op === op).map((change) => change.uid));
  const mine = delta.entities.filter(
    (entity) => belongs(entity.lists, list) ?? known(entity.uid, changes, lookup),
  );
  const theirs = (op: string) =>
    new Set(mine.filter((entity) => entity.op === op).map((entity) => entity.uid));
  const modifiedThere = mine.filter((entity) => entity.op === "modify" && entity.areas.length > 0);
  const touched = new Set(mine.map((entity) => entity.uid));
  const sides = {
    addedOnlyHere: missing(ours("add"), theirs("add")),
    addedOnlyThere: missing(theirs("add"), ours("add")),
    removedOnlyHere: missing(ours("remove"), theirs("remove")),
    removedOnlyThere: missing(theirs("remove"), ours("remove")),
    modifiedOnlyHere: missing(ours("modify"), touched),
    modifiedOnlyThere: missing(new Set(modifiedThere.map((entity) => entity.uid)), ours("modify")),
    areasDiffer: areasDiffer(changes, new Map(modifiedThere.map((entity) => [entity.uid, entity.areas]))),
  };
  const verdict = Object.values(sides).every((side) => side.length === 0) ? "agrees" : "differs";
  return { verdict, publications: delta.publications, ...sides };
}

/** Whether a record with these lists is of this file; undefined where it names none. */
function belongs(lists: readonly string[], list: ListId): boolean | undefined {
  return lists.length === 0 ? undefined : lists.some((name) => listOf(name) === list);
}

function known(uid: number, changes: readonly PartyChange[], lookup: PartyLookup): boolean {
  return lookup.byUid(uid) !== undefined || changes.some((change) => change.uid === uid);
}

function missing(here: ReadonlySet<number>, there: ReadonlySet<number>): number[] {
  return [...here].filter((uid) => !there.has(uid)).sort((a, b) => a - b);
}

/** Only areas that our source could not but show are held against the delta; it shows more than any other file. */
function areasDiffer(
  changes: readonly PartyChange[],
  there: ReadonlyMap<number, readonly Area[]>,
): DeltaComparison["areasDiffer"] {
  return changes.flatMap((change) => {
    const areas = change.op === "modify" ? there.get(change.uid) : undefined;
    if (change.op !== "modify" || areas === undefined) return [];
    const here = [...new Set(change.fields.map((field) => field.area))];
    const only = here.filter((area) => !areas.includes(area));
    return only.length === 0
      ? []
      : [{ uid: change.uid, here: here.sort(compareText), there: [...areas].sort(compareText) }];
  });
}
