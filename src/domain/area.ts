import type { Party } from "./party.ts";

/**
 * The parts of a party that can change. An area is either one value (`scalar`) or a set of children (`set`);
 * what has no uid of OFAC's is matched by content, or by its label where a party has one of each (`type`).
 */
export interface AreaShape {
  readonly area: Area;
  readonly property: Exclude<keyof Party, "uid">;
  readonly shape: "scalar" | "set";
  readonly matchBy: "content" | "type";
  /**
   * In SDN.CSV read alone, facts of the area travel in the remarks and share their cut; `standsInRemarks` tells of a
   * value whether it is one of them.
   */
  readonly inRemarks: boolean;
}

export type Area =
  | "type"
  | "name"
  | "alias"
  | "title"
  | "remarks"
  | "program"
  | "list"
  | "sanctions-type"
  | "blocking"
  | "restriction"
  | "secondary-sanctions"
  | "legal-authority"
  | "address"
  | "nationality"
  | "citizenship"
  | "birth-date"
  | "birth-place"
  | "gender"
  | "document"
  | "feature"
  | "wallet"
  | "contact"
  | "vessel"
  | "aircraft"
  | "relationship";

const scalar = (area: Area, property: AreaShape["property"]): AreaShape => ({
  area,
  property,
  shape: "scalar",
  matchBy: "content",
  inRemarks: false,
});

const set = (
  area: Area,
  property: AreaShape["property"],
  inRemarks: boolean,
  matchBy: AreaShape["matchBy"] = "content",
): AreaShape => ({ area, property, shape: "set", matchBy, inRemarks });

/** Every area, in the order in which changes are recorded and shown. */
export const AREAS: readonly AreaShape[] = [
  scalar("type", "type"),
  scalar("name", "name"),
  set("alias", "aliases", true),
  scalar("title", "title"),
  set("remarks", "remarks", true),
  set("program", "programs", false),
  set("list", "lists", false),
  set("sanctions-type", "sanctionsTypes", false),
  scalar("blocking", "blocking"),
  set("restriction", "restrictions", true),
  set("secondary-sanctions", "secondarySanctions", true),
  set("legal-authority", "legalAuthorities", false),
  set("address", "addresses", false),
  set("nationality", "nationalities", true),
  set("citizenship", "citizenships", true),
  set("birth-date", "birthDates", true),
  set("birth-place", "birthPlaces", true),
  set("gender", "genders", true),
  set("document", "documents", true),
  set("feature", "features", true),
  set("wallet", "wallets", true),
  set("contact", "contacts", true),
  set("vessel", "vessel", true, "type"),
  set("aircraft", "aircraft", true, "type"),
  set("relationship", "relationships", true),
];

/** Every area's name, for validation and documentation. */
export const AREA_NAMES: readonly Area[] = AREAS.map((shape) => shape.area);

const BY_NAME: ReadonlyMap<string, AreaShape> = new Map(AREAS.map((shape) => [shape.area, shape]));

/** The shape of an area; throws on a name that no area has. */
export function areaShape(area: string): AreaShape {
  const found = BY_NAME.get(area);
  if (found === undefined) throw new Error(`no such area: ${area}`);
  return found;
}
