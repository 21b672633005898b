import { type Area, isPeriodLabel, linkedNameKey, nameKey, plainLabel } from "../domain/index.ts";

/** Areas that hold several kinds of facts: the label belongs to the fact. */
export const LABELLED: ReadonlySet<Area> = new Set([
  "contact",
  "feature",
  "restriction",
  "vessel",
  "aircraft",
]);

/** The key a labelled fact is compared by. */
export function attributeKey(area: Area, label: string | undefined, value: string): string {
  if (area === "name" || area === "alias") return nameKey(value);
  if (area === "relationship") return linkedNameKey(value);
  const dated = area === "birth-date" || (label !== undefined && isPeriodLabel(label));
  const plain = dated ? dateKey(value) : textKey(value);
  const text = area === "vessel" ? plain.replace(/(?<=\d),(?=\d{3})/g, "") : plain;
  if (!LABELLED.has(area)) return text;
  return `${area === "contact" ? contactKind(label ?? "") : plainLabel(label ?? "").toUpperCase()}|${text}`;
}

export function textKey(value: string): string {
  return nameKey(value)
    .replace(/^ALT\.? /, "")
    .replace(/[\s.,;]+$/, "");
}

const MONTH =
  "(JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\\.?";
const DAY_MONTH = new RegExp(`\\b(\\d{1,2}) ${MONTH},? (?=\\d{4}\\b)`, "g");
const MONTH_DAY = new RegExp(`\\b${MONTH} (\\d{1,2}),? (?=\\d{4}\\b)`, "g");
const MONTH_ONLY = new RegExp(`\\b${MONTH},? (?=\\d{4}\\b)`, "g");

/** `1 January 1960`, `January 1, 1960` and `01 Jan 1960` are one day; the rest of the text stays. */
export function dateKey(value: string): string {
  const point = (day: string, month: string) => `${day.padStart(2, "0")} ${month.slice(0, 3)} `;
  return textKey(value)
    .replace(MONTH_DAY, (_, month: string, day: string) => point(day, month))
    .replace(DAY_MONTH, (_, day: string, month: string) => point(day, month))
    .replace(MONTH_ONLY, (_, month: string) => `${month.slice(0, 3)} `);
}

/** `Telephone No.`, `Phone:` and `Phone Number` name one kind of contact. */
function contactKind(label: string): string {
  const plain = plainLabel(label).toUpperCase();
  if (/^(?:TELE?PHONE|TEL|PHONE|MOBILE|CELL)/.test(plain)) return "PHONE NUMBER";
  if (plain.startsWith("FAX")) return "FAX";
  return /^E-?MAIL/.test(plain) ? "EMAIL ADDRESS" : plain;
}

/**
 * Number and country run together: `123 (Cali)` is a number with a town to one reader, with a country to
 * another. `No.` before it is no part of the number.
 */
export function documentKey(type: string | undefined, number: string, country: string | undefined): string {
  const plain = number.replace(/^(?:no|number)(?:\.? ?:|\.| ) ?(?=.{0,40}\d)/i, "");
  return `${plainLabel(type ?? "").toUpperCase()}|${nameKey(`${plain}${country ?? ""}`).replace(/[^\p{L}\p{N}]/gu, "")}`;
}

/** The address alone: whoever writes it, a wallet has one owner; the currency is OFAC's label. */
export function walletKey(label: string, address: string): string {
  return `${label.replace(/^Digital Currency Address\s*-\s*/i, "").toUpperCase()}|${address}`;
}

/** Letters and digits in the order in which OFAC's line prints an address's parts. */
export function addressKey(text: string): string {
  return nameKey(text).replace(/[^\p{L}\p{N}]/gu, "");
}
