import { rmSync } from "node:fs";
import { runXmllint } from "../cli.ts";
import {
  afterFirst,
  copyOf,
  enhancedPair,
  FULL_SIZE,
  importInto,
  type Next,
  requireOutcome,
} from "../enhanced.ts";
import { inPairs } from "../measure.ts";
import { atMost, type Row } from "../row.ts";

const WHOLE =
  "full-size Enhanced list (≥ 140 MB, ≥ 19,000 parties) on disk → record in the ledger, whole process";

export const PUBLICATION: Row = publication("publication", "40 changed", 1, 300);

export const REORDERED: Row = publication("reordered", "40 changed, 40 % re-ordered inside", 4);

export const COLD: Row = {
  name: "cold",
  work: `${WHOLE}; no previous state`,
  needs: ["data", "xmllint"],
  async measure(bench) {
    const { first } = enhancedPair(bench, FULL_SIZE, "40 changed");
    const home = `${first}.cold`;
    const found = await inPairs(
      bench.pairs,
      async () => {
        rmSync(home, { recursive: true, force: true });
        return requireOutcome(await importInto(home, first), "baseline");
      },
      () => runXmllint(first),
    );
    return [
      {
        row: COLD.name,
        work: COLD.work,
        ours: found.ours,
        baseline: { name: "`xmllint --stream`", medians: found.baseline },
        cpuRatio: found.cpuRatio,
        checks: [atMost("ratio", found.ratio, 8, "×"), atMost("RSS", found.ours.rss, 350, "MB")],
      },
    ];
  },
};

function publication(name: string, how: Next, ratio: number, rss?: number): Row {
  const work = `${WHOLE}; previous state and digest cache at hand, ${how}`;
  return {
    name,
    work,
    needs: ["data", "xmllint"],
    async measure(bench) {
      const { first, next } = enhancedPair(bench, FULL_SIZE, how);
      const home = await afterFirst(first);
      const found = await inPairs(
        bench.pairs,
        async () => requireOutcome(await importInto(copyOf(home), next), "publication", 40),
        () => runXmllint(next),
      );
      return [
        {
          row: name,
          work,
          ours: found.ours,
          baseline: { name: "`xmllint --stream`", medians: found.baseline },
          cpuRatio: found.cpuRatio,
          checks: [
            atMost("ratio", found.ratio, ratio, "×"),
            ...(rss === undefined ? [] : [atMost("RSS", found.ours.rss, rss, "MB")]),
          ],
        },
      ];
    },
  };
}
