import type { Coverage, EntryReading, ListId, NoticeLine, Party } from "../domain/index.ts";
import { agreesInstead, type Fit, fits } from "./candidates.ts";
import { readingNames } from "./facts.ts";
import type { PartyLookup } from "./lookup.ts";
import { identityOf } from "./merge.ts";
import type { ChangedParty, ChangeIndex } from "./sides.ts";

/** What lines are matched against. */
export interface Ground {
  readonly list: ListId;
  readonly changes: ChangeIndex;
  /** Other records of the same list and day: a page may tell of several. */
  readonly sameDay: readonly ChangeIndex[];
  readonly lookup: PartyLookup;
  readonly coverage: Coverage;
}

/** A line with the reading that a list is asked for. */
export interface Claimed {
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

/** A change that a line may announce. */
export interface Chosen {
  readonly entry: ChangedParty;
  readonly best: Fit;
  readonly ties: readonly number[];
}

/**
 * The change that the line announces, in this record or in another one of the day: the latter when it agrees
 * where the former contradicts.
 */
export function changeOf(
  claim: Claimed,
  ground: Ground,
  taken: ReadonlyMap<number, string>,
): Chosen | undefined {
  const { line, reading } = claim;
  const ops: readonly string[] = OPS[line.operation];
  const keys = new Set([
    ...readingNames(reading),
    ...(line.before === undefined ? [] : readingNames(line.before)),
  ]);
  let first: Chosen | undefined;
  for (const index of [ground.changes, ...ground.sameDay]) {
    const entries = index.named(keys).filter((entry) => ops.includes(entry.change.op));
    const chosen = choose(claim, entries, taken);
    if (chosen === undefined) continue;
    if (first !== undefined && instead(claim, first.entry.party, chosen.entry.party)) return chosen;
    first ??= chosen;
  }
  return first;
}

/** The best of the changes; of several that fit alike, one that no other party's line has taken. */
function choose(
  claim: Claimed,
  entries: readonly ChangedParty[],
  taken: ReadonlyMap<number, string>,
): Chosen | undefined {
  const identity = identityOf(claim.reading);
  const ranked = fits(
    claim.reading,
    entries.map((entry) => entry.party),
  );
  const likest = ranked[0];
  if (likest === undefined) return byFormerName(claim, entries);
  const top = ranked.find(({ party }) => instead(claim, likest.party, party)) ?? likest;
  const equal = ranked.filter((one) => one.score === top.score);
  const free =
    equal.find((one) => !taken.has(one.party.uid)) ??
    equal.find((one) => taken.get(one.party.uid) === identity) ??
    top;
  const entry = entries.find((one) => one.party.uid === free.party.uid);
  if (entry === undefined) return undefined;
  return { entry, best: free, ties: equal.filter((one) => one !== free).map((one) => one.party.uid) };
}

/** Whether one party has the birth date or document of the line, and the other, of the same name, does not. */
export function instead({ line, reading }: Claimed, other: Party, one: Party): boolean {
  return agreesInstead(reading, line.before, other, one);
}

/** A change of name: the line's new name is not yet, or no longer, the party's. */
function byFormerName(claim: Claimed, entries: readonly ChangedParty[]): Chosen | undefined {
  const entry = entries[0];
  if (entry === undefined || claim.line.before === undefined) return undefined;
  return { entry, best: { party: entry.party, score: 0, matchedBy: ["alias"] }, ties: [] };
}
