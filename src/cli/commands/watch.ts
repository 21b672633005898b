import type { Command } from "commander";
import {
  type AppPorts,
  check,
  heldUids,
  type ListOutcome,
  nodeLedgerFiles,
  status,
  type UpdateReport,
  update,
} from "../../app/index.ts";
import { type ContextEntry, type Hash, UsageError, worstExit } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openContext } from "../context.ts";
import type { Log } from "../log.ts";
import { withCommon } from "../program.ts";
import { rawStore } from "../raw-folder.ts";
import { runEvery } from "./run.ts";

interface UpdateFlags extends CommonOptions {
  readonly accept?: string;
  readonly force?: boolean;
  readonly out: string;
  readonly send?: boolean;
  readonly keepRaw?: string;
  readonly every?: string;
}

export function registerWatch(program: Command, done: (code: number) => void): void {
  withCommon(program.command("run"))
    .description("check, update and build; with --send also send")
    .option("--out <dir>", "folder of the site", "public")
    .option("--accept <sha256>", "record this very file although it is not plausible")
    .option("--force", "ask every source, even one that failed lately and is given time")
    .option("--keep-raw <dir>", "keep the source files of what is recorded in this folder")
    .option("--send", "also send the digests that are due")
    .option("--every <period>", "again and again, e.g. 15m, until SIGTERM or SIGINT")
    .action(async (flags: UpdateFlags) => {
      const { every } = flags;
      done(
        every === undefined
          ? await runAll(flags)
          : await runEvery(every, flags, (stopping, sending) => runAll(flags, stopping, sending)),
      );
    });
  withCommon(program.command("check"))
    .description("ask the sources whether there is something new; writes nothing")
    .action(async (flags: CommonOptions) => {
      const context = await openContext(flags);
      const report = await check(await context.network());
      context.progress.end();
      for (const one of report.lists) {
        context.output.line(`${one.list}: ${one.answer}${one.detail === "" ? "" : ` (${one.detail})`}`);
      }
      for (const one of report.lists) {
        if (one.error !== undefined) context.log.error(one.error);
      }
      printWarnings(report.issues, context.log);
      const lists = report.lists.map(({ error, ...one }) => ({ ...one, error: error?.code ?? null }));
      context.output.json({ ...report, lists });
      done(report.exitCode);
    });
  withCommon(program.command("update"))
    .description("fetch, guard, compare, judge and record what changed")
    .option("--accept <sha256>", "record this very file although it is not plausible")
    .option("--force", "ask every source, even one that failed lately and is given time")
    .option("--keep-raw <dir>", "keep the source files of what is recorded in this folder")
    .action(async (flags: UpdateFlags) => {
      const context = await openContext(flags);
      const report = await updateOnce(context, flags);
      printUpdate(report, context);
      context.output.json(updateFacts(report));
      done(report.exitCode);
    });
}

/** One round of `run`; after a request to stop, what has not begun is left to the next. */
async function runAll(
  flags: UpdateFlags,
  stopping: () => boolean = () => false,
  sending: (now: boolean) => void = () => undefined,
): Promise<number> {
  const context = await openContext(flags);
  const report = await updateOnce(context, flags);
  printUpdate(report, context);
  // What makes pages and mails is loaded here, and not by every look that finds nothing new.
  const { buildSite } = await import("./publish.ts");
  const { sendDigests } = await import("./send.ts");
  const site = hasLedger(context) && !stopping() ? await buildSite(context, { out: flags.out }) : undefined;
  let sent: Awaited<ReturnType<typeof sendDigests>> | undefined;
  if (flags.send === true && !stopping()) {
    sending(true);
    sent = await sendDigests(context, flags).finally(() => sending(false));
  }
  context.output.json({ ...updateFacts(report), site: site ?? null, send: sent?.facts ?? null });
  return worstExit([report.exitCode, ...(sent === undefined ? [] : [sent.exitCode])]);
}

async function updateOnce(context: CommandContext, flags: UpdateFlags): Promise<UpdateReport> {
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
    cache: nodeLedgerFiles(".cache/ofac-ledger", { lasting: false }),
  };
}

function hasLedger({ files, now }: CommandContext): boolean {
  return status(files, now).lists.length > 0;
}

function optionsOf(flags: UpdateFlags): { accept?: Hash; force: boolean } {
  const force = flags.force ?? false;
  if (flags.accept === undefined) return { force };
  const hex = flags.accept.replace(/^sha256:/, "");
  if (!/^[0-9a-f]{64}$/.test(hex)) {
    throw new UsageError("bad-hash", `--accept: expected a SHA-256 in hex, found "${flags.accept}".`);
  }
  return { accept: `sha256:${hex}`, force };
}

function printUpdate(report: UpdateReport, context: CommandContext): void {
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

function printWarnings(issues: UpdateReport["issues"], log: Log): void {
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

function updateFacts(report: UpdateReport) {
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
