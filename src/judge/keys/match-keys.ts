import {
  type Alias,
  type Area,
  type AreaValue,
  type Attribute,
  areaShape,
  type IdentityDocument,
  type Name,
  type Party,
  plainLabel,
  type Wallet,
} from "../../domain/index.ts";
import {
  normaliseEmail,
  normaliseImo,
  normaliseNumber,
  normalisePhone,
  normaliseText,
  normaliseWallet,
  normaliseWebsite,
} from "./normalise.ts";

/** What a screening engine compares. All names of a party are one space, strong or weak. */
export type KeySpace =
  | "name"
  | "document"
  | "imo"
  | "mmsi"
  | "call-sign"
  | "tail-number"
  | "msn"
  | "mode-s"
  | "wallet"
  | "swift-bic"
  | "lei"
  | "isin"
  | "ticker"
  | "identifier"
  | "website"
  | "email"
  | "phone";

export interface MatchKey {
  readonly space: KeySpace;
  readonly area: Area;
  /** `primary`, the alias type, the document type, OFAC's currency label, … */
  readonly label: string;
  readonly raw: string;
  readonly normalised: string;
  /** Only of a weak alias: OFAC does not expect screening on it. */
  readonly weak: boolean;
  /** One of its kind in the world: two records that share it are one party. */
  readonly decisive: boolean;
}

/** Spaces whose values OFAC gives to one party only. Names, web sites and telephone numbers are shared. */
const DECISIVE: ReadonlySet<KeySpace> = new Set<KeySpace>([
  "document",
  "imo",
  "mmsi",
  "tail-number",
  "msn",
  "wallet",
  "swift-bic",
  "lei",
]);

/** Feature labels that carry a code to match, in lower case without trailing punctuation. */
const FEATURE_SPACES: Readonly<Record<string, KeySpace>> = {
  "swift/bic": "swift-bic",
  isin: "isin",
  "equity ticker": "ticker",
  "micex code": "ticker",
  "bik (ru)": "identifier",
  "d-u-n-s number": "identifier",
};

const DOCUMENT_SPACES: Readonly<Record<string, KeySpace>> = {
  "vessel registration identification": "imo",
  mmsi: "mmsi",
  "legal entity number": "lei",
};

const VESSEL_SPACES: Readonly<Record<string, KeySpace>> = {
  "vessel call sign": "call-sign",
  "other vessel call sign": "call-sign",
  mmsi: "mmsi",
  "vessel registration identification": "imo",
};

const AIRCRAFT_SPACES: Readonly<Record<string, KeySpace>> = {
  "aircraft tail number": "tail-number",
  "previous aircraft tail number": "tail-number",
  "aircraft manufacturer's serial number (msn)": "msn",
  "aircraft construction number (also called l/n or s/n or f/n)": "msn",
  "aircraft serial identification": "msn",
  "aircraft mode s transponder code": "mode-s",
};

/** Every match key of a party (or of a part of one), in area order; a key can stand there more than once. */
export function partyKeys(party: Partial<Party>): MatchKey[] {
  return [
    ...(party.name === undefined ? [] : nameKeys("name", "primary", party.name, false)),
    ...(party.aliases ?? []).flatMap(aliasKeys),
    ...(party.documents ?? []).flatMap(documentKeys),
    ...(party.features ?? []).flatMap((value) => attributeKeys("feature", value, FEATURE_SPACES)),
    ...(party.wallets ?? []).map(walletKey),
    ...(party.contacts ?? []).map(contactKey),
    ...(party.vessel ?? []).flatMap((value) => attributeKeys("vessel", value, VESSEL_SPACES)),
    ...(party.aircraft ?? []).flatMap((value) => attributeKeys("aircraft", value, AIRCRAFT_SPACES)),
  ];
}

/** The match keys in one value of an area. */
export function valueKeys(area: Area, value: AreaValue | undefined): MatchKey[] {
  return value === undefined ? [] : partyKeys(partOf(area, value));
}

/** A party that has nothing but this one value: an area's values have the shape its property has. */
export function partOf(area: Area, value: AreaValue): Partial<Party> {
  const { property, shape } = areaShape(area);
  return { [property]: shape === "scalar" ? value : [value] };
}

/** What keys are compared by: `name:TORNADO CASH`. */
export function keyId(key: Pick<MatchKey, "space" | "normalised">): string {
  return `${key.space}:${key.normalised}`;
}

function nameKeys(area: Area, label: string, name: Name, weak: boolean): MatchKey[] {
  const forms = [name.full, ...(name.scripts ?? []).map((form) => form.full)];
  return forms
    .filter((raw) => raw.trim() !== "")
    .map((raw) => ({
      space: "name",
      area,
      label,
      raw,
      normalised: normaliseText(raw),
      weak,
      decisive: false,
    }));
}

function aliasKeys(alias: Alias): MatchKey[] {
  return nameKeys("alias", alias.type, alias, alias.quality === "weak");
}

function documentKeys(document: IdentityDocument): MatchKey[] {
  if (document.number === undefined) return [];
  const space = DOCUMENT_SPACES[labelOf(document.type)] ?? "document";
  return [key(space, "document", document.type, document.number)];
}

function attributeKeys(area: Area, value: Attribute, spaces: Readonly<Record<string, KeySpace>>): MatchKey[] {
  const space = spaces[labelOf(value.type ?? "")];
  return space === undefined ? [] : [key(space, area, value.type ?? area, value.value)];
}

function walletKey(wallet: Wallet): MatchKey {
  return key("wallet", "wallet", wallet.currency, wallet.address);
}

function contactKey(contact: Attribute): MatchKey {
  const label = labelOf(contact.type ?? "");
  const space: KeySpace = label.includes("mail") ? "email" : label.includes("web") ? "website" : "phone";
  return key(space, "contact", contact.type ?? "contact", contact.value);
}

function key(space: KeySpace, area: Area, label: string, raw: string): MatchKey {
  const normalised = NORMALISERS[space]?.(raw) ?? normaliseNumber(raw);
  return {
    space,
    area,
    label,
    raw,
    normalised,
    weak: false,
    decisive: DECISIVE.has(space) && isTelling(space, normalised),
  };
}

const NORMALISERS: { readonly [S in KeySpace]?: (text: string) => string } = {
  name: normaliseText,
  imo: normaliseImo,
  wallet: normaliseWallet,
  website: normaliseWebsite,
  email: normaliseEmail,
  phone: normalisePhone,
};

/** A short number (`Passport 12`, `C.R. No. 7`) is shared by chance; a BIC may have no digit. */
function isTelling(space: KeySpace, normalised: string): boolean {
  return normalised.length >= 5 && (space === "swift-bic" || /\d/.test(normalised));
}

function labelOf(type: string): string {
  return plainLabel(type).toLowerCase();
}
