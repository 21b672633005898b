import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { PROJECT_ROOT } from "../support/project-root.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { HAS_GNU_TIME } from "./measure.ts";
import type { Bench, Line, Need, Row } from "./row.ts";
import { ROWS } from "./rows.ts";
import { asMarkdown, machine, type Skipped } from "./table.ts";

const USAGE = `npm run bench -- [--only <row>]… [--pairs <n>] [--strict]

  --only    measure this row; may be given more than once
  --pairs   pairs of runs (ours, baseline) a row; 5 unless told
  --strict  end with 1 when a limit is not held or a row was not measured

Rows: ${ROWS.map(({ name }) => name).join(", ")}
The table goes to standard output, and with all figures to .bench/results.md and .bench/results.json.`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      pairs: { type: "string", default: "5" },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const unknown = (values.only ?? []).filter((name) => ROWS.every((row) => row.name !== name));
  const pairs = Number(values.pairs);
  if (values.help || unknown.length > 0 || !Number.isInteger(pairs) || pairs < 1) {
    console.error(unknown.length > 0 ? `no such row: ${unknown.join(", ")}\n\n${USAGE}` : USAGE);
    return values.help ? 0 : 2;
  }
  const rows = ROWS.filter(({ name }) => values.only === undefined || values.only.includes(name));
  const python = findPython();
  const missing = absent(python);
  const work = mkdtempSync(join(tmpdir(), "ofac-ledger-bench-"));
  const bench: Bench = { work, pairs, python: python ?? "", say: (line) => console.error(line) };
  if (!HAS_GNU_TIME)
    bench.say("GNU time is not installed (/usr/bin/time): no processor times, and RSS by sampling.");
  try {
    const { lines, skipped } = await measureAll(rows, bench, missing);
    const results = { machine: machine(), node: process.versions.node, pairs, lines, skipped };
    mkdirSync(join(PROJECT_ROOT, ".bench"), { recursive: true });
    writeFileSync(join(PROJECT_ROOT, ".bench/results.json"), `${JSON.stringify(results, null, 2)}\n`);
    writeFileSync(join(PROJECT_ROOT, ".bench/results.md"), asMarkdown(results));
    console.log(asMarkdown(results));
    const held = lines.every(({ checks }) => checks.every(({ holds }) => holds)) && skipped.length === 0;
    return values.strict && !held ? 1 : 0;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function measureAll(rows: readonly Row[], bench: Bench, missing: ReadonlyMap<Need, string>) {
  const lines: Line[] = [];
  const skipped: Skipped[] = [];
  for (const [i, row] of rows.entries()) {
    const why = row.needs.flatMap((need) => missing.get(need) ?? []);
    bench.say(
      `[${i + 1}/${rows.length}] ${row.name}: ${why.length > 0 ? `skipped, ${why.join("; ")}` : row.work}`,
    );
    if (why.length > 0) skipped.push({ row: row.name, why: why.join("; ") });
    else lines.push(...(await row.measure(bench)));
  }
  return { lines, skipped };
}

/** What is not there, each with what to do about it. */
function absent(python: string | undefined): Map<Need, string> {
  const missing = new Map<Need, string>();
  if (!hasSharedData) missing.set("data", "OFAC's files (../shared/data) are not beside the project");
  if (python === undefined) missing.set("python", "Python 3 is not installed");
  if (spawnSync("xmllint", ["--version"]).status !== 0) {
    missing.set("xmllint", "xmllint is not installed (Debian: apt-get install libxml2-utils)");
  }
  return missing;
}

/** A shim on the path would be timed as well, so the interpreter is asked where it is. */
function findPython(): string | undefined {
  const asked = spawnSync("python3", ["-c", "import sys; print(sys.executable)"], { encoding: "utf8" });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

process.exitCode = await main();
