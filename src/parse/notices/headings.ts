import type { NoticeOperation } from "../../domain/index.ts";

/** What a heading or introducing sentence says about the lines below it. */
export interface HeadingSense {
  readonly list: string | null;
  readonly operation: NoticeOperation | null;
  readonly partyType: string | null;
  readonly administrative: boolean;
}

/** First match wins: the non-SDN lists all have "SDN" in their names. */
const LISTS: readonly (readonly [RegExp, string])[] = [
  [/menu[- ]based|\bns-?mbs\b|\bmbs list/i, "Non-SDN Menu-Based Sanctions List"],
  [/chinese military|\b(?:ns-)?cmic\b/i, "Non-SDN CMIC List"],
  [/palestinian legislative|\bns-?plc\b/i, "Non-SDN Palestinian Legislative Council List"],
  [/sector(?:al|ial|s)? sanctions|\bssi\b/i, "Sectoral Sanctions Identifications List"],
  [/correspondent account|payable[- ]through|\bcapta\b/i, "CAPTA List"],
  [/foreign sanctions evaders|\bfse\b/i, "FSE List"],
  [/non-sdn|consolidated (?:sanctions )?list/i, "Consolidated List"],
  [/\bsdns?\b|special(?:ly)? designat/i, "SDN List"],
];

/** Who was touched; a heading that names several types names none. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\bindividuals?\b/i, "individual"],
  [/\b(?:entity|entities|compan(?:y|ies)|organi[sz]ations?)\b/i, "entity"],
  [/\bvessels?\b/i, "vessel"],
  [/\baircraft\b/i, "aircraft"],
];

const ADDED = /\badd(?:ed|ing|itions?)?\b|\bnew(?:ly)? (?:designat|identif|list)/i;
const DELETED = /\bdelet(?:ed?|ing|ions?)\b|\bremov(?:ed?|ing|als?)\b|\bdelist|\bunblock/i;
const CHANGED =
  /\b(?:chang(?:ed?|es|ing)|updat(?:ed?|es|ing)|amend(?:ed|ing|ments?)|modif(?:ied|ications?)|revis(?:ed|ions?)|correct(?:ed|ions?))\b/i;
/** Says that something was done, with or without good grammar: "The following individual have been added". */
const DONE =
  /\bfollowing\b|\b(?:has|have|was|were|is|are|had)\s+(?:also\s+)?(?:been\s+|being\s+)?(?:made|added|removed|deleted|changed|updated|amended|modified|identified|designated)\b/i;
/** "OFAC removed these persons", "OFAC is also adding". */
const BY_OFAC =
  /\b(?:OFAC|Treasury|Department)\b.{0,80}\b(?:add(?:ed|ing)|remov(?:ed|ing)|delet(?:ed|ing)|chang(?:ed|ing)|updat(?:ed|ing)|amend(?:ed|ing)|modif(?:ied|ying)|revis(?:ed|ing)|designat(?:ed|ing)|identif(?:ied|ying))\b/i;

const NEWLY =
  /\b(?:has|have|was|were|are|is|individuals?|persons?|entity|entities|vessels?|aircraft|part(?:y|ies)|OFAC)\b.*\b(?:designat(?:ed|ing)|identif(?:ied|ying)|listed|sanctioned)\b/i;

/** A heading of nothing but what was done, to whom, on which list: "DELETIONS", "SDN List Changes:". */
const BARE =
  /^(?:(?:additions?|deletions?|removals?|delistings?|changes?|updates?|amendments?|modifications?|corrections?|new(?:ly)?|added|deleted|removed|delisted|changed|updated|amended|modified|corrected|designated|designations?|identifications?|to|from|of|the|on|ofac(?:'s)?|sdns?|ssi|fse|capta|list|individuals?|entity|entities|vessels?|aircraft|entries|names?)(?:\W+|$))+$/i;
const NOUNS: readonly (readonly [RegExp, NoticeOperation])[] = [
  [/\b(?:additions?|added|new(?:ly)?|designat(?:ed|ions?)|identifications?)\b/i, "add"],
  [/\b(?:deletions?|deleted|removals?|removed|delist(?:ed|ings?))\b/i, "delete"],
  [CHANGED, "change"],
];

/** A title's segment (ofac-formats §6.3): "Russia-related Designations", "Counter Terrorism Designation Removals". */
const TOPIC =
  /^[\p{Lu}\d][^;:.]*\b(?:designations?|identifications?)(?: (?:removals?|updates?|delistings?))?\W*$/iu;

const OPERATIONS: readonly (readonly [RegExp, NoticeOperation])[] = [
  [ADDED, "add"],
  [DELETED, "delete"],
  [CHANGED, "change"],
];

/** The list a text names, or null. */
export function namedList(text: string): string | null {
  return LISTS.find(([shape]) => shape.test(text))?.[1] ?? null;
}

/** Headings and introducing sentences are short. */
const LONGEST = 600;

/**
 * Reads a heading; undefined when it says nothing about a list or an operation. `above`: an entry stands right below,
 * so that a bare "DELETIONS" or "OFAC removed these persons" is about it.
 */
export function readHeading(text: string, above = false): HeadingSense | undefined {
  if (text.length > LONGEST) return undefined;
  const list = namedList(text);
  const types = TYPES.filter(([shape]) => shape.test(text)).map(([, type]) => type);
  const partyType = types.length === 1 ? (types[0] ?? null) : null;
  const administrative =
    /\badministrative\b/i.test(text) && /\blists?\b|\bupdates?\b|\bchanges?\b/i.test(text);
  const operation = statedOperation(text, above);
  if (operation !== null) return { list, operation, partyType, administrative };
  if (administrative) return { list, operation: "change", partyType: null, administrative };
  const named = list !== null || TOPIC.test(text);
  return named ? { list, operation: null, partyType: null, administrative } : undefined;
}

function statedOperation(text: string, above: boolean): NoticeOperation | null {
  if (DONE.test(text)) return operationOf(text);
  if (!above) return null;
  if (BARE.test(text.replace(/^\W+/, ""))) return only(NOUNS, text);
  if (TOPIC.test(text)) return topicOperation(text);
  return BY_OFAC.test(text) || NEWLY.test(withoutListNames(text)) ? operationOf(text) : null;
}

/** "Designation Removals" are removals; "Designations and Designation Removal" names two things. */
function topicOperation(text: string): NoticeOperation | null {
  if ((text.match(/\b(?:designat|identif)/gi) ?? []).length > 1) return null;
  return operationsIn(NOUNS, text).at(-1) ?? null;
}

/** "Individuals:" below a heading that says what was done goes on with it; undefined for any other heading. */
export function typeAlone(text: string): string | undefined {
  const word = /^\W*([a-z]+)\W*$/i.exec(text)?.[1] ?? "";
  return TYPES.find(([shape]) => shape.test(word))?.[1];
}

/** "OFAC is removing one entry and adding one entry": which of them the lines below are, it does not say. */
export function saysSeveral(text: string): boolean {
  if (text.length > LONGEST || !(DONE.test(text) || BY_OFAC.test(text))) return false;
  return operationsIn(OPERATIONS, text.replace(APART, "")).length > 1;
}

/** Adds words to entries, not entries to a list. */
const WORDING = /\b(?:language|text|wording|phrase|notation)\b.*\b(?:add|includ)/i;

/** Words that only look like "add". */
const APART = /\bin addition\b|\badditionally\b/gi;

/** What a heading says was done; null when it names several things, or none. */
function operationOf(heading: string): NoticeOperation | null {
  const text = heading.replace(APART, "");
  if (WORDING.test(text) || /\bto include the following\b/i.test(text)) return "change";
  if (OPERATIONS.some(([shape]) => shape.test(text))) return only(OPERATIONS, text);
  // "The following vessels have been identified as blocked property"
  return NEWLY.test(withoutListNames(text)) ? "add" : null;
}

/** The one operation that a text names; null when it names several, or none. */
function only(shapes: typeof OPERATIONS, text: string): NoticeOperation | null {
  const said = operationsIn(shapes, text);
  return said.length === 1 ? (said[0] ?? null) : null;
}

function operationsIn(shapes: typeof OPERATIONS, text: string): NoticeOperation[] {
  return shapes.filter(([shape]) => shape.test(text)).map(([, operation]) => operation);
}

function withoutListNames(text: string): string {
  return text.replace(/special(?:ly)? designat\w+/gi, "");
}
