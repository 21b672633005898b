import { Argument, type Command } from "commander";
import { MARKS, type Mark, mark, readPublished } from "../../app/index.ts";
import { EXIT, type Instant, UsageError } from "../../domain/index.ts";
import { type CommonOptions, openContext } from "../context.ts";
import { withCommon } from "../program.ts";

interface MarkFlags extends CommonOptions {
  readonly at?: string;
  readonly dryRun?: boolean;
}

export function registerMark(program: Command, done: (code: number) => void): void {
  withCommon(program.command("mark"))
    .description("note when publications were committed or deployed; the first mark stands")
    .addArgument(new Argument("<what>", "what happened").choices(MARKS))
    .argument(
      "[publications...]",
      "ids; without any, those first seen in the last 24 hours that have no such mark",
    )
    .option("--at <instant>", "when it happened, like 2023-05-23T18:44:00Z (default: now)")
    .option("--dry-run", "say which would be marked, and mark none")
    .action(async (what: Mark, ids: readonly string[], flags: MarkFlags) => {
      const context = await openContext(flags);
      const at = flags.at === undefined ? context.now : instantOf(flags.at);
      const dryRun = flags.dryRun ?? false;
      const marked = await context.writing(() =>
        mark(context.evidence, readPublished(context.files), { what, ids, at, dryRun }),
      );
      for (const id of marked) context.output.line(`${id}: ${what} at ${at}`);
      if (marked.length === 0) context.output.line("nothing to mark");
      context.output.json({ what, at, marked });
      done(EXIT.done);
    });
}

/** An instant in UTC, to the second. */
function instantOf(text: string): Instant {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(at.getTime())) {
    throw new UsageError(
      "bad-instant",
      `--at: expected an instant like 2023-05-23T18:44:00Z, found "${text}".`,
    );
  }
  return `${at.toISOString().slice(0, 19)}Z`;
}
