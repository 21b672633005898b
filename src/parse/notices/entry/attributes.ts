import {
  type Area,
  classifyLabel,
  type EntryClaim,
  entryKey,
  withPlainMarks,
} from "../../../domain/index.ts";
import { namesCountry } from "./countries.ts";
import { noticeLabel } from "./labels.ts";

const DAY = "(?:(?:\\d{1,2} )?[A-Z][a-z]{2,8}\\.? \\d{4}|\\d{4})";
const DAYS = `(?:circa )?${DAY}(?: to ${DAY})?`;
const ISSUED = new RegExp(`[,;]? issued (?:on )?(${DAYS})$`);
const EXPIRES = new RegExp(`[,;]? expires (?:on )?(${DAYS})$`);

/** Labels no table has, by their shape: `Fishing License No. 123 (Ghana)`, `Some Information: text`. */
const UNKNOWN_DOCUMENT =
  /^([A-Z][\p{L}\d.'\u2019/&-]*(?: [\p{L}\d.'\u2019/&()-]+){0,9}? ?(?:Number|No\.?|Nos\.|Code|ID|#|Identification|Certificate|Passport|License|Licence)(?: \([^()]{1,30}\))?) ((?=\S*\d)\S.*)$/u;
const UNKNOWN_FEATURE = /^([A-Z][^;:]{2,90}(?:: | - ))(\S.*)$/;
const UNKNOWN_DATE = new RegExp(`^([A-Z][\\p{L}()/ -]{2,60} Date(?: \\([^()]+\\))?:?) (${DAYS})$`, "u");

const LONGEST_LABEL = 120;

/** A labelled item of an entry line; undefined when it has no label. */
export function attributeClaim(text: string, start: number): EntryClaim | undefined {
  const alt = /^alt\.?\s+/i.exec(text)?.[0] ?? "";
  const item = text.slice(alt.length);
  const span = { start, end: start + text.length, ...(alt === "" ? {} : { alt: true as const }) };
  const linked = /^Linked To\s*:\s*(.+)$/i.exec(item);
  if (linked !== null) return { area: "relationship", label: "Linked To:", value: linked[1] ?? "", ...span };
  const known = noticeLabel(item);
  if (known !== undefined) {
    const { label, area, kind, at } = known;
    const value = item.slice(at).trim();
    if (kind === "document") return { ...documentParts(withoutNumberSign(value)), area, label, ...span };
    return { area, label, value, ...span };
  }
  // A label alone, with nothing after it, is still that label.
  if (item.length > LONGEST_LABEL) return unknownLabel(item, span);
  const bare = entryKey(`${withPlainMarks(item).replace(/[\s:]+$/, "")} x`);
  if (bare !== undefined && bare.value === "x")
    return { area: bare.area, label: bare.label, value: "", ...span };
  return unknownLabel(item, span);
}

function unknownLabel(item: string, span: Pick<EntryClaim, "start" | "end" | "alt">): EntryClaim | undefined {
  const date = UNKNOWN_DATE.exec(item);
  if (date !== null)
    return unknown(classifyLabel(date[1] ?? "").area, date[1] ?? "", { value: date[2] ?? "" }, span);
  const document = UNKNOWN_DOCUMENT.exec(item);
  if (document !== null)
    return unknown("document", document[1] ?? "", documentParts(document[2] ?? ""), span);
  const feature = UNKNOWN_FEATURE.exec(item);
  if (feature === null) return undefined;
  const label = (feature[1] ?? "").trim();
  return unknown(classifyLabel(label).area, label, { value: feature[2] ?? "" }, span);
}

function unknown(
  area: Area,
  label: string,
  rest: Omit<EntryClaim, "area" | "start" | "end">,
  span: Pick<EntryClaim, "start" | "end" | "alt">,
): EntryClaim {
  return { ...rest, area, label, ...span, unknown: true };
}

/** `No. A14` and `# A14` are the number A14. */
function withoutNumberSign(value: string): string {
  return value.replace(/^(?:(?:No|no|Number|number)(?:\. ?:?|:| ) ?|# ?)(?=.{0,40}\d)/, "");
}

/** `109420132 (Korea, North) issued 16 Oct 2019 expires 16 Oct 2024` in its parts. */
export function documentParts(
  text: string,
): Pick<EntryClaim, "value" | "country" | "issued" | "expires"> & { value: string } {
  let rest = text.trim();
  const parts: { country?: string; issued?: string; expires?: string } = {};
  for (;;) {
    const expires = parts.expires === undefined ? EXPIRES.exec(rest) : null;
    const issued = parts.issued === undefined ? ISSUED.exec(rest) : null;
    if (expires !== null) parts.expires = expires[1] ?? "";
    else if (issued !== null) parts.issued = issued[1] ?? "";
    else break;
    rest = rest.slice(0, (expires ?? issued)?.index ?? rest.length);
  }
  const country = / \(([^()]+(?:\([^()]*\)[^()]*)*)\)$/.exec(rest);
  if (country !== null && looksLikeCountry(country[1] ?? "")) {
    parts.country = country[1] ?? "";
    rest = rest.slice(0, country.index);
  }
  return { value: rest.trim(), ...parts };
}

/** Countries in OFAC's spelling, and what else stands in a country's place. */
function looksLikeCountry(text: string): boolean {
  return namesCountry(text) || /^\p{Lu}[\p{L}.,'\u2019& -]*$/u.test(text);
}
