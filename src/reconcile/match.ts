import type {
  Coverage,
  Difference,
  EntryReading,
  ListId,
  NoticeLine,
  NoticeReading,
  Party,
  ReconciledParty,
} from "../domain/index.ts";
import { nameKey } from "../domain/index.ts";
import { type Fit, fits } from "./candidates.ts";
import { changedAreas, differences, visibility } from "./compare.ts";
import { readingNames } from "./facts.ts";
import type { PartyLookup } from "./lookup.ts";
import { type ChangedParty, type ChangeIndex, listOf } from "./sides.ts";

/** A party of the notices, as the list has it; mentions in press releases come later. */
export type MatchedParty = Omit<ReconciledParty, "press">;

/** What lines are matched against. */
export interface Ground {
  readonly list: ListId;
  readonly changes: ChangeIndex;
  /** Other records of the same list and day: a page may tell of several. */
  readonly sameDay: readonly ChangeIndex[];
  readonly lookup: PartyLookup;
  readonly coverage: Coverage;
}

interface Claimed {
  readonly line: NoticeLine;
  readonly notice: string;
  readonly reading: EntryReading;
}

const OPS = {
  add: ["add"],
  delete: ["remove"],
  change: ["modify"],
  other: ["add", "remove", "modify"],
} as const;

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
  return merge(matched, claimed);
}

function matchOne(claim: Claimed, ground: Ground, taken: Map<number, string>): MatchedParty {
  const { line, reading } = claim;
  const found = changed(claim, ground, taken);
  if (found !== undefined) return found;
  const base = {
    name: reading.name,
    type: reading.type,
    operation: line.operation,
    notices: [claim.notice],
    lines: 1,
  };
  const best = fits(reading, onList(reading, ground.lookup))[0];
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

/** The change that the line announces, in this record or in another one of the day. */
function changed(claim: Claimed, ground: Ground, taken: Map<number, string>): MatchedParty | undefined {
  const { line, reading } = claim;
  const ops: readonly string[] = OPS[line.operation];
  for (const index of [ground.changes, ...ground.sameDay]) {
    const keys = new Set([
      ...readingNames(reading),
      ...(line.before === undefined ? [] : readingNames(line.before)),
    ]);
    const entries = index.named(keys).filter((entry) => ops.includes(entry.change.op));
    const chosen = choose(claim, entries, taken);
    if (chosen === undefined) continue;
    const { entry, best, ties } = chosen;
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
  return undefined;
}

/** The best of the changes; of several that fit alike, one that no other party's line has taken. */
function choose(
  claim: Claimed,
  entries: readonly ChangedParty[],
  taken: Map<number, string>,
): { entry: ChangedParty; best: Fit; ties: readonly number[] } | undefined {
  const identity = identityOf(claim.reading);
  const ranked = fits(
    claim.reading,
    entries.map((entry) => entry.party),
  );
  const top = ranked[0];
  if (top === undefined) return byFormerName(claim, entries);
  const equal = ranked.filter((one) => one.score === top.score);
  const free =
    equal.find((one) => !taken.has(one.party.uid)) ??
    equal.find((one) => taken.get(one.party.uid) === identity) ??
    top;
  const entry = entries.find((one) => one.party.uid === free.party.uid);
  if (entry === undefined) return undefined;
  taken.set(entry.change.uid, identity);
  return { entry, best: free, ties: equal.filter((one) => one !== free).map((one) => one.party.uid) };
}

/** A change of name: the line's new name is not yet, or no longer, the party's. */
function byFormerName(
  claim: Claimed,
  entries: readonly ChangedParty[],
): { entry: ChangedParty; best: Fit; ties: readonly number[] } | undefined {
  const entry = entries[0];
  if (entry === undefined || claim.line.before === undefined) return undefined;
  return { entry, best: { party: entry.party, score: 0, matchedBy: ["alias"] }, ties: [] };
}

/** Lines of one party have the same names, whichever of them stands first. */
function identityOf(reading: EntryReading): string {
  const documents = reading.claims
    .filter((claim) => claim.area === "document")
    .map((claim) => nameKey(claim.value));
  return [...readingNames(reading), ...documents].sort().join("\n");
}

/** One entry for each party and operation: deletions stand once for every alias, parties once for every list. */
function merge(matched: readonly MatchedParty[], claimed: readonly Claimed[]): MatchedParty[] {
  const byKey = new Map<string, MatchedParty>();
  matched.forEach((party, i) => {
    const reading = claimed[i]?.reading;
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
