import { type Difference, type EntryReading, nameKey, type ReconciledParty } from "../domain/index.ts";
import { readingNames } from "./facts.ts";

/** A party of the notices, as the list has it; mentions in press releases come later. */
export type MatchedParty = Omit<ReconciledParty, "press">;

/** Lines of one party have the same names, whichever of them stands first. */
export function identityOf(reading: EntryReading): string {
  const documents = reading.claims
    .filter((claim) => claim.area === "document")
    .map((claim) => nameKey(claim.value));
  return [...readingNames(reading), ...documents].sort().join("\n");
}

/** One entry for each party and operation: deletions stand once for every alias, parties once for every list. */
export function merge(matched: readonly MatchedParty[], readings: readonly EntryReading[]): MatchedParty[] {
  const byKey = new Map<string, MatchedParty>();
  matched.forEach((party, i) => {
    const reading = readings[i];
    const who = party.uid ?? (reading === undefined ? party.name : identityOf(reading));
    const key = `${party.operation} ${who}`;
    const known = byKey.get(key);
    byKey.set(key, known === undefined ? party : mergeTwo(known, party));
  });
  return [...byKey.values()];
}

function mergeTwo(a: MatchedParty, b: MatchedParty): MatchedParty {
  // The line under the primary name says most surely what OFAC means.
  const first = b.matchedBy.includes("name") && !a.matchedBy.includes("name") ? b : a;
  return {
    ...first,
    notices: [...new Set([...a.notices, ...b.notices])],
    lines: a.lines + b.lines,
    matchedBy: [...new Set([...first.matchedBy, ...a.matchedBy, ...b.matchedBy])],
    differences: mergeDifferences([...a.differences, ...b.differences]),
    status: [a.status, b.status].find((status) => status !== "announced and listed") ?? a.status,
  };
}

function mergeDifferences(all: readonly Difference[]): Difference[] {
  const seen = new Map<string, Difference>();
  for (const one of all) seen.set(`${one.area}|${one.notice.join("|")}|${one.list.join("|")}`, one);
  return [...seen.values()];
}
