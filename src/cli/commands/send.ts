import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import {
  keyRing,
  type SendReport,
  sendDue,
  sendExit,
  sourceSettings,
  verifyUnsubscribeToken,
} from "../../app/index.ts";
import { EXIT, type ExitCode, LedgerError, PublishError, UsageError } from "../../domain/index.ts";
import { CACHE_FOLDER } from "../cache.ts";
import { type CommandContext, type CommonOptions, openContext, openExisting } from "../context.ts";
import { emlFolder } from "../eml-folder.ts";
import { httpHooks } from "../hook-post.ts";
import { takeSendLock } from "../ledger-lock.ts";
import { mailSecrets } from "../mail-secrets.ts";
import { nodeNoteFolder } from "../note-folder.ts";
import { packageVersion } from "../package-root.ts";
import { withCommon } from "../program.ts";
import { readSubscriptionsText } from "../subscriptions.ts";
import { loadTemplates } from "../templates.ts";
import { sendFacts, sendLines } from "./send-report.ts";

interface SendFlags extends CommonOptions {
  readonly dryRun?: boolean;
  readonly resendUnknown?: boolean;
  readonly tryAgain?: readonly string[];
  readonly durableBy?: string;
}

export function registerSend(program: Command, done: (code: number) => void): void {
  withCommon(program.command("send"))
    .description("deliver the digests that are due, once")
    .option("--dry-run", "say who would get what, and why not; send nothing")
    .option("--resend-unknown", "send again what a crash left without an answer")
    .option(
      "--try-again <subscription>",
      "try a paused or refused subscription once more; may be repeated",
      (value: string, before: readonly string[]) => [...before, value],
      [],
    )
    .option(
      "--durable-by <script>",
      "Node script to run after each write of the delivery ledger, e.g. to push it",
    )
    .action(async (flags: SendFlags) => {
      const context = await openExisting(flags);
      if (flags.durableBy !== undefined) requireScript(flags.durableBy);
      const sent = await sendDigests(context, flags);
      context.output.json(sent.facts);
      done(sent.exitCode);
    });
  withCommon(program.command("unsubscribe <token>"))
    .description("say which subscription an unsubscribe link or mail names, if its token is genuine")
    .action(async (token: string, flags: CommonOptions) => {
      const context = await openContext(flags);
      const subscription = verifyUnsubscribeToken(keyRing(mailSecrets().delivery), token);
      if (subscription === undefined) {
        throw new UsageError(
          "bad-token",
          "Expected a token of an unsubscribe link that one of OFAC_LEDGER_DELIVERY_SECRETS has signed, found another " +
            "text. Nobody is to be unsubscribed for it.",
        );
      }
      context.output.line(subscription);
      context.output.json({ subscription });
      done(EXIT.done);
    });
}

/** Delivers what is due and says what came of it. */
export async function sendDigests(
  context: CommandContext,
  flags: SendFlags,
): Promise<{ facts: unknown; exitCode: ExitCode }> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const report = await deliver(context, flags, stopping.signal);
    for (const line of sendLines(report, flags.dryRun ?? false)) context.output.line(line);
    return { facts: sendFacts(report), exitCode: sendExit(report) };
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== "send-busy") throw error;
    context.log.error(error);
    return { facts: { busy: true }, exitCode: error.exitCode };
  } finally {
    context.progress.end();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

async function deliver(context: CommandContext, flags: SendFlags, signal: AbortSignal): Promise<SendReport> {
  const { config } = context;
  return sendDue(
    {
      files: context.files,
      evidence: context.evidence,
      notes: nodeNoteFolder(CACHE_FOLDER),
      eml: emlFolder(config.mail?.emlFolder ?? "outbox"),
      hooks: httpHooks(sourceSettings(config).userAgent),
      config,
      now: context.now,
      sleep: (ms) => sleep(ms),
      templates: loadTemplates(),
      renderer: packageVersion(),
      subscriptions: await readSubscriptionsText(config),
      secrets: mailSecrets(),
      onProgress: (done, all) => context.progress.step(done, all, "sending"),
      onFault: ({ subscription, code, message }) =>
        context.log.warning(code, `subscription ${subscription}: ${message}`),
      lock: async () => takeSendLock(flags.ledger),
      signal,
      ...(flags.durableBy === undefined ? {} : { durable: durableBy(flags.durableBy, flags.ledger) }),
    },
    {
      dryRun: flags.dryRun ?? false,
      resendUnknown: flags.resendUnknown ?? false,
      tryAgain: flags.tryAgain ?? [],
    },
  );
}

/** Found out before anything is due, and not with the first digest. @throws UsageError `no-such-file` */
function requireScript(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return;
  throw new UsageError(
    "no-such-file",
    `--durable-by: expected a Node script, found no file at ${path}. Check the path; nothing was sent.`,
  );
}

/** Runs the operator's script with the ledger's folder; nothing is handed over unless it succeeds. */
function durableBy(script: string, ledger: string): () => Promise<void> {
  return async () => {
    const done = spawnSync(process.execPath, [script, ledger], { stdio: ["ignore", "ignore", "inherit"] });
    if (done.status !== 0) {
      throw new PublishError(
        "not-durable",
        `--durable-by ${script}: expected exit code 0, found ${done.status ?? done.signal}. No further mail is handed ` +
          "over; mend the cause and run send again.",
      );
    }
  };
}
