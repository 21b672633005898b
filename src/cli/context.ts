import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type AppPorts, type ConfigFile, type LedgerFiles, nodeLedgerFiles } from "../app/index.ts";
import { type Instant, UsageError } from "../domain/index.ts";
import { createOutput, type Output } from "./output.ts";
import { signing } from "./signing.ts";
import { terminalProgress } from "./terminal.ts";

/** Options that every command has. */
export interface CommonOptions {
  readonly ledger: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a command writes to and reads from. */
export interface CommandContext {
  readonly files: LedgerFiles;
  readonly config: ConfigFile;
  readonly output: Output;
  readonly progress: ReturnType<typeof terminalProgress>;
  readonly now: Instant;
  /** Ports with a network behind them. */
  network(): Promise<AppPorts>;
}

const CONFIG_NAME = "ofac-ledger.config.json";

export async function openContext(options: CommonOptions): Promise<CommandContext> {
  const files = nodeLedgerFiles(options.ledger);
  const config = await loadConfig(options.config);
  const progress = terminalProgress(process.stderr, options.quiet ?? false);
  const now = currentInstant();
  return {
    files,
    config,
    output: createOutput(options.json ?? false, (text) => process.stdout.write(text)),
    progress,
    now,
    network: async () => {
      const { createFetcher, sourceSettings } = await import("./network.ts");
      const settings = sourceSettings(config);
      const fetcher = createFetcher(settings, { now: currentInstant, sleep: (ms) => sleep(ms) });
      return { files, fetcher, settings, config, now, progress, ...signing() };
    },
  };
}

/** The clock, read here and passed on as a value. */
function currentInstant(): Instant {
  const pinned = process.env["OFAC_LEDGER_NOW"];
  if (pinned === undefined || pinned === "") return instant(new Date());
  const at = new Date(pinned);
  if (Number.isNaN(at.getTime())) {
    throw new UsageError(
      "bad-clock",
      `OFAC_LEDGER_NOW: expected an instant like 2023-05-23T18:00:00Z, found "${pinned}".`,
    );
  }
  return instant(at);
}

function instant(at: Date): Instant {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** Most commands run without a configuration, so its checker is loaded only when there is one. */
async function loadConfig(named: string | undefined): Promise<ConfigFile> {
  const path = named ?? CONFIG_NAME;
  if (!existsSync(path)) {
    if (named === undefined) return {};
    throw new UsageError("no-config", `--config: expected a file, found nothing at ${path}. Check the path.`);
  }
  const { parseConfig } = await import("./configuration.ts");
  return parseConfig(readFileSync(path, "utf8"), path);
}
