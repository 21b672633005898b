import {
  type ChangeSet,
  ContentError,
  type Hash,
  type Instant,
  type IsoDate,
  type ListId,
  type ListState,
  partyMap,
} from "../domain/index.ts";
import type { HeldRemovals } from "./checks.ts";

/** How far a sound document may differ from the last before its removals wait. Each number has its reason. */
export const EXPECTATIONS = {
  /**
   * Removals at once that are always told at once. In 307 publications of 2021-08 to 2024-05 the median of those
   * with removals is 2; only eleven had 50 or more, and each of those is worth a second look.
   */
  removedAtOnce: 50,
  /** A share of the list that never left it in one publication: the largest seen is 1.6 % (150 of 9,332). */
  removedShare: 0.05,
  /** Below this many, a share says nothing: the non-SDN list has some 440 parties. */
  removedSmall: 5,
  /** A second look confirms after this time: OFAC corrects a broken export within the hour (none seen longer). */
  confirmAfterMs: 3_600_000,
  /** Nothing waits longer: a human gate once left delistings unattended for eight days. */
  releaseAfterMs: 24 * 3_600_000,
} as const;

/** What is to be done about the removals of a publication. */
export type RemovalVerdict =
  | { readonly verdict: "publish"; readonly unconfirmed: boolean }
  | { readonly verdict: "hold"; readonly held: HeldRemovals };

export interface RemovalFacts {
  readonly list: ListId;
  readonly removed: readonly number[];
  readonly partiesBefore: number;
  /** Of the document that no longer holds them. */
  readonly source: Hash;
  readonly held: HeldRemovals | undefined;
  /** Uids that OFAC's own delta removes; null when no delta could be had. */
  readonly delta: ReadonlySet<number> | null;
  /** The file that the operator accepted. */
  readonly accept: Hash | undefined;
  readonly now: Instant;
}

/** Holds an implausible mass removal until something confirms it, and never longer than a day. */
export function judgeRemovals(facts: RemovalFacts): RemovalVerdict {
  const { removed, held, source } = facts;
  if (!isImplausible(removed.length, facts.partiesBefore)) return { verdict: "publish", unconfirmed: false };
  const waited = held === undefined ? 0 : Date.parse(facts.now) - Date.parse(held.since);
  const confirmed =
    facts.accept === source ||
    (facts.delta !== null && removed.every((uid) => facts.delta?.has(uid) ?? false)) ||
    (held?.source === source && waited >= EXPECTATIONS.confirmAfterMs);
  if (confirmed) return { verdict: "publish", unconfirmed: false };
  if (waited >= EXPECTATIONS.releaseAfterMs) return { verdict: "publish", unconfirmed: true };
  return {
    verdict: "hold",
    held: {
      formatVersion: "1.0",
      list: facts.list,
      source,
      since: held?.since ?? facts.now,
      uids: removed,
      reason: `${removed.length} of ${facts.partiesBefore} parties are missing`,
    },
  };
}

function isImplausible(removed: number, before: number): boolean {
  if (removed >= EXPECTATIONS.removedAtOnce) return true;
  return removed >= EXPECTATIONS.removedSmall && removed / before >= EXPECTATIONS.removedShare;
}

/** The new state with the missing parties kept as they were, for as long as their removal waits. */
export function keepRemoved(before: ListState, after: ListState, removed: readonly number[]): ListState {
  const kept = removed.flatMap((uid) => before.parties.get(uid) ?? []);
  return { ...after, parties: partyMap([...after.parties.values(), ...kept]) };
}

export function removedUids(set: ChangeSet): number[] {
  return set.changes.filter((change) => change.op === "remove").map((change) => change.uid);
}

/**
 * A list never goes back in time.
 * @throws ContentError `older-than-ledger`
 */
export function requireNotOlder(list: ListId, found: IsoDate | null, known: IsoDate | null): void {
  if (found === null || known === null || found >= known) return;
  throw new ContentError(
    "older-than-ledger",
    `${list}: expected a publication of ${known} or later, found one of ${found}. OFAC or a cache served an old ` +
      "file; nothing is written. Run again later; if it stays, compare with OFAC's site.",
  );
}
