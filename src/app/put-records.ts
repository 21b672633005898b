import type { LedgerRecord, ListId, ListState, Observation } from "../domain/index.ts";
import type { LedgerWriter } from "../ledger/index.ts";
import type { Look } from "./look.ts";
import type { Plan, Planning } from "./plan.ts";
import { judgeConfig } from "./ports.ts";
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
  const sequences = sequencesOf(planning.ports.files);
  for (const plan of plans) {
    const { standing, look, change } = plan;
    if (change === undefined || look.outcome !== "read") continue;
    const { list, head } = standing;
    const { before, after, set, span, date, dateBasis, issues } = change;
    const record = makeRecord(
      {
        segment: LIVE,
        origin: "live",
        kind: before === null ? "baseline" : "publication",
        date,
        dateBasis,
        sequence: sequences.next(list, date),
        ...span,
        interpreter: look.reading.interpreter,
        sources: look.reading.sources,
        issues,
        before,
        from: head?.state ?? null,
        after,
        set,
        otherList: otherAfter(plan, plans, planning),
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
