import { existsSync } from "node:fs";
import { type Command, Option } from "commander";
import { diffFiles, diffPoints, type FileDiff, isPoint, judgeConfig } from "../../app/index.ts";
import { type ListId, UsageError } from "../../domain/index.ts";
import { type CommonOptions, openContext, openExisting } from "../context.ts";
import { createOutput, oneForm } from "../output.ts";
import { listOption, withCommon } from "../program.ts";

interface DiffFlags extends CommonOptions {
  readonly format: "text" | "json" | "md" | "headline";
  readonly date?: string;
  readonly list?: ListId;
  readonly segment?: string;
}

export function registerDiff(program: Command, done: (code: number) => void): void {
  withCommon(program.command("diff"))
    .description("compare two list files (plain, .gz or .zip), or two publications or dates of the ledger")
    .argument("<old>", "the earlier file, publication or date")
    .argument("<new>", "the later file, publication or date")
    .addOption(
      new Option("--format <format>", "what to print")
        .choices(["text", "json", "md", "headline"])
        .default("text"),
    )
    .option("--date <date>", "Eastern date of the change, for the headline")
    .addOption(listOption())
    .option("--segment <name>", "of the ledger: which segment, where several have that date")
    .action(async (oldPath: string, newPath: string, flags: DiffFlags, command: Command) => {
      oneForm(command);
      const moments = isMoment(oldPath) && isMoment(newPath);
      refuseOther(flags, moments);
      const context = await (moments ? openExisting(flags) : openContext(flags));
      const { list, date, segment } = flags;
      const judge = judgeConfig(context.config);
      const found = moments
        ? diffPoints(context.files, oldPath, newPath, { list, segment, judge })
        : await diffFiles(oldPath, newPath, { list, date, judge });
      context.progress.end();
      if (flags.json === true || flags.format === "json")
        createOutput(true, (text) => process.stdout.write(text)).json(found);
      else for (const line of await diffLines(found, flags.format)) context.output.line(line);
      done(0);
    });
}

/** An option that would do nothing is a misunderstanding. @throws UsageError `bad-options` */
function refuseOther({ date, segment }: DiffFlags, moments: boolean): void {
  const [option, of] = moments ? (["--date", date] as const) : (["--segment", segment] as const);
  if (of === undefined) return;
  throw new UsageError(
    "bad-options",
    `${option}: expected with two ${moments ? "files" : "publications or dates"} only, found "${of}" with two ` +
      `${moments ? "publications or dates, which have their own" : "files, which have none"}. Leave it out.`,
  );
}

/** A publication or a date; a file of that name is a file. */
function isMoment(text: string): boolean {
  return isPoint(text) && !existsSync(text);
}

/** What puts changes into words is loaded when words are asked for. */
async function diffLines(found: FileDiff, format: DiffFlags["format"]): Promise<string[]> {
  if (format === "headline") return [found.headline];
  const { changeSetLines } = await import("../change-text.ts");
  const lines = changeSetLines(found);
  if (format === "text") return [found.headline, ...lines];
  return [`## ${found.headline}`, ...(lines.length === 0 ? [] : ["", "```text", ...lines.slice(1), "```"])];
}
