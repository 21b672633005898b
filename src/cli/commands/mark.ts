import { Argument, type Command } from "commander";
import { MARKS, type Mark, mark, readPublished } from "../../app/index.ts";
import { EXIT, type Instant, UsageError } from "../../domain/index.ts";
import { readInstant } from "../clock.ts";
import { type CommonOptions, openExisting } from "../context.ts";
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
      const context = await openExisting(flags);
      const at = flags.at === undefined ? context.now : instantOf(flags.at);
      const dryRun = flags.dryRun ?? false;
      const work = () =>
        mark(context.evidence, readPublished(context.files), { what, ids, at, now: context.now, dryRun });
      // Who only looks gets in nobody's way, and may have no right to write.
      const marked = await (dryRun ? work() : context.writing(work));
      for (const id of marked) context.output.line(`${id}: ${what} at ${at}`);
      if (marked.length === 0) context.output.line("nothing to mark");
      context.output.json({ what, at, marked });
      done(EXIT.done);
    });
}

/** An instant in UTC, to the second. */
function instantOf(text: string): Instant {
  const at = readInstant(text);
  if (at !== undefined) return at;
  throw new UsageError(
    "bad-instant",
    `--at: expected an instant with its zone, like 2023-05-23T18:44:00Z or 2023-05-23T14:44:00-04:00, found "${text}". ` +
      "Nothing was marked.",
  );
}
