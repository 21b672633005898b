import { type Area, type AreaValue, canonicalJson } from "../../domain/index.ts";
import { normaliseImo, normaliseNumber, normaliseText, normaliseWallet } from "./normalise.ts";

/** Members that say nothing about the value itself: OFAC's ids, and which of several is the main one. */
const IDS: ReadonlySet<string> = new Set(["uid"]);
const IDS_AND_RANK: ReadonlySet<string> = new Set(["uid", "main"]);

/** A value as it was written, without OFAC's ids. */
export function withoutIds(value: AreaValue): string {
  return canonicalJson(strip(value));
}

/**
 * A value with everything folded away that is only writing: case, punctuation, spacing, diacritics, ids. Two
 * values that fold alike say the same.
 */
export function fold(area: Area, value: AreaValue, options: { readonly rank: "kept" | "dropped" }): string {
  const dropped = options.rank === "kept" ? IDS : IDS_AND_RANK;
  return canonicalJson(foldMember(area, "", value, dropped));
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "uid")
      .map(([name, member]) => [name, strip(member)]),
  );
}

function foldMember(area: Area, name: string, value: unknown, dropped: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((member) => foldMember(area, name, member, dropped));
  if (typeof value === "string") return foldText(area, name, value);
  if (typeof value !== "object" || value === null) return value;
  const dated = "period" in value && "value" in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([member]) => !dropped.has(member) && !isDerived(member, dated))
      .map(([member, inner]) => [member, foldMember(area, member, inner, dropped)]),
  );
}

/**
 * Of a date the days it means count, not how it is written. Parts and first and last names repeat the full
 * name, and tell nothing that a screen compares.
 */
function isDerived(member: string, dated: boolean): boolean {
  return dated ? member === "value" : member === "parts" || member === "first" || member === "last";
}

function foldText(area: Area, name: string, text: string): string {
  if (area === "wallet" && name === "address") return normaliseWallet(text);
  if (area === "document" && name === "number") return normaliseNumber(normaliseImo(text));
  if (name === "from" || name === "to") return text;
  return normaliseText(text);
}
