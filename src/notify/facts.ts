import { type Area, type AreaValue, areaShape, type Party, type PartyChange } from "../domain/index.ts";

/** The whole party after a record, where it is known: a record holds only the changed fields of a modified one. */
export type PartyLookup = (uid: number) => Party | undefined;

/** Values of a party before and after a change. */
export interface KnownValues {
  readonly values: readonly string[];
  /** False when unchanged values are not at hand. */
  readonly whole: boolean;
  /** Some may stand past the cut of this party's remarks, which the source does not show. */
  readonly cut: boolean;
}

type Read = (value: AreaValue) => readonly string[];

/** OFAC's names of the lists a party is or was on. The mark of all non-SDN parties is no list. */
export function listsOf(change: PartyChange, lookup: PartyLookup | undefined): KnownValues {
  const known = collect(change, lookup, [["list", (party) => party.lists, member("name")]]);
  return { ...known, values: known.values.filter((name) => name !== "Consolidated List") };
}

/** Program tags a party has or had. */
export function programsOf(change: PartyChange, lookup: PartyLookup | undefined): KnownValues {
  return collect(change, lookup, [["program", (party) => party.programs, member("code")]]);
}

/** Countries of addresses, nationalities, citizenships, birth places, documents and flags, before and after. */
export function countriesOf(change: PartyChange, lookup: PartyLookup | undefined): KnownValues {
  return collect(change, lookup, [
    ["address", (party) => party.addresses, member("country")],
    ["nationality", (party) => party.nationalities, member("value")],
    ["citizenship", (party) => party.citizenships, member("value")],
    ["birth-place", (party) => party.birthPlaces, placeEnds],
    ["document", (party) => party.documents, member("country")],
    ["vessel", (party) => party.vessel, flag],
  ]);
}

type Source = readonly [Area, (party: Party) => readonly object[] | undefined, Read];

function collect(
  change: PartyChange,
  lookup: PartyLookup | undefined,
  sources: readonly Source[],
): KnownValues {
  const party = wholeParty(change, lookup);
  const values: string[] = [];
  for (const [area, children, read] of sources) {
    const now = party === undefined ? [] : (children(party) ?? []);
    const changed = change.op === "modify" ? change.fields.filter((field) => field.area === area) : [];
    const all = [...now, ...changed.flatMap((field) => [field.before ?? [], field.after ?? []].flat())];
    values.push(...all.flatMap(read));
  }
  const inRemarks = sources.some(([area]) => areaShape(area).inRemarks);
  return { values, whole: party !== undefined, cut: inRemarks && isCut(change, party) };
}

/** True where the source cut the party's remarks, on either side of the change. */
function isCut(change: PartyChange, party: Party | undefined): boolean {
  const changed = change.op === "modify" ? change.fields.filter(({ area }) => area === "remarks") : [];
  const remarks = [...(party?.remarks ?? []), ...changed.flatMap(({ before, after }) => [before, after])];
  return remarks.some((remark) => typeof remark === "object" && "cut" in remark);
}

function wholeParty(change: PartyChange, lookup: PartyLookup | undefined): Party | undefined {
  switch (change.op) {
    case "add":
      return change.after;
    case "remove":
      return change.before;
    case "modify":
      return lookup?.(change.uid);
  }
}

function member(name: string): Read {
  return (value) => {
    const found: unknown = typeof value === "object" ? Reflect.get(value, name) : undefined;
    return typeof found === "string" && found !== "" ? [found] : [];
  };
}

/** OFAC writes `City, Region, Country`, and some countries have a comma of their own: `Korea, North`. */
function placeEnds(value: AreaValue): readonly string[] {
  return member("value")(value).flatMap((text) => {
    const parts = text.split(",").map((part) => part.trim());
    return [parts.slice(-1), parts.slice(-2)].map((end) => end.join(", "));
  });
}

function flag(value: AreaValue): readonly string[] {
  return member("type")(value).some((type) => /flag/i.test(type)) ? member("value")(value) : [];
}
