import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import type { Command } from "commander";
import {
  build,
  nodeFiles,
  nodeLedgerFiles,
  SCRIPT_NAMES,
  sendDue,
  sendExit,
  TEMPLATE_NAMES,
} from "../../app/index.ts";
import { type ExitCode, type Hash, PublishError, sha256, UsageError } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openContext } from "../context.ts";
import { packageRoot, packageVersion } from "../package-root.ts";
import { withCommon } from "../program.ts";

interface BuildFlags extends CommonOptions {
  readonly out: string;
  readonly full?: boolean;
}

interface SendFlags extends CommonOptions {
  readonly dryRun?: boolean;
  readonly resendUnknown?: boolean;
  readonly durableBy?: string;
}

export function registerPublish(program: Command, done: (code: number) => void): void {
  withCommon(program.command("build"))
    .description("render site, feeds and JSON from the ledger")
    .option("--out <dir>", "folder of the site", "public")
    .option("--full", "render everything, whatever the last build says")
    .action(async (flags: BuildFlags) => {
      const context = await openContext(flags);
      context.output.json(await buildSite(context, flags));
      done(0);
    });
  withCommon(program.command("send"))
    .description("deliver the digests that are due, once")
    .option("--dry-run", "say who would get what, and why not; send nothing")
    .option("--resend-unknown", "send again what a crash left without an answer")
    .option(
      "--durable-by <script>",
      "Node script to run after each write of the delivery ledger, e.g. to push it",
    )
    .action(async (flags: SendFlags) => {
      const context = await openContext(flags);
      const sent = await sendDigests(context, flags);
      context.output.json(sent.facts);
      done(sent.exitCode);
    });
}

/** Renders the site and says how many files were touched. */
export async function buildSite(context: CommandContext, flags: { out: string; full?: boolean }) {
  const report = await build(context.files, context.config, nodeFiles, {
    out: flags.out,
    full: flags.full ?? false,
    templates: loadTemplates(),
    renderer: packageVersion(),
    cards: loadFonts(),
  });
  const { written, unchanged, removed } = report;
  context.output.line(
    `site: ${written.length} files written, ${unchanged.length} unchanged, ${removed.length} removed in ${flags.out}`,
  );
  const facts = { out: flags.out, written, unchanged: unchanged.length, removed };
  return facts;
}

/** Delivers what is due and says what came of it. */
export async function sendDigests(
  context: CommandContext,
  flags: SendFlags,
): Promise<{ facts: unknown; exitCode: ExitCode }> {
  const report = await sendDue(
    {
      files: context.files,
      cache: nodeLedgerFiles(".cache/ofac-ledger"),
      eml: nodeEmlFolder(context.config.mail?.emlFolder ?? "outbox"),
      config: context.config,
      now: context.now,
      sleep: (ms) => sleep(ms),
      templates: loadTemplates(),
      renderer: packageVersion(),
      subscriptions: subscriptionsText(context),
      secrets: {
        delivery: (process.env["OFAC_LEDGER_DELIVERY_SECRETS"] ?? "")
          .split(/[\s,]+/)
          .filter((one) => one !== ""),
        smtpUser: process.env["OFAC_LEDGER_SMTP_USER"],
        smtpPassword: process.env["OFAC_LEDGER_SMTP_PASSWORD"],
      },
      onProgress: (done, all) => context.progress.step(done, all, "sending"),
      ...(flags.durableBy === undefined ? {} : { durable: durableBy(flags.durableBy, flags.ledger) }),
    },
    { dryRun: flags.dryRun ?? false, resendUnknown: flags.resendUnknown ?? false },
  );
  context.progress.end();
  for (const item of report.wouldSend) {
    const what = item.publications.map(({ record }) => record.id).join(", ");
    context.output.line(
      `would send ${what === "" ? item.kind : what} to subscription ${item.subscription.id}`,
    );
  }
  for (const skip of flags.dryRun === true ? report.skipped : []) {
    context.output.line(
      `not due: ${skip.publication ?? "everything"} for ${skip.subscription}: ${skip.reason}`,
    );
  }
  for (const one of report.sent) {
    context.output.line(`sent ${one.publications.join(", ")} to subscription ${one.subscription}`);
  }
  for (const one of [...report.failed, ...report.left]) {
    context.output.line(`not sent to subscription ${one.subscription}: ${one.outcome} (${one.code})`);
  }
  for (const one of report.unknown) {
    context.output.line(
      `unknown whether sent to subscription ${one.subscription} (${one.code}); see --resend-unknown`,
    );
  }
  context.output.line(
    `mail: ${report.sent.length} sent, ${report.failed.length + report.left.length} not sent, ${report.unknown.length} unknown`,
  );
  const { sent, failed, unknown, left, skipCounts } = report;
  const wouldSend = report.wouldSend.map((item) => ({
    subscription: item.subscription.id,
    publications: item.publications.map(({ record }) => record.id),
  }));
  return {
    facts: { sent, failed, unknown, left, skipCounts, wouldSend, paused: report.paused },
    exitCode: sendExit(report),
  };
}

function subscriptionsText(context: CommandContext): string | null {
  const inline = process.env["OFAC_LEDGER_SUBSCRIPTIONS"];
  if (inline !== undefined && inline !== "") return inline;
  const path = context.config.mail?.subscriptions;
  if (path === undefined) return null;
  if (!existsSync(path)) {
    throw new UsageError(
      "no-subscriptions",
      `mail.subscriptions: expected a file, found nothing at ${path}.`,
    );
  }
  return readFileSync(path, "utf8");
}

function loadTemplates(): Record<string, string> {
  const root = packageRoot();
  const read = (folder: string) => (name: string) =>
    [name, readFileSync(new URL(`${folder}/${name}`, root), "utf8")] as const;
  return Object.fromEntries([...TEMPLATE_NAMES.map(read("templates")), ...SCRIPT_NAMES.map(read("dist"))]);
}

/** Public Sans as its npm package carries it: no machine need have a font. */
function loadFonts(): { files: string[]; hash: Hash } {
  const { resolve } = createRequire(import.meta.url);
  const files = ["400Regular/PublicSans_400Regular.ttf", "700Bold/PublicSans_700Bold.ttf"].map((name) =>
    resolve(`@expo-google-fonts/public-sans/${name}`),
  );
  return { files, hash: sha256(Buffer.concat(files.map((file) => readFileSync(file)))) };
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

function nodeEmlFolder(folder: string) {
  const files = nodeLedgerFiles(folder);
  return {
    write: async (name: string, bytes: Uint8Array): Promise<void> => {
      files.write(`.${name}.part`, bytes);
      files.rename(`.${name}.part`, name);
    },
  };
}
