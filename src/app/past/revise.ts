import { diffStates } from "../../diff/index.ts";
import {
  type Hash,
  type Head,
  type Instant,
  type IsoDate,
  type Issue,
  type LedgerRecord,
  type ListState,
  parsePublicationId,
  type SourceRef,
  type StateRef,
  type StoredRecord,
  UsageError,
} from "../../domain/index.ts";
import type { JudgeConfig } from "../../judge/index.ts";
import { type LedgerFiles, type LedgerWriter, readState } from "../../ledger/index.ts";
import { formerParties } from "../look/former.ts";
import { makeRecord, publicationOf } from "../look/record.ts";
import { type Sequences, sequencesOf } from "../look/sequence.ts";
import { findPoint } from "./point.ts";

/** Something a chain says that is to be said anew. The earlier bytes stay. */
export interface Revision {
  /**
   * `correction`: the record was wrong, whatever OFAC did; it is told as news. `reinterpretation`: the same source
   * publication as a newer interpreter or another profile reads it; it is never told.
   */
  readonly kind: "correction" | "reinterpretation";
  /** Id of the record it supersedes. */
  readonly supersedes: string;
  /** Why, for a reader. */
  readonly reason: string;
  /**
   * The list as the chain must go on from here. Every publication holds the whole list, so a correction of one that
   * is no longer the newest may well leave it as it is: then it has no changes, and says so with its reason.
   */
  readonly after: ListState;
  readonly interpreter: string;
  readonly sources: readonly SourceRef[];
  readonly issues: readonly Issue[];
  /** Eastern date of a correction. A reinterpretation keeps the date of what it supersedes. */
  readonly date: IsoDate;
  /** State of the other list, for the judge. */
  readonly otherList: ListState | null;
  readonly now: Instant;
  /** Where the sources were read from. */
  readonly route: string;
}

/** Where the next record of a chain goes: at its head, or after the records of this run that are not committed yet. */
export interface Tip {
  readonly previous: { readonly id: string; readonly hash: Hash };
  readonly from: StateRef;
  readonly state: ListState;
  readonly pending: readonly LedgerRecord[];
  readonly sequences: Sequences;
}

/** The tip at a head. */
export function tipOf(files: LedgerFiles, head: Head): Tip {
  return {
    previous: { id: head.id, hash: head.hash },
    from: head.state,
    state: readState(files, head),
    pending: [],
    sequences: sequencesOf(files),
  };
}

/** The tip after a record that was appended to it. */
export function tipAfter(tip: Tip, { record, hash }: StoredRecord, state: ListState): Tip {
  return {
    previous: { id: record.id, hash },
    from: record.state.to,
    state,
    pending: [...tip.pending, record],
    sequences: tip.sequences,
  };
}

/**
 * Appends a correction or reinterpretation to the chain of what it supersedes, with its observation; nothing is
 * written before the writer commits. A reinterpretation is only possible of the newest record: what follows was
 * read the old way.
 * @param given where it goes when this run has appended to the chain before
 * @throws UsageError `no-such-publication`, `not-the-newest`
 */
export function appendRevision(
  files: LedgerFiles,
  writer: LedgerWriter,
  revision: Revision,
  judge: JudgeConfig,
  given?: Tip,
): StoredRecord {
  const { kind, after, supersedes } = revision;
  const point = findPoint(files, supersedes);
  if (kind === "reinterpretation" && point.later.length > 0) {
    throw new UsageError(
      "not-the-newest",
      `Expected the newest record of ${point.head.list}/${point.head.segment}, which is ${point.head.id}, found ` +
        `${supersedes}. Later publications were read the old way; read the newest one anew.`,
    );
  }
  const { head } = point;
  const tip = given ?? tipOf(files, head);
  const set = diffStates(tip.state, after);
  const since = [point.record, ...point.later.map((later) => later.record), ...tip.pending];
  const record = makeRecord(
    {
      segment: head.segment,
      origin: head.origin,
      kind,
      ...momentOf(tip, revision, point.record),
      revision: nextRevision(supersedes, kind, since),
      window: point.record.window,
      ofacPublications: [],
      interpreter: revision.interpreter,
      sources: revision.sources,
      issues: revision.issues,
      before: tip.state,
      from: tip.from,
      after,
      set,
      otherList: revision.otherList,
      former: formerParties(files, head),
      previous: tip.previous,
      supersedes,
      reason: revision.reason,
    },
    judge,
  );
  const stored = writer.append(record, after);
  writer.observe({
    formatVersion: "1.0",
    id: record.id,
    firstSeen: revision.now,
    receipts: [],
    route: revision.route,
    warnings: [],
  });
  return stored;
}

/** A correction happens on its own day; a reinterpretation reads what happened on the day it supersedes. */
function momentOf(
  { sequences }: Tip,
  { kind, date, after }: Revision,
  superseded: LedgerRecord,
): Pick<LedgerRecord, "date" | "dateBasis" | "sequence"> {
  if (kind === "reinterpretation") {
    const { date: own, dateBasis, sequence } = superseded;
    return { date: own, dateBasis, sequence };
  }
  return { date, dateBasis: "notice", sequence: sequences.next(after.list, date) };
}

/** From 1, over all revisions of that kind of the same publication, revisions of revisions too. */
function nextRevision(supersedes: string, kind: Revision["kind"], since: readonly LedgerRecord[]): number {
  const own = publicationOf(supersedes);
  const taken = since
    .filter((record) => record.kind === kind && publicationOf(record.id) === own)
    .map((record) => Number(parsePublicationId(record.id)?.suffix?.slice(1) ?? 0));
  return Math.max(0, ...taken) + 1;
}
