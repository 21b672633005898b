import { join } from "node:path";
import { csvSeriesFolder } from "../../support/csv-series.ts";
import { runLedger, runPythonDictionaries } from "../cli.ts";
import { inPairs } from "../measure.ts";
import { atMost, type Row } from "../row.ts";

const FILES = ["20230519T184348Z.SDN.CSV", "20230523T184334Z.SDN.CSV"];

export const DIFF: Row = {
  name: "diff",
  work: "`diff` of two SDN.CSV of May 2023",
  needs: ["data", "python"],
  async measure({ pairs, python }) {
    const paths = FILES.map((name) => join(csvSeriesFolder(), name));
    const found = await inPairs(
      pairs * 2,
      () => runLedger(["diff", ...paths, "--list", "sdn", "--json"]),
      () => runPythonDictionaries(python, paths),
    );
    return [
      {
        row: DIFF.name,
        work: DIFF.work,
        ours: found.ours,
        baseline: { name: "Python `csv` into dictionaries", medians: found.baseline },
        cpuRatio: found.cpuRatio,
        checks: [
          atMost("time", found.ours.wall, 800, "ms"),
          atMost("time, against Python + 1 s", found.ours.wall, found.baseline.wall + 1000, "ms"),
        ],
      },
    ];
  },
};
