import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchPeakMemory } from "../support/peak-memory.ts";

/** What one process took. */
export interface Run {
  /** Wall-clock time, in milliseconds. */
  readonly wall: number;
  /** User and system time, in milliseconds; null where GNU time is not installed. */
  readonly cpu: number | null;
  /** Peak resident memory, in megabytes (10^6 bytes). */
  readonly rss: number;
  readonly stdout: string;
}

/** A command line to be timed. */
export interface Job {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Exit codes that are right; 0 unless told. */
  readonly codes?: readonly number[];
}

/** Counts the processor time and peak memory of a child exactly. Of Debian's package `time`; not the shell's word. */
const GNU_TIME = "/usr/bin/time";
export const HAS_GNU_TIME: boolean = existsSync(GNU_TIME);

/**
 * Runs one process to its end.
 * @throws Error when it ends otherwise than it should: a failed run is no measurement
 */
export async function run(job: Job): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-time-"));
  const report = join(folder, "time");
  const [command, ...args] = HAS_GNU_TIME
    ? [GNU_TIME, "-q", "-o", report, "-f", "%U %S %M", job.command, ...job.args]
    : [job.command, ...job.args];
  try {
    const started = performance.now();
    const child = spawn(command ?? "", args, {
      env: { ...process.env, NO_COLOR: "1", ...job.env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(job.cwd === undefined ? {} : { cwd: job.cwd }),
    });
    const peak = HAS_GNU_TIME ? () => 0 : watchPeakMemory(child);
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on("error", reject);
      child.on("close", resolve);
    });
    const wall = performance.now() - started;
    if (!(job.codes ?? [0]).includes(code ?? -1)) {
      throw new Error(`${job.command} ${job.args.join(" ").slice(0, 300)} ended with ${code}: ${stderr}`);
    }
    if (!HAS_GNU_TIME) return { wall, cpu: null, rss: peak() * 1.048576, stdout };
    const [user = 0, system = 0, kilobytes = 0] = readFileSync(report, "utf8").split(" ").map(Number);
    return { wall, cpu: (user + system) * 1000, rss: (kilobytes * 1024) / 1e6, stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle of several runs. */
export interface Medians {
  readonly wall: number;
  readonly cpu: number | null;
  /** The highest peak of all runs, not their median. */
  readonly rss: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function mediansOf(runs: readonly Run[]): Medians {
  const cpu = runs.map((one) => one.cpu).filter((one) => one !== null);
  return {
    wall: median(runs.map((one) => one.wall)),
    cpu: cpu.length === 0 ? null : median(cpu),
    rss: Math.max(...runs.map((one) => one.rss)),
  };
}

/** Ours and a baseline, measured in turn so that both meet the same machine. */
export interface Pairs {
  readonly ours: Medians;
  readonly baseline: Medians;
  /** Median over the pairs of ours ÷ baseline, in wall-clock time. */
  readonly ratio: number;
  /** The same in processor time, which other processes on the machine disturb less; null without GNU time. */
  readonly cpuRatio: number | null;
}

/** Measures pairs; `ours` may have something to prepare, which is not timed. */
export async function inPairs(
  count: number,
  ours: () => Promise<Run>,
  baseline: () => Promise<Run>,
): Promise<Pairs> {
  const pairs: { ours: Run; baseline: Run }[] = [];
  for (let i = 0; i < count; i += 1) pairs.push({ baseline: await baseline(), ours: await ours() });
  const cpu = pairs.flatMap((pair) =>
    pair.ours.cpu === null || pair.baseline.cpu === null ? [] : [pair.ours.cpu / pair.baseline.cpu],
  );
  return {
    ours: mediansOf(pairs.map((pair) => pair.ours)),
    baseline: mediansOf(pairs.map((pair) => pair.baseline)),
    ratio: median(pairs.map((pair) => pair.ours.wall / pair.baseline.wall)),
    cpuRatio: cpu.length === 0 ? null : median(cpu),
  };
}
