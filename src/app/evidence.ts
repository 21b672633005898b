import type { LedgerRecord, ListId } from "../domain/index.ts";
import type { LookResult } from "../sources/index.ts";
import { type Evidence, readCheck, type SourceCheck } from "./checks.ts";
import type { ContextReport } from "./context.ts";
import { checkAfter, failedBy } from "./health.ts";
import type { Plan } from "./plan.ts";
import type { AppPorts } from "./ports.ts";
import { type PublicationHistory, publicationOf } from "./publications.ts";

/** How every source fared in a run: what is kept of "we looked". */
export function evidenceOf(
  plans: readonly Plan[],
  records: ReadonlyMap<ListId, LedgerRecord>,
  history: PublicationHistory,
  context: ContextReport,
  { files, now }: AppPorts,
): Evidence {
  const asked: SourceCheck[] = plans.flatMap((plan) => listCheck(plan, records.has(plan.standing.list), now));
  const { newest } = history;
  const seen = Math.max(...plans.map(({ standing }) => publicationOf(standing.check?.receipts) ?? 0));
  const published =
    history.look?.outcome === "unchanged" && newest !== undefined && newest.id > seen
      ? { ...history, look: { at: now, outcome: "changed" as const } }
      : history;
  const lateLook = context.lookedLate ? now : undefined;
  for (const [source, { look, trouble }, late] of [
    ["publications", published, undefined],
    ["notices", context, lateLook],
  ] as const) {
    if (look === undefined) continue;
    const found = { look, trouble, lateLook: late };
    asked.push(checkAfter(source, readCheck(files, source), now, found));
  }
  return { now, checks: asked, held: plans.map(({ standing, held }) => ({ list: standing.list, held })) };
}

function listCheck({ standing, look, held }: Plan, recorded: boolean, now: string): SourceCheck[] {
  const { list, check } = standing;
  switch (look.outcome) {
    case "waiting":
      return [];
    case "failed":
      return [checkAfter(list, check, now, failedBy(look.error, now))];
    case "unchanged":
    case "read": {
      const found: LookResult = {
        at: now,
        outcome: held !== undefined ? "held" : recorded ? "changed" : "unchanged",
      };
      return [checkAfter(list, check, now, { look: found, trouble: null, receipts: look.receipts })];
    }
  }
}
