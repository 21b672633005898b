import {
  type Address,
  type Area,
  classifyLabel,
  type EntryClaim,
  type EntryReading,
  linkedNameKey,
  nameKey,
  type Party,
} from "../domain/index.ts";
import { addressKey, attributeKey, documentKey, LABELLED, textKey, walletKey } from "./fact-keys.ts";

/** What one side says in one area: the text as written, by the key it is compared by. */
export type Facts = ReadonlyMap<string, string>;

/** What one side says, by area. Areas with nothing are left out. */
export type FactsByArea = ReadonlyMap<Area, Facts>;

/** Areas in which a notice's line and a party can be held side by side, in the order they are told. */
export const COMPARED: readonly Area[] = [
  "name",
  "type",
  "alias",
  "program",
  "title",
  "address",
  "nationality",
  "citizenship",
  "birth-date",
  "birth-place",
  "gender",
  "document",
  "wallet",
  "contact",
  "feature",
  "restriction",
  "secondary-sanctions",
  "vessel",
  "aircraft",
  "relationship",
];

/** Names a party goes by: primary, aliases, every script; as `nameKey` has them. */
export function partyNames(party: Party): Set<string> {
  const names = [party.name, ...(party.aliases ?? [])];
  return new Set(
    names.flatMap((name) => [name.full, ...(name.scripts ?? []).map((form) => form.full)]).map(nameKey),
  );
}

/** Names a line gives its party, scripts too. */
export function readingNames(reading: EntryReading): Set<string> {
  return new Set(
    reading.claims.filter((c) => c.area === "name" || c.area === "alias").map((c) => nameKey(c.value)),
  );
}

class Collector {
  readonly #facts = new Map<Area, Map<string, string>>();

  /** A labelled fact. What stands behind a semicolon in its value is text of its own in some sources. */
  addLabelled(area: Area, label: string | undefined, value: string): void {
    const [first = "", ...rest] = area === "feature" ? value.split("; ") : [value];
    this.add(area, attributeKey(area, label, first), LABELLED.has(area) ? shown(label, first) : first);
    for (const text of rest) this.add("title", textKey(text), text);
  }

  add(area: Area, key: string, shown: string): void {
    if (key === "") return;
    const facts = this.#facts.get(area) ?? new Map<string, string>();
    if (!facts.has(key)) facts.set(key, shown);
    this.#facts.set(area, facts);
  }

  done(): FactsByArea {
    return this.#facts;
  }
}

/**
 * What an entry line says, ready to be compared. `freeTexts`: what the party has without a label that its
 * source knows; the same words in the line are free text too, though the line's reader knows their label.
 */
export function readingFacts(reading: EntryReading, freeTexts?: Facts): FactsByArea {
  const facts = new Collector();
  facts.add("type", reading.type, reading.type);
  for (const claim of reading.claims) {
    if (claim.renders !== undefined) continue;
    const words =
      freeTexts === undefined || !isLabelled(claim) ? "" : reading.text.slice(claim.start, claim.end);
    if (freeTexts?.has(textKey(words))) facts.add("title", textKey(words), words);
    else addClaim(facts, claim);
  }
  return facts.done();
}

function isLabelled({ area, label }: EntryClaim): boolean {
  return label !== undefined && area !== "alias" && area !== "relationship";
}

function addClaim(facts: Collector, claim: EntryClaim): void {
  const { area, label, value, country } = claim;
  if (area === "type") return;
  if (area === "title" || area === "remarks" || claim.unknown) {
    const text = shown(label, value, country);
    facts.add("title", textKey(text), text);
  } else if (area === "document") {
    facts.add(area, documentKey(label, value, country), shown(label, value, country));
  } else if (area === "wallet") facts.add(area, walletKey(label ?? "", value), shown(label, value));
  else if (area === "address") facts.add(area, addressKey(value), value);
  else facts.addLabelled(area, label, value);
}

/** What a party says, ready to be compared. */
export function partyFacts(party: Party): FactsByArea {
  const facts = new Collector();
  facts.add("type", party.type, party.type);
  facts.add("name", nameKey(party.name.full), party.name.full);
  for (const alias of party.aliases ?? []) facts.add("alias", nameKey(alias.full), alias.full);
  for (const program of party.programs ?? [])
    facts.add("program", attributeKey("program", undefined, program.code), program.code);
  for (const text of (party.title ?? "").split("; ")) facts.add("title", textKey(text), text);
  for (const remark of party.remarks ?? []) {
    if (remark.cut !== true) facts.add("title", textKey(remark.text), remark.text);
  }
  for (const address of party.addresses ?? []) {
    // Semicolons in an address part it, in a line.
    for (const text of addressText(address).split(/;\s/)) facts.add("address", addressKey(text), text);
  }
  for (const document of party.documents ?? []) {
    const { type, number = "", country } = document;
    if (!classifyLabel(type).known)
      facts.add("title", textKey(shown(type, number, country)), shown(type, number, country));
    else facts.add("document", documentKey(type, number, country), shown(type, number, country));
  }
  for (const wallet of party.wallets ?? []) {
    facts.add("wallet", walletKey(wallet.currency, wallet.address), `${wallet.currency} ${wallet.address}`);
  }
  for (const relation of party.relationships ?? []) {
    facts.add("relationship", linkedNameKey(relation.targetName), relation.targetName);
  }
  for (const [area, property] of ATTRIBUTES) {
    for (const { type, value } of party[property] ?? []) {
      // A label that no table has is free text in one source and a label in another.
      const free = LABELLED.has(area) && type !== undefined && !classifyLabel(type).known;
      if (free) facts.add("title", textKey(shown(type, value)), shown(type, value));
      else facts.addLabelled(area, type, value);
    }
  }
  return facts.done();
}

const ATTRIBUTES = [
  ["nationality", "nationalities"],
  ["citizenship", "citizenships"],
  ["birth-date", "birthDates"],
  ["birth-place", "birthPlaces"],
  ["gender", "genders"],
  ["contact", "contacts"],
  ["feature", "features"],
  ["restriction", "restrictions"],
  ["secondary-sanctions", "secondarySanctions"],
  ["vessel", "vessel"],
  ["aircraft", "aircraft"],
] as const;

function addressText(address: Address): string {
  const place = [address.stateOrProvince, address.postalCode].filter((part) => part !== undefined).join(" ");
  const city =
    address.stateOrProvince === undefined ? join([address.city, address.postalCode], " ") : address.city;
  const locality =
    address.locality ?? join([city, address.stateOrProvince === undefined ? undefined : place], ", ");
  return join(
    [
      address.address1,
      address.address2,
      address.address3,
      locality === "" ? undefined : locality,
      address.region,
      address.country,
    ],
    ", ",
  );
}

function join(parts: readonly (string | undefined)[], glue: string): string {
  return parts.filter((part) => part !== undefined && part !== "").join(glue);
}

function shown(label: string | undefined, value: string, country?: string): string {
  return `${label === undefined ? "" : `${label} `}${value}${country === undefined ? "" : ` (${country})`}`;
}
