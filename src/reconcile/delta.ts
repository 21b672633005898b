import {
  type Area,
  type Coverage,
  compareText,
  coverageOf,
  type DeltaComparison,
  type DeltaFacts,
  type FieldChange,
  type ListId,
  linkedNameKey,
  type PartyChange,
} from "../domain/index.ts";
import type { PartyLookup } from "./lookup.ts";
import { listOf } from "./sides.ts";

const NOTHING = {
  addedOnlyHere: [],
  addedOnlyThere: [],
  removedOnlyHere: [],
  removedOnlyThere: [],
  modifiedOnlyHere: [],
  modifiedOnlyThere: [],
  areasDiffer: [],
};

/**
 * Our changes against OFAC's own delta (ofac-formats §5.3): the uids added and removed must be equal, modified
 * ones the same and in areas that the delta names too. The delta mixes both lists: what it says of the other is
 * left out. It shows more than some sources do: what ours cannot show is no difference.
 */
export function compareDelta(
  record: { readonly changes: readonly PartyChange[]; readonly list: ListId; readonly coverage: Coverage },
  delta: DeltaFacts | null,
  lookup: PartyLookup,
): DeltaComparison {
  if (delta === null) return { verdict: "not cross-checked", publications: [], ...NOTHING };
  const { changes, list } = record;
  const ours = (op: string) =>
    new Set(changes.filter((change) => change.op === op).map((change) => change.uid));
  const mine = delta.entities.filter(
    (entity) => belongs(entity.lists, list) ?? known(entity.uid, changes, lookup),
  );
  const theirs = (op: string) =>
    new Set(mine.filter((entity) => entity.op === op).map((entity) => entity.uid));
  const modified = mine.filter((entity) => entity.op === "modify" && entity.areas.length > 0);
  // A party that changes lists is added to one file and removed from the other, and modified for the delta.
  const moved = new Set(
    modified.filter((entity) => entity.areas.includes("list")).map((entity) => entity.uid),
  );
  const touched = new Set(mine.map((entity) => entity.uid));
  const visible = modified.filter((entity) => entity.areas.some((area) => shown(area, record.coverage)));
  const renamed = renamedKeys(changes);
  const sides = {
    addedOnlyHere: missing(ours("add"), union(theirs("add"), moved)),
    addedOnlyThere: missing(theirs("add"), ours("add")),
    removedOnlyHere: missing(ours("remove"), union(theirs("remove"), moved)),
    removedOnlyThere: missing(theirs("remove"), ours("remove")),
    modifiedOnlyHere: missing(
      new Set(changes.filter((one) => one.op === "modify" && !follows(one, renamed)).map((one) => one.uid)),
      touched,
    ),
    modifiedOnlyThere: missing(
      new Set(visible.map((entity) => entity.uid)),
      new Set(changes.map((change) => change.uid)),
    ),
    areasDiffer: areasDiffer(changes, new Map(modified.map((entity) => [entity.uid, entity.areas])), renamed),
  };
  const verdict = Object.values(sides).every((side) => side.length === 0) ? "agrees" : "differs";
  return { verdict, publications: delta.publications, ...sides };
}

/**
 * Whether our source could not but show a change in this area. Names in other scripts are names to the delta,
 * and only a source that shows everything shows them.
 */
function shown(area: Area, coverage: Coverage): boolean {
  if (area === "name" || area === "alias")
    return Object.values(coverage).every((level) => level === "complete");
  return coverageOf(coverage, area) === "complete";
}

/** Former and present names of parties that this publication renamed or removed. */
function renamedKeys(changes: readonly PartyChange[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const change of changes) {
    if (change.op === "add") continue;
    keys.add(linkedNameKey(change.name));
    if (change.op !== "modify") continue;
    for (const { area, before } of change.fields) {
      if (area === "name" && typeof before === "object" && "full" in before)
        keys.add(linkedNameKey(String(before.full)));
    }
  }
  return keys;
}

/** A relation's text changes when the party at its other end is renamed or leaves: not a change for the delta. */
function follows(change: PartyChange, renamed: ReadonlySet<string>): boolean {
  return change.op === "modify" && change.fields.every((field) => followsOne(field, renamed));
}

function followsOne({ area, before }: FieldChange, renamed: ReadonlySet<string>): boolean {
  if (area !== "relationship" || typeof before !== "object" || !("targetName" in before)) return false;
  return renamed.has(linkedNameKey(String(before.targetName)));
}

function union(a: ReadonlySet<number>, b: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...a, ...b]);
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

/** Areas in which we saw a change and the delta none; the reverse may be a matter of what our source shows. */
function areasDiffer(
  changes: readonly PartyChange[],
  there: ReadonlyMap<number, readonly Area[]>,
  renamed: ReadonlySet<string>,
): DeltaComparison["areasDiffer"] {
  return changes.flatMap((change) => {
    const areas = change.op === "modify" ? there.get(change.uid) : undefined;
    if (change.op !== "modify" || areas === undefined) return [];
    const own = change.fields.filter((field) => !followsOne(field, renamed));
    const here = [...new Set(own.map((field) => field.area))];
    const only = here.filter((area) => !areas.includes(area));
    return only.length === 0
      ? []
      : [{ uid: change.uid, here: here.sort(compareText), there: [...areas].sort(compareText) }];
  });
}
