import { endsInCountryName } from "./countries.ts";

/** An item of an entry line: whether it begins with a label, and whether a table has that label. */
export interface Item {
  readonly text: string;
  readonly label: "known" | "unknown" | "none";
}

/** What an item is when it is read as one without a label. */
export interface Unlabelled {
  readonly kind: "address" | "title" | "remarks";
  /** The line alone does not say so. */
  readonly doubtful: boolean;
}

/**
 * Tells addresses from titles and remarks. Addresses stand together, before the first label; `firstIsAddress`:
 * the first item followed the name after a comma.
 */
export function readUnlabelled(
  items: readonly Item[],
  type: string,
  firstIsAddress: boolean,
): readonly Unlabelled[] {
  const other = type === "individual" ? "title" : "remarks";
  const firstLabel = items.findIndex((item) => item.label === "known");
  const mayBeAddress =
    type === "vessel" || type === "aircraft" ? 0 : firstLabel < 0 ? items.length : firstLabel;
  const ends = items.map(({ text }, i) => i < mayBeAddress && endsInCountryName(text));
  const lastCountry = ends.lastIndexOf(true);
  let addresses = 0;
  let labels = 0;
  return items.map(({ text, label }, i): Unlabelled => {
    const isTitle = i === 0 && firstIsAddress && type === "individual" && !ends[0] && readsAsTitle(text);
    const certain = !isTitle && ((i === 0 && firstIsAddress) || ends[i] === true);
    // What stands before another address, or looks like one, is one without a country.
    const likely = i < lastCountry || (i < mayBeAddress && looksLikeAddress(text));
    const follows = type === "entity" && i < mayBeAddress && addresses > 0 && labels === 0;
    const address =
      certain || (!isTitle && (likely || (follows && label === "none" && !readsAsRemark(text))));
    if (address) addresses += 1;
    else if (label !== "none") labels += 1;
    if (address) return { kind: "address", doubtful: !certain };
    return { kind: other, doubtful: isTitle || i < mayBeAddress };
  });
}

const ADDRESS_WORDS =
  /^c\/o\b|\b(?:street|road|avenue|ave|boulevard|p\.?\s?o\.? box|building|district|province|square|suite|floor)\b/i;

function looksLikeAddress(text: string): boolean {
  return (text.includes(",") && /\d/.test(text)) || ADDRESS_WORDS.test(text);
}

const OFFICE =
  /^(?:acting|ambassador|chairman|chief|commander|deputy|director|former|governor|head|leader|mayor|member|minister|president|prime minister|secretary|vice)\b/i;

/** `Former President of Liberia`, `Governor of Test Province`, where a person's address would stand. */
function readsAsTitle(text: string): boolean {
  if (/[\d,]/.test(text)) return false;
  return !looksLikeAddress(text) || (OFFICE.test(text) && / of /.test(text));
}

const REMARK_START =
  /^(?:[<("]|(?:all|also|and|any|founded|formerly|no longer|not|only|operat\w+|owned|see|subsidiary|the|these|this)\b|\S+@|https?:|www\.)/i;
const REMARK_END = /\b(?:only|world-?wide)\.?$/i;

/** `All offices worldwide`, `This designation refers to …`: what OFAC says of an entity in its own words. */
function readsAsRemark(text: string): boolean {
  return /^\p{Ll}/u.test(text) || REMARK_START.test(text) || REMARK_END.test(text);
}
