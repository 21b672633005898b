import {
  type Area,
  type CoverageLevel,
  countList,
  type DateBasis,
  type Effect,
  type LedgerRecord,
  LIST_TITLE,
  type PartyChange,
  type Provenance,
} from "../domain/index.ts";

/** What a reader calls an area; `many` for headings over several. */
export const AREA_WORDS: Readonly<Record<Area, { readonly one: string; readonly many: string }>> = {
  type: { one: "Party type", many: "Party type" },
  name: { one: "Name", many: "Name" },
  alias: { one: "Alias", many: "Aliases" },
  title: { one: "Title", many: "Title" },
  remarks: { one: "Remark", many: "Remarks" },
  program: { one: "Program", many: "Programs" },
  list: { one: "List", many: "Lists" },
  "sanctions-type": { one: "Sanctions type", many: "Sanctions types" },
  blocking: { one: "Blocking", many: "Blocking" },
  restriction: { one: "Restriction", many: "Restrictions" },
  "secondary-sanctions": { one: "Secondary sanctions", many: "Secondary sanctions" },
  "legal-authority": { one: "Legal authority", many: "Legal authorities" },
  address: { one: "Address", many: "Addresses" },
  nationality: { one: "Nationality", many: "Nationalities" },
  citizenship: { one: "Citizenship", many: "Citizenships" },
  "birth-date": { one: "Date of birth", many: "Dates of birth" },
  "birth-place": { one: "Place of birth", many: "Places of birth" },
  gender: { one: "Gender", many: "Gender" },
  document: { one: "Document", many: "Documents" },
  feature: { one: "Further information", many: "Further information" },
  wallet: { one: "Digital currency address", many: "Digital currency addresses" },
  contact: { one: "Contact", many: "Contacts" },
  vessel: { one: "Vessel detail", many: "Vessel details" },
  aircraft: { one: "Aircraft detail", many: "Aircraft details" },
  relationship: { one: "Relationship", many: "Relationships" },
};

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  critical: "critical",
  major: "major",
  minor: "minor",
  cosmetic: "cosmetic",
  none: "none",
};

export const OP_WORDS: Readonly<Record<PartyChange["op"], { readonly verb: string; readonly sign: string }>> =
  {
    add: { verb: "Added", sign: "+" },
    remove: { verb: "Removed", sign: "\u2212" },
    modify: { verb: "Changed", sign: "\u2206" },
  };

export const ACTION_WORDS = { add: "added", remove: "removed", change: "changed" } as const;

/** Of a difference that may only have slipped past what the source shows: never said to be a removal. */
export const UNKNOWN_WORDS = {
  add: "shown now, and maybe there before",
  remove: "no longer shown, and maybe still there",
  change: "shown differently",
} as const;

export const COVERAGE_WORDS: Readonly<Record<Exclude<CoverageLevel, "complete">, string>> = {
  truncated: "shown only in part",
  absent: "not in this source",
};

export const DATE_BASIS_WORDS: Readonly<Record<DateBasis, string>> = {
  "publish-date": "the publish date inside the file",
  "ofac-publication": "OFAC's publication record",
  capture: "when the file was captured",
  notice: "OFAC's notice",
  none: "not known",
};

export const PROVENANCE_WORDS: Readonly<Record<Provenance, string>> = {
  "official file": "official file",
  "third-party capture": "third-party capture of the official file",
  "official delta": "OFAC's own delta file",
  composed: "composed example, not OFAC data",
};

/** The banner of every page, feed entry and mail made from composed documents. */
export const COMPOSED_BANNER = "Composed example documents, not OFAC data";

/** What stands at the foot of every page and mail. */
export const DISCLAIMERS: readonly string[] = [
  "This is not OFAC, and not legal advice. Check every name against OFAC's own lists before you act.",
  "OFAC's 50 Percent Rule is not covered: entities owned by blocked persons can be blocked without being listed.",
];

/** A removal tells what left a list, and no more. */
export const REMOVAL_NOTE =
  "A removal is not a release instruction: property may stay blocked under another listing or authority.";

/** Where nothing else says what a record that is not plain news is. */
export function kindNote(record: LedgerRecord): string | null {
  switch (record.kind) {
    case "publication":
      return null;
    case "baseline":
      return "This is where the segment begins: the whole list as it stood, and not news.";
    case "correction":
      return `This corrects ${record.supersedes ?? "an earlier record"}.${reason(record)}`;
    case "reinterpretation":
      return `OFAC changed nothing: the same publication was read anew.${reason(record)}`;
  }
}

const reason = (record: LedgerRecord): string =>
  record.reason === undefined ? "" : ` Why: ${record.reason}`;

/** Which segment a record belongs to, where that is not the live chain. */
export function segmentNote(record: LedgerRecord): string | null {
  if (record.origin === "live") return null;
  return `Imported history, segment ${record.segment}: recorded later from older files, never announced by mail or feed.`;
}

/** `SDN List`, or a list's own id where it is a new one. */
export function listWords(record: Pick<LedgerRecord, "list">): string {
  return LIST_TITLE[record.list];
}

/** `1 party`, `2 parties`; any other noun with its plural. Thousands are grouped, as in all prose of ours. */
export function plural(count: number, one: string, many: string): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** `12,543`. A table of our own and not a locale's. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 party`, `2 parties`. */
export const parties = (count: number): string => plural(count, "party", "parties");

/** `a`, `a and b`, `a, b and c`. */
export function joinAnd(items: readonly string[]): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

/** `Entity`, `Individual`, … with a capital, as a label. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `4 entities, 1 individual`, or `none`. */
export function countsOrNone(counts: Readonly<Record<string, number>>): string {
  const list = countList(counts);
  return list === "" ? "none" : list;
}
