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

const ADDED = /\badd(?:ed|ing|itions?)\b|\bnew(?:ly)? (?:designat|identif|list)/i;
const DELETED = /\bdelet(?:ed|ing|ions?)\b|\bremov(?:ed|ing|als?)\b|\bdelist|\bunblock/i;
const CHANGED =
  /\b(?:chang(?:ed?|es|ing)|updat(?:ed?|es|ing)|amend(?:ed|ing|ments?)|modif(?:ied|ications?)|revis(?:ed|ions?)|correct(?:ed|ions?))\b/i;
/** Says that something was done, with or without good grammar: "The following individual have been added". */
const DONE =
  /\bfollowing\b|\b(?:has|have|was|were|is|are|had)\s+(?:also\s+)?(?:been\s+|being\s+)?(?:made|added|removed|deleted|changed|updated|amended|modified|identified|designated)\b/i;

const NEWLY = /\b(?:has|have|was|were|are|is)\b.*\b(?:designated|identified|listed|sanctioned)\b/i;

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

/** Reads a heading; undefined when it says nothing about a list or an operation. */
export function readHeading(text: string): HeadingSense | undefined {
  if (text.length > LONGEST) return undefined;
  const list = namedList(text);
  const types = TYPES.filter(([shape]) => shape.test(text)).map(([, type]) => type);
  const partyType = types.length === 1 ? (types[0] ?? null) : null;
  const administrative =
    /\badministrative\b/i.test(text) && /\blists?\b|\bupdates?\b|\bchanges?\b/i.test(text);
  const done = DONE.test(text);
  const operation = done ? operationOf(text) : null;
  if (operation !== null) return { list, operation, partyType, administrative };
  if (administrative) return { list, operation: "change", partyType: null, administrative };
  if (list !== null) return { list, operation: null, partyType: null, administrative };
  return undefined;
}

/** Adds words to entries, not entries to a list. */
const WORDING = /\b(?:language|text|wording|phrase|notation)\b.*\b(?:add|includ)/i;

/** What a heading says was done; null when it names several things, or none. */
function operationOf(heading: string): NoticeOperation | null {
  const text = heading.replace(/\bin addition\b|\badditionally\b/gi, "");
  if (WORDING.test(text) || /\bto include the following\b/i.test(text)) return "change";
  const said = OPERATIONS.filter(([shape]) => shape.test(text)).map(([, operation]) => operation);
  if (said.length > 0) return said.length === 1 ? (said[0] ?? null) : null;
  // "The following vessels have been identified as blocked property"
  return NEWLY.test(text.replace(/special(?:ly)? designat\w+/gi, "")) ? "add" : null;
}
