import {
  type Alias,
  type Area,
  type AreaValue,
  type Attribute,
  childUid,
  type FieldChange,
  type Party,
  plainLabel,
} from "../domain/index.ts";
import { fold, withoutIds } from "./keys/fold.ts";
import { keyId, type MatchKey, partOf, partyKeys, valueKeys } from "./keys/match-keys.ts";
import type { FieldView } from "./rule.ts";

// What rules ask about a field. Every question is about values, never about the order they stand in.

/** The values of a field, before and after. */
export function valuesOf(field: FieldChange): AreaValue[] {
  return [field.before, field.after].filter((value) => value !== undefined);
}

/** OFAC's label of the value, in lower case and without trailing punctuation. */
export function labelOf(field: FieldChange): string {
  const labelled = valuesOf(field).find((value): value is Attribute => typeof value === "object");
  return plainLabel(labelled?.type ?? "").toLowerCase();
}

/** All of a field's texts, one after the other. */
export function textOf(field: FieldChange): string {
  return valuesOf(field)
    .flatMap((value) => (typeof value === "string" ? [value] : Object.values(value)))
    .filter((text) => typeof text === "string")
    .join(" ");
}

/** The program tag of a value: of the program area, or of `Additional Program Tags -` (in brackets there). */
export function tagOf(area: Area, value: AreaValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  const part = partOf(area, value);
  const code = part.programs?.[0]?.code;
  if (code !== undefined) return code;
  const feature = part.features?.[0];
  return feature !== undefined && isProgramTagLabel(feature)
    ? feature.value.replace(/^\[|\]$/g, "")
    : undefined;
}

function isProgramTagLabel(feature: Attribute): boolean {
  return plainLabel(feature.type ?? "").toLowerCase() === "additional program tags";
}

/** Fields of the same area that do the opposite: a value gone where this one came. */
export function opposites(view: Pick<FieldView, "field" | "fields">): FieldChange[] {
  const { area, action } = view.field;
  const opposite = action === "add" ? "remove" : action === "remove" ? "add" : undefined;
  return view.fields.filter((other) => other.area === area && other.action === opposite);
}

/** The values this field turns into one another, its opposites included: `[before, after]` pairs. */
export function turns(view: FieldView): (readonly [AreaValue, AreaValue])[] {
  const { before, after } = view.field;
  if (before !== undefined && after !== undefined) return [[before, after]];
  return opposites(view).flatMap((other) => {
    const old = before ?? other.before;
    const now = after ?? other.after;
    return old === undefined || now === undefined ? [] : [[old, now] as const];
  });
}

/** True when the value only was written anew: equal once writing is folded away. */
export function saysTheSame(view: FieldView, rank: "kept" | "dropped"): boolean {
  const { area } = view.field;
  return turns(view).some(([old, now]) => fold(area, old, { rank }) === fold(area, now, { rank }));
}

/** True when nothing but OFAC's ids differs. */
export function isRecreated(view: FieldView): boolean {
  return turns(view).some(
    ([old, now]) =>
      withoutIds(old) === withoutIds(now) && (childUid(Object(old)) !== childUid(Object(now)) || old !== now),
  );
}

/** The alias on one side of a field. */
export function aliasOf(value: AreaValue | undefined): Alias | undefined {
  return value === undefined ? undefined : partOf("alias", value).aliases?.[0];
}

/** True when the field is about a strong alias (or a change of one). */
export function isStrongAlias(field: FieldChange): boolean {
  return [aliasOf(field.before), aliasOf(field.after)].some((alias) => alias?.quality === "strong");
}

/**
 * True when no key of the party came, went or changed its strength by this field: what it adds the party had,
 * what it takes away the party still has.
 */
export function leavesKeysAlone(view: FieldView): boolean {
  const { area, before, after } = view.field;
  const lost = valueKeys(area, before);
  const gained = valueKeys(area, after);
  if (lost.length + gained.length === 0) return false;
  return (
    lost.every((key) => holdsAtLeast(view.after, key)) &&
    gained.every((key) => holdsAtLeast(view.before, key))
  );
}

function holdsAtLeast(party: Party, key: MatchKey): boolean {
  return partyKeys(party).some((own) => keyId(own) === keyId(key) && (!own.weak || key.weak));
}

/** True when the field turns an alias of one quality into one of another, its key the same. */
export function turnsQuality(view: FieldView, from: "strong" | "weak", to: "strong" | "weak"): boolean {
  return turns(view).some(([before, after]) => {
    const [old, now] = [aliasOf(before), aliasOf(after)];
    if (old?.quality !== from || now?.quality !== to) return false;
    const kept = new Set(valueKeys("alias", now).map(keyId));
    return valueKeys("alias", old).some((key) => kept.has(keyId(key)));
  });
}

/** True when the value carries a match key. */
export function hasKeys(field: FieldChange): boolean {
  return valuesOf(field).some((value) => valueKeys(field.area, value).length > 0);
}

/** True for the notation `Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions`. */
export function isUsOwnedNotation(field: FieldChange): boolean {
  return /owned or controlled by u\.?s\.? financial institutions|\b510\.214\b/i.test(textOf(field));
}

/** The text of a notation: an attribute's value, or a remark. */
export function wordingOf(value: AreaValue): string {
  if (typeof value === "string") return value;
  if ("value" in value && typeof value.value === "string") return value.value;
  return "text" in value && typeof value.text === "string" ? value.text : "";
}
