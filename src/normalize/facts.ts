import {
  ALIAS_TYPES,
  type Attribute,
  classifyLabel,
  datePeriod,
  type IdentityDocument,
  isKnownProgram,
  isPeriodLabel,
  PARTY_TYPES,
  type Period,
  walletCurrency,
} from "../domain/index.ts";
import type { Draft } from "./draft.ts";
import { cleanText, optionalText } from "./text.ts";

/** One labelled fact of a source, before it is known which area it belongs to. */
export interface Fact {
  readonly uid?: number;
  readonly label: string;
  readonly value: string;
  readonly main?: boolean;
  readonly comments?: string;
  readonly reliability?: string;
  /** What the source itself says the value's days are. */
  readonly period?: Period;
}

/** Puts a labelled fact into the area its label belongs to; an unknown label is kept as a feature and noted. */
export function addFact(draft: Draft, fact: Fact): void {
  const label = cleanText(fact.label);
  const value = cleanText(fact.value);
  const { area, known } = classifyLabel(label);
  if (!known) draft.note(area === "wallet" ? "unknown-currency" : "unknown-label", label, value);
  const uid = fact.uid === undefined ? {} : { uid: fact.uid };
  const said = {
    ...optionalText("comments", fact.comments),
    ...optionalText("reliability", fact.reliability),
  };
  const main = fact.main === true ? { main: true as const } : {};
  const dated = { value, ...main, ...said, ...periodOf(draft, label, value, fact.period) };
  switch (area) {
    case "birth-date":
      draft.birthDates.push({ ...uid, ...dated });
      return;
    case "birth-place":
      draft.birthPlaces.push({ ...uid, value, ...main, ...said });
      return;
    case "nationality":
      draft.nationalities.push({ ...uid, value, ...main, ...said });
      return;
    case "citizenship":
      draft.citizenships.push({ ...uid, value, ...main, ...said });
      return;
    case "gender":
      draft.genders.push({ ...uid, value, ...main, ...said });
      return;
    case "wallet":
      draft.wallets.push({ ...uid, currency: walletCurrency(label) ?? label, address: value, ...said });
      return;
    case "document":
      addDocument(draft, { ...uid, type: label, ...optionalText("number", value), ...said });
      return;
    default:
      labelledList(draft, area).push({ ...uid, type: label, ...dated });
  }
}

function labelledList(draft: Draft, area: string): Attribute[] {
  switch (area) {
    case "contact":
      return draft.contacts;
    case "restriction":
      return draft.restrictions;
    case "secondary-sanctions":
      return draft.secondarySanctions;
    case "vessel":
      return draft.vessel;
    case "aircraft":
      return draft.aircraft;
    default:
      return draft.features;
  }
}

/** The days a date text may mean, in every format from the text alone, so that formats agree. */
function periodOf(
  draft: Draft,
  label: string,
  value: string,
  stated: Period | undefined,
): { period?: Period } {
  if (!isPeriodLabel(label)) return {};
  const period = datePeriod(value);
  if (period === undefined) {
    draft.note("odd-date", label, value);
    return stated === undefined ? {} : { period: stated };
  }
  if (stated !== undefined && (stated.from !== period.from || stated.to !== period.to)) {
    draft.note("date-mismatch", label, `${value} is ${stated.from} to ${stated.to}`);
  }
  return { period };
}

/** An identity document, its type checked against the ones that are known. */
export function addDocument(draft: Draft, document: IdentityDocument): void {
  if (!classifyLabel(document.type).known) draft.note("unknown-label", document.type, document.number ?? "");
  draft.documents.push(document);
}

/** A program tag; unknown ones are kept and noted. */
export function addProgram(draft: Draft, code: string, uid?: number): void {
  const tag = cleanText(code);
  if (tag === "") return;
  if (!isKnownProgram(tag)) draft.note("unknown-program", tag);
  draft.programs.push({ ...(uid === undefined ? {} : { uid }), code: tag });
}

/** `A.K.A.`, `aka` and `a.k.a.` are one; anything else is kept in lower case and noted. */
export function aliasType(draft: Draft, text: string): string {
  const plain = cleanText(text).toLowerCase();
  const known = ALIAS_TYPES.find((type) => type === plain || type.replaceAll(".", "") === plain);
  if (known === undefined) draft.note("unknown-alias-type", plain);
  return known ?? plain;
}

/** Notes what is odd about the party as a whole. */
export function noteParty(draft: Draft): void {
  if (!PARTY_TYPES.includes(draft.type)) draft.note("unknown-party-type", draft.type, draft.name.full);
}
