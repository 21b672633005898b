import { type KnownNames, nameKey } from "../../../domain/index.ts";
import type { Brackets } from "./brackets.ts";
import { namesCountry, namesCountryNotPerson } from "./countries.ts";

/** Where a name ends that neither aliases nor script notes close, and how that was decided. */
export interface NameEnd {
  readonly end: number;
  readonly decidedBy: "known name" | "rule" | "nothing to decide";
}

const SUFFIX =
  /^(?:inc|incorporated|ltd|limited|llc|l\.l\.c|llp|lp|plc|pte|pvt|pty|co|company|corp|corporation|s\.?a|s\.?a\.?s|s\.?p\.?a|s\.?a\.?r\.?l|s\.?r\.?l|gmbh|ag|kg|e\.v|bv|b\.v|nv|n\.v|oao|ooo|zao|pao|ao|jsc|ojsc|cjsc|pjsc|joint[ -]stock company|public joint stock company|s\. ?a\. ?de c\. ?v|s\. ?de r\. ?l\.? ?de c\. ?v|fze|fzc|fzco|dmcc)\.?$/i;
/** No name has more commas. */
const MOST_PARTS = 16;
/** `C.A.`, `S.C.`, `P.J.S.`: company forms of any country. */
const INITIALS = /^(?:\p{Lu}\.\s?){2,5}\p{Lu}?$/u;
const GENERATION = /^(?:jr|sr|ii|iii|iv)\.?$/i;

/**
 * The end of the name in [from, to): people have two parts (`SURNAME, Given`) and perhaps `Jr.`; other parties
 * write their names in capitals, and the address begins where a part is not. A name that a list has decides.
 */
export function nameEnd(
  brackets: Brackets,
  from: number,
  to: number,
  type: string,
  known: KnownNames | undefined,
): NameEnd {
  const quoted = endOfQuote(brackets.text, from, to);
  const parts = brackets.split(",", from, to, (at) => at > quoted);
  if (parts.length <= 1) return { end: parts[0]?.end ?? to, decidedBy: "nothing to decide" };
  for (let i = Math.min(parts.length, MOST_PARTS) - 1; i >= 0; i -= 1) {
    const end = parts[i]?.end ?? to;
    if (known?.has(nameKey(brackets.text.slice(from, end)))) return { end, decidedBy: "known name" };
  }
  const texts = parts.map((part) => brackets.text.slice(part.start, part.end));
  const count = type === "individual" ? personParts(texts) : capitalParts(texts);
  const certain = type === "individual" && texts.length === 2 && count === 2;
  return { end: parts[count - 1]?.end ?? to, decidedBy: certain ? "nothing to decide" : "rule" };
}

/** Where a name that stands in quotation marks ends; `from` when none does. */
function endOfQuote(text: string, from: number, to: number): number {
  if (!/["\u201C]/.test(text[from] ?? "")) return from;
  const length = text.slice(from + 1, to).search(/["\u201D]/);
  return length < 0 ? from : from + 1 + length;
}

function personParts(texts: readonly string[]): number {
  const given = texts[1] ?? "";
  // "ABU ALI, Iraq": a country of one's own name is rarer than a person of one name.
  if (/\d/.test(given) || (texts.length === 2 && namesCountryNotPerson(given))) return 1;
  // `DOE, John, Jr.` and `DOE, JR., John`
  return GENERATION.test(given) || GENERATION.test(texts[2] ?? "") ? Math.min(3, texts.length) : 2;
}

function capitalParts(texts: readonly string[]): number {
  let count = 1;
  for (const text of texts.slice(1)) {
    const capitals = !/\p{Ll}/u.test(text) && /\p{L}{2}/u.test(text);
    // `U.A.E.` has the shape of a company form.
    if (namesCountry(text)) break;
    if (SUFFIX.test(text) || INITIALS.test(text)) count += 1;
    else if (capitals && !/^(?:P\.?O\.?|NO\.?|APT|BLDG)\b|^\d/.test(text)) count += 1;
    else break;
  }
  return count;
}
