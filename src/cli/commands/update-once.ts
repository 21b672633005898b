import {
  type AppPorts,
  heldUids,
  type ListOutcome,
  status,
  type UpdateReport,
  update,
} from "../../app/index.ts";
import { type ContextEntry, type Hash, UsageError } from "../../domain/index.ts";
import { optionalCache } from "../cache.ts";
import type { CommandContext, CommonOptions } from "../context.ts";
import type { Log } from "../log.ts";
import { rawStore } from "../raw-folder.ts";

/** Options of `update`, and those of `run` beside them. */
export interface UpdateFlags extends CommonOptions {
  readonly accept?: string;
  readonly force?: boolean;
  readonly out: string;
  readonly send?: boolean;
  readonly keepRaw?: string;
  readonly every?: string;
}

/** One look at the sources; what is new is recorded. */
export async function updateOnce(context: CommandContext, flags: UpdateFlags): Promise<UpdateReport> {
  const ports = await watching(context, flags);
  try {
    return await context.writing(() => update(ports, optionsOf(flags)));
  } finally {
    context.progress.end();
    await ports.fetcher.close();
  }
}

/** With a folder for what the next update need not do again. */
async function watching(context: CommandContext, { keepRaw }: UpdateFlags): Promise<AppPorts> {
  const raw = await rawStore(context, keepRaw);
  return {
    ...(await context.network()),
    ...raw,
    cache: optionalCache(context.log),
  };
}

function optionsOf(flags: UpdateFlags): { accept?: Hash; force: boolean } {
  const force = flags.force ?? false;
  if (flags.accept === undefined) return { force };
  const hex = flags.accept.toLowerCase().replace(/^sha256:/, "");
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new UsageError("bad-hash", `--accept: expected a SHA-256 in hex, found "${flags.accept}".`);
  }
  return { accept: `sha256:${hex}`, force };
}

/** What an update did, for a reader. */
export function printUpdate(report: UpdateReport, context: CommandContext): void {
  const { output } = context;
  const fresh = report.lists.filter((list) => list.record !== undefined);
  for (const list of fresh) output.line(list.record?.headline ?? "");
  for (const entry of report.context) output.line(contextLine(entry));
  for (const list of report.lists) printTrouble(list, context);
  if (fresh.length === 0 && report.lists.some((list) => list.outcome === "unchanged")) {
    output.line("no new publication");
  }
  printWarnings(report.issues, context.log);
  const failed = report.lists.filter((list) => list.error !== undefined);
  if (failed.length > 0) context.log.summary(whatStands(report, context));
}

/** What came in beside the lists, in a line. */
function contextLine({ id, notice, pressRelease, delta, reconciliation }: ContextEntry): string {
  if (notice !== undefined) return `notice ${notice.id}: ${notice.title}`;
  if (pressRelease !== undefined) return `press release ${id}: ${pressRelease.title}`;
  if (delta !== undefined) return `OFAC's own delta of publication ${id}: ${delta.entities.length} parties`;
  if (reconciliation === undefined) return id;
  const { publication, verdict } = reconciliation;
  return verdict === "agrees"
    ? `reconciled ${publication}: all witnesses at hand agree`
    : `reconciled ${publication}: the witnesses disagree; see "ofac-ledger reconcile ${publication}"`;
}

export function printWarnings(issues: UpdateReport["issues"], log: Log): void {
  for (const issue of issues) log.warning(issue.code, issue.message);
}

function printTrouble(list: ListOutcome, { output, log }: CommandContext): void {
  if (list.error !== undefined) log.error(list.error, list.list);
  if (list.outcome === "waiting") output.line(`${list.list}: failed lately, not asked before ${list.until}`);
  if (list.held !== undefined) {
    const { held } = list;
    output.line(
      `${list.list}: ${heldUids(held).length} removals held since ${held.waiting[0]?.since} (${held.reason}); ` +
        `confirm with --accept ${held.source}`,
    );
  }
}

/** What a failure has left as it was, and what can be done without the network. */
function whatStands(report: UpdateReport, { files, now }: CommandContext): string {
  const newest = status(files, now).lists.map(({ id, parties }) => `${id} (${parties} parties)`);
  const stands =
    newest.length === 0 ? "There is no ledger yet" : `The ledger stands at ${newest.join(" and ")}`;
  const recorded = report.lists.some((list) => list.record !== undefined);
  const written = recorded ? "what could be read was recorded" : "no list was changed";
  return `${stands}; ${written}. To see the tool at work without a network: npm run demo`;
}

/** The same for machines. */
export function updateFacts(report: UpdateReport) {
  return {
    exitCode: report.exitCode,
    lists: report.lists.map(({ list, outcome, record, held, error, exitCode, until }) => ({
      list,
      outcome,
      exitCode,
      until: until ?? null,
      id: record?.id ?? null,
      headline: record?.headline ?? null,
      counts: record?.counts ?? null,
      stateHash: record?.state.to.hash ?? null,
      held: held ?? null,
      error: error === undefined ? null : { code: error.code, message: error.message },
    })),
    context: report.context.map((entry) => ({ kind: entry.kind, id: entry.id })),
    issues: report.issues,
    written: report.written,
  };
}
