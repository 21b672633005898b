import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ConfigFile,
  createFetcher,
  nodeLedgerFiles,
  SILENT,
  sourceSettings,
  update,
} from "../../../src/app/index.ts";
import { interpret } from "../../../src/normalize/index.ts";
import { openList } from "../../../src/parse/index.ts";
import { type ComposedParty, composeLegacyXml } from "../../support/compose-legacy.ts";
import { type OfacStandIn, startOfacStandIn } from "../../support/ofac-stand-in/index.ts";
import { runLedger } from "../cli.ts";
import { afterFirst, copyOf, enhancedPair, importInto, requireOutcome } from "../enhanced.ts";
import { type Medians, mediansOf, type Run } from "../measure.ts";
import { atMost, type Line, type Row } from "../row.ts";

const PUBLICATIONS = [50, 100, 200, 300];
const PARTIES = 5_000;

export const GROWTH_PAST: Row = {
  name: "growth-past",
  work: `one \`update\` (${PARTIES} composed parties; 2 added, 1 removed, 5 changed), after so many publications`,
  needs: [],
  async measure(bench) {
    const runs = new Map<number, Run[]>(PUBLICATIONS.map((number) => [number, []]));
    for (let round = 1; round <= bench.pairs; round += 1) {
      bench.say(`  round ${round} of ${bench.pairs}`);
      await grow(join(bench.work, `growth-${round}`), (number, run) => void runs.get(number)?.push(run));
    }
    const least = Math.min(...[...runs.values()].map(fastest));
    return [...runs].map(
      ([number, own]): Line => ({
        row: GROWTH_PAST.name,
        work: `${GROWTH_PAST.work}: ${number}`,
        ours: mediansOf(own),
        baseline: null,
        cpuRatio: null,
        checks: [atMost("fastest run, above the least", (fastest(own) / least - 1) * 100, 20, "%")],
      }),
    );
  },
};

/** Lets a ledger grow, and measures one more publication on a copy of it at every size. */
async function grow(home: string, measured: (number: number, run: Run) => void): Promise<void> {
  const ofac = await startOfacStandIn();
  try {
    mkdirSync(home);
    const { allowedHosts, ...hosts } = ofac.settings;
    const sources = { ...hosts, allowedHosts: [...allowedHosts], gapMs: 0, attempts: 1 };
    const config: ConfigFile = { lists: ["sdn"], profile: "legacy", notices: false, sources };
    writeFileSync(join(home, "config.json"), JSON.stringify(config));
    for (let number = 0; number <= Math.max(...PUBLICATIONS); number += 1) {
      publish(ofac, number);
      if (PUBLICATIONS.includes(number)) measured(number, await updateProcess(copyOf(home), number));
      await updateHere(home, number, config);
    }
  } finally {
    await ofac.close();
  }
}

/** A run of half a second is disturbed easily, and never made quicker than it is. */
const fastest = (runs: readonly Run[]): number => Math.min(...runs.map((run) => run.cpu ?? run.wall));

/** Processor time where it is known: other processes on the machine disturb it less. */
const steady = (medians: Medians): number => medians.cpu ?? medians.wall;

/** Every publication takes the oldest party away, adds two and changes five. */
function publish(ofac: OfacStandIn, number: number): void {
  const uids = Array.from({ length: PARTIES + number }, (_, i) => 100 + number + i);
  const parties = uids.map(
    (uid): ComposedParty => ({
      uid,
      type: "Entity",
      lastName: `COMPOSED TRADING ${uid}${uid % 1000 === 0 ? ` ${number}` : ""}`,
      programs: ["NPWMD"],
      addresses: [[uid + 500_000, "Composed City", "Cuba"]],
    }),
  );
  const date = dayOf(number);
  const at = `${date}T15:00:00Z`;
  ofac.publish({ id: 700 + number, at, files: { "SDN.XML": composeLegacyXml(date, parties) } });
}

function dayOf(number: number): string {
  return new Date(Date.UTC(2024, 0, 2 + number)).toISOString().slice(0, 10);
}

async function updateProcess(home: string, number: number): Promise<Run> {
  const run = await runLedger(["update", "--ledger", "ledger", "--config", "config.json", "--json"], {
    cwd: home,
    env: { OFAC_LEDGER_NOW: `${dayOf(number)}T15:10:00Z` },
  });
  requirePublication(JSON.parse(run.stdout));
  return run;
}

/** The same without a process of its own, for the publications that nobody measures. */
async function updateHere(home: string, number: number, config: ConfigFile): Promise<void> {
  const now = `${dayOf(number)}T15:10:00Z`;
  const settings = sourceSettings(config);
  const fetcher = createFetcher(settings, { now: () => now, sleep: async () => undefined });
  const folder = (name: string) => nodeLedgerFiles(join(home, name), { lasting: false });
  try {
    const report = await update({
      files: folder("ledger"),
      cache: folder(".cache/ofac-ledger"),
      fetcher,
      settings,
      config,
      now,
      progress: SILENT,
    });
    if (number > 0) requirePublication(report);
  } finally {
    await fetcher.close();
  }
}

function requirePublication(report: { readonly lists: readonly { readonly outcome: string }[] }): void {
  const [list] = report.lists;
  if (list?.outcome !== "publication") throw new Error(`expected a publication, found ${list?.outcome}`);
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
