import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { csvSeriesFolder, csvSeriesNames } from "../../support/csv-series.ts";
import { runLedger, runPythonCsv } from "../cli.ts";
import { inPairs, mediansOf, type Run } from "../measure.ts";
import { atLeast, atMost, type Bench, type Line, type Row } from "../row.ts";

/** The 308 complete captures, oldest first. */
export function captures(): string[] {
  return csvSeriesNames().map((name) => join(csvSeriesFolder(), name));
}

export function importSeries(ledger: string, paths: readonly string[] = captures()): Promise<Run> {
  const args = ["import", ...paths, "--segment", "bench", "--list", "sdn", "--quiet", "--ledger", ledger];
  return runLedger(args, { cwd: join(ledger, "..") });
}

/** The ledger of the series, or of a part of it, made once. */
export async function seriesLedger(bench: Bench, paths: readonly string[] = captures()): Promise<string> {
  const ledger = join(bench.work, paths.length === captures().length ? "series" : `series-${paths.length}`);
  if (!existsSync(ledger)) {
    bench.say(`  importing ${paths.length} captures`);
    await importSeries(ledger, paths);
  }
  return ledger;
}

export const IMPORT: Row = {
  name: "import",
  work: "`import` of the 308 real CSV captures (840 MB), with full records, hashes, chain",
  needs: ["data", "python"],
  async measure(bench) {
    const ledger = join(bench.work, "series");
    const paths = captures();
    const found = await inPairs(
      Math.min(bench.pairs, 3),
      () => {
        rmSync(ledger, { recursive: true, force: true });
        return importSeries(ledger);
      },
      () => runPythonCsv(bench.python, paths),
    );
    return [
      {
        row: IMPORT.name,
        work: IMPORT.work,
        ours: found.ours,
        baseline: { name: "Python `csv`", medians: found.baseline },
        cpuRatio: found.cpuRatio,
        checks: [atMost("ratio", found.ratio, 2, "×"), atMost("RSS", found.ours.rss, 400, "MB")],
      },
    ];
  },
};

export const VERIFY: Row = {
  name: "verify",
  work: "`verify` of the ledger of the 308 captures",
  needs: ["data"],
  async measure(bench) {
    const ledger = await seriesLedger(bench);
    const bytes = bytesBelow(ledger);
    const runs: Run[] = [];
    for (let i = 0; i < bench.pairs; i += 1)
      runs.push(await runLedger(["verify", "--ledger", ledger, "--quiet"]));
    const ours = mediansOf(runs);
    const rate = bytes / 1e6 / (ours.wall / 1000);
    return [alone(VERIFY, ours, [atLeast("rate", rate, 150, "MB/s")], `${(bytes / 1e6).toFixed(1)} MB`)];
  },
};

export const COMPOSE: Row = {
  name: "compose",
  work: "`compose` of 300 publications of that ledger",
  needs: ["data"],
  async measure(bench) {
    const ledger = await seriesLedger(bench);
    const [newest = "", oldest = ""] = await ends(ledger, 300);
    const runs: Run[] = [];
    for (let i = 0; i < bench.pairs; i += 1) {
      runs.push(await runLedger(["compose", oldest, newest, "--ledger", ledger, "--json"]));
    }
    const ours = mediansOf(runs);
    return [alone(COMPOSE, ours, [atMost("time", ours.wall, 1000, "ms")])];
  },
};

/** Ids of the newest publication, and of the one that lies `apart` publications before it. */
async function ends(ledger: string, apart: number): Promise<string[]> {
  const log = await runLedger(["log", "--ledger", ledger, "--json"]);
  const records: { id: string }[] = JSON.parse(log.stdout);
  return [records[0]?.id ?? "", records[apart]?.id ?? ""];
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function alone(row: Row, ours: Line["ours"], checks: Line["checks"], note?: string): Line {
  return {
    row: row.name,
    work: row.work,
    ours,
    baseline: null,
    cpuRatio: null,
    checks,
    ...(note === undefined ? {} : { note }),
  };
}
