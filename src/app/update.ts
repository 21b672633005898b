import { diffStates } from "../diff/index.ts";
import {
  type ContextEntry,
  EXIT,
  type ExitCode,
  type Hash,
  type Head,
  type Issue,
  LedgerError,
  type LedgerRecord,
  LISTS,
  type ListId,
  type ListState,
  type Observation,
  worstExit,
} from "../domain/index.ts";
import { type LedgerWriter, openWriter, readHead, readState, recover } from "../ledger/index.ts";
import { type HeldRemovals, heldName, putCheck, readHeld } from "./checks.ts";
import { fetchContext, putContext } from "./context.ts";
import { healthOf, type Look, lookAt } from "./look.ts";
import { judgeRemovals, keepRemoved, removedUids, requireNotOlder } from "./plausibility.ts";
import { type AppPorts, judgeConfig } from "./ports.ts";
import { makeRecord } from "./record.ts";
import { sequencesOf } from "./sequence.ts";

/** The segment that follows OFAC. */
export const LIVE = "live";

export interface UpdateOptions {
  /** Hash of a file whose mass removal the operator accepts. */
  readonly accept?: Hash | undefined;
  /** Look even though a source asked us to stay away for a while. */
  readonly force?: boolean;
}

/** What an update did, list by list. */
export interface UpdateReport {
  readonly lists: readonly ListOutcome[];
  readonly context: readonly ContextEntry[];
  readonly issues: readonly Issue[];
  /** Ledger files written; none when there was nothing new. */
  readonly written: readonly string[];
  readonly exitCode: ExitCode;
}

export interface ListOutcome {
  readonly list: ListId;
  readonly outcome: "baseline" | "publication" | "unchanged" | "waiting" | "failed";
  readonly record?: LedgerRecord;
  readonly held?: HeldRemovals;
  readonly error?: LedgerError;
  readonly until?: string;
}

/** A list's change, decided but not yet written. */
interface Plan {
  readonly look: Look;
  readonly head: Head | undefined;
  readonly before: ListState | null;
  /** The list as it will be recorded: with the removals that wait still in it. */
  readonly after: ListState | null;
  readonly held: HeldRemovals | undefined;
  readonly unconfirmed: boolean;
  readonly error?: LedgerError;
}

/**
 * Fetches both lists, guards, compares, judges and records what changed: everything in memory first, then one
 * commit. Reads as the order of effects (architecture).
 */
export async function update(ports: AppPorts, options: UpdateOptions): Promise<UpdateReport> {
  recover(ports.files);
  const looks: Look[] = [];
  for (const list of ports.config.lists ?? LISTS)
    looks.push(await lookAt(list, ports, options.force ?? false));
  const plans = looks.map((look) => plan(look, ports, options));
  const context =
    ports.config.notices === false || plans.every(({ look }) => look.outcome === "failed")
      ? { entries: [], issues: [] }
      : await fetchContext(ports);
  const writer = openWriter(ports.files);
  const sequences = sequencesOf(ports.files);
  const lists = plans.map((one) => record(one, plans, ports, writer, sequences));
  putContext(writer, context.entries);
  // Without a ledger, a failed look leaves nothing behind; with one, the failure is part of its evidence.
  const begun = plans.some(({ before, after }) => before !== null || after !== null);
  const written = begun ? writer.commit() : [];
  return { lists, context: context.entries, issues: context.issues, written, exitCode: exitOf(lists) };
}

/** Decides what of a look becomes part of the ledger. */
function plan(look: Look, ports: AppPorts, options: UpdateOptions): Plan {
  const head = readHead(ports.files, { list: look.list, segment: LIVE });
  const before = head === undefined ? null : readState(ports.files, head);
  const nothing = {
    look,
    head,
    before,
    after: before,
    held: readHeld(ports.files, look.list),
    unconfirmed: false,
  };
  if (look.outcome !== "read") return nothing;
  try {
    requireNotOlder(look.list, look.reading.publishDate, head?.date ?? null);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { ...nothing, look: { list: look.list, before: look.before, outcome: "failed", error } };
  }
  const after = look.reading.state;
  if (before === null) return { ...nothing, after, held: undefined };
  const removed = removedUids(diffStates(before, after));
  const source = look.reading.sources[0];
  if (source === undefined) throw new Error("a list was read from no file");
  const verdict = judgeRemovals({
    list: look.list,
    removed,
    partiesBefore: before.parties.size,
    source: source.sha256,
    held: nothing.held,
    delta: null,
    accept: options.accept,
    now: ports.now,
  });
  if (verdict.verdict === "publish") {
    return { ...nothing, after, held: undefined, unconfirmed: verdict.unconfirmed };
  }
  return { ...nothing, after: keepRemoved(before, after, removed), held: verdict.held };
}

/** Puts what a plan decided: record, observation, check, held removals. */
function record(
  plan: Plan,
  plans: readonly Plan[],
  ports: AppPorts,
  writer: LedgerWriter,
  sequences: ReturnType<typeof sequencesOf>,
): ListOutcome {
  const { look, held } = plan;
  const made = makePlanned(plan, plans, ports, sequences);
  if (made !== undefined && plan.after !== null) {
    writer.append(made, plan.after);
    writer.observe(observationOf(made, look, ports));
  }
  putHeld(writer, plan, ports);
  const health = healthOf(look, made !== undefined, held !== undefined, ports);
  if (health !== undefined && look.outcome !== "waiting") {
    const receipts =
      look.outcome === "failed" || held !== undefined ? (look.before?.receipts ?? []) : look.receipts;
    const check = { formatVersion: "1.0", list: look.list, at: ports.now, health, receipts };
    putCheck(writer, look.before, check, made !== undefined);
  }
  return outcomeOf(plan, made);
}

function makePlanned(
  plan: Plan,
  plans: readonly Plan[],
  ports: AppPorts,
  sequences: ReturnType<typeof sequencesOf>,
): LedgerRecord | undefined {
  const { look, head, before, after } = plan;
  if (look.outcome !== "read" || after === null) return undefined;
  const { reading } = look;
  const set = before === null ? { changes: [], unknown: [] } : diffStates(before, after);
  const named = head !== undefined && reading.publishDate !== null && reading.publishDate !== head.date;
  const told = set.changes.length > 0 || set.unknown.length > 0;
  if (before !== null && !told && !named) return undefined;
  const other = plans.find((one) => one.look.list !== look.list);
  const date = reading.publishDate;
  return makeRecord(
    {
      segment: LIVE,
      origin: "live",
      kind: before === null ? "baseline" : "publication",
      date,
      dateBasis: date === null ? "none" : "publish-date",
      sequence: sequences.next(look.list, date),
      window: { after: null, notLaterThan: null },
      ofacPublications: [],
      interpreter: reading.interpreter,
      sources: reading.sources,
      issues: reading.issues,
      before,
      after,
      set,
      otherList: other?.after ?? null,
      previous: head === undefined ? null : { id: head.id, hash: head.hash },
      ...(plan.unconfirmed ? { unconfirmedRemovals: true as const } : {}),
    },
    judgeConfig(ports.config),
  );
}

function observationOf(made: LedgerRecord, look: Look, ports: AppPorts): Observation {
  const receipts = look.outcome === "read" ? look.receipts : [];
  return {
    formatVersion: "1.0",
    id: made.id,
    firstSeen: ports.now,
    receipts,
    route: receipts[0]?.url ?? "",
    warnings: [],
  };
}

/** Notes removals that begin to wait, and clears the note when they do no longer. */
function putHeld(writer: LedgerWriter, plan: Plan, ports: AppPorts): void {
  const known = readHeld(ports.files, plan.look.list);
  if (plan.look.outcome !== "read") return;
  if (plan.held === undefined && known !== undefined) writer.drop("checks", heldName(plan.look.list));
  if (plan.held !== undefined) writer.put("checks", heldName(plan.look.list), plan.held);
}

function outcomeOf(plan: Plan, made: LedgerRecord | undefined): ListOutcome {
  const { look } = plan;
  const held = plan.held === undefined ? {} : { held: plan.held };
  if (look.outcome === "failed") return { list: look.list, outcome: "failed", error: look.error, ...held };
  if (look.outcome === "waiting") return { list: look.list, outcome: "waiting", until: look.until, ...held };
  if (made === undefined) return { list: look.list, outcome: "unchanged", ...held };
  const outcome = made.kind === "baseline" ? "baseline" : "publication";
  return { list: look.list, outcome, record: made, ...held };
}

function exitOf(lists: readonly ListOutcome[]): ExitCode {
  return worstExit(
    lists.map((list) => {
      if (list.error !== undefined) return list.error.exitCode;
      return list.held === undefined ? EXIT.done : EXIT.held;
    }),
  );
}
