import type { EntryReading, NoticeLine, NoticeReading, Party, ReconciledParty } from "../domain/index.ts";
import { fits } from "./candidates.ts";
import { type Chosen, type Claimed, changeOf, type Ground, instead } from "./choose.ts";
import { changedAreas, differences, visibility } from "./compare.ts";
import { readingNames } from "./facts.ts";
import type { PartyLookup } from "./lookup.ts";
import { identityOf, type MatchedParty, merge } from "./merge.ts";
import { listOf } from "./sides.ts";

export type { MatchedParty } from "./merge.ts";

/** Every party the notices name, each once, matched to a uid where one fits; lines of the other list left out. */
export function matchLines(readings: readonly NoticeReading[], ground: Ground): MatchedParty[] {
  const claimed = readings.flatMap(({ notice, lines }) =>
    lines.flatMap((line): Claimed[] => {
      const reading = line.operation === "delete" ? line.before : line.after;
      const list = listOf(line.list);
      return reading === undefined || (list !== null && list !== ground.list)
        ? []
        : [{ line, notice: notice.id, reading }];
    }),
  );
  const taken = new Map<number, string>();
  const matched = claimed.map((claim) => matchOne(claim, ground, taken));
  return merge(
    matched,
    claimed.map(({ reading }) => reading),
  );
}

function matchOne(claim: Claimed, ground: Ground, taken: Map<number, string>): MatchedParty {
  const { line, reading } = claim;
  const chosen = changeOf(claim, ground, taken);
  const listed = fits(reading, onList(reading, ground.lookup));
  const namesake =
    chosen === undefined ? undefined : listed.find(({ party }) => instead(claim, chosen.entry.party, party));
  if (chosen !== undefined && namesake === undefined) {
    taken.set(chosen.entry.change.uid, identityOf(reading));
    return changedParty(claim, chosen, ground);
  }
  const base = {
    name: reading.name,
    type: reading.type,
    operation: line.operation,
    notices: [claim.notice],
    lines: 1,
  };
  const best = namesake ?? listed[0];
  if (best === undefined) {
    const explanation =
      line.operation === "delete"
        ? "no party of this name left the list with this publication, and none is on it"
        : "no party of this name is on the list";
    return {
      ...base,
      uid: null,
      status: "announced, not listed",
      matchedBy: [],
      differences: [],
      explanation,
    };
  }
  return {
    ...base,
    uid: best.party.uid,
    name: best.party.name.full,
    type: best.party.type,
    matchedBy: best.matchedBy,
    ...standing(line, best.party, ground),
  };
}

/** A line about a party that this publication did not touch. */
function standing(
  line: NoticeLine,
  party: Party,
  ground: Ground,
): Pick<ReconciledParty, "status" | "differences" | "explanation"> {
  if (line.operation === "delete") {
    return { status: "announced, not listed", differences: [], explanation: "it is still on the list" };
  }
  const differ = line.after === undefined ? [] : differences(line.after, party, ground.coverage, false);
  if (line.operation === "change" && line.before !== undefined && line.after !== undefined) {
    const visible = visibility(party, ground.coverage);
    const areas = changedAreas(line.before, line.after);
    const hidden = areas.filter((area) => visible(area) !== "all");
    if (areas.length > 0 && hidden.length === areas.length && differ.length === 0) {
      return {
        status: "announced and listed",
        differences: [],
        explanation: `what changed (${areas.join(", ")}) is not shown by the list's source`,
      };
    }
  }
  return differ.length === 0
    ? {
        status: "announced and listed",
        differences: [],
        explanation: "the list had it before this publication",
      }
    : {
        status: "announced, not listed",
        differences: differ,
        explanation: "it stood on the list before, and this publication did not change it",
      };
}

function onList(reading: EntryReading, lookup: PartyLookup): Party[] {
  const found = new Map<number, Party>();
  for (const key of readingNames(reading))
    for (const party of lookup.byName(key)) found.set(party.uid, party);
  return [...found.values()];
}

function changedParty(claim: Claimed, { entry, best, ties }: Chosen, ground: Ground): MatchedParty {
  const { line, reading } = claim;
  const differ = differences(reading, entry.party, ground.coverage, line.operation === "delete");
  const notes = [
    ...(entry.record === undefined ? [] : [`it stands in ${entry.record}`]),
    ...(ties.length === 0 ? [] : [`it shares its name with ${ties.map((uid) => `uid ${uid}`).join(", ")}`]),
  ];
  return {
    uid: entry.change.uid,
    name: entry.change.name,
    type: entry.change.type,
    operation: line.operation,
    status: differ.length === 0 ? "announced and listed" : "details differ",
    notices: [claim.notice],
    lines: 1,
    matchedBy: best.matchedBy,
    differences: differ,
    ...(notes.length === 0 ? {} : { explanation: notes.join("; ") }),
  };
}
