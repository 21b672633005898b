import {
  type Address,
  type AddressTranslation,
  canonicalJson,
  compareText,
  type EnhancedAddress,
  type EnhancedName,
  type EnhancedPart,
  type Name,
  type NameTranslation,
  type TypedText,
} from "../domain/index.ts";
import type { Draft } from "./draft.ts";
import { inOrder } from "./draft.ts";
import { cleanText, optionalText } from "./text.ts";

/** A name with its forms in other scripts. The translation that OFAC calls primary is the Latin one. */
export function enhancedName(name: EnhancedName): Name {
  const main = primaryOf(name.translations);
  const scripts = name.translations
    .filter((translation) => translation !== main)
    .map((translation) => ({ script: cleanText(translation.script), ...form(translation) }));
  return {
    uid: name.uid,
    ...(main === undefined ? { full: "" } : form(main)),
    ...(scripts.length === 0 ? {} : { scripts: inOrder(scripts) }),
  };
}

/** Notes names and addresses whose main form is not in Latin script, which a party has no place for. */
export function noteScripts(
  draft: Draft,
  items: readonly {
    readonly translations: readonly { readonly isPrimary: boolean; readonly script: string }[];
  }[],
): void {
  for (const { translations } of items) {
    const main = primaryOf(translations);
    if (main !== undefined && main.script !== "Latin") draft.note("odd-script", main.script);
  }
}

/** OFAC's name of a party; of several, or none marked, the oldest: their order differs between exports. */
export function primaryName(names: readonly EnhancedName[]): EnhancedName | undefined {
  const marked = names.filter((name) => name.isPrimary);
  return (marked.length > 0 ? marked : names).toSorted((a, b) => a.uid - b.uid)[0];
}

/** The translation that is marked primary, else the Latin one; of several the first by what they say. */
function primaryOf<T extends { isPrimary: boolean; script: string }>(
  translations: readonly T[],
): T | undefined {
  const marked = translations.filter((translation) => translation.isPrimary);
  const latin = translations.filter((translation) => translation.script === "Latin");
  const [choice = []] = [marked, latin, translations].filter((some) => some.length > 0);
  if (choice.length < 2) return choice[0];
  return choice.toSorted((a, b) => compareText(canonicalJson(a), canonicalJson(b)))[0];
}

/** The schema requires the full name; where it is missing all the same, it is put together as OFAC does. */
function form(translation: NameTranslation): {
  full: string;
  first?: string;
  last?: string;
  parts?: TypedText[];
} {
  const first = cleanText(translation.first ?? "");
  const last = cleanText(translation.last ?? "");
  const parts = typedTexts(translation.parts);
  const full = cleanText(translation.full ?? "");
  const whole = full === "" ? [last, first].filter((part) => part !== "").join(", ") : full;
  return {
    full: whole,
    ...(first === "" ? {} : { first }),
    // An entity's whole name stands in `last` too, where it says nothing more.
    ...(last === "" || last === whole ? {} : { last }),
    ...(saysNothingMore(parts, whole) ? {} : { parts }),
  };
}

/** No parts, or the one part that every entity, vessel and aircraft has, in the very letters of the name. */
function saysNothingMore(parts: readonly TypedText[], name: string): boolean {
  const [only] = parts;
  if (only === undefined) return true;
  return parts.length === 1 && only.value === name && /^(?:Entity|Vessel|Aircraft) Name$/.test(only.type);
}

/** Order differs between exports, so parts are sorted: by type, then by text. */
function typedTexts(parts: readonly EnhancedPart[]): TypedText[] {
  return parts
    .map((part) => ({ type: cleanText(part.type), value: cleanText(part.value) }))
    .filter((part) => part.value !== "")
    .sort((a, b) => compareText(a.type, b.type) || compareText(a.value, b.value));
}

type AddressMember = Exclude<keyof Address, "uid" | "scripts">;

const ADDRESS_MEMBERS: ReadonlyMap<string, AddressMember> = new Map([
  ["ADDRESS1", "address1"],
  ["ADDRESS2", "address2"],
  ["ADDRESS3", "address3"],
  ["CITY", "city"],
  ["STATE/PROVINCE", "stateOrProvince"],
  ["POSTAL CODE", "postalCode"],
  ["REGION", "region"],
]);

/** Addresses with their parts; one with nothing in it stands for "no address" and is left out. */
export function addresses(draft: Draft, all: readonly EnhancedAddress[]): Address[] {
  const result: Address[] = [];
  for (const address of all) {
    const main = primaryOf(address.translations);
    const facts = {
      ...(main === undefined ? {} : addressParts(draft, main)),
      ...optionalText("country", address.country),
    };
    const scripts = address.translations
      .filter((translation) => translation !== main)
      .map((translation) => ({ script: cleanText(translation.script), parts: typedTexts(translation.parts) }))
      .filter((translation) => translation.parts.length > 0);
    if (Object.keys(facts).length === 0 && scripts.length === 0) continue;
    result.push({
      uid: address.uid,
      ...facts,
      ...(scripts.length === 0 ? {} : { scripts: inOrder(scripts) }),
    });
  }
  return result;
}

/** A part of a type that is not known, or said twice, goes into the remarks of the address, and is noted. */
function addressParts(draft: Draft, translation: AddressTranslation): Pick<Address, AddressMember> {
  const members: { -readonly [M in AddressMember]?: string } = {};
  const others: string[] = [];
  for (const part of typedTexts(translation.parts)) {
    const member = ADDRESS_MEMBERS.get(part.type);
    if (member === undefined || members[member] !== undefined) {
      draft.note("unknown-address-part", part.type, part.value);
      others.push(`${part.type}: ${part.value}`);
    } else members[member] = part.value;
  }
  if (others.length > 0) members.remarks = others.join("; ");
  return members;
}
