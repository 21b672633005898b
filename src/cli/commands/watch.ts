import type { Command } from "commander";
import { check } from "../../app/index.ts";
import { type CommonOptions, openContext } from "../context.ts";
import { requireApart } from "../places.ts";
import { withCommon } from "../program.ts";
import { runEvery } from "./run.ts";
import { runAll } from "./run-all.ts";
import { printUpdate, printWarnings, type UpdateFlags, updateFacts, updateOnce } from "./update-once.ts";

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
      requireApart(flags.out, flags.ledger);
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
