import { type Command, Option } from "commander";
import {
  applyDocument,
  changeSetLines,
  composeRange,
  findPoint,
  readChangeDocument,
  readStateFile,
  stateAt,
  stateCsv,
  stateNdjson,
} from "../../app/index.ts";
import { canonicalJson, type ListId, type PartyLine, stateHash } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openContext, openExisting } from "../context.ts";
import { oneForm, printable } from "../output.ts";
import { listOption, withCommon } from "../program.ts";
import { putFile } from "../put-file.ts";
import { readText } from "../read-file.ts";

interface OutFlags extends CommonOptions {
  readonly out?: string;
}

interface PointFlags extends OutFlags {
  readonly list?: ListId;
  readonly segment?: string;
}

interface ExportFlags extends PointFlags {
  readonly at: string;
  readonly format: "ndjson" | "csv";
}

interface ComposeFlags extends PointFlags {
  readonly format: "json" | "text";
}

/** Commands that hand data out of the ledger, or work on data that was handed out. */
export function registerExchange(program: Command, done: (code: number) => void): void {
  withPoint(withCommon(program.command("export")))
    .description("the state as of a publication or date, as NDJSON or CSV")
    .requiredOption("--at <publication|date>", "an id like sdn-20230523, or an Eastern date")
    .addOption(new Option("--format <format>", "of the parties").choices(["ndjson", "csv"]).default("ndjson"))
    .action(async (flags: ExportFlags, command: Command) => {
      oneForm(command);
      const context = await openExisting(flags);
      const point = findPoint(context.files, flags.at, flags);
      const { parties } = stateAt(context.files, point);
      hand(context, flags, flags.format === "csv" ? stateCsv(parties) : stateNdjson(parties), {
        id: point.record.id,
        date: point.record.date,
        ...factsOf(parties),
      });
      done(0);
    });
  withPoint(withCommon(program.command("compose")))
    .description("one change set for everything after <a> up to and including <b>")
    .argument("<a>", "a publication or date")
    .argument("<b>", "a publication or date of the same segment; earlier than <a> to go back")
    .addOption(new Option("--format <format>", "what to print").choices(["json", "text"]).default("json"))
    .action(async (a: string, b: string, flags: ComposeFlags, command: Command) => {
      oneForm(command);
      const context = await openExisting(flags);
      const set = composeRange(context.files, a, b, flags);
      const text =
        flags.format === "json" ? canonicalJson(set) : printable(changeSetLines(set).slice(1).join("\n"));
      hand(context, flags, `${text}\n`, {
        from: set.from,
        to: set.to,
        records: set.records.length,
        counts: set.counts,
      });
      done(0);
    });
  for (const [name, back, description] of [
    ["apply", false, "turn a state into the next one with a change set"],
    ["revert", true, "turn a state into the one before with a change set"],
  ] as const) {
    withOut(withCommon(program.command(name)))
      .description(description)
      .argument("<state>", "NDJSON file of parties, as export writes it")
      .argument("<changes>", "JSON file: a record, a catch-up file, or what compose or diff printed")
      .action(async (statePath: string, changesPath: string, flags: OutFlags) => {
        const context = await openContext(flags);
        const parties = readStateFile(readText(statePath), statePath);
        const document = readChangeDocument(readText(changesPath), changesPath);
        const next = applyDocument(parties, document, back);
        hand(context, flags, stateNdjson(next), factsOf(next));
        done(0);
      });
  }
}

function withOut(command: Command): Command {
  return command.option("--out <file>", "write there instead of to standard output");
}

function withPoint(command: Command): Command {
  return withOut(command)
    .addOption(listOption())
    .option("--segment <name>", "which segment, where several have that date");
}

function factsOf(parties: ReadonlyMap<number, PartyLine>) {
  return { parties: parties.size, state: stateHash(parties) };
}

/**
 * Data goes to a file, or as it is to standard output with a word about it to standard error. A terminal is
 * spared what could steer it.
 */
function hand(context: CommandContext, flags: OutFlags, data: string, facts: Record<string, unknown>): void {
  const words = Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === "object" ? canonicalJson(value) : String(value)}`)
    .join(", ");
  if (flags.out !== undefined) {
    putFile(flags.out, data);
    context.output.line(`${flags.out}: ${words}`);
    context.output.json({ out: flags.out, ...facts });
    return;
  }
  context.progress.line(words);
  process.stdout.write(process.stdout.isTTY ? printable(data) : data);
}
