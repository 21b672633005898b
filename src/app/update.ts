import { type LedgerRecord, type ListId, worstExit } from "../domain/index.ts";
import { evidenceOf, noteEvidence } from "./evidence/evidence.ts";
import { dropMoved, recoverFolders, type WritersWanted, writersOf } from "./evidence/evidence-folder.ts";
import { type LookOptions, lookAt } from "./look/look.ts";
import { outcomeOf, type UpdateReport } from "./look/outcome.ts";
import { openPlanning, type Plan, type Planning, planFor } from "./look/plan.ts";
import { askHistory } from "./look/publications.ts";
import { standings } from "./look/standing.ts";
import { type AppPorts, evidenceIn } from "./ports.ts";
import { keepSources } from "./raw/keep.ts";
import { fetchContext } from "./witnesses/context.ts";
import { putContext } from "./witnesses/context-store.ts";
import { openDeltas } from "./witnesses/deltas.ts";
import { reconcileRecent } from "./witnesses/reconcile-stage.ts";

export type { ListOutcome, UpdateReport } from "./look/outcome.ts";
export { LIVE } from "./look/standing.ts";

/**
 * Records what OFAC has published since the last look: everything in memory first, then one commit. A list that
 * fails, or that has not changed, never touches the other.
 * @throws UsageError `profile-mismatch`; IntegrityError when the ledger is not as it was written
 */
export async function update(ports: AppPorts, options: LookOptions = {}): Promise<UpdateReport> {
  const force = options.force ?? false;
  // 1. What a crash left is finished or cleared; then the ledger says where each list stands.
  await recoverFolders(ports);
  const evidence = evidenceIn(ports);
  const lists = standings(ports);
  // 2. OFAC's history says what was published since, when it answers.
  const history = await askHistory(ports, force);
  const deltas = openDeltas(ports, history);
  const planning = openPlanning(lists, { ports, history, deltas, accept: options.accept });
  // 3. Lists that may have changed are fetched and read.
  const looks = await inTurn(lists, async (list) => ({ list, look: await lookAt(list, planning, options) }));
  // 4. Each is guarded and compared; removals that nothing confirms wait.
  const plans = await inTurn(looks, ({ list, look }) => planFor(list, look, planning));
  // 5. What OFAC and Treasury say about it is fetched.
  const context = await fetchContext(ports, plans, force);
  // 6. Changes are judged, each list with the other as it stands, and put.
  const writers = writersOf(ports);
  const records = await putChanges(plans, planning, writers);
  // 7. They are held against what was said about them, and all of that is put beside them.
  const reconciled = await reconcileRecent({ plans, records, planning, context });
  const entries = [...context.entries, ...reconciled.entries];
  const lookedLate = context.lookedLate || reconciled.lookedLate;
  if (entries.length > 0) putContext((await writers.open()).chains, entries);
  // 8. When and how it was seen is put beside them too.
  const recorded = records.size > 0 || entries.length > 0;
  if (recorded || lists.some(({ head }) => head !== undefined)) {
    const seen = { ...context, lookedLate };
    await noteEvidence(writers, evidenceOf(plans, records, history, seen, ports), recorded, ports);
  }
  if (records.size > 0) dropMoved((await writers.open()).chains, ports.files, evidence);
  // 9. Source files are kept before any record says that it was read from them.
  await keepSources(ports, plans, records);
  // 10. All of it becomes the ledger at once, or none of it.
  const committed = writers.commit();
  const outcomes = plans.map((plan) => outcomeOf(plan, records.get(plan.standing.list)));
  return {
    lists: outcomes,
    context: entries,
    issues: [...history.issues, ...context.issues, ...reconciled.issues],
    ...committed,
    exitCode: worstExit(outcomes.map(({ exitCode }) => exitCode)),
  };
}

/** Makes and puts the records, by list. The judge is loaded when there is something to be judged. */
async function putChanges(
  plans: readonly Plan[],
  planning: Planning,
  writers: WritersWanted,
): Promise<Map<ListId, LedgerRecord>> {
  if (plans.every(({ change }) => change === undefined)) return new Map();
  const { putRecords } = await import("./look/put-records.ts");
  return putRecords((await writers.open()).chains, plans, planning);
}

/** One after the other: OFAC is never asked two things at once. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}
