import { EXIT, type ExitCode, LedgerError, worstExit } from "../../domain/index.ts";
import { type CommandContext, openContext } from "../context.ts";
import { operatorError } from "../file-fault.ts";
import { printUpdate, type UpdateFlags, updateFacts, updateOnce } from "./update-once.ts";

/** What a part of a round came to. */
interface Part {
  readonly facts: unknown;
  readonly exitCode: ExitCode;
}

/**
 * One round of `run`. A part that fails is told as its failure, and hides neither what the others did nor keeps them
 * from it: digests are made from the ledger, not from the site. After a request to stop, what has not begun is left to
 * the next round.
 */
export async function runAll(
  flags: UpdateFlags,
  stopping: () => boolean = () => false,
  sending: (now: boolean) => void = () => undefined,
): Promise<number> {
  const context = await openContext(flags);
  const report = await updateOnce(context, flags);
  printUpdate(report, context);
  // What makes pages and mails is loaded here, and not by every look that finds nothing new.
  const { buildSite, hasRecords } = await import("./publish.ts");
  const { sendDigests } = await import("./send.ts");
  const site =
    hasRecords(context) && !stopping()
      ? await part(context, "site", async () => ({
          facts: await buildSite(context, { out: flags.out }),
          exitCode: EXIT.done,
        }))
      : undefined;
  let sent: Part | undefined;
  if (flags.send === true && !stopping()) {
    sending(true);
    sent = await part(context, "send", () => sendDigests(context, flags)).finally(() => sending(false));
  }
  const parts = [site, sent].flatMap((one) => one ?? []);
  const exitCode = worstExit([report.exitCode, ...parts.map((one) => one.exitCode)]);
  context.output.json({
    ...updateFacts(report),
    exitCode,
    site: site?.facts ?? null,
    send: sent?.facts ?? null,
  });
  return exitCode;
}

/** Does a part of a round; a failure is a value, told on the log. */
async function part(context: CommandContext, where: string, work: () => Promise<Part>): Promise<Part> {
  try {
    return await work();
  } catch (thrown) {
    const error = operatorError(thrown);
    context.log.error(error, where);
    const known = error instanceof LedgerError;
    const { code, exitCode } = known ? error : { code: "bug", exitCode: EXIT.bug };
    return { facts: { error: { code, message: known ? error.message : "see the log" } }, exitCode };
  }
}
