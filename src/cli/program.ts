import { Command, CommanderError, Option } from "commander";
import { EXIT, LedgerError } from "../domain/index.ts";
import { registerHistory } from "./commands/history.ts";
import { registerLists } from "./commands/lists.ts";
import { registerPublish } from "./commands/publish.ts";
import { registerWatch } from "./commands/watch.ts";
import { complaint } from "./terminal.ts";

/** Registers a command; its action gives the exit code. */
export type Action<O> = (...args: [...string[], O]) => Promise<number>;

/** Runs one command line. @returns the exit code (architecture: exit codes) */
export async function main(args: readonly string[], version: string): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = createProgram(version, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    process.stderr.write(`${complaint(error)}\n`);
    return error instanceof LedgerError ? error.exitCode : EXIT.bug;
  }
}

/** The whole command line, for running and for tests that compare it with the README. */
export function createProgram(version: string, done: (code: number) => void): Command {
  const program = new Command("ofac-ledger")
    .description("Watches OFAC's sanctions lists and tells exactly what each publication changed.")
    .version(version, "-V, --version")
    .exitOverride()
    .showHelpAfterError("(add --help for the options)")
    .configureHelp({ sortSubcommands: false });
  for (const register of [registerWatch, registerPublish, registerLists, registerHistory]) {
    register(program, done);
  }
  return program;
}

/** Adds the options that every command has. */
export function withCommon(command: Command): Command {
  return command
    .exitOverride()
    .option("--ledger <dir>", "folder of the ledger", "snapshots")
    .option("--config <file>", "configuration (default: ofac-ledger.config.json where there is one)")
    .option("--json", "facts as JSON on standard output")
    .option("--quiet", "no progress");
}

export function listOption(): Option {
  return new Option("--list <list>", "which list").choices(["sdn", "consolidated"]);
}
