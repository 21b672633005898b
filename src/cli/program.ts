import { Command, CommanderError, Option } from "commander";
import { EXIT, type ExitCode, LedgerError, UsageError, worstExit } from "../domain/index.ts";
import { logInstant } from "./clock.ts";
import { operatorError } from "./file-fault.ts";
import { createLog, LOG_FORMATS, type Log, logFormatOf } from "./log.ts";
import { outliveReaders } from "./pipes.ts";
import { refuseEmpty } from "./places.ts";

/** Adds commands to the program; each of their actions ends by telling its exit code. */
export type Register = (program: Command, done: (code: number) => void) => void;

/** Which module has which commands. Only the module of the command that runs is loaded: start-up is what users feel. */
const COMMANDS: readonly { readonly names: readonly string[]; readonly load: () => Promise<Register> }[] = [
  {
    names: ["run", "check", "update"],
    load: async () => (await import("./commands/watch.ts")).registerWatch,
  },
  {
    names: ["status"],
    load: async () => (await import("./commands/status.ts")).registerStatus,
  },
  {
    names: ["build"],
    load: async () => (await import("./commands/publish.ts")).registerPublish,
  },
  {
    names: ["send", "unsubscribe"],
    load: async () => (await import("./commands/send.ts")).registerSend,
  },
  {
    names: ["doctor"],
    load: async () => (await import("./commands/doctor.ts")).registerDoctor,
  },
  {
    names: ["watchdog"],
    load: async () => (await import("./commands/watchdog.ts")).registerWatchdog,
  },
  {
    names: ["mark"],
    load: async () => (await import("./commands/mark.ts")).registerMark,
  },
  {
    names: ["serve"],
    load: async () => (await import("./commands/serve.ts")).registerServe,
  },
  {
    names: ["preview"],
    load: async () => (await import("./commands/preview.ts")).registerPreview,
  },
  {
    names: ["diff"],
    load: async () => (await import("./commands/diff.ts")).registerDiff,
  },
  {
    names: ["import"],
    load: async () => (await import("./commands/import.ts")).registerImport,
  },
  {
    names: ["log", "show"],
    load: async () => (await import("./commands/history.ts")).registerHistory,
  },
  {
    names: ["correct", "reinterpret"],
    load: async () => (await import("./commands/revise.ts")).registerRevise,
  },
  {
    names: ["export", "compose", "apply", "revert"],
    load: async () => (await import("./commands/exchange.ts")).registerExchange,
  },
  {
    names: ["verify"],
    load: async () => (await import("./commands/verify.ts")).registerVerify,
  },
  {
    names: ["reconcile"],
    load: async () => (await import("./commands/reconcile.ts")).registerReconcile,
  },
];

/** Runs one command line. @returns the exit code (architecture: exit codes) */
export async function main(args: readonly string[], version: string): Promise<number> {
  let exitCode: number = EXIT.done;
  const log = createLog({
    format: logFormatOf(args),
    quiet: false,
    stream: process.stderr,
    now: logInstant,
    environment: process.env,
  });
  outliveReaders((error) => outputLost(error, log));
  try {
    const program = await createProgram(
      version,
      (code) => {
        exitCode = code;
      },
      args[0],
    );
    if (logFormatOf(args) === "json") complainInJson(program, log);
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const told = operatorError(error);
    log.error(told);
    return told instanceof LedgerError ? told.exitCode : EXIT.bug;
  }
}

/** What was done stays done, and what else went wrong counts as it would; but the output is not whole. */
function outputLost(error: Error, log: Log): void {
  const reason = operatorError(error);
  log.error(
    new UsageError(
      "output-lost",
      `standard output: expected to write it whole, but it was refused (${reason instanceof Error ? reason.message : String(reason)}) ` +
        "What the command did otherwise is done.",
      { cause: error },
    ),
  );
  process.once("exit", () => {
    process.exitCode = worstExit([Number(process.exitCode ?? EXIT.done) as ExitCode, EXIT.usage]);
  });
}

/** The parser's own complaints, each as one line. */
function complainInJson(program: Command, log: Log): void {
  for (const command of [program, ...program.commands]) {
    command.configureOutput({
      writeErr: () => undefined,
      outputError: (text) => log.error(new UsageError("usage", text.replace(/^error: /, "").trim())),
    });
  }
}

/** The command line: with the commands of one module when the first word names one, else with all of them. */
export async function createProgram(
  version: string,
  done: (code: number) => void,
  first?: string,
): Promise<Command> {
  const program = new Command("ofac-ledger")
    .description("Watches OFAC's sanctions lists and tells exactly what each publication changed.")
    .version(version, "-V, --version")
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .hook("preAction", (_, command) => refuseEmpty(command))
    .configureHelp({ sortSubcommands: false });
  const named = COMMANDS.filter(({ names }) => names.includes(first ?? ""));
  for (const { load } of named.length > 0 ? named : COMMANDS) (await load())(program, done);
  return program;
}

/** Adds the options that every command has. */
export function withCommon(command: Command): Command {
  return command
    .exitOverride()
    .option("--ledger <dir>", "folder of the ledger", "snapshots")
    .option("--config <file>", "configuration (default: ofac-ledger.config.json where there is one)")
    .option("--json", "facts as JSON on standard output")
    .option("--quiet", "no progress")
    .addOption(
      new Option("--log <format>", "progress and complaints as text or as JSON lines").choices(LOG_FORMATS),
    );
}

export function listOption(): Option {
  return new Option("--list <list>", "which list").choices(["sdn", "consolidated"]);
}
