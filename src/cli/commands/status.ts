import type { Command } from "commander";
import { type ListStatus, type SourceStatus, type StatusReport, status } from "../../app/index.ts";
import { type CommonOptions, openContext } from "../context.ts";
import { withCommon } from "../program.ts";

export function registerStatus(program: Command, done: (code: number) => void): void {
  withCommon(program.command("status"))
    .description("health of the sources, newest publications, removals that wait; asks nobody")
    .action(async (flags: CommonOptions) => {
      const context = await openContext(flags);
      const report = status(context.files, context.now);
      for (const line of statusLines(report)) context.output.line(line);
      context.output.json(report);
      done(0);
    });
}

function statusLines(report: StatusReport): string[] {
  return [
    ...report.sources.map(sourceLine),
    ...report.lists.map(listLine),
    ...report.held.map(
      ({ list, uids, since, source, reason }) =>
        `${list}: ${uids.length} removals held since ${since} (${reason}); confirm with --accept ${source}`,
    ),
  ];
}

function sourceLine(one: SourceStatus): string {
  if (one.state === "unknown") return `${one.source}: never looked at`;
  const facts = [
    `${one.state} since ${one.since}`,
    `last look ${one.lastLook}`,
    `last answer ${one.lastSuccess ?? "never"}`,
    `last change ${one.lastChange ?? "never"}`,
  ];
  if (one.failure !== null) facts.push(`${one.consecutiveFailures} failures, last ${one.failure.code}`);
  if (one.nextLook !== null) facts.push(`not asked before ${one.nextLook}`);
  return `${one.source}: ${facts.join("; ")}`;
}

function listLine(one: ListStatus): string {
  const lag =
    one.lagMs === null ? "" : `; seen ${Math.round(one.lagMs / 60_000)} min after OFAC published it`;
  return `${one.list}: ${one.id}, ${one.parties} parties, ${one.records} records, ${one.profile}${lag}`;
}
