import { type Command, Option } from "commander";
import { type ImportedSegment, importFiles, judgeConfig } from "../../app/index.ts";
import { type ExitCode, type ListId, type Provenance, worstExit } from "../../domain/index.ts";
import { optionalCache } from "../cache.ts";
import { type CommonOptions, openContext } from "../context.ts";
import { listOption, withCommon } from "../program.ts";
import { rawStore } from "../raw-folder.ts";
import { signing } from "../signing.ts";

interface ImportFlags extends CommonOptions {
  readonly segment?: string;
  readonly keepRaw?: string;
  readonly list?: ListId;
  readonly manifest?: string;
  readonly provenance: Provenance;
}

export function registerImport(program: Command, done: (code: number) => void): void {
  withCommon(program.command("import"))
    .description("write older files as segments of their own, in date order")
    .argument("<files...>", "list files, plain, .gz or .zip")
    .option("--segment <name>", "name of the segment; without it, each format has a segment of its own")
    .addOption(listOption())
    .option("--manifest <file>", "JSON: when files were captured and where they come from")
    .option("--keep-raw <dir>", "keep the imported files in this folder")
    .addOption(
      new Option("--provenance <words>", "where the files come from")
        .choices(["official file", "third-party capture", "composed"])
        .default("third-party capture"),
    )
    .action(async (paths: string[], flags: ImportFlags) => {
      done(await runImport(paths, flags));
    });
}

async function runImport(paths: readonly string[], flags: ImportFlags): Promise<ExitCode> {
  const context = await openContext(flags);
  const options = {
    paths,
    segment: flags.segment,
    list: flags.list,
    provenance: flags.provenance,
    ...(flags.manifest === undefined ? {} : { manifest: flags.manifest }),
    judge: judgeConfig(context.config),
    cache: optionalCache(context.log),
    now: context.now,
    ...signing(),
    ...(await rawStore(context, flags.keepRaw)),
  };
  const report = await context.writing(() => importFiles(context.files, options, context.progress));
  context.progress.end();
  if (report.unmatched.length > 0) {
    context.log.warning("unmatched-entries", unmatchedText(report.unmatched, flags.manifest ?? ""));
  }
  for (const file of report.files) {
    if (file.headline !== undefined) context.output.line(file.headline);
    if (file.error !== undefined) context.log.error(file.error, file.path);
  }
  const tally = new Map<string, number>();
  for (const file of report.files) tally.set(file.outcome, (tally.get(file.outcome) ?? 0) + 1);
  const words = [...tally].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
  context.output.line(`${report.files.length} publications: ${words}`);
  for (const segment of report.segments) {
    for (const line of densityLines(segment)) context.output.line(line);
  }
  context.output.json({
    ...report,
    files: report.files.map(({ error, ...file }) => ({ ...file, error: error?.code ?? null })),
  });
  return worstExit(report.files.map((file) => file.error?.exitCode ?? 0));
}

/** A misspelt name would leave a file with another date than it was to have. */
function unmatchedText(names: readonly string[], manifest: string): string {
  const shown = names.slice(0, 5).join(", ");
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return `--manifest ${manifest}: no file was given that is ${shown}${more}. Check these entries' names.`;
}

/** Where a segment is dense and where it has gaps, in order of time. */
function densityLines({ list, segment, records, provenance, stretches, gaps }: ImportedSegment): string[] {
  const grades = Object.entries(provenance).map(([grade, count]) => `${count} ${grade}`);
  const lines = stretches.flatMap(({ from, to, records: count }, i) => {
    const gap = gaps[i - 1];
    return [
      ...(gap === undefined
        ? []
        : [`  gap    ${gap.after} to ${gap.until}: ${gap.days} days without a file`]),
      from === to
        ? `  single ${from}`
        : `  dense  ${from} to ${to}: ${count} ${count === 1 ? "record" : "records"}`,
    ];
  });
  return [`${list}/${segment}: ${records} records (${grades.join(", ")})`, ...lines];
}
