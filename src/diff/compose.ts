import {
  AREAS,
  type AreaValue,
  areaShape,
  type ChangeSet,
  type Coverage,
  canonicalJson,
  type FieldChange,
  IntegrityError,
  type Party,
  type PartyChange,
  partyLine,
  type UnknownChange,
} from "../domain/index.ts";
import { edits, type PartyEdit } from "./apply.ts";
import { compareChildren } from "./children.ts";
import { applyFields, compareParties, isCut, partByProof, type Sight } from "./party.ts";

/** What the outermost two sources of a composition show; both complete unless said. */
export interface ComposeSight {
  readonly before: Coverage;
  readonly after: Coverage;
}

/** What one change set does to one party. */
type Step =
  | { readonly kind: "add"; readonly after: Party }
  | { readonly kind: "remove"; readonly before: Party }
  | { readonly kind: "edit"; readonly edit: PartyEdit; readonly doubted: boolean };

/**
 * One change set for two in a row. Law: `compose(diff(a, b), diff(b, c))` is `diff(a, c)`, byte for byte: what
 * was added and taken back is gone, what changed twice changed once. Needs no state.
 * @throws IntegrityError `change-does-not-fit` when the second does not follow the first.
 */
export function compose(first: ChangeSet, second: ChangeSet, sight?: ComposeSight): ChangeSet {
  const coverage = sight ?? { before: {}, after: {} };
  const before = steps(first);
  const after = steps(second);
  const changes: PartyChange[] = [];
  const unknown: UnknownChange[] = [];
  for (const uid of [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b)) {
    const joined = join(uid, before.get(uid), after.get(uid), coverage);
    if (joined.change !== undefined) changes.push(joined.change);
    unknown.push(...joined.unknown);
  }
  return { changes, unknown };
}

/**
 * One change set for many in a row: what `compose` makes of them two by two, but a party is looked at as often as it
 * was touched, and not once for every set. For sources that all show the same areas.
 * @throws IntegrityError `change-does-not-fit` when one does not follow the one before it.
 */
export function composeAll(sets: readonly ChangeSet[], coverage: Coverage): ChangeSet {
  const sight = { before: coverage, after: coverage };
  const joined = new Map<number, Step>();
  for (const set of sets) {
    for (const [uid, step] of steps(set)) {
      const before = joined.get(uid);
      const after = before === undefined ? step : stepOf(uid, join(uid, before, step, sight));
      if (after === undefined) joined.delete(uid);
      else joined.set(uid, after);
    }
  }
  const changes: PartyChange[] = [];
  const unknown: UnknownChange[] = [];
  for (const uid of [...joined.keys()].sort((a, b) => a - b)) {
    const found = alone(joined.get(uid), sight);
    if (found.change !== undefined) changes.push(found.change);
    unknown.push(...found.unknown);
  }
  return { changes, unknown };
}

function stepOf(uid: number, { change, unknown }: Joined): Step | undefined {
  return steps({ changes: change === undefined ? [] : [change], unknown }).get(uid);
}

function steps(set: ChangeSet): Map<number, Step> {
  const byUid = new Map<number, Step>();
  const doubted = new Set(set.unknown.filter((e) => e.reason === "truncated").map((e) => e.uid));
  for (const edit of edits(set)) byUid.set(edit.uid, { kind: "edit", edit, doubted: doubted.has(edit.uid) });
  for (const change of set.changes) {
    if (change.op === "add") byUid.set(change.uid, { kind: "add", after: change.after });
    if (change.op === "remove") byUid.set(change.uid, { kind: "remove", before: change.before });
  }
  return byUid;
}

interface Joined {
  readonly change: PartyChange | undefined;
  readonly unknown: readonly UnknownChange[];
}

const NOTHING: Joined = { change: undefined, unknown: [] };

function join(uid: number, a: Step | undefined, b: Step | undefined, coverage: ComposeSight): Joined {
  if (a === undefined || b === undefined) return alone(a ?? b, coverage);
  switch (a.kind) {
    case "add":
      if (b.kind === "remove") return NOTHING;
      if (b.kind === "edit") return asAdded(applyFields(a.after, b.edit.fields));
      break;
    case "remove":
      if (b.kind === "add") return asReplaced(a.before, b.after, coverage);
      break;
    case "edit":
      if (b.kind === "remove") return asRemoved(applyFields(b.before, backwards(a.edit.fields)));
      if (b.kind === "edit") return asEdited(a, b, coverage);
  }
  throw new IntegrityError(
    "change-does-not-fit",
    `Party ${uid}: after "${a.kind}" no "${b.kind}" can follow. The two change sets are not consecutive; ` +
      "compose them in the order of their chain.",
  );
}

function alone(step: Step | undefined, coverage: ComposeSight): Joined {
  if (step === undefined) return NOTHING;
  if (step.kind === "add") return asAdded(step.after);
  if (step.kind === "remove") return asRemoved(step.before);
  return asEdited(step, undefined, coverage);
}

function asAdded(after: Party): Joined {
  return {
    change: { op: "add", uid: after.uid, type: after.type, name: after.name.full, after },
    unknown: [],
  };
}

function asRemoved(before: Party): Joined {
  const { uid, type, name } = before;
  return { change: { op: "remove", uid, type, name: name.full, before }, unknown: [] };
}

function asReplaced(before: Party, after: Party, coverage: ComposeSight): Joined {
  const old = partyLine(before);
  const now = partyLine(after);
  if (old.digest === now.digest) return NOTHING;
  return partByProof(
    {
      uid: after.uid,
      type: after.type,
      name: after.name.full,
      beforeHash: `sha256:${old.digest}`,
      afterHash: `sha256:${now.digest}`,
      fields: compareParties(before, after),
    },
    sightOf(isCut(before), isCut(after), coverage),
  );
}

type EditStep = Extract<Step, { kind: "edit" }>;

function asEdited(a: EditStep, b: EditStep | undefined, coverage: ComposeSight): Joined {
  const last = b?.edit ?? a.edit;
  if (b !== undefined && a.edit.afterHash !== b.edit.beforeHash) {
    throw new IntegrityError(
      "change-does-not-fit",
      `Party ${last.uid}: the first change set ends with ${a.edit.afterHash}, the second begins with ` +
        `${b.edit.beforeHash}. They are not consecutive; compose them in the order of their chain.`,
    );
  }
  if (a.edit.beforeHash === last.afterHash) return NOTHING;
  const { cutBefore, cutAfter } = cuts(a, b);
  const fields = netFields([...a.edit.fields, ...(b?.edit.fields ?? [])], cutBefore || cutAfter);
  return partByProof(
    { ...last, beforeHash: a.edit.beforeHash, afterHash: last.afterHash, fields },
    sightOf(cutBefore, cutAfter, coverage),
  );
}

function sightOf(cutBefore: boolean, cutAfter: boolean, coverage: ComposeSight): Sight {
  return { cutBefore, cutAfter, coverageBefore: coverage.before, coverageAfter: coverage.after };
}

/** Fields in a row as one comparison per area: what an earlier one added and a later one took cancels. */
function netFields(fields: readonly FieldChange[], cut: boolean): FieldChange[] {
  return AREAS.flatMap((shape) => {
    const own = fields.filter((field) => field.area === shape.area);
    if (own.length === 0) return [];
    const taken: AreaValue[] = [];
    const given: AreaValue[] = [];
    for (const { before, after } of own) {
      if (before !== undefined && !takeEqual(given, before)) taken.push(before);
      if (after !== undefined) given.push(after);
    }
    return compareChildren(areaShape(shape.area), taken, given, cut);
  });
}

function takeEqual(values: AreaValue[], wanted: AreaValue): boolean {
  const text = canonicalJson(wanted);
  const at = values.findIndex((value) => canonicalJson(value) === text);
  if (at >= 0) values.splice(at, 1);
  return at >= 0;
}

/**
 * Whether the party's remarks were cut before the first and after the second step. A step that touches the cut
 * says so itself; one that does not leaves it as it was, and then any doubt it left means that it was there.
 */
function cuts(a: EditStep, b: EditStep | undefined): { cutBefore: boolean; cutAfter: boolean } {
  const first = cutTouched(a.edit.fields);
  const second = b === undefined ? undefined : cutTouched(b.edit.fields);
  const untouched = a.doubted || (b?.doubted ?? false);
  return {
    cutBefore: first?.before ?? second?.before ?? untouched,
    cutAfter: second?.after ?? first?.after ?? untouched,
  };
}

function cutTouched(fields: readonly FieldChange[]): { before: boolean; after: boolean } | undefined {
  const before = fields.some((field) => isCutChild(field.before));
  const after = fields.some((field) => isCutChild(field.after));
  return before || after ? { before, after } : undefined;
}

function isCutChild(value: AreaValue | undefined): boolean {
  return typeof value === "object" && "cut" in value;
}

function backwards(fields: readonly FieldChange[]): FieldChange[] {
  return fields.map(({ before, after, ...rest }) => ({
    ...rest,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }));
}
