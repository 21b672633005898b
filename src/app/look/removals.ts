import {
  type ChangeSet,
  type DeltaFacts,
  type Hash,
  type Instant,
  type Issue,
  type ListId,
  type ListState,
  partyMap,
} from "../../domain/index.ts";
import { type HeldRemovals, heldUids } from "./checks.ts";
import { EXPECTATIONS } from "./expectations.ts";

/** What is to be done about the removals of a publication. */
export interface RemovalVerdict {
  /** Removals that wait; undefined when all are told. */
  readonly held: HeldRemovals | undefined;
  /** Some are told although nothing confirmed them within a day. */
  readonly unconfirmed: boolean;
}

export interface RemovalFacts {
  readonly list: ListId;
  readonly removed: readonly number[];
  readonly partiesBefore: number;
  /** Of the document that no longer holds them. */
  readonly source: Hash;
  readonly held: HeldRemovals | undefined;
  /** Uids that OFAC's own deltas take from the list; null when no delta was asked for or could be had. */
  readonly delta: ReadonlySet<number> | null;
  /** The file that the operator accepted. */
  readonly accept: Hash | undefined;
  readonly now: Instant;
}

/** Holds an implausible mass removal until something confirms it, and no party longer than a day. */
export function judgeRemovals(facts: RemovalFacts): RemovalVerdict {
  const { removed, held, source, now } = facts;
  const told = { held: undefined, unconfirmed: false };
  if (!isImplausible(removed.length, facts.partiesBefore) || facts.accept === source) return told;
  const sourceSince = held?.source === source ? held.sourceSince : now;
  if (elapsed(sourceSince, now) >= EXPECTATIONS.confirmAfterMs) return told;

  const open = removed.filter((uid) => facts.delta?.has(uid) !== true);
  if (!isImplausible(open.length, facts.partiesBefore)) return told;
  const since = sinceByUid(held);
  const waiting = open.filter((uid) => elapsed(since.get(uid) ?? now, now) < EXPECTATIONS.releaseAfterMs);
  const unconfirmed = waiting.length < open.length;
  if (!isImplausible(waiting.length, facts.partiesBefore)) return { held: undefined, unconfirmed };
  return {
    unconfirmed,
    held: {
      formatVersion: "1.0",
      list: facts.list,
      source,
      sourceSince,
      waiting: byInstant(waiting, (uid) => since.get(uid) ?? now),
      reason: `${removed.length} parties are missing from the file at once`,
    },
  };
}

/** True for so many removals at once that something should confirm them. */
export function isImplausible(removed: number, before: number): boolean {
  if (removed >= EXPECTATIONS.removedAtOnce) return true;
  return removed >= EXPECTATIONS.removedFrom && removed / before >= EXPECTATIONS.removedShare;
}

function elapsed(since: Instant, now: Instant): number {
  return Date.parse(now) - Date.parse(since);
}

function sinceByUid(held: HeldRemovals | undefined): Map<number, Instant> {
  return new Map(
    (held?.waiting ?? []).flatMap(({ since, uids }) => uids.map((uid) => [uid, since] as const)),
  );
}

function byInstant(uids: readonly number[], since: (uid: number) => Instant): HeldRemovals["waiting"] {
  const groups = new Map<Instant, number[]>();
  for (const uid of uids) groups.set(since(uid), [...(groups.get(since(uid)) ?? []), uid]);
  return [...groups]
    .sort(([a], [b]) => Date.parse(a) - Date.parse(b))
    .map(([instant, group]) => ({ since: instant, uids: group.sort((a, b) => a - b) }));
}

/** The new state with the missing parties kept as they were, for as long as their removal waits. */
export function keepHeld(before: ListState, after: ListState, held: HeldRemovals): ListState {
  const kept = heldUids(held).flatMap((uid) => before.parties.get(uid) ?? []);
  return { ...after, parties: partyMap([...after.parties.values(), ...kept]) };
}

export function removedUids(set: ChangeSet): number[] {
  return set.changes.filter((change) => change.op === "remove").map((change) => change.uid);
}

/**
 * Uids that deltas take from a list. A party that leaves one of several lists is modified there, with its list
 * membership named among the changes (ofac-formats §5.1).
 */
export function takenByDelta(facts: DeltaFacts): Set<number> {
  return new Set(
    facts.entities
      .filter(({ op, areas }) => op === "remove" || (op === "modify" && areas.includes("list")))
      .map(({ uid }) => uid),
  );
}

/** The warning in a record whose file no longer holds parties that the record keeps. */
export function heldIssue(held: HeldRemovals): Issue {
  const uids = heldUids(held);
  return {
    severity: "warning",
    code: "removals-held",
    message: `${held.reason}; ${uids.length} are kept until that is confirmed, a day at the most`,
    where: held.list,
    examples: uids.slice(0, 5).map(String),
  };
}
