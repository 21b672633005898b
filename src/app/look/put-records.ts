import type { IsoDate, LedgerRecord, ListId, ListState, Observation } from "../../domain/index.ts";
import type { LedgerWriter } from "../../ledger/index.ts";
import { judgeConfig } from "../ports.ts";
import { formerParties } from "./former.ts";
import type { Look } from "./look.ts";
import type { Plan, Planning } from "./plan.ts";
import { makeRecord } from "./record.ts";
import { sequencesOf } from "./sequence.ts";
import { LIVE } from "./standing.ts";

/** Makes and puts the records of what was decided, with what was seen of each; by list. */
export function putRecords(
  writer: LedgerWriter,
  plans: readonly Plan[],
  planning: Planning,
): Map<ListId, LedgerRecord> {
  const records = new Map<ListId, LedgerRecord>();
  const due = inSequence(plans, planning);
  const release = releaseOf(due);
  for (const { plan, sequence } of due) {
    const { standing, look, change } = plan;
    if (change === undefined || look.outcome !== "read") continue;
    const { list, head } = standing;
    const { before, after, set, span, date, dateBasis, issues } = change;
    const grown = set.changes.some((one) => one.op === "add");
    const record = makeRecord(
      {
        segment: LIVE,
        origin: "live",
        kind: before === null ? "baseline" : "publication",
        date,
        dateBasis,
        sequence,
        release,
        ...span,
        interpreter: look.reading.interpreter,
        sources: look.reading.sources,
        issues,
        before,
        from: head?.state ?? null,
        after,
        set,
        otherList: otherAfter(plan, plans, planning),
        otherBefore: planning.otherOf(standing),
        former: grown ? formerParties(planning.ports.files, head, planning.ports.cache) : [],
        previous: head === undefined ? null : { id: head.id, hash: head.hash },
        ...(change.unconfirmed ? { unconfirmedRemovals: true as const } : {}),
      },
      judgeConfig(planning.ports.config),
    );
    writer.append(record, after);
    writer.observe(observationOf(record, look, planning));
    records.set(list, record);
  }
  return records;
}

interface Due {
  readonly plan: Plan;
  readonly date: IsoDate | null;
  readonly sequence: number;
}

/** What is to be recorded, each with the number of its list and day. */
function inSequence(plans: readonly Plan[], planning: Planning): Due[] {
  const sequences = sequencesOf(planning.ports.files);
  return plans.flatMap((plan) => {
    const { change, standing } = plan;
    if (change === undefined) return [];
    return [{ plan, date: change.date, sequence: sequences.next(standing.list, change.date) }];
  });
}

/** One release for all records of a run: the newest date, and the highest number among those of that date. */
function releaseOf(due: readonly Due[]): Pick<Due, "date" | "sequence"> {
  const date = due.map((one) => one.date).reduce((a, b) => ((a ?? "") > (b ?? "") ? a : b), null);
  return {
    date,
    sequence: Math.max(1, ...due.filter((one) => one.date === date).map((one) => one.sequence)),
  };
}

/** The other list as it stands after this run: with what is recorded of it now, or as it was. */
function otherAfter(plan: Plan, plans: readonly Plan[], planning: Planning): ListState | null {
  const other = plans.find(({ standing }) => standing.list !== plan.standing.list);
  return other?.change?.after ?? planning.otherOf(plan.standing);
}

function observationOf(
  record: LedgerRecord,
  { receipts }: Extract<Look, { outcome: "read" }>,
  { ports, history }: Planning,
): Observation {
  return {
    formatVersion: "1.0",
    id: record.id,
    firstSeen: ports.now,
    receipts,
    route: receipts[0]?.url ?? "",
    warnings: history.issues,
  };
}
