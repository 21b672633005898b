import { type Party, sortChildren } from "../../domain/index.ts";

/*
 * Composed states for the conformance kit: invented, neutral parties that make a consumer meet every rule of
 * applying changes and of canonical form at least once. Nothing here is OFAC data.
 */

/** What the list is on a day of the kit. */
export interface KitDay {
  readonly date: string;
  readonly parties: readonly Party[];
}

const COMPANY: Party = {
  uid: 100,
  type: "entity",
  name: { full: "EXAMPLE TRADING COMPANY", uid: 1 },
  blocking: "yes",
  aliases: sortChildren([
    { uid: 11, full: "EXTRACO", type: "a.k.a.", quality: "weak" },
    { full: 'QUOTED "NAME" \\ BACKSLASH', type: "f.k.a.", quality: "strong" },
    // Canonical order is by UTF-16 code units: U+1F600 (a surrogate pair) stands before U+FB01.
    { full: "\u{1F600}", type: "a.k.a.", quality: "weak" },
    { full: "\uFB01", type: "a.k.a.", quality: "weak" },
  ]),
  programs: [{ code: "EXAMPLE1" }],
  addresses: sortChildren([
    { uid: 31, city: "Port Example", country: "Panama" },
    { uid: 4, address1: "1 First Road", city: "Exampleville", postalCode: "00001", country: "Panama" },
  ]),
};

const PERSON: Party = {
  uid: 2000,
  type: "individual",
  name: {
    full: "EXAMPLE, Ann",
    last: "EXAMPLE",
    first: "Ann",
    scripts: [{ script: "Cyrillic", full: "\u041F\u0420\u0418\u041C\u0415\u0420 \u0410\u043D\u043D\u0430" }],
  },
  blocking: "yes",
  title: "Director",
  birthDates: [{ value: "circa 1960", period: { from: "1960-01-01", to: "1960-12-31", approximate: true } }],
  documents: sortChildren([
    { uid: 51, type: "Passport", number: "X0000000", country: "Panama" },
    { uid: 52, type: "Tax ID No.", number: "000-000" },
  ]),
  remarks: sortChildren([{ text: "composed" }, { text: "composed" }]),
};

const SHIP: Party = {
  uid: 30,
  type: "vessel",
  name: { full: "EXAMPLE STAR" },
  blocking: "unknown",
  programs: [{ code: "EXAMPLE2" }],
  vessel: sortChildren([
    { type: "Vessel Flag", value: "Panama" },
    { type: "Vessel Type", value: "Tanker" },
  ]),
  remarks: sortChildren([{ text: "a text that the source cuts he", cut: true as const }, { text: "whole" }]),
};

const PLANE: Party = {
  uid: 100_000,
  type: "aircraft",
  name: { full: "EP-XXX" },
  blocking: "no",
  aircraft: [{ type: "Aircraft Model", value: "B.744" }],
  relationships: [{ type: "Linked To", targetUid: 100, targetName: "EXAMPLE TRADING COMPANY" }],
};

/** Changed twice: children changed under their uid, re-created under another, added, removed, one of two equal. */
const COMPANY_LATER: Party = {
  ...COMPANY,
  name: { full: "EXAMPLE TRADING CO., LTD. \u2028\u0007", uid: 1 },
  aliases: sortChildren([
    ...(COMPANY.aliases ?? []).filter(({ uid }) => uid !== 11),
    { uid: 12, full: "EXTRACO", type: "a.k.a.", quality: "weak" as const },
  ]),
  programs: sortChildren([{ code: "EXAMPLE1" }, { code: "EXAMPLE3" }]),
  addresses: sortChildren([
    { uid: 4, address1: "1 First Road", city: "Exampleville", postalCode: "00002", country: "Panama" },
  ]),
  wallets: [{ currency: "XBT", address: "composed-address" }],
};

const { title: _title, ...UNTITLED } = PERSON;
const PERSON_LATER: Party = {
  ...UNTITLED,
  type: "individual",
  remarks: [{ text: "composed" }],
  genders: [{ value: "Female" }],
};

/** The source's cut moved: what differs at or past it is unknown, and must be applied all the same. */
const SHIP_LATER: Party = {
  ...SHIP,
  vessel: sortChildren([
    { type: "Vessel Flag", value: "Liberia" },
    { type: "Vessel Type", value: "Tanker" },
  ]),
  remarks: sortChildren([{ text: "a text that the source cuts here", cut: true as const }, { text: "new" }]),
};

/** Four days: a baseline, changes of every kind, removals, and a day on which most of it is taken back. */
export const KIT_DAYS: readonly KitDay[] = [
  { date: "2020-01-06", parties: [SHIP, COMPANY, PERSON] },
  { date: "2020-01-07", parties: [SHIP_LATER, COMPANY_LATER, PERSON_LATER, PLANE] },
  { date: "2020-01-08", parties: [SHIP_LATER, { ...COMPANY_LATER, title: "" }, PLANE] },
  { date: "2020-01-09", parties: [COMPANY, PERSON, { ...PLANE, blocking: "yes" }] },
];
