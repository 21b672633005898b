import { type LedgerRecord, type ListId, sha256 } from "../../domain/index.ts";
import { jsonBytes } from "../../ledger/index.ts";
import type { HistoryEntry, LookResult } from "../../sources/index.ts";
import { type Evidence, isEvidenceDue, putEvidence, readCheck, type SourceCheck } from "../look/checks.ts";
import { checkAfter, failedBy } from "../look/health.ts";
import type { Plan } from "../look/plan.ts";
import { type PublicationHistory, publicationOf } from "../look/publications.ts";
import { type AppPorts, evidenceIn } from "../ports.ts";
import type { ContextReport } from "../witnesses/context.ts";
import type { WritersWanted } from "./evidence-folder.ts";
import { noteLook, putLook } from "./looks.ts";

/** How every source fared in a run: what is kept of "we looked". */
export function evidenceOf(
  plans: readonly Plan[],
  records: ReadonlyMap<ListId, LedgerRecord>,
  history: PublicationHistory,
  context: ContextReport,
  ports: AppPorts,
): Evidence {
  const { now } = ports;
  const files = evidenceIn(ports);
  const asked: SourceCheck[] = plans.flatMap((plan) => listCheck(plan, records.get(plan.standing.list), now));
  const { newest } = history;
  const seen = Math.max(...plans.map(({ standing }) => publicationOf(standing.check?.receipts) ?? 0));
  const published =
    history.look?.outcome === "unchanged" && newest !== undefined && newest.id > seen
      ? { ...history, look: { at: now, outcome: "changed" as const } }
      : history;
  const lateLook = context.lookedLate ? now : undefined;
  for (const [source, { look, trouble }, kept] of [
    ["publications", published, newest === undefined ? {} : { newest: named(newest) }],
    ["notices", context, { lateLook }],
  ] as const) {
    if (look === undefined) continue;
    asked.push(checkAfter(source, readCheck(files, source), now, { look, trouble, ...kept }));
  }
  return { now, checks: asked, held: plans.map(({ standing, held }) => ({ list: standing.list, held })) };
}

/** As it is kept. Its instant is worked out when it is written: most looks are not. */
function named(newest: HistoryEntry): NonNullable<SourceCheck["newest"]> {
  return {
    id: newest.id,
    get at() {
      return newest.at;
    },
  };
}

function listCheck(
  { standing, look, held }: Plan,
  record: LedgerRecord | undefined,
  now: string,
): SourceCheck[] {
  const { list, check } = standing;
  switch (look.outcome) {
    case "waiting":
      return [];
    case "failed":
      return [checkAfter(list, check, now, failedBy(look.error, now))];
    case "unchanged":
    case "read": {
      const changed = record !== undefined || lostSight(standing);
      const found: LookResult = {
        at: now,
        outcome: held !== undefined ? "held" : changed ? "changed" : "unchanged",
      };
      const chain = record === undefined ? standing.head?.hash : sha256(jsonBytes(record));
      return [checkAfter(list, check, now, { look: found, trouble: null, receipts: look.receipts, chain })];
    }
  }
}

/** True where a run died after its record and before its evidence: what it found is found by this one. */
function lostSight({ check, head, newest }: Plan["standing"]): boolean {
  return newest?.kind === "publication" && check?.chain !== undefined && check.chain !== head?.hash;
}

/** Puts what is kept of a run's looks; what the ration leaves out is noted where a disk lasts. */
export async function noteEvidence(
  writers: WritersWanted,
  evidence: Evidence,
  recorded: boolean,
  ports: AppPorts,
): Promise<void> {
  const files = evidenceIn(ports);
  if (!isEvidenceDue(files, evidence, recorded)) {
    if (evidence.checks.length > 0) noteLook(files, ports.cache, evidence.now);
    return;
  }
  const { evidence: writer } = await writers.open();
  putEvidence(writer, files, evidence, recorded);
  if (evidence.checks.length > 0) putLook(writer, files, ports.cache, evidence);
}
