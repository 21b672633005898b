import {
  AREAS,
  type Area,
  type AreaShape,
  type AreaValue,
  areaShape,
  type Coverage,
  canonicalJson,
  coverageOf,
  type FieldChange,
  type Hash,
  IntegrityError,
  type ModifiedParty,
  type Party,
  sortChildren,
  standsInRemarks,
  type UnknownChange,
} from "../domain/index.ts";
import { compareChildren } from "./children.ts";

/** The values of one area of a party, as a list: empty where it has none. */
export function areaValues(party: Party, shape: AreaShape): readonly AreaValue[] {
  const value: unknown = party[shape.property];
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as AreaValue];
}

/** All field changes from one form of a party to another, in area order. */
export function compareParties(before: Party, after: Party): FieldChange[] {
  const cut = isCut(before) || isCut(after);
  return AREAS.flatMap((shape) =>
    compareChildren(shape, areaValues(before, shape), areaValues(after, shape), cut),
  );
}

/** True where the source cut this party's remarks, so that what follows the cut is not known. */
export function isCut(party: Party): boolean {
  return party.remarks?.some((remark) => remark.cut === true) ?? false;
}

/** What both sides could see: decides which differences are changes and which are unknown. */
export interface Sight {
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
  readonly coverageBefore: Coverage;
  readonly coverageAfter: Coverage;
}

/** A party's differences with what stands for the whole of it. */
export interface PartyDifference {
  readonly uid: number;
  readonly type: string;
  readonly name: string;
  readonly beforeHash: Hash;
  readonly afterHash: Hash;
  readonly fields: readonly FieldChange[];
}

/** Parts proven changes from what the source cannot show. */
export function partByProof(
  difference: PartyDifference,
  sight: Sight,
): { change: ModifiedParty | undefined; unknown: UnknownChange[] } {
  const { fields, ...party } = difference;
  const known: FieldChange[] = [];
  const unknown: UnknownChange[] = [];
  for (const field of fields) {
    const doubt = doubtOf(field, sight);
    if (doubt === undefined) known.push(field);
    else unknown.push({ ...party, ...field, ...doubt });
  }
  return { change: known.length === 0 ? undefined : { op: "modify", ...party, fields: known }, unknown };
}

function doubtOf(field: FieldChange, sight: Sight): Pick<UnknownChange, "reason" | "detail"> | undefined {
  const { area, action } = field;
  if (shownOnOneSideOnly(area, sight)) return AREA_NOT_SHOWN;
  if (action === "change") return doubtOfPair(field);
  if (isCutRemark(field.before) || isCutRemark(field.after)) return CUT_TEXT;
  const value = field.before ?? field.after;
  if (value === undefined || !standsInRemarks(areaShape(area), value)) return undefined;
  const pastCut = action === "remove" ? sight.cutAfter : sight.cutBefore;
  return pastCut ? PAST_CUT : undefined;
}

/** Two values that are the same thing to both sources, but for what one of them does not show. */
function doubtOfPair(field: FieldChange): Pick<UnknownChange, "reason" | "detail"> | undefined {
  if (uidAppeared(field)) return UID_NOT_SHOWN;
  return dotAppeared(field) ? DOT_NOT_SHOWN : undefined;
}

// No sentence names a side, so that a change set and its inverse say the same.
const AREA_NOT_SHOWN = {
  reason: "absent",
  detail: "one of the two sources does not show this area",
} as const;

const UID_NOT_SHOWN = { reason: "absent", detail: "one source does not show OFAC's uid of it" } as const;
const DOT_NOT_SHOWN = {
  reason: "absent",
  detail: "not every source shows whether the linked name ends with a dot of its own",
} as const;
const CUT_TEXT = { reason: "truncated", detail: "the text at the cut of the remarks differs" } as const;
const PAST_CUT = {
  reason: "truncated",
  detail: "may stand past the cut of the remarks, which the source does not show",
} as const;

/** An area that exactly one of the two sources has no place for. */
function shownOnOneSideOnly(area: Area, sight: Sight): boolean {
  const before = coverageOf(sight.coverageBefore, area) === "absent";
  return before !== (coverageOf(sight.coverageAfter, area) === "absent");
}

function uidAppeared(field: FieldChange): boolean {
  const only = field.paths?.length === 1 && field.paths[0]?.length === 1 && field.paths[0][0] === "uid";
  return only && hasUid(field.before) !== hasUid(field.after);
}

/** A link without uid, whose names are one but for a dot at the end. */
function dotAppeared({ area, before, after }: FieldChange): boolean {
  return area === "relationship" && before !== undefined && !hasUid(before) && !hasUid(after);
}

function hasUid(value: AreaValue | undefined): boolean {
  return typeof value === "object" && "uid" in value;
}

function isCutRemark(value: AreaValue | undefined): boolean {
  return typeof value === "object" && "cut" in value;
}

/**
 * The party with the fields applied. Every `before` must stand in it as recorded.
 * @throws IntegrityError `change-does-not-fit` naming party and key.
 */
export function applyFields(party: Party, fields: readonly FieldChange[]): Party {
  const result: Record<string, unknown> = { ...party };
  for (const shape of AREAS) {
    const own = fields.filter((field) => field.area === shape.area);
    if (own.length === 0) continue;
    const values = own.reduce(
      (current, field) => replaceChild(party.uid, current, field),
      areaValues(party, shape),
    );
    if (values.length === 0) delete result[shape.property];
    else if (shape.shape === "scalar") result[shape.property] = values[0];
    else result[shape.property] = sortChildren(values as readonly object[]);
  }
  return result as unknown as Party;
}

function replaceChild(uid: number, values: readonly AreaValue[], field: FieldChange): readonly AreaValue[] {
  let rest = values;
  if (field.before !== undefined) {
    const wanted = canonicalJson(field.before);
    const at = values.findIndex((value) => canonicalJson(value) === wanted);
    if (at < 0) {
      throw new IntegrityError(
        "change-does-not-fit",
        `Party ${uid}: expected ${field.key} to be ${short(wanted)} before the change, but the state has no such ` +
          "value. The change set belongs to another state; apply the records in order, from a verified state.",
      );
    }
    rest = [...values.slice(0, at), ...values.slice(at + 1)];
  }
  return field.after === undefined ? rest : [...rest, field.after];
}

function short(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`;
}
