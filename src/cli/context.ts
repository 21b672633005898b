import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type AppPorts, type ConfigFile, type LedgerFiles, recover } from "../app/index.ts";
import type { Instant } from "../domain/index.ts";
import { currentInstant, logInstant } from "./clock.ts";
import { isForbidden, sharedLedgerFiles, whileWriting } from "./ledger-lock.ts";
import { createLog, type Log, logFormat } from "./log.ts";
import { createOutput, type Output } from "./output.ts";
import { requireLedger } from "./places.ts";
import { readText } from "./read-file.ts";
import { signing } from "./signing.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly ledger: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly log?: string;
}

/** What a command writes to and reads from. */
export interface CommandContext {
  readonly files: LedgerFiles;
  /** What is kept beside the ledger: in a folder of its own, or in the ledger's. */
  readonly evidence: LedgerFiles;
  readonly config: ConfigFile;
  readonly output: Output;
  readonly log: Log;
  readonly progress: Log["progress"];
  readonly now: Instant;
  /** Does what continues the ledger's chains, and lets nobody else do so meanwhile. */
  writing<T>(work: () => Promise<T>): Promise<T>;
  /** Ports with a network behind them. */
  network(): Promise<AppPorts>;
}

const CONFIG_NAME = "ofac-ledger.config.json";

export async function openContext(options: CommonOptions): Promise<CommandContext> {
  const log = openLog(options);
  const files = sharedLedgerFiles(options.ledger);
  const config = await loadConfig(options.config);
  const { progress } = log;
  const now = currentInstant();
  const dir = config.evidence?.dir;
  const evidence = dir === undefined ? files : sharedLedgerFiles(dir);
  return {
    files,
    evidence,
    log,
    config,
    output: createOutput(options.json ?? false, (text) => process.stdout.write(text)),
    progress,
    now,
    writing: (work) => whileWriting(options.ledger, work),
    network: async () => {
      const { createFetcher, sourceSettings } = await import("./network.ts");
      const settings = sourceSettings(config);
      const fetcher = createFetcher(settings, { now: currentInstant, sleep: (ms) => sleep(ms) });
      return { files, evidence, fetcher, settings, config, now, progress, ...signing() };
    },
  };
}

/**
 * The same for a command that has nothing to do where there is no ledger.
 * @throws UsageError `no-ledger`
 */
export async function openExisting(options: CommonOptions): Promise<CommandContext> {
  const context = await openContext(options);
  requireLedger(options.ledger);
  finishCommits(context);
  return context;
}

/** Half a commit looks like a broken ledger: it is waited for, or finished where its process died. */
function finishCommits({ files, evidence }: CommandContext): void {
  for (const folder of new Set([files, evidence])) {
    try {
      recover(folder);
    } catch (error) {
      // Who may not write here reads what there is; a commit of somebody else's will come to its end.
      if (!isForbidden(error)) throw error;
    }
  }
}

/** Where progress and complaints of a command go. */
export function openLog({ log, quiet }: Pick<CommonOptions, "log" | "quiet">): Log {
  return createLog({
    format: logFormat(log),
    quiet: quiet ?? false,
    stream: process.stderr,
    now: logInstant,
    environment: process.env,
  });
}

/** Most commands run without a configuration, so its checker is loaded only when there is one. */
async function loadConfig(named: string | undefined): Promise<ConfigFile> {
  const path = named ?? CONFIG_NAME;
  const text = existsSync(path) || named !== undefined ? readText(path, "--config", "no-config") : undefined;
  if (text === undefined && !Object.keys(process.env).some((name) => name.startsWith("OFAC_LEDGER__")))
    return {};
  const { parseConfig } = await import("./configuration.ts");
  return parseConfig(text, text === undefined ? "the environment" : path, process.env);
}
