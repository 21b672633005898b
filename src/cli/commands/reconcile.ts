import type { Command } from "commander";
import { reconcilePublication, reconciliationLines } from "../../app/index.ts";
import { EXIT } from "../../domain/index.ts";
import { type CommonOptions, openExisting } from "../context.ts";
import { withCommon } from "../program.ts";

interface ReconcileFlags extends CommonOptions {
  readonly notice?: readonly string[];
  readonly press?: readonly string[];
  readonly delta?: readonly string[];
}

const collect = (path: string, before: readonly string[] = []): readonly string[] => [...before, path];

export function registerReconcile(program: Command, done: (code: number) => void): void {
  withCommon(program.command("reconcile"))
    .description("hold one publication against its notices, press releases and OFAC's delta; asks nobody")
    .argument("<publication>", "an id like sdn-20230523")
    .option("--notice <file>", "a page of OFAC's in place of the ledger's; may be repeated", collect)
    .option("--press <file>", "a press release in place of the ledger's; may be repeated", collect)
    .option("--delta <file>", "OFAC's delta in place of the ledger's; may be repeated", collect)
    .action(async (id: string, flags: ReconcileFlags) => {
      const context = await openExisting(flags);
      const { record, reconciliation, issues } = await reconcilePublication(context.files, id, {
        ...(flags.notice === undefined ? {} : { notices: flags.notice }),
        ...(flags.press === undefined ? {} : { press: flags.press }),
        ...(flags.delta === undefined ? {} : { deltas: flags.delta }),
      });
      context.progress.end();
      for (const { code, message } of issues) context.log.warning(code, message);
      for (const line of reconciliationLines(record, reconciliation)) context.output.line(line);
      context.output.json(reconciliation);
      done(reconciliation.verdict === "disagrees" ? EXIT.disagree : EXIT.done);
    });
}
