import {
  classifyLabel,
  type LegacyAka,
  type LegacyEntry,
  type LegacyId,
  LINKED_TO,
  type ListId,
  type Name,
} from "../domain/index.ts";
import { Draft } from "./draft.ts";
import { addDocument, addFact, addProgram, aliasType, noteParty } from "./facts.ts";
import { cleanText, optionalText } from "./text.ts";

/** A party of SDN.XML or CONSOLIDATED.XML. */
export function legacyParty(entry: LegacyEntry, list: ListId): Draft {
  const draft = new Draft(entry.uid, cleanText(entry.sdnType).toLowerCase(), name(entry));
  noteParty(draft);
  // Everybody on the SDN list is blocked; the consolidated file mixes blocking and non-blocking lists.
  draft.blocking = list === "sdn" ? "yes" : "unknown";
  draft.title = cleanText(entry.title ?? "");
  for (const program of entry.programs) addProgram(draft, program);
  for (const id of entry.ids) addId(draft, id);
  for (const aka of entry.akas) addAka(draft, aka);
  for (const { uid, ...address } of entry.addresses) {
    const facts = {
      ...optionalText("address1", address.address1),
      ...optionalText("address2", address.address2),
      ...optionalText("address3", address.address3),
      ...optionalText("city", address.city),
      ...optionalText("stateOrProvince", address.stateOrProvince),
      ...optionalText("postalCode", address.postalCode),
      ...optionalText("region", address.region),
      ...optionalText("country", address.country),
    };
    // Nothing but a number stands for "no address".
    if (Object.keys(facts).length > 0) draft.addresses.push({ uid, ...facts });
  }
  for (const [label, items] of [
    ["Nationality Country", entry.nationalities],
    ["Citizenship Country", entry.citizenships],
    ["Birthdate", entry.birthDates],
    ["Place of Birth", entry.birthPlaces],
  ] as const) {
    for (const item of items) addFact(draft, { uid: item.uid, label, value: item.value, main: item.main });
  }
  addVessel(draft, entry);
  addRemarks(draft, entry.remarks ?? "");
  return draft;
}

/** `LAST, First`, as the Enhanced files write the full name. */
function name(parts: { readonly firstName?: string; readonly lastName?: string }): Name {
  const first = cleanText(parts.firstName ?? "");
  const last = cleanText(parts.lastName ?? "");
  if (first === "") return { full: last };
  return last === "" ? { full: first, first } : { full: `${last}, ${first}`, first, last };
}

function addAka(draft: Draft, aka: LegacyAka): void {
  const category = cleanText(aka.category).toLowerCase();
  if (category !== "weak" && category !== "strong") draft.note("unknown-alias-quality", category);
  draft.aliases.push({
    uid: aka.uid,
    type: aliasType(draft, aka.type),
    quality: category === "weak" ? "weak" : "strong",
    ...name(aka),
  });
}

/**
 * An `id` is a document or a feature, which its type alone tells. A type that is not known is a document where
 * it has what only documents have.
 */
function addId(draft: Draft, id: LegacyId): void {
  const label = cleanText(id.idType);
  const isDocument =
    classifyLabel(label).kind === "document" ||
    id.idCountry !== undefined ||
    id.issueDate !== undefined ||
    id.expirationDate !== undefined;
  if (!isDocument) {
    addFact(draft, { uid: id.uid, label, value: id.idNumber ?? "" });
    return;
  }
  addDocument(draft, {
    uid: id.uid,
    type: label,
    ...optionalText("number", id.idNumber),
    ...optionalText("country", id.idCountry),
    ...optionalText("issued", id.issueDate),
    ...optionalText("expires", id.expirationDate),
  });
}

/** `vesselInfo`, under the labels that the Enhanced files give the same facts. */
function addVessel(draft: Draft, entry: LegacyEntry): void {
  const vessel = entry.vessel;
  if (vessel === undefined) return;
  for (const [label, value] of [
    ["Vessel Call Sign", vessel.callSign],
    ["VESSEL TYPE", vessel.vesselType],
    ["Vessel Flag", vessel.vesselFlag],
    ["Vessel Owner", vessel.vesselOwner],
    ["Vessel Tonnage", vessel.tonnage],
    ["Vessel Gross Registered Tonnage", vessel.grossRegisteredTonnage],
  ] as const) {
    if (value !== undefined) addFact(draft, { label, value });
  }
}

/** `free text (Linked To: A; Linked To: B)`: the relationships without their target's uid. */
function addRemarks(draft: Draft, remarks: string): void {
  const { free, links } = partLinks(cleanText(remarks));
  for (const segment of free.split("; ")) {
    const text = cleanText(segment);
    if (text !== "") draft.remarks.push({ text });
  }
  for (const link of links) {
    const target = cleanText(link);
    if (target !== "") draft.relationships.push({ type: "Linked To", targetName: target });
  }
}

const LINK = `${LINKED_TO} `;

/** The last parenthesis of remarks, when it is one of links; a target's name may have parentheses of its own. */
function partLinks(remarks: string): { free: string; links: readonly string[] } {
  const begin = remarks.indexOf(`(${LINK}`);
  const end = remarks.endsWith(").") ? remarks.length - 2 : remarks.length - 1;
  if (begin < 0 || remarks.charAt(end) !== ")") return { free: remarks, links: [] };
  const before = remarks.slice(0, begin).trimEnd();
  return {
    free: before.endsWith(";") ? before.slice(0, -1) : before,
    links: remarks.slice(begin + 1 + LINK.length, end).split(`; ${LINK}`),
  };
}
