import type { ContextEntry, Issue } from "../../domain/index.ts";
import type { LookResult } from "../../sources/index.ts";
import { readCheck } from "../look/checks.ts";
import { type Failure, mayAsk } from "../look/health.ts";
import type { Plan } from "../look/plan.ts";
import { type AppPorts, evidenceIn } from "../ports.ts";
import { lateLookDue } from "./late.ts";

export interface ContextReport {
  readonly entries: readonly ContextEntry[];
  readonly issues: readonly Issue[];
  /** What came of asking for the listing; undefined when it was not its turn. */
  readonly look: LookResult | undefined;
  readonly trouble: Failure | null;
  /** It is time to ask again for what the last days still lack. */
  readonly lateDue: boolean;
  /** Something was asked for again. */
  readonly lookedLate: boolean;
}

/**
 * Notices of the last days and their press releases that the ledger does not hold yet. A notice that came without a
 * press release is read again now and then; where it has changed, it is kept as a further version.
 */
export async function fetchContext(
  ports: AppPorts,
  plans: readonly Plan[],
  force: boolean,
): Promise<ContextReport> {
  const check = readCheck(evidenceIn(ports), "notices");
  const lateDue = lateLookDue(evidenceIn(ports), check, ports.now, force);
  // Context of a ledger that has not begun is nothing.
  const begun = plans.some(({ standing, change }) => standing.head !== undefined || change !== undefined);
  if (ports.config.notices === false || !begun || !mayAsk(check, ports.now, force)) {
    return { entries: [], issues: [], look: undefined, trouble: null, lateDue, lookedLate: false };
  }
  // Readers of pages are loaded here, and not by a run that asks for none.
  const { recentNotices } = await import("./recent-notices.ts");
  return recentNotices(ports, check, lateDue);
}
