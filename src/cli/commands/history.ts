import type { Command } from "commander";
import { findRecord, heads, history, partyHistory } from "../../app/index.ts";
import { type ListId, UsageError } from "../../domain/index.ts";
import { type CommandContext, type CommonOptions, openExisting } from "../context.ts";
import { listOption, withCommon } from "../program.ts";

interface LogFlags extends CommonOptions {
  readonly since?: string;
  readonly list?: ListId;
  readonly segment?: string;
  readonly program?: string;
}

export function registerHistory(program: Command, done: (code: number) => void): void {
  withCommon(program.command("log"))
    .description("publications as headlines, newest first")
    .option("--since <date>", "from this Eastern date on")
    .addOption(listOption())
    .option("--program <tag>", "only publications that touch this program")
    .option("--segment <name>", "only this segment")
    .action(async (flags: LogFlags) => {
      const context = await openExisting(flags);
      if (flags.segment !== undefined) requireSegment(context, flags.segment, flags.list);
      const records = history(context.files, flags);
      for (const { record } of records) context.output.line(record.headline);
      context.output.json(
        records.map(({ record, hash }) => ({
          id: record.id,
          list: record.list,
          segment: record.segment,
          date: record.date,
          headline: record.headline,
          counts: record.counts,
          hash,
        })),
      );
      done(0);
    });
  withCommon(program.command("show"))
    .description("one publication, or the history of one party")
    .argument("<publication|uid>", "an id like sdn-20230523, or a party's uid")
    .action(async (what: string, flags: CommonOptions) => {
      const context = await openExisting(flags);
      if (/^\d+$/.test(what)) await showParty(Number(what), context);
      else {
        const { recordLines } = await import("../change-text.ts");
        const stored = findRecord(context.files, what);
        for (const line of recordLines(stored.record)) context.output.line(line);
        context.output.json(stored.record);
      }
      done(0);
    });
}

/** @throws UsageError `no-such-segment` naming those there are */
function requireSegment({ files }: CommandContext, segment: string, list: ListId | undefined): void {
  const known = [...new Set(heads(files, { list }).map((head) => head.segment))].sort();
  if (known.includes(segment)) return;
  throw new UsageError(
    "no-such-segment",
    `--segment: expected ${known.length === 0 ? "a segment of the ledger, which has none" : `one of ${known.join(", ")}`}` +
      `${list === undefined ? "" : ` of the ${list} list`}, found "${segment}".`,
  );
}

async function showParty(uid: number, context: CommandContext): Promise<void> {
  const mentions = partyHistory(context.files, uid);
  if (mentions.length === 0) {
    throw new UsageError(
      "no-such-party",
      `Expected the uid of a party that some record touched, found ${uid}. OFAC's own search shows every listed party.`,
    );
  }
  const { changeLines } = await import("../change-text.ts");
  for (const { record, change } of mentions) {
    context.output.line(`${record.id}  ${record.headline}`);
    for (const line of changeLines(change)) context.output.line(`  ${line}`);
  }
  context.output.json(mentions.map(({ record, change }) => ({ id: record.id, date: record.date, change })));
}
