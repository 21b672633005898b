const SDN = "SDN List";
const CONSOLIDATED = "Consolidated List";

const LISTS: readonly (readonly [RegExp, string])[] = [
  [/menu[- ]based|\bns-?mbs\b|\bmbs list/i, "Non-SDN Menu-Based Sanctions List"],
  [/chinese military|\b(?:ns-)?cmic\b/i, "Non-SDN CMIC List"],
  [/palestinian legislative|\bns-?plc\b/i, "Non-SDN Palestinian Legislative Council List"],
  [/sector(?:al|ial|s)? sanctions|\bssi\b/i, "Sectoral Sanctions Identifications List"],
  [/correspondent account|payable[- ]through|\bcapta\b/i, "CAPTA List"],
  [/foreign sanctions evaders|\bfse\b/i, "FSE List"],
  [/\bpart 561\b/i, "Part 561 List"],
  [/\b13599 list/i, "E.O. 13599 List"],
  [/non-sdn|consolidated (?:sanctions )?list/i, CONSOLIDATED],
  [/\bsdns?\b|special(?:ly)? designat/i, SDN],
];

/** Words before "list" that name none: "OFAC's list", "Unrelated Administrative List Updates". */
const UNNAMED =
  /^(?:administrative|sanctions?|ofac(?:['\u2019]s)?|this|that|the|its|their|following|above|a|of|and|to|from|on)$/i;

/** Headings are short; what is longer is hostile. */
const LONGEST = 600;

/** The list a text names; null where it names several, or one that is not known; undefined where it names none. */
export function namedList(heading: string): string | null | undefined {
  const text = heading.slice(0, LONGEST);
  const sdnApart = text.replace(/\bnon-sdn\b/gi, "");
  const names = LISTS.filter(([shape, name]) => shape.test(name === SDN ? sdnApart : text)).map(
    ([, name]) => name,
  );
  // "Non-SDN Menu-Based Sanctions List" is one list, "the SSI List and the SDN List" are two.
  const [first, ...others] = names.some((name) => name !== SDN && name !== CONSOLIDATED)
    ? names.filter((name) => name !== CONSOLIDATED)
    : names;
  if (first !== undefined) return others.length > 0 ? null : first;
  const words = [...text.matchAll(/([\p{L}\d.'\u2019-]+) lists?\b(?! of)/giu)].map(([, word]) => word ?? "");
  return words.some((word) => !UNNAMED.test(word)) ? null : undefined;
}

/** A text in which no list's name looks like something that was done ("Specially Designated Nationals"). */
export function withoutListNames(text: string): string {
  return text.replace(
    /special(?:ly)? designat\w+(?: (?:nationals?|(?:global )?terrorists?|narcotics traffickers?))?(?: and blocked persons)?/gi,
    "SDN",
  );
}
