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
import { ENGLISH, type Language } from "./language.ts";

const { words } = ENGLISH;

/** What a reader calls an area; `many` for headings over several. */
export const AREA_WORDS: Readonly<Record<Area, { readonly one: string; readonly many: string }>> =
  words.areas;

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = words.effects;

export const OP_WORDS: Readonly<Record<PartyChange["op"], { readonly verb: string; readonly sign: string }>> =
  {
    add: { verb: "Added", sign: "+" },
    remove: { verb: "Removed", sign: "\u2212" },
    modify: { verb: "Changed", sign: "\u2206" },
  };

export const ACTION_WORDS: Readonly<Record<"add" | "remove" | "change", string>> = words.actions;

/** Of a difference that may only have slipped past what the source shows: never said to be a removal. */
export const UNKNOWN_WORDS: Readonly<Record<"add" | "remove" | "change", string>> = words.unproven;

export const COVERAGE_WORDS: Readonly<Record<Exclude<CoverageLevel, "complete">, string>> = words.coverage;

export const DATE_BASIS_WORDS: Readonly<Record<DateBasis, string>> = {
  "publish-date": "the publish date inside the file",
  "ofac-publication": "OFAC's publication record",
  capture: "when the file was captured",
  notice: "OFAC's notice",
  none: "not known",
};

export const PROVENANCE_WORDS: Readonly<Record<Provenance, string>> = words.provenance;

/** The banner of every page, feed entry and mail made from composed documents. */
export const COMPOSED_BANNER: string = words.mail.composed;

/** What stands at the foot of every page and mail. */
export const DISCLAIMERS: readonly string[] = [words.mail.notOfac, words.mail.fiftyPercent];

/** A removal tells what left a list, and no more. */
export const REMOVAL_NOTE: string = words.mail.removalNote;

/** Where nothing else says what a record that is not plain news is. */
export function kindNote(record: LedgerRecord, language: Language = ENGLISH): string | null {
  const { kinds } = language.words;
  const why = record.reason === undefined ? [] : [language.say(kinds.why, { reason: record.reason })];
  switch (record.kind) {
    case "publication":
      return null;
    case "baseline":
      return kinds.baseline;
    case "correction":
      return [language.say(kinds.correction, { id: record.supersedes ?? "" }), ...why].join(" ");
    case "reinterpretation":
      return [kinds.reinterpretation, ...why].join(" ");
  }
}

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
