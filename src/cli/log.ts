import pc from "picocolors";
import type { Progress } from "../app/index.ts";
import { type Instant, LedgerError, UsageError } from "../domain/index.ts";
import { printable } from "./output.ts";
import { withoutSecrets } from "./secrets.ts";
import { terminalProgress } from "./terminal.ts";

export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Progress and complaints: everything that goes to standard error. */
export interface Log {
  readonly progress: Progress & { end(): void };
  /** Something happened that is worth knowing without `--quiet`. */
  info(code: string, message: string): void;
  warning(code: string, message: string): void;
  /** What a failure leaves standing, told after it, also with `--quiet`. */
  summary(message: string): void;
  /** An error, or a bug with its stack; `where` is the list, file or step that it befell. */
  error(error: unknown, where?: string): void;
}

export interface LogOptions {
  readonly format: LogFormat;
  readonly quiet: boolean;
  readonly stream: NodeJS.WriteStream;
  readonly now: () => Instant;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Plain lines for people, or one JSON object a line: `time`, `level` (`info`, `warning`, `error`, `bug`), `code`,
 * `message`, and `where` if it is known. Neither holds a secret of the environment or a mail address, and foreign text
 * steers no terminal.
 */
export function createLog({ format, quiet, stream, now, environment }: LogOptions): Log {
  const clean = (text: string) => printable(withoutSecrets(text, environment));
  if (format === "json") {
    const write = (level: string, code: string, message: string, where?: string) =>
      void stream.write(
        `${JSON.stringify({ time: now(), level, code, message: clean(message), ...(where === undefined ? {} : { where: clean(where) }) })}\n`,
      );
    const info = (code: string, message: string) => {
      if (!quiet) write("info", code, message);
    };
    return {
      progress: lineProgress((text) => info("progress", text)),
      info,
      warning: (code, message) => write("warning", code, message),
      summary: (message) => write("info", "summary", message),
      error: (error, where) => {
        if (error instanceof LedgerError) write("error", error.code, error.message, where);
        else write("bug", "bug", stackOf(error), where);
      },
    };
  }
  const progress = terminalProgress(stream, quiet, clean);
  return {
    progress,
    info: (_, message) => progress.line(message),
    warning: (code, message) => void stream.write(`warning ${code}: ${clean(message)}\n`),
    summary: (message) => void stream.write(`${clean(message)}\n`),
    error: (error, where) => {
      progress.end();
      stream.write(`${where === undefined ? "" : `${clean(where)}: `}${complaint(error, clean)}\n`);
    },
  };
}

/** Steps of long work are told this often, in milliseconds: a log is read afterwards. */
const STEP_EVERY_MS = 5_000;

function lineProgress(write: (text: string) => void): Log["progress"] {
  let last = performance.now();
  return {
    line: write,
    step: (done, total, label) => {
      if (performance.now() - last < STEP_EVERY_MS) return;
      last = performance.now();
      write(total > 0 ? `${label}: ${done} of ${total}` : `${label}: ${done}`);
    },
    end: () => undefined,
  };
}

/** An error as the operator reads it; a bug with its stack. */
function complaint(error: unknown, clean: (text: string) => string): string {
  if (error instanceof LedgerError) return `${pc.red("error")} ${error.code}: ${clean(error.message)}`;
  return `${pc.red("bug")} This should not happen; please report it with this text.\n${clean(stackOf(error))}`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * How to log: as the option says, else as OFAC_LEDGER_LOG says, else as text.
 * @throws UsageError `bad-log`
 */
export function logFormat(option: string | undefined): LogFormat {
  const wanted = option ?? (process.env["OFAC_LEDGER_LOG"] || "text");
  const format = LOG_FORMATS.find((one) => one === wanted);
  if (format !== undefined) return format;
  throw new UsageError(
    "bad-log",
    `${option === undefined ? "OFAC_LEDGER_LOG" : "--log"}: expected text or json, found "${wanted}".`,
  );
}

/** The same from the words of a command line that may be wrong in other ways: never an error. */
export function logFormatOf(args: readonly string[]): LogFormat {
  const at = args.indexOf("--log");
  const named = at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith("--log="))?.slice("--log=".length);
  const wanted = named ?? process.env["OFAC_LEDGER_LOG"];
  return wanted === "json" ? "json" : "text";
}
