import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runLedger } from "../cli.ts";
import { copyOf } from "../enhanced.ts";
import { mediansOf, type Run } from "../measure.ts";
import { atMost, type Bench, type Line, type Row } from "../row.ts";
import { captures, importSeries, seriesLedger } from "./series.ts";

export const SITE: Row = {
  name: "site",
  work: "`build` of the site from that ledger",
  needs: ["data"],
  async measure(bench) {
    return [await cold(bench), await oneMore(bench)];
  },
};

async function cold(bench: Bench): Promise<Line> {
  const home = join(bench.work, "site-cold");
  const runs: Run[] = [];
  for (let i = 0; i < Math.min(bench.pairs, 3); i += 1) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home);
    runs.push(await build(home, await seriesLedger(bench)));
  }
  return line("cold", runs, 30_000);
}

/** The ledger and site of all captures but the last, and then the last. */
async function oneMore(bench: Bench): Promise<Line> {
  const home = join(bench.work, "site-more");
  mkdirSync(home);
  const ledger = join(home, "ledger");
  const last = captures().at(-1) ?? "";
  cpSync(await seriesLedger(bench, captures().slice(0, -1)), ledger, { recursive: true });
  await build(home, ledger);
  const runs: Run[] = [];
  for (let i = 0; i < bench.pairs; i += 1) {
    const copy = copyOf(home);
    await importSeries(join(copy, "ledger"), [last]);
    runs.push(await build(copy, join(copy, "ledger")));
  }
  return line("one more publication", runs, 2_000);
}

function build(home: string, ledger: string): Promise<Run> {
  return runLedger(["build", "--ledger", ledger, "--out", "public", "--json", "--quiet"], { cwd: home });
}

function line(how: string, runs: readonly Run[], limit: number): Line {
  const ours = mediansOf(runs);
  const report: { written: readonly string[]; unchanged: number } = JSON.parse(runs[0]?.stdout ?? "");
  return {
    row: SITE.name,
    work: `${SITE.work}, ${how}`,
    ours,
    baseline: null,
    cpuRatio: null,
    checks: [atMost("time", ours.wall, limit, "ms")],
    note: `${report.written.length} files written, ${report.unchanged} left as they were`,
  };
}
