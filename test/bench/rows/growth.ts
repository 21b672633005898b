import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { interpret } from "../../../src/normalize/index.ts";
import { openList } from "../../../src/parse/index.ts";
import { fullSizeEnhanced } from "../../support/full-size.ts";
import { type OfacStandIn, startOfacStandIn } from "../../support/ofac-stand-in/index.ts";
import { runLedger } from "../cli.ts";
import { afterFirst, copyOf, enhancedPair, importInto, requireOutcome } from "../enhanced.ts";
import { type Medians, mediansOf, type Run } from "../measure.ts";
import { atMost, type Line, type Row } from "../row.ts";

const PUBLICATIONS = [50, 100, 200, 300];
const PARTIES = 1_000;

export const GROWTH_PAST: Row = {
  name: "growth-past",
  work: `one \`update\` (${PARTIES} parties, 2 added, 1 removed, 5 changed), after so many publications`,
  needs: ["data"],
  async measure(bench) {
    const ofac = await startOfacStandIn();
    const measured = new Map<number, Medians>();
    try {
      const home = join(bench.work, "growth");
      mkdirSync(home);
      const config = { lists: ["sdn"], notices: false, sources: { ...ofac.settings, gapMs: 0, attempts: 1 } };
      writeFileSync(join(home, "config.json"), JSON.stringify(config));
      for (let number = 0; number <= Math.max(...PUBLICATIONS); number += 1) {
        publish(ofac, number);
        if (PUBLICATIONS.includes(number)) {
          const runs: Run[] = [];
          for (let i = 0; i < bench.pairs; i += 1) runs.push(await update(copyOf(home), number));
          measured.set(number, mediansOf(runs));
          bench.say(`  measured after ${number} publications`);
        }
        await update(home, number);
      }
    } finally {
      await ofac.close();
    }
    const least = Math.min(...[...measured.values()].map(steady));
    return [...measured].map(
      ([number, ours]): Line => ({
        row: GROWTH_PAST.name,
        work: `${GROWTH_PAST.work}: ${number}`,
        ours,
        baseline: null,
        cpuRatio: null,
        checks: [atMost("above the least", (steady(ours) / least - 1) * 100, 20, "%")],
      }),
    );
  },
};

/** Processor time where it is known: other processes on the machine disturb it less. */
const steady = (medians: Medians): number => medians.cpu ?? medians.wall;

/** Every publication takes the oldest party away, adds two and changes five. */
function publish(ofac: OfacStandIn, number: number): void {
  const date = new Date(Date.UTC(2024, 0, 2 + number)).toISOString().slice(0, 10);
  const document = fullSizeEnhanced({
    parties: PARTIES + 2 * number,
    bytes: 0,
    date,
    edit: (entity, index) => {
      if (index < number) return "";
      return index % 200 === 199
        ? entity.replace("<formattedLastName>", `<formattedLastName>CHANGED ${number} `)
        : entity;
    },
  });
  ofac.publish({ id: 700 + number, at: `${date}T15:00:00Z`, files: { "SDN_ENHANCED.XML": document } });
}

async function update(home: string, number: number): Promise<Run> {
  const now = new Date(Date.UTC(2024, 0, 2 + number, 15, 10)).toISOString();
  const run = await runLedger(["update", "--ledger", "ledger", "--config", "config.json", "--json"], {
    cwd: home,
    env: { OFAC_LEDGER_NOW: now },
  });
  const report: { lists: { outcome: string }[] } = JSON.parse(run.stdout);
  const outcome = number === 0 ? "baseline" : "publication";
  if (report.lists[0]?.outcome !== outcome) throw new Error(`expected a ${outcome}, found ${run.stdout}`);
  return run;
}

const SIZES = [5_000, 10_000, 20_000, 40_000];

export const GROWTH_SIZE: Row = {
  name: "growth-size",
  work: "publication step with 40 parties changed, for a list of so many parties",
  needs: ["data"],
  async measure(bench) {
    const lines: Line[] = [];
    let first: { readonly time: number; readonly bytes: number } | undefined;
    for (const parties of SIZES) {
      const pair = enhancedPair(bench, { parties, bytes: 0 }, "40 changed");
      const home = await afterFirst(pair.first);
      const runs: Run[] = [];
      for (let i = 0; i < bench.pairs; i += 1) {
        runs.push(requireOutcome(await importInto(copyOf(home), pair.next), "publication", 40));
      }
      const ours = mediansOf(runs);
      const bytes = statSync(pair.next).size;
      first ??= { time: steady(ours), bytes };
      lines.push({
        row: GROWTH_SIZE.name,
        work: `${GROWTH_SIZE.work}: ${parties} (${Math.round(bytes / 1e6)} MB)`,
        ours,
        baseline: null,
        cpuRatio: null,
        checks: [
          atMost(
            "time per byte, against that of the smallest",
            steady(ours) / first.time / (bytes / first.bytes),
            1,
            "×",
          ),
          atMost("parties parsed", await parsed(pair), 40, "parties"),
        ],
      });
    }
    return lines;
  },
};

/** How many parties of the second file have to be parsed by who has read the first. */
async function parsed({ first, next }: { readonly first: string; readonly next: string }): Promise<number> {
  const read = async (path: string) => openList([{ name: "SDN_ENHANCED.XML", bytes: readFileSync(path) }]);
  const { memory } = await interpret(await read(first), { list: "sdn" });
  return (await interpret(await read(next), { list: "sdn", memory })).read;
}
