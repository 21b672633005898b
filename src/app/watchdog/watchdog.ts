import { EXIT, type ExitCode, type Instant, worstExit } from "../../domain/index.ts";
import type { ConfigFile } from "../config/config.ts";
import type { WatchChannel } from "./channels.ts";
import { type Condition, findings, watchPolicy } from "./conditions.ts";
import type { WatchFacts } from "./facts.ts";
import {
  forget,
  memoryText,
  messagesFor,
  noteTold,
  remember,
  type WatchMemory,
  type WatchMessage,
} from "./memory.ts";
import { type AlarmIssue, issuesOf } from "./words.ts";

/** Where the memory is kept between two runs. */
export interface WatchStore {
  read(): WatchMemory;
  write(text: string): void;
}

/** What a look of the watchdog came to. */
export interface WatchReport {
  readonly at: Instant;
  /** What is wrong now, told already or not. */
  readonly alarms: readonly Condition[];
  readonly told: readonly {
    readonly channel: string;
    readonly messages: readonly WatchMessage[];
    /** Code of why the channel did not take them; null: it did. */
    readonly failure: string | null;
  }[];
  readonly issues: readonly AlarmIssue[];
  readonly exitCode: ExitCode;
}

export interface WatchInput {
  readonly facts: WatchFacts;
  readonly config: ConfigFile;
  readonly channels: readonly WatchChannel[];
  readonly store: WatchStore;
  readonly now: Instant;
  /** Tell nobody, remember nothing: say what would be told. */
  readonly dryRun?: boolean;
}

/**
 * Finds what is wrong and tells what changed: one alarm for a change of state on each channel, a reminder while it
 * lasts, and that it is over. The memory is written after each channel, so that a crash repeats one message at most
 * and loses none.
 */
export async function watch(input: WatchInput): Promise<WatchReport> {
  const { facts, config, channels, store, now, dryRun = false } = input;
  const policy = watchPolicy(config);
  const found = findings(facts, policy, now);
  let memory = remember(store.read(), found, now);
  const keep = (): void => {
    if (!dryRun) store.write(memoryText(memory));
  };
  const told: WatchReport["told"][number][] = [];
  keep();
  for (const channel of channels) {
    const messages = messagesFor(memory, channel.name, now, policy.remindEveryMs);
    if (messages.length === 0) continue;
    const failure = dryRun ? null : await channel.tell(messages);
    told.push({ channel: channel.name, messages, failure });
    if (failure !== null) continue;
    memory = noteTold(memory, channel.name, messages, now);
    keep();
  }
  const issues = issuesOf(memory);
  memory = forget(
    memory,
    channels.map(({ name }) => name),
  );
  keep();
  const exits = found.conditions.map(({ exitCode }) => exitCode);
  const untold = told.some(({ failure }) => failure !== null) ? [EXIT.mail] : [];
  return { at: now, alarms: found.conditions, told, issues, exitCode: worstExit([...exits, ...untold]) };
}
