import { type Area, type CoverageLevel, canonicalJson } from "../domain/index.ts";
import type { NotCovered } from "./rescreen-pack.ts";

/** Areas that hold match keys or discriminators, with what is missing when a source cannot show them. */
const NEEDED: readonly (readonly [area: Area, what: string])[] = [
  ["name", "primary names"],
  ["alias", "aliases"],
  ["document", "document and registration numbers, IMO, MMSI and LEI"],
  ["feature", "SWIFT/BIC, ISIN, tickers and other codes"],
  ["wallet", "digital-currency addresses"],
  ["contact", "web sites, e-mail addresses and telephone numbers"],
  ["vessel", "call signs and flags of vessels"],
  ["aircraft", "tail numbers, serial numbers and transponder codes"],
  ["birth-date", "dates of birth"],
  ["birth-place", "places of birth"],
  ["nationality", "nationalities"],
  ["citizenship", "citizenships"],
  ["gender", "genders"],
  ["address", "addresses"],
  ["remarks", "what stands past the cut of long remarks"],
];

/** What the sources of a publication could not show of keys and discriminators. */
export function notCoveredBy(levelOf: (area: Area) => CoverageLevel, knowsOther: boolean): NotCovered[] {
  const gaps: NotCovered[] = NEEDED.map(([area, what]) => ({
    area,
    level: levelOf(area),
    note: noteOn(what, levelOf(area)),
  })).filter((gap) => gap.level !== "complete");
  return knowsOther
    ? gaps
    : [
        ...gaps,
        {
          area: "other-list",
          level: "absent",
          note: "the other list was not at hand: a removed key may still stand on it",
        },
      ];
}

function noteOn(what: string, level: CoverageLevel): string {
  return level === "absent" ? `${what} are not in this source` : `not all of it is in this source: ${what}`;
}

/** Entries by uid, then by content: the order of the input leaves no trace. */
export function byContent<T extends { readonly uid: number }>(entries: readonly T[]): T[] {
  return entries
    .map((entry) => ({ entry, text: canonicalJson(entry) }))
    .sort((a, b) => a.entry.uid - b.entry.uid || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ entry }) => entry);
}
