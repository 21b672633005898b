import {
  AREAS,
  type Area,
  type Coverage,
  compareText,
  coverageOf,
  type Difference,
  type EntryReading,
  type Party,
} from "../domain/index.ts";
import { COMPARED, type Facts, type FactsByArea, partyFacts, readingFacts } from "./facts.ts";

const NONE: Facts = new Map();
const IN_REMARKS: ReadonlySet<Area> = new Set(
  AREAS.filter((shape) => shape.inRemarks).map((shape) => shape.area),
);

/** How much of an area the list's source shows of this very party. */
export type Visible = "all" | "up to a cut" | "nothing";

/** What a source with this coverage shows of one party: a cut matters only where it fell. */
export function visibility(party: Party, coverage: Coverage): (area: Area) => Visible {
  const cut = (party.remarks ?? []).some((remark) => remark.cut === true);
  return (area) => {
    // Titles and free remarks stand side by side in a line.
    const level = area === "title" ? coverageOf(coverage, "remarks") : coverageOf(coverage, area);
    if (level === "absent") return "nothing";
    if (cut && (IN_REMARKS.has(area) || area === "title")) return "up to a cut";
    return level === "truncated" && !IN_REMARKS.has(area) && area !== "title" ? "up to a cut" : "all";
  };
}

/**
 * Where an entry line and a party say different things. What the source does not show is no difference; up to
 * a cut only what the list has counts. `anyName`: the line may stand under an alias, as deletions do.
 */
export function differences(
  reading: EntryReading,
  party: Party,
  coverage: Coverage,
  anyName: boolean,
): Difference[] {
  const visible = visibility(party, coverage);
  const list = partyFacts(party);
  const notice = readingFacts(reading, list.get("title"));
  const out: Difference[] = [];
  for (const area of COMPARED) {
    if (visible(area) === "nothing" || (anyName && area === "name")) continue;
    const [a, b] =
      area === "alias" ? [names(notice), names(list)] : [notice.get(area) ?? NONE, list.get(area) ?? NONE];
    const onlyNotice = visible(area) === "all" ? without(a, b) : [];
    const onlyList = without(b, a);
    if (onlyNotice.length + onlyList.length > 0) out.push({ area, notice: onlyNotice, list: onlyList });
  }
  return out;
}

/** Names and aliases together: which of them is the primary one is the business of the area `name`. */
function names(facts: FactsByArea): Facts {
  return new Map([...(facts.get("alias") ?? NONE), ...(facts.get("name") ?? NONE)]);
}

/** Areas in which a change line's two sides differ, names in other scripts counted as `alias`. */
export function changedAreas(before: EntryReading, after: EntryReading): Area[] {
  const a = readingFacts(before);
  const b = readingFacts(after);
  const changed = COMPARED.filter((area) => {
    const one = a.get(area) ?? NONE;
    const two = b.get(area) ?? NONE;
    return without(one, two).length + without(two, one).length > 0;
  });
  if (!changed.includes("alias") && nameForms(before) !== nameForms(after)) changed.push("alias");
  return changed;
}

/** Types, quality and scripts of names: what may change while the names stay. */
function nameForms(reading: EntryReading): string {
  return reading.claims
    .filter((claim) => claim.area === "name" || claim.area === "alias")
    .map((claim) => `${claim.label ?? ""}|${claim.quality ?? ""}|${claim.value}`)
    .sort(compareText)
    .join("\n");
}

function without(a: Facts, b: Facts): string[] {
  return [...a]
    .filter(([key]) => !b.has(key))
    .map(([, shown]) => shown)
    .sort(compareText);
}
