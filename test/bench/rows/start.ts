import { runLedger, runNothing } from "../cli.ts";
import { inPairs } from "../measure.ts";
import { atMost, type Row } from "../row.ts";

export const START: Row = {
  name: "start",
  work: "`ofac-ledger --version`",
  needs: [],
  async measure({ pairs }) {
    // Cheap, and 40 ms long: more pairs than a row has otherwise.
    const found = await inPairs(pairs * 4, () => runLedger(["--version"]), runNothing);
    return [
      {
        row: START.name,
        work: START.work,
        ours: found.ours,
        baseline: { name: "`node -e 0`", medians: found.baseline },
        cpuRatio: found.cpuRatio,
        checks: [atMost("ratio", found.ratio, 1.5, "×")],
      },
    ];
  },
};
