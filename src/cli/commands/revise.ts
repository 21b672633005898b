import { type Command, Option } from "commander";
import {
  type CorrectReport,
  changeLines,
  correct,
  isComingOrGoing,
  LIVE,
  type PastReading,
  type ReinterpretReport,
  type RevisionPorts,
  reinterpret,
  type SeenChange,
} from "../../app/index.ts";
import type { LedgerRecord, ListId, Provenance } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openExisting } from "../context.ts";
import { listOption, withCommon } from "../program.ts";
import { rawStore } from "../raw-folder.ts";
import { signing } from "../signing.ts";

interface RevisionFlags extends CommonOptions {
  readonly from?: readonly string[];
  readonly provenance: Provenance;
  readonly raw?: string;
  readonly dryRun?: boolean;
}

interface CorrectFlags extends RevisionFlags {
  readonly reason: string;
}

interface ReinterpretFlags extends RevisionFlags {
  readonly list?: ListId;
  readonly segment: string;
  readonly newestOnly?: boolean;
}

export function registerRevise(program: Command, done: (code: number) => void): void {
  withRevision(program.command("correct"))
    .description("read a publication's files again and write what its record got wrong as a correction")
    .argument("<publication>", "an id like sdn-20230523")
    .requiredOption("--reason <text>", "why the record is wrong, for its readers")
    .action(async (publication: string, flags: CorrectFlags) => {
      const context = await openExisting(flags);
      const ports = await portsOf(context, flags);
      const input = { publication, reason: flags.reason, ...inputOf(flags) };
      const report = await alone(context, flags, () => correct(ports, input));
      context.progress.end();
      for (const line of correctLines(report)) context.output.line(line);
      context.output.json(report);
      done(0);
    });
  withRevision(program.command("reinterpret"))
    .description(
      "carry the chains over to a new version of the reader, from the files of the newest publication",
    )
    .addOption(listOption())
    .option("--segment <name>", "which segment", LIVE)
    .option("--newest-only", "leave the files of earlier publications unread")
    .action(async (flags: ReinterpretFlags) => {
      const context = await openExisting(flags);
      const { list, segment, newestOnly = false } = flags;
      const ports = await portsOf(context, flags);
      const input = { list, segment, newestOnly, ...inputOf(flags) };
      const report = await alone(context, flags, () => reinterpret(ports, input));
      context.progress.end();
      for (const line of reinterpretLines(report)) context.output.line(line);
      context.output.json(report);
      done(0);
    });
}

/** Lets nobody else continue the chains meanwhile; who only looks gets in nobody's way and may have no right to write. */
function alone<T>(context: CommandContext, { dryRun }: RevisionFlags, work: () => Promise<T>): Promise<T> {
  return dryRun === true ? work() : context.writing(work);
}

function withRevision(command: Command): Command {
  return withCommon(command)
    .option("--from <files...>", "the publication's files, in place of those that are kept")
    .addOption(
      new Option("--provenance <words>", "where files that the record does not name come from")
        .choices(["official file", "third-party capture", "composed"])
        .default("third-party capture"),
    )
    .option("--raw <dir>", "folder of the source files that are kept")
    .option("--dry-run", "say what would be written, and write nothing");
}

async function portsOf(context: CommandContext, flags: RevisionFlags): Promise<RevisionPorts> {
  const { files, evidence, config, now, progress } = context;
  return {
    files,
    ...(evidence === undefined ? {} : { evidence }),
    config,
    now,
    progress,
    ...signing(),
    ...(await rawStore(context, flags.raw)),
  };
}

function inputOf({ from = [], provenance, dryRun = false }: RevisionFlags) {
  return { from, provenance, dryRun };
}

function correctLines(report: CorrectReport): string[] {
  const { record, publication, differing, stood } = report;
  if (record === null) return [`${publication} says what its files say; nothing was written`];
  return [
    record.headline,
    `${differing.length} parties of ${publication} are otherwise in its files` +
      (stood.length === 0
        ? ""
        : `; of ${stood.length} of them a later publication says something else, which stands`),
    ...changesOf(record),
    ...dryRunLine(report.outcome === "would be corrected"),
  ];
}

function reinterpretLines({ lists }: ReinterpretReport): string[] {
  return lists.flatMap(({ list, outcome, publication, from, to, record, corrections, past }) =>
    record === null
      ? [`${list}: is read by ${to} already; nothing was written`]
      : [
          record.headline,
          `${list}: ${publication} read by ${to} in place of ${from}; ${record.changes.length} parties read otherwise`,
          ...(past === null ? [] : pastLines(list, past)),
          ...corrections.flatMap((correction) => [correction.headline, ...changesOf(correction)]),
          ...dryRunLine(outcome === "would be reinterpreted"),
        ],
  );
}

/** How earlier publications were read again; a party that came or went is named, changes within parties are counted. */
function pastLines(list: ListId, { compared, notCompared, refused, differing }: PastReading): string[] {
  return [
    `${list}: ${compared === 1 ? "1 publication" : `${compared} publications`} of which files are kept read again, ` +
      `${differing.length} of them otherwise${notCompared === 0 ? "" : `; of ${notCompared} there are no files`}`,
    ...refused.map(({ publication, why }) => `  ${publication}: its files are refused now: ${why}`),
    ...differing.flatMap(({ publication, missed, unseen }) => [
      ...seenLines(publication, missed, "by its files, not by its record"),
      ...seenLines(publication, unseen, "by its record, not by its files"),
    ]),
  ];
}

function seenLines(publication: string, changes: readonly SeenChange[], by: string): string[] {
  const within = changes.filter((change) => !isComingOrGoing(change));
  return [
    ...changes
      .filter(isComingOrGoing)
      .map(
        ({ op, uid, name }) => `  ${publication}: ${uid} ${name} ${op === "add" ? "added" : "removed"} ${by}`,
      ),
    ...(within.length === 0
      ? []
      : [`  ${publication}: changes in ${within.length} parties (${areasOf(within)}) ${by}`]),
  ];
}

const areasOf = (changes: readonly SeenChange[]): string =>
  [...new Set(changes.flatMap(({ areas }) => areas))].sort().join(", ");

function changesOf(record: LedgerRecord): string[] {
  return [...record.changes, ...record.unknown].flatMap((change) =>
    changeLines(change).map((line) => `  ${line}`),
  );
}

function dryRunLine(isDry: boolean): string[] {
  return isDry ? ["nothing was written (--dry-run)"] : [];
}
