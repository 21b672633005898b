import {
  addDays,
  type ContextEntry,
  canonicalJson,
  easternDate,
  type Issue,
  type LedgerRecord,
  type ListId,
  type PartyLine,
} from "../../domain/index.ts";
import { chain } from "../../ledger/index.ts";
import { EXPECTATIONS } from "../look/expectations.ts";
import { firstSeenOf } from "../look/observation.ts";
import type { Plan, Planning } from "../look/plan.ts";
import type { ContextReport } from "./context.ts";
import { openContextStore } from "./context-store.ts";
import { mayComeLate } from "./late.ts";
import { isNear } from "./near.ts";
import { concerns, storedTestimony, type Testimony } from "./testimony.ts";

/** What a run has found out before it reconciles. */
export interface ReconcileFacts {
  readonly plans: readonly Plan[];
  /** Records made in this run. */
  readonly records: ReadonlyMap<ListId, LedgerRecord>;
  readonly planning: Planning;
  readonly context: ContextReport;
}

export interface ReconcileReport {
  /** Deltas, and reconciliations that are new or say something new. */
  readonly entries: readonly ContextEntry[];
  readonly issues: readonly Issue[];
  /** A delta was asked for again. */
  readonly lookedLate: boolean;
}

/** How far back records are reconciled again when something comes late: as far as notices are looked for. */
const RECENT_DAYS = 7;

/**
 * Holds the records of the last days against notices, press releases and OFAC's delta, when one of them is new.
 * A record is never touched: what comes late makes a further reconciliation beside the one before it. Where nothing
 * is new, nothing is read.
 */
export async function reconcileRecent(facts: ReconcileFacts): Promise<ReconcileReport> {
  const { ports } = facts.planning;
  const entries: ContextEntry[] = [];
  const issues: Issue[] = [];
  let lookedLate = false;
  for (const plan of facts.plans) {
    const fresh = facts.records.get(plan.standing.list);
    const recent = recentRecords(plan, fresh, facts);
    const late = facts.context.lateDue && facts.context.look !== undefined;
    const isDue = ({ id, date }: LedgerRecord) =>
      late && mayComeLate({ date, firstSeen: firstSeenOf(ports.files, id) }, ports.now);
    const asked = recent.filter((record) => record === fresh || isDue(record));
    const deltas = await fetchDeltas(asked, [...facts.context.entries, ...entries], facts.planning);
    entries.push(...deltas.entries);
    lookedLate ||= deltas.asked.some((record) => record !== fresh);
    const news = [...facts.context.entries, ...entries];
    const found = await reconcileAll(plan, recent, fresh, news, facts.planning);
    entries.push(...found.entries);
    issues.push(...found.issues);
  }
  return { entries, issues, lookedLate };
}

/** Publications of the last days, newest first: the one of this run, and those on disk. */
function recentRecords(
  { standing }: Plan,
  fresh: LedgerRecord | undefined,
  { planning: { ports } }: ReconcileFacts,
): LedgerRecord[] {
  const floor = addDays(easternDate(ports.now), -RECENT_DAYS);
  const found: LedgerRecord[] = [];
  for (const record of newestFirst(standing, fresh, ports.files)) {
    if (record !== fresh && (record.date === null || record.date < floor)) break;
    if (record.kind === "publication" || record.kind === "correction") found.push(record);
  }
  return found;
}

function* newestFirst(
  { head }: Plan["standing"],
  fresh: LedgerRecord | undefined,
  files: Planning["ports"]["files"],
): Generator<LedgerRecord> {
  if (fresh !== undefined) yield fresh;
  if (head !== undefined) for (const { record } of chain(files, head)) yield record;
}

/** OFAC's own deltas of these records, where the ledger lacks them. */
async function fetchDeltas(
  records: readonly LedgerRecord[],
  fresh: readonly ContextEntry[],
  { ports, deltas }: Planning,
): Promise<{ entries: ContextEntry[]; asked: LedgerRecord[] }> {
  const store = openContextStore(ports.files, fresh);
  const entries: ContextEntry[] = [];
  const asked: LedgerRecord[] = [];
  const tried = new Set<number>();
  for (const record of records) {
    const { ofacPublications } = record;
    if (ofacPublications.length > EXPECTATIONS.deltasAtOnce) continue;
    const missing = ofacPublications.filter(({ id }) => store.delta(id) === undefined);
    if (missing.length > 0) asked.push(record);
    for (const { id, datePublished } of missing) {
      const delta = tried.has(id) ? null : await deltas.one(id);
      tried.add(id);
      if (delta === null) continue;
      entries.push({
        formatVersion: "1.0",
        kind: "delta",
        id: String(id),
        date: datePublished.slice(0, 10),
        delta,
        firstSeen: ports.now,
        provenance: ports.settings.provenance === "composed" ? "composed" : "official delta",
      });
    }
  }
  return { entries, asked };
}

async function reconcileAll(
  plan: Plan,
  recent: readonly LedgerRecord[],
  fresh: LedgerRecord | undefined,
  news: readonly ContextEntry[],
  { ports, stateOf }: Planning,
): Promise<{ entries: ContextEntry[]; issues: Issue[] }> {
  const { standing, change } = plan;
  const store = openContextStore(ports.files, news);
  const testimonies = new Map<string, Testimony>();
  for (const record of recent) {
    if (!isNews(record, fresh) && !concerns(record, news, store)) continue;
    const firstSeen = record === fresh ? ports.now : firstSeenOf(ports.files, record.id);
    const testimony = storedTestimony(record, store, firstSeen);
    // Until there is something to hold it against, no list is read for it.
    if (testimony.notices.length > 0 || testimony.delta !== null) testimonies.set(record.id, testimony);
  }
  if (testimonies.size === 0) return { entries: [], issues: [] };
  const after: ReadonlyMap<number, PartyLine> | undefined =
    fresh !== undefined && change !== undefined ? change.after.parties : stateOf(standing)?.parties;
  if (after === undefined) return { entries: [], issues: [] };
  const wanted = new Set(testimonies.keys());
  // Loaded when there is something to hold against another: most runs find nothing.
  const { reconcileStep, stepsBack } = await import("./reconcile-steps.ts");
  const steps = stepsBack(after, newestFirst(standing, fresh, ports.files), wanted);
  const entries: ContextEntry[] = [];
  const issues: Issue[] = [];
  for (const step of steps.reverse()) {
    const { record } = step;
    const testimony = testimonies.get(record.id);
    if (testimony === undefined) continue;
    const found = reconcileStep(step, testimony);
    const { reconciliation } = found;
    // Pages that turn out to be of another day, or of the other list.
    if (reconciliation.verdict === "no other witness") continue;
    const known = store.reconciliation(record.id)?.reconciliation;
    if (known !== undefined && canonicalJson(known) === canonicalJson(reconciliation)) continue;
    issues.push(...found.issues);
    entries.push({
      formatVersion: "1.0",
      kind: "reconciliation",
      id: store.nextId("reconciliation", record.id),
      date: record.date,
      reconciliation,
      firstSeen: ports.now,
      provenance: ports.settings.provenance === "composed" ? "composed" : "official page",
    });
  }
  return { entries, issues };
}

/** The record of this run, and those whose pages it may explain. */
function isNews(record: LedgerRecord, fresh: LedgerRecord | undefined): boolean {
  return fresh !== undefined && (record === fresh || isNear(record, fresh));
}
