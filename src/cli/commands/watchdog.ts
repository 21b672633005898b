import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import {
  factsOfLedger,
  factsOfSite,
  fileStore,
  messageLine,
  sourceSettings,
  type WatchReport,
  watch,
  watchChannels,
} from "../../app/index.ts";
import { canonicalJson } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openContext } from "../context.ts";
import { emlFolder } from "../eml-folder.ts";
import { httpHooks } from "../hook-post.ts";
import { mailSecrets } from "../mail-secrets.ts";
import { requireLedger } from "../places.ts";
import { withCommon } from "../program.ts";
import { putFile } from "../put-file.ts";

interface WatchdogFlags extends CommonOptions {
  readonly url?: string;
  readonly state?: string;
  readonly issues?: string;
  readonly verify: boolean;
  readonly dryRun?: boolean;
}

/** Beside the configuration, of which it is the other half. */
const STATE = "ofac-ledger.watchdog.json";

export function registerWatchdog(program: Command, done: (code: number) => void): void {
  withCommon(program.command("watchdog"))
    .description("tell the operator what is wrong: once, again while it lasts, and when it is over")
    .option("--url <url>", "watch a published status.json instead of a ledger on this machine")
    .option(
      "--state <file>",
      "what was told already (default: watchdog.state, else ofac-ledger.watchdog.json)",
    )
    .option("--issues <file>", "also write every alarm as JSON for an issue tracker")
    .option("--no-verify", "do not recompute the hashes of the ledger")
    .option("--dry-run", "say what would be told; tell nobody and remember nothing")
    .action(async (flags: WatchdogFlags) => {
      const context = await openContext(flags);
      const report = await look(context, flags);
      for (const { channel, failure } of report.told) {
        if (failure !== null)
          context.log.warning("not-told", `${channel} did not take the message: ${failure}`);
      }
      for (const line of reportLines(report, flags.dryRun ?? false)) context.output.line(line);
      context.output.json(report);
      // After the alarms: a ledger that is gone must be told like anything else that is wrong.
      if (flags.url === undefined) requireLedger(flags.ledger);
      done(report.exitCode);
    });
}

async function look(context: CommandContext, flags: WatchdogFlags): Promise<WatchReport> {
  const { config, now, files, evidence, log } = context;
  const path = flags.state ?? config.watchdog?.state ?? STATE;
  const store = fileStore(path, (message) => log.warning("watchdog-memory", message));
  const channels = watchChannels({
    config,
    now,
    secrets: mailSecrets(),
    eml: emlFolder(config.mail?.emlFolder ?? "outbox"),
    hooks: httpHooks(sourceSettings(config).userAgent),
    webhook: webhook(),
  });
  try {
    const facts =
      flags.url === undefined
        ? await factsOfLedger({ files, evidence, config, now, verify: flags.verify })
        : await factsOfSite(flags.url, { config, now, sleep: (ms) => sleep(ms) });
    const report = await watch({ facts, config, channels, store, now, dryRun: flags.dryRun ?? false });
    if (flags.issues !== undefined) putFile(flags.issues, `${canonicalJson(report.issues)}\n`);
    return report;
  } finally {
    for (const channel of channels) channel.close();
  }
}

function webhook(): { url: string; secret?: string } | undefined {
  const url = process.env["OFAC_LEDGER_WATCHDOG_WEBHOOK"] ?? "";
  if (url === "") return undefined;
  const secret = process.env["OFAC_LEDGER_WEBHOOK_SECRET"] ?? "";
  return { url, ...(secret === "" ? {} : { secret }) };
}

function reportLines({ alarms, told }: WatchReport, dryRun: boolean): string[] {
  return [
    ...(alarms.length === 0
      ? ["all is well"]
      : alarms.map(({ title, key, state }) => `${title} [${key}, ${state}]`)),
    ...told.flatMap(({ channel, messages, failure }) =>
      failure !== null
        ? [`not told ${channel}: ${failure}`]
        : messages.map((message) => `${dryRun ? "would tell" : "told"} ${channel}: ${messageLine(message)}`),
    ),
  ];
}
