import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOfacStandIn } from "../../support/ofac-stand-in/index.ts";
import { runLedger } from "../cli.ts";
import { afterFirst, enhancedPair, FULL_SIZE, importInto, requireOutcome } from "../enhanced.ts";
import { mediansOf, type Run } from "../measure.ts";
import { atMost, type Bench, type Line, type Row } from "../row.ts";

const LIMIT_MS = 500;

export const NOTHING_NEW: Row = {
  name: "nothing-new",
  work: "nothing new, full-size list, whole process",
  needs: ["data"],
  async measure(bench) {
    const { first } = enhancedPair(bench, FULL_SIZE, "40 changed");
    const home = await afterFirst(first);
    const again: Run[] = [];
    for (let i = 0; i < bench.pairs; i += 1)
      again.push(requireOutcome(await importInto(home, first), "unchanged"));
    return [line("the same 140 MB on disk, read with `import`", again), ...(await updates(bench, first))];
  },
};

/** `update` against a loopback OFAC: by its history, and by the file's server (304). */
async function updates(bench: Bench, first: string): Promise<Line[]> {
  const ofac = await startOfacStandIn();
  try {
    const home = join(bench.work, "nothing-new");
    mkdirSync(home, { recursive: true });
    const config = join(home, "config.json");
    const sources = { ...ofac.settings, gapMs: 0, attempts: 1 };
    writeFileSync(config, JSON.stringify({ lists: ["sdn"], notices: false, sources }));
    ofac.publish({ id: 700, at: "2025-01-10T15:00:00Z", files: { "SDN_ENHANCED.XML": readFileSync(first) } });
    const look = (now: string, ...more: string[]) =>
      runLedger(["update", "--ledger", join(home, "ledger"), "--config", config, "--quiet", ...more], {
        cwd: home,
        env: { OFAC_LEDGER_NOW: now },
      });
    await look("2025-01-10T15:10:00Z");
    const byHistory: Run[] = [];
    const byServer: Run[] = [];
    for (let i = 0; i < bench.pairs; i += 1) {
      byHistory.push(await look("2025-01-10T16:00:00Z"));
      byServer.push(await look("2025-01-10T16:30:00Z", "--force"));
    }
    return [
      line("`update`, OFAC's history tells", byHistory),
      line("`update --force`, the file's server tells (304)", byServer),
    ];
  } finally {
    await ofac.close();
  }
}

function line(work: string, runs: readonly Run[]): Line {
  const ours = mediansOf(runs);
  return {
    row: NOTHING_NEW.name,
    work: `${NOTHING_NEW.work}: ${work}`,
    ours,
    baseline: null,
    cpuRatio: null,
    checks: [atMost("time", ours.wall, LIMIT_MS, "ms")],
  };
}
