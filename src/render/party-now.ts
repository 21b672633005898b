import { decodeParty, type Head, type IsoDate, type Party } from "../domain/index.ts";
import type { SegmentState } from "./input.ts";
import type { Touch } from "./party-history.ts";
import { joinAnd, listWords } from "./words.ts";
import { dateWords } from "./words-date.ts";

/** Where a party stands, as far as the ledger knows. */
export interface PartyNow {
  readonly standing: "listed" | "removed" | "unknown";
  /** `On the SDN List`, `Removed from the SDN List on 1 June 2023`. */
  readonly words: string;
  /** As listed now, or as last listed; null where only changes are known. */
  readonly party: Party | null;
  /** Heading of the facts. */
  readonly factsTitle: string;
}

/** What is asked of a segment's head. */
type SegmentHead = Pick<Head, "list" | "segment" | "date">;

/** The current states that hold a party. */
export function statesWith(uid: number, states: readonly SegmentState[]): SegmentState[] {
  return states.filter(({ parties }) => parties.has(uid));
}

/**
 * Where a party stands after its touches, given oldest first. A live list that has it decides; else the last
 * coming or going; else the end of the segment that touched it last.
 * @param heads for the day on which that segment ends
 */
export function partyNow(
  uid: number,
  touches: readonly Touch[],
  states: readonly SegmentState[],
  heads: readonly SegmentHead[] = [],
): PartyNow {
  const holding = statesWith(uid, states);
  const live = holding.filter(({ origin }) => origin === "live");
  const here = partyIn(uid, live[0]);
  if (here !== null) return listed(here, `On the ${joinAnd(live.map(listWords))}`);
  const moved = touches.findLast(({ change }) => change !== null && change.op !== "modify");
  if (moved?.change?.op === "remove") {
    const { record } = moved.stored;
    return {
      standing: "removed",
      words: `Removed from the ${listWords(record)} on ${dateWords(record.date)}`,
      party: moved.change.before,
      factsTitle: "As last listed",
    };
  }
  const last = touches.at(-1);
  const end = holding.find(({ list, segment }) => {
    const record = last?.stored.record;
    return record?.list === list && record.segment === segment;
  });
  const there = partyIn(uid, end);
  if (end !== undefined && there !== null) {
    return listed(there, `On the ${listWords(end)} ${endWords(end, heads)}`);
  }
  if (moved !== undefined && moved === last && moved.change?.op === "add") {
    const { record } = moved.stored;
    const since = `Added to the ${listWords(record)} on ${dateWords(record.date)}, and in no record after that`;
    return listed(moved.change.after, since);
  }
  return { standing: "unknown", words: "Listed when last changed", party: null, factsTitle: "" };
}

function partyIn(uid: number, state: SegmentState | undefined): Party | null {
  const line = state?.parties.get(uid);
  return line === undefined ? null : decodeParty(line);
}

/** The day a segment ends; null where that is not known. */
export function segmentEnd({ list, segment }: SegmentState, heads: readonly SegmentHead[]): IsoDate | null {
  return heads.find((head) => head.list === list && head.segment === segment)?.date ?? null;
}

function endWords(state: SegmentState, heads: readonly SegmentHead[]): string {
  const date = segmentEnd(state, heads);
  const end = `at the end of segment ${state.segment}`;
  return date === null ? end : `on ${dateWords(date)}, ${end}`;
}

const listed = (party: Party, words: string): PartyNow => ({
  standing: "listed",
  words,
  party,
  factsTitle: "As listed",
});
