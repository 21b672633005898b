import {
  type ChangeSet,
  type Coverage,
  changeCounts,
  countTypes,
  type DateBasis,
  decodeParty,
  FORMAT_VERSION,
  type Hash,
  headline,
  type IsoDate,
  type Issue,
  type LedgerRecord,
  type ListId,
  type ListState,
  type OfacPublication,
  publicationId,
  type RecordKind,
  releaseId,
  type SourceRef,
  type StateRef,
  stateHash,
} from "../../domain/index.ts";
import { type FormerParty, type JudgeConfig, type JudgeMemo, judge, judgeId } from "../../judge/index.ts";

/** Everything a record is made of, apart from what follows from it. */
export interface RecordFacts {
  readonly segment: string;
  readonly origin: "live" | "import";
  readonly kind: RecordKind;
  readonly date: IsoDate | null;
  readonly dateBasis: DateBasis;
  readonly sequence: number;
  readonly window: LedgerRecord["window"];
  readonly ofacPublications: readonly OfacPublication[];
  readonly interpreter: string;
  readonly sources: readonly SourceRef[];
  readonly issues: readonly Issue[];
  /** Null for a baseline. */
  readonly before: ListState | null;
  /** Hash and size of `before`, as the record before this one states them. */
  readonly from: StateRef | null;
  readonly after: ListState;
  readonly set: ChangeSet;
  /** The other list as it stood, for the judge; null where there is none. */
  readonly otherList: ListState | null;
  /** The other list before this run, where the run changed it too. */
  readonly otherBefore?: ListState | null;
  /** Parties that left this list in earlier publications of the chain. */
  readonly former?: readonly FormerParty[];
  /** Of a run that records both lists: date and sequence that their release goes by. */
  readonly release?: { readonly date: IsoDate | null; readonly sequence: number };
  readonly previous: LedgerRecord["previous"];
  /** Of a correction or reinterpretation: the record it supersedes, the how-manieth of its kind it is, and why. */
  readonly supersedes?: string;
  readonly revision?: number;
  readonly reason?: string;
  readonly unconfirmedRemovals?: true;
  /** Speeds up the judge over many records of a chain; never changes an answer. */
  readonly memo?: JudgeMemo;
}

/** The record of these facts. Pure: the same facts give the same record on every machine. */
export function makeRecord(facts: RecordFacts, judgeConfig: JudgeConfig): LedgerRecord {
  const { after, before, set, kind } = facts;
  const release = facts.release ?? facts;
  const counts =
    kind === "baseline" ? { added: countParties(after), removed: {}, changed: {} } : changeCounts(set);
  const list: ListId = after.list;
  const suffix = { ...(facts.supersedes === undefined ? {} : { supersedes: facts.supersedes }) };
  const otherHash: Hash | null = facts.otherList === null ? null : stateHash(facts.otherList.parties);
  const judgement = judge(
    {
      set,
      list,
      coverage: after.coverage,
      before,
      after,
      otherList: facts.otherList,
      ...(facts.otherBefore === undefined ? {} : { otherBefore: facts.otherBefore }),
      ...(facts.former === undefined ? {} : { former: facts.former }),
      ...(facts.memo === undefined ? {} : { memo: facts.memo }),
    },
    judgeConfig,
  );
  return {
    formatVersion: FORMAT_VERSION,
    id: recordId(list, facts),
    list,
    segment: facts.segment,
    origin: facts.origin,
    kind,
    headline: headline({
      list,
      kind,
      date: facts.date,
      sequence: facts.sequence,
      counts,
      parties: after.parties.size,
      supersedes: facts.supersedes,
    }),
    date: facts.date,
    dateBasis: facts.dateBasis,
    sequence: facts.sequence,
    releaseId: releaseId(release.date, release.sequence),
    window: facts.window,
    ofacPublications: facts.ofacPublications,
    profile: after.profile,
    interpreter: facts.interpreter,
    judge: judgeId(judgeConfig),
    context: { otherList: otherHash },
    coverage: namedCoverage(after.coverage),
    sources: facts.sources,
    state: {
      from: facts.from,
      to: { hash: stateHash(after.parties), parties: after.parties.size },
    },
    counts,
    changes: set.changes,
    unknown: set.unknown,
    judgement,
    issues: facts.issues,
    previous: facts.previous,
    ...suffix,
    ...(facts.reason === undefined ? {} : { reason: facts.reason }),
    ...(facts.unconfirmedRemovals === undefined ? {} : { unconfirmedRemovals: true }),
  };
}

/**
 * `sdn-20230523`, `sdn-20230523.2`. A correction or reinterpretation is named after the publication it is about:
 * `sdn-20230523-c1`, whenever it was made and whichever revision of it it supersedes.
 */
export function recordId(
  list: ListId,
  facts: Pick<RecordFacts, "kind" | "date" | "sequence" | "supersedes" | "revision">,
): string {
  const { kind, date, sequence, supersedes, revision } = facts;
  if (kind === "baseline" || kind === "publication") return publicationId(list, date, sequence);
  if (supersedes === undefined) throw new Error(`a ${kind} supersedes a record`);
  return `${publicationOf(supersedes)}-${kind === "correction" ? "c" : "r"}${revision ?? 1}`;
}

/** The publication an id is of, without the suffix of a revision. */
export function publicationOf(id: string): string {
  return id.replace(/-[rc]\d+$/, "");
}

function countParties(state: ListState) {
  return countTypes([...state.parties.values()].map((line) => decodeParty(line).type));
}

/** Coverage as records state it: areas that are complete are not named. */
export function namedCoverage(coverage: Coverage): Coverage {
  return Object.fromEntries(Object.entries(coverage).filter(([, level]) => level !== "complete"));
}
