import type { Command } from "commander";
import {
  type EvidenceStatus,
  evidenceStatus,
  type ListStatus,
  type SourceStatus,
  type StatusReport,
  status,
} from "../../app/index.ts";
import { EXIT } from "../../domain/index.ts";
import { type CommonOptions, openExisting } from "../context.ts";
import { withCommon } from "../program.ts";

export function registerStatus(program: Command, done: (code: number) => void): void {
  withCommon(program.command("status"))
    .description(
      "health of the sources, newest publications, what waits, looks, latencies and alarms; asks nobody",
    )
    .action(async (flags: CommonOptions) => {
      const { files, evidence, config, now, output } = await openExisting(flags);
      const report = status(files, now, evidence);
      const beside = await evidenceStatus(files, evidence, config, now);
      for (const line of [...statusLines(report), ...evidenceLines(beside)]) output.line(line);
      output.json({ ...report, ...beside });
      done(EXIT.done);
    });
}

function statusLines(report: StatusReport): string[] {
  const { behind } = report;
  return [
    ...report.sources.map(sourceLine),
    ...report.lists.map(listLine),
    ...report.held.map(
      ({ list, uids, since, source, reason }) =>
        `${list}: ${uids.length} removals held since ${since} (${reason}); confirm with --accept ${source}`,
    ),
    ...(behind === null
      ? []
      : [`OFAC's publication ${behind.publication} of ${behind.at} has not been read`]),
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

function evidenceLines({ looks, stretches, latency, mail, alarms }: EvidenceStatus): string[] {
  const { failed, unknown, paused } = mail;
  return [
    ...(looks.last === null ? [] : [`looks: ${looks.written} written down lately, the last ${looks.last}`]),
    ...stretches.map(({ from, to, looks: count, longestGap, found }) => {
      const trouble = found.filter(({ state }) => state !== "current");
      const what =
        trouble.length === 0
          ? "every source answered"
          : trouble.map(({ source, state, failure }) => `${source} ${failure ?? state}`).join(", ");
      const gap = longestGap === null ? "" : `, longest gap ${minutes(longestGap)}`;
      return `looks ${from} to ${to}: ${count}${gap}; ${what}`;
    }),
    ...latency.flatMap(({ month, publications, times }) =>
      times.map(
        ({ from, to, count, p50, p95 }) =>
          `latency ${month}: ${from} to ${to} p50 ${minutes(p50)}, p95 ${minutes(p95)} (${count} of ${publications})`,
      ),
    ),
    ...(failed + unknown + paused === 0
      ? []
      : [`mail: ${failed} not taken, ${unknown} without an answer, ${paused} recipients paused`]),
    ...alarms.map(({ key, state, title }) => `alarm: ${title} [${key}, ${state}]`),
  ];
}

function minutes(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
