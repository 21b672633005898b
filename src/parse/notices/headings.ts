import type { NoticeOperation } from "../../domain/index.ts";
import { namedList } from "./list-names.ts";
import { isTopic, namesSeveralOperations, statedOperation } from "./operations.ts";

/** What a heading or introducing sentence says about the lines below it. */
export interface HeadingSense {
  /** As `namedList`: null for several or an unknown one, undefined for none. */
  readonly list: string | null | undefined;
  readonly operation: NoticeOperation | null;
  readonly partyType: string | null;
  readonly administrative: boolean;
}

/** Who was touched; a heading that names several types names none. */
const TYPES: readonly (readonly [RegExp, string])[] = [
  [/\bindividuals?\b/i, "individual"],
  [/\b(?:entity|entities|compan(?:y|ies)|organi[sz]ations?)\b/i, "entity"],
  [/\bvessels?\b/i, "vessel"],
  [/\baircraft\b/i, "aircraft"],
];

/** Headings and introducing sentences are short. */
const LONGEST = 600;

/**
 * Reads a heading; undefined when it says nothing about a list or an operation. `above`: an entry stands right below,
 * so that a bare "DELETIONS" or "OFAC removed these persons" is about it.
 */
export function readHeading(text: string, above = false): HeadingSense | undefined {
  if (text.length > LONGEST) return undefined;
  const list = namedList(text);
  const types = typesIn(text);
  const partyType = types.length === 1 ? (types[0] ?? null) : null;
  const administrative =
    /\badministrative\b/i.test(text) && /\blists?\b|\bupdates?\b|\bchanges?\b/i.test(text);
  const operation = statedOperation(text, above);
  if (operation !== null) return { list, operation, partyType, administrative };
  if (administrative) return { list, operation: "change", partyType: null, administrative };
  // Any word before "list" may be a name that is not known: that alone makes no heading.
  const named = typeof list === "string" || isTopic(text);
  return named ? { list, operation: null, partyType: null, administrative } : undefined;
}

function typesIn(text: string): string[] {
  return TYPES.filter(([shape]) => shape.test(text)).map(([, type]) => type);
}

/**
 * The kind of party that a heading names and nothing else: "Individuals:" goes on with what was done above it. Null for
 * several kinds ("Vessels and Aircraft"), undefined for any other heading.
 */
export function typeAlone(text: string): string | null | undefined {
  const words = text.match(/[a-z]+/gi) ?? [];
  if (words.length > 5 || !/^[\W_a-z]+$/i.test(text)) return undefined;
  const types = words.filter((word) => !/^(?:and|or)$/i.test(word)).map((word) => typesIn(word)[0]);
  if (types.length === 0 || types.includes(undefined)) return undefined;
  return types.length === 1 ? types[0] : null;
}

/** "OFAC is removing one entry and adding one entry": which of them the lines below are, it does not say. */
export function saysSeveral(text: string): boolean {
  return text.length <= LONGEST && namesSeveralOperations(text);
}
