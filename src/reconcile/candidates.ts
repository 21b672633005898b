import type { EntryReading, MatchEvidence, Party } from "../domain/index.ts";
import { nameKey } from "../domain/index.ts";
import { type FactsByArea, partyFacts, partyNames, readingFacts, readingNames } from "./facts.ts";

/** How well a party fits a line. */
export interface Fit {
  readonly party: Party;
  readonly score: number;
  readonly matchedBy: readonly MatchEvidence[];
}

const WEIGHT: Readonly<Record<MatchEvidence, number>> = {
  name: 8,
  alias: 5,
  script: 5,
  document: 6,
  wallet: 6,
  "birth-date": 3,
  program: 2,
  type: 1,
};

/** What tells namesakes apart. */
const IDENTITY = ["document", "wallet", "birth-date"] as const;

/**
 * How well this party fits this line; undefined without a common name. Same-name parties exist: programs, dates of birth and
 * documents tell them apart (ofac-formats §6.4).
 */
export function fitOf(reading: EntryReading, party: Party): Fit | undefined {
  const names = partyNames(party);
  const own = readingNames(reading);
  const common = [...own].filter((name) => names.has(name));
  if (common.length === 0) return undefined;
  const matchedBy: MatchEvidence[] = [];
  if (nameKey(reading.name) === nameKey(party.name.full)) matchedBy.push("name");
  else if (common.some((name) => !isScript(reading, name))) matchedBy.push("alias");
  if (common.some((name) => isScript(reading, name))) matchedBy.push("script");
  const line = readingFacts(reading);
  const list = partyFacts(party);
  for (const area of IDENTITY) {
    if (shares(line, list, area)) matchedBy.push(area);
  }
  if (equal(line, list, "program")) matchedBy.push("program");
  if (reading.type === party.type) matchedBy.push("type");
  const overlap = common.length / Math.max(own.size, names.size);
  return { party, matchedBy, score: matchedBy.reduce((sum, by) => sum + WEIGHT[by], 0) + overlap };
}

function isScript(reading: EntryReading, key: string): boolean {
  return reading.claims.some((claim) => claim.renders !== undefined && nameKey(claim.value) === key);
}

function shares(a: FactsByArea, b: FactsByArea, area: "document" | "wallet" | "birth-date"): boolean {
  const other = b.get(area);
  return other !== undefined && [...(a.get(area)?.keys() ?? [])].some((key) => other.has(key));
}

/**
 * Whether one namesake has the birth date or the document that the line states, where another one has a
 * different one and shares none of them. `before`: of a change, what the line says there was.
 */
export function agreesInstead(
  reading: EntryReading,
  before: EntryReading | undefined,
  other: Party,
  one: Party,
): boolean {
  const line = readingFacts(reading);
  const [wrong, right] = [partyFacts(other), partyFacts(one)];
  const lines = before === undefined ? [line] : [line, readingFacts(before)];
  if (IDENTITY.some((area) => lines.some((said) => shares(said, wrong, area)))) return false;
  return (["birth-date", "document"] as const).some((area) => wrong.has(area) && shares(line, right, area));
}

function equal(a: FactsByArea, b: FactsByArea, area: "program"): boolean {
  const one = [...(a.get(area)?.keys() ?? [])];
  const two = b.get(area);
  return one.length > 0 && one.length === two?.size && one.every((key) => two.has(key));
}

/** The parties that fit, the best first; equal ones by uid. */
export function fits(reading: EntryReading, parties: Iterable<Party>): Fit[] {
  const found: Fit[] = [];
  for (const party of parties) {
    const one = fitOf(reading, party);
    if (one !== undefined) found.push(one);
  }
  return found.sort((a, b) => b.score - a.score || a.party.uid - b.party.uid);
}
