import { arch, cpus, platform, totalmem } from "node:os";
import type { Medians } from "./measure.ts";
import type { Check, Line } from "./row.ts";

/** A row that was not measured, and why. */
export interface Skipped {
  readonly row: string;
  readonly why: string;
}

/** Everything a run of the bench found. */
export interface Results {
  readonly machine: string;
  readonly node: string;
  readonly pairs: number;
  readonly lines: readonly Line[];
  readonly skipped: readonly Skipped[];
}

export function machine(): string {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 1e9);
  return `${platform()} ${arch()}, ${cpus().length} × ${first?.model ?? "unknown"}, ${memory} GB`;
}

/** The table as Markdown. */
export function asMarkdown({ machine: where, node, pairs, lines, skipped }: Results): string {
  const rows = lines.map((line) => [
    `\`${line.row}\``,
    line.work + (line.note === undefined ? "" : ` (${line.note})`),
    time(line.ours),
    line.baseline === null ? "–" : `${time(line.baseline.medians)} ${line.baseline.name}`,
    line.cpuRatio === null ? "–" : `${figure(line.cpuRatio)} ×`,
    `${Math.round(line.ours.rss)} MB`,
    line.checks.map(written).join("<br>"),
  ]);
  const head = ["row", "work", "ours", "baseline", "CPU ratio", "peak RSS", "found (limit)"];
  return [
    `${where}; Node ${node}; medians of ${pairs} ${pairs === 1 ? "pair" : "pairs"}; times are wall clock (CPU).`,
    "",
    `| ${head.join(" | ")} |`,
    `|${head.map(() => " --- ").join("|")}|`,
    ...rows.map((cells) => `| ${cells.join(" | ")} |`),
    ...(skipped.length === 0
      ? []
      : ["", ...skipped.map(({ row, why }) => `Not measured: \`${row}\`, ${why}.`)]),
    "",
  ].join("\n");
}

function time({ wall, cpu }: Medians): string {
  return cpu === null ? seconds(wall) : `${seconds(wall)} (${seconds(cpu)})`;
}

function seconds(ms: number): string {
  if (ms < 10) return `${ms.toFixed(2)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

function written({ what, found, limit, unit, holds }: Check): string {
  return `${holds ? "✓" : "✗"} ${what} ${figure(found)} ${unit} (${figure(limit)})`;
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toFixed(2)));
}
