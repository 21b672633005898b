import {
  type CsvAddress,
  type CsvRow,
  type ListId,
  linkedName,
  type RemarkSegment,
} from "../domain/index.ts";
import { Draft } from "./draft.ts";
import { addDocument, addFact, addProgram, aliasType, noteParty } from "./facts.ts";
import { cleanText, optionalText } from "./text.ts";

/** A party of SDN.CSV or of a CSV set. Names are whole: CSV does not part surname and given name. */
export function csvParty(row: CsvRow, list: ListId): Draft {
  const draft = new Draft(row.uid, cleanText(row.type).toLowerCase(), { full: cleanText(row.name) });
  noteParty(draft);
  // Everybody on the SDN list is blocked; the consolidated files mix blocking and non-blocking lists.
  draft.blocking = list === "sdn" ? "yes" : "unknown";
  draft.title = cleanText(row.title ?? "");
  for (const program of row.programs) addProgram(draft, program);
  for (const [label, value] of vesselFacts(row)) if (value !== undefined) addFact(draft, { label, value });
  for (const segment of row.remarks) addSegment(draft, segment);
  for (const alternate of row.alternates ?? []) {
    draft.aliases.push({
      uid: alternate.uid,
      type: aliasType(draft, alternate.type),
      quality: "strong",
      full: cleanText(alternate.name),
    });
    if (alternate.remarks !== undefined) draft.remarks.push({ text: cleanText(alternate.remarks) });
  }
  for (const address of row.addresses ?? []) addAddress(draft, address);
  return draft;
}

/** Columns of a vessel, under the labels that the Enhanced files give the same facts. */
function vesselFacts(row: CsvRow): readonly (readonly [string, string | undefined])[] {
  return [
    ["Vessel Call Sign", row.callSign],
    ["VESSEL TYPE", row.vesselType],
    ["Vessel Tonnage", row.tonnage],
    ["Vessel Gross Registered Tonnage", row.grossRegisteredTonnage],
    ["Vessel Flag", row.vesselFlag],
    ["Vessel Owner", row.vesselOwner],
  ];
}

function addSegment(draft: Draft, segment: RemarkSegment): void {
  switch (segment.kind) {
    case "text": {
      const text = cleanText(segment.text);
      // A cut with nothing before it still says that something is missing.
      if (text !== "" || segment.cut === true) {
        draft.remarks.push({ text, ...(segment.cut === true ? { cut: true as const } : {}) });
      }
      return;
    }
    case "alias":
      draft.aliases.push({
        type: aliasType(draft, segment.type),
        quality: "weak",
        full: cleanText(segment.name),
      });
      return;
    case "link":
      draft.relationships.push({ type: "Linked To", targetName: linkedName(cleanText(segment.name)) });
      return;
    case "document":
      addDocument(draft, {
        type: segment.label,
        ...optionalText("number", segment.number),
        ...optionalText("country", segment.country),
        ...optionalText("issued", segment.issued),
        ...optionalText("expires", segment.expires),
      });
      return;
    case "feature":
      addFact(draft, { label: segment.label, value: segment.value });
      return;
  }
}

/** A row of ADD.CSV that has nothing but its number stands for "no address". */
function addAddress(draft: Draft, address: CsvAddress): void {
  const facts = {
    ...optionalText("address1", address.address),
    ...optionalText("locality", address.locality),
    ...optionalText("country", address.country),
    ...optionalText("remarks", address.remarks),
  };
  if (Object.keys(facts).length > 0) draft.addresses.push({ uid: address.uid, ...facts });
}
