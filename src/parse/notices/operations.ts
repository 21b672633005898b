import type { NoticeOperation } from "../../domain/index.ts";
import { withoutListNames } from "./list-names.ts";

type Shapes = readonly (readonly [RegExp, NoticeOperation])[];

const ADDED = /\badd(?:ed|ing|itions?)?\b|\bnew(?:ly)? (?:re-?)?(?:designat|identif|list)/i;
/** Also a designation that ended: "rescinded the designation of", "no longer identified as". */
const DELETED =
  /\bdelet(?:ed?|ing|ions?)\b|\bremov(?:ed?|ing|als?)\b|\bdelist|\bunblock|\bno longer\b|\blift(?:ed|ing)\b.*\bsanctions\b|\bsanctions\b.*\blifted\b|\b(?:rescind|revok|terminat)\w*\b.*\b(?:designat|listing|identif)|\b(?:designat|listing|identif)\w*\b.*\b(?:rescind|revok|terminat)/i;
const CHANGED =
  /\b(?:chang(?:ed?|es|ing)|updat(?:ed?|es|ing)|amend(?:ed|ing|ments?)|modif(?:ied|ications?)|revis(?:ed|ions?)|correct(?:ed|ions?)|replac(?:ed|ing))\b/i;
const OPERATIONS: Shapes = [
  [ADDED, "add"],
  [DELETED, "delete"],
  [CHANGED, "change"],
];

/** Says that something was done, with or without good grammar: "The following individual have been added". */
const DONE =
  /\bfollowing\b|\b(?:has|have|was|were|is|are|had)\s+(?:also\s+)?(?:been\s+|being\s+)?(?:made|added|removed|deleted|changed|updated|amended|modified|replaced|revoked|rescinded|terminated|identified|(?:re-?)?designated)\b|\bno longer\b/i;
/** "OFAC removed these persons", "OFAC is also adding". */
const BY_OFAC =
  /\b(?:OFAC|Treasury|Department)\b.{0,80}\b(?:add(?:ed|ing)|remov(?:ed|ing)|delet(?:ed|ing)|chang(?:ed|ing)|updat(?:ed|ing)|amend(?:ed|ing)|modif(?:ied|ying)|revis(?:ed|ing)|lift(?:ed|ing)|rescind(?:ed|ing)|revok(?:ed|ing)|terminat(?:ed|ing)|(?:re-?)?designat(?:ed|ing)|identif(?:ied|ying))\b/i;
const NEWLY =
  /\b(?:has|have|was|were|are|is|individuals?|persons?|entity|entities|vessels?|aircraft|part(?:y|ies)|OFAC)\b.*\b(?:(?:re-?)?designat(?:ed|ing)|identif(?:ied|ying)|listed|sanctioned)\b/i;

/** A heading of nothing but what was done, to whom, on which list: "DELETIONS", "SDN List Changes:". */
const BARE =
  /^(?:(?:additions?|deletions?|removals?|delistings?|changes?|updates?|amendments?|modifications?|corrections?|new(?:ly)?|added|deleted|removed|delisted|changed|updated|amended|modified|corrected|designated|designations?|identifications?|to|from|of|the|on|and|today|ofac(?:'s)?|sdns?|ssi|fse|capta|list|individuals?|entity|entities|vessels?|aircraft|entries|names?)(?:\W+|$))+$/i;
const NOUNS: Shapes = [
  [/\b(?:additions?|added|new(?:ly)?|designat(?:ed|ions?)|identifications?)\b/i, "add"],
  [/\b(?:deletions?|deleted|removals?|removed|delist(?:ed|ings?))\b/i, "delete"],
  [CHANGED, "change"],
];
/** The title of a part, whatever was done in it. */
const LIST_UPDATE = /\blist updates?\W*$/i;

/** A title's segment (ofac-formats §6.3): "Russia-related Designations", "Counter Terrorism Designation Removals". */
const TOPIC =
  /^[\p{Lu}\d][^;:.]*\b(?:designations?|identifications?)(?: (?:removals?|updates?|delistings?))?\W*$/iu;

/** What is said of entries, not which parties a list has. */
const WORDS =
  "(?:language|text|wording|phrase|notation|alias(?:es)?|identifiers?|identifying information|information|a\\.k\\.a\\.s?|tags?)";
const WORDING = new RegExp(
  `\\b${WORDS}\\b.*\\b(?:add|includ)|\\badd(?:ed|ing)\\b (?:\\S+ ){0,5}?${WORDS}\\b`,
  "i",
);
/** "OFAC's SDN List has been amended by adding the following names", "… to include the following individuals". */
const LIST_AMENDED =
  /\blist\b.*\b(?:amend|updat|chang|revis|modif)\w*\b.*?\b(?:to|by) (?:(add|includ)|(?:remov|delet))\w* (?:the )?following (?:\S+ ){0,2}?(?:names?|individuals?|persons?|entity|entities|vessels?|aircraft|parties)\b/i;

/** "Persons, previously added to the list, have been removed": what was once done is not what is said. */
const ASIDE = /, (?:previously|formerly|originally|which|who|whose)\b[^,]*,/gi;
/** Words that only look like "add". */
const APART = /\bin addition\b|\badditionally\b/gi;

/**
 * What a text says was done; null when it names several things, or none. `above`: an entry stands right below, so that
 * a bare "DELETIONS" or "OFAC removed these persons" is about it.
 */
export function statedOperation(text: string, above: boolean): NoticeOperation | null {
  if (DONE.test(text)) return operationOf(text);
  if (!above) return null;
  const bare = withoutListNames(text)
    .replace(/\[[^\]]*\]/g, "")
    .replace(/^\W+/, "");
  if (BARE.test(bare)) return LIST_UPDATE.test(bare) ? null : only(NOUNS, bare);
  if (TOPIC.test(text)) return topicOperation(text);
  return BY_OFAC.test(text) || NEWLY.test(withoutListNames(text)) ? operationOf(text) : null;
}

/** True for a segment as titles have them. */
export function isTopic(text: string): boolean {
  return TOPIC.test(text);
}

/** True for a text that names several things done: "OFAC is removing one entry and adding one entry". */
export function namesSeveralOperations(text: string): boolean {
  return (
    (DONE.test(text) || BY_OFAC.test(text)) && operationsIn(OPERATIONS, text.replace(APART, "")).length > 1
  );
}

/** "Designation Removals" are removals; "Designations and Designation Removal" names two things. */
function topicOperation(text: string): NoticeOperation | null {
  if ((text.match(/\b(?:designat|identif)/gi) ?? []).length > 1) return null;
  return operationsIn(NOUNS, text).at(-1) ?? null;
}

function operationOf(heading: string): NoticeOperation | null {
  const text = heading.replace(APART, "").replace(ASIDE, "");
  const amended = LIST_AMENDED.exec(text);
  if (amended !== null) return amended[1] === undefined ? "delete" : "add";
  if (WORDING.test(text) || /\bto include the following\b/i.test(text)) return "change";
  if (OPERATIONS.some(([shape]) => shape.test(text))) return only(OPERATIONS, text);
  // "The following vessels have been identified as blocked property"
  return NEWLY.test(withoutListNames(text)) ? "add" : null;
}

/** The one operation that a text names; null when it names several, or none. */
function only(shapes: Shapes, text: string): NoticeOperation | null {
  const said = operationsIn(shapes, text);
  return said.length === 1 ? (said[0] ?? null) : null;
}

function operationsIn(shapes: Shapes, text: string): NoticeOperation[] {
  return shapes.filter(([shape]) => shape.test(text)).map(([, operation]) => operation);
}
