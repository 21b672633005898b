import { applyInPlace, invert } from "../../diff/index.ts";
import {
  canonicalJson,
  changeCounts,
  countTypes,
  headline,
  LedgerError,
  type LedgerRecord,
  parsePublicationId,
  RunningStateHash,
  releaseId,
  type StoredRecord,
} from "../../domain/index.ts";
import { type CheckedSegment, headPath, type Problem, recordPath } from "../../ledger/index.ts";
import { recordId } from "../look/record.ts";

/** What a replay of one segment proved. */
export interface Replay {
  readonly list: string;
  readonly segment: string;
  readonly records: number;
  readonly parties: number;
  readonly head: string;
  readonly state: string;
  readonly problems: readonly Problem[];
}

/**
 * Walks a segment from its head back to its baseline: every change is taken back and every hash on the way
 * recomputed. What stands in each record beside its changes (counts, headline, links) is made anew and compared.
 * @param types of the parties of the newest state
 */
export function replaySegment(
  { ref, head, state, records }: CheckedSegment,
  types: readonly string[],
): Replay {
  const problems: Problem[] = [];
  const report = (file: string, code: string, message: string) => problems.push({ file, code, message });
  if (canonicalJson(countTypes(types)) !== canonicalJson(head.counts)) {
    report(headPath(ref.list, ref.segment), "counts", "the parties by type are not as stated");
  }
  const parties = new Map(state.parties);
  const running = new RunningStateHash(parties);
  for (const [i, stored] of records.entries()) {
    const { record } = stored;
    const file = recordPath(record);
    for (const [code, message] of contradictions(record, records[i + 1])) report(file, code, message);
    const { supersedes } = record;
    if (
      supersedes !== undefined &&
      !records.slice(i + 1).some((earlier) => earlier.record.id === supersedes)
    ) {
      report(file, "supersedes", `supersedes ${supersedes}, which is no earlier record of its segment`);
    }
    const hash = running.hash();
    if (hash !== record.state.to.hash || parties.size !== record.state.to.parties) {
      report(file, "state", `leads to ${record.state.to.hash}, but replaying the chain gives ${hash}`);
      break;
    }
    try {
      if (record.kind !== "baseline") {
        for (const uid of applyInPlace(parties, invert(record))) running.set(uid, parties.get(uid)?.digest);
      }
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      report(file, error.code, error.message);
      break;
    }
  }
  return {
    list: ref.list,
    segment: ref.segment,
    records: records.length,
    parties: head.state.parties,
    head: head.id,
    state: head.state.hash,
    problems,
  };
}

/** Statements of a record that do not follow from its own content, or from the record before it. */
function* contradictions(
  record: LedgerRecord,
  earlier: StoredRecord | undefined,
): Generator<readonly [string, string]> {
  const counts = changeCounts(record);
  if (record.kind !== "baseline" && canonicalJson(counts) !== canonicalJson(record.counts)) {
    yield ["counts", "the counts are not those of its changes"];
  }
  const line = headline({ ...record, parties: record.state.to.parties });
  if (line !== record.headline) yield ["headline", `says "${record.headline}", its content says "${line}"`];
  yield* misnamed(record);
  if ((record.kind === "baseline") !== (record.previous === null)) {
    yield ["chain", "a baseline begins a segment, and nothing else does"];
  }
  const before = earlier?.record.state.to.hash ?? null;
  if ((record.state.from?.hash ?? null) !== before) {
    yield [
      "chain",
      `starts from ${record.state.from?.hash ?? "nothing"}, the record before it leads to ${before}`,
    ];
  }
}

/** An id, a release or a revision that is not what the record's own facts make it. */
function* misnamed(record: LedgerRecord): Generator<readonly [string, string]> {
  const { id, list, kind, date, sequence, supersedes, reason } = record;
  const revises = kind === "correction" || kind === "reinterpretation";
  if (revises !== (supersedes !== undefined) || revises !== (reason !== undefined)) {
    yield [
      "supersedes",
      "a correction or reinterpretation supersedes a record for a reason, and nothing else does",
    ];
    return;
  }
  const revision = Number(parsePublicationId(id)?.suffix?.slice(1) ?? 1);
  const facts = { kind, date, sequence, revision, ...(supersedes === undefined ? {} : { supersedes }) };
  const expected = recordId(list, facts);
  if (id !== expected) yield ["id", `is named ${id}, its content makes it ${expected}`];
  if (!fitsRelease(record)) {
    yield ["release", `says release ${record.releaseId}, its content ${releaseId(date, sequence)} or later`];
  }
}

/** A release goes by the newest record of its run, so a record's own day and number come no later. */
function fitsRelease({ releaseId: release, date, sequence }: LedgerRecord): boolean {
  const own = releaseId(date, sequence);
  const [day = "", number] = release.split(".");
  const [ownDay = ""] = own.split(".");
  if (!/^(\d{8}|undated)\.[1-9]\d*$/.test(release) || day < ownDay) return false;
  return day > ownDay || Number(number) >= sequence;
}
