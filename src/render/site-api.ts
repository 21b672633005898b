import type { PlannedArtifact } from "../domain/index.ts";
import { indexYearPath, indexYears, renderApiIndex, renderApiLatest, renderApiYear } from "./api.ts";
import { changesCsv } from "./changes-csv.ts";
import { recordCsvPath, recordPath } from "./page.ts";
import { renderSegments } from "./page-history.ts";
import { type Bench, factsHash, plan } from "./plan.ts";

export const JSON_TYPE = "application/json";
const CSV = "text/csv; charset=utf-8; header=present";

/** The JSON API, and the changes of each record as flat rows. */
export function planApi(bench: Bench): PlannedArtifact[] {
  const { input, placed, context } = bench;
  const all = factsHash([placed.map(bench.facts), input.heads]);
  return [
    plan(bench, "api/v1/index.json", JSON_TYPE, { facts: all }, () => renderApiIndex(input, placed, context)),
    ...indexYears(placed).map(({ year, records }) =>
      plan(bench, indexYearPath(year), JSON_TYPE, { facts: records.map(bench.facts) }, () =>
        renderApiYear(input, year, records, context),
      ),
    ),
    plan(bench, "api/v1/latest.json", JSON_TYPE, { facts: all }, () =>
      renderApiLatest(input, placed, context),
    ),
    plan(bench, "api/v1/segments.json", JSON_TYPE, { facts: input.heads }, () => renderSegments(bench)),
    ...placed.flatMap(({ stored }) => [
      plan(bench, recordPath(stored.record.id), JSON_TYPE, { facts: stored.hash }, () => stored.bytes),
      plan(bench, recordCsvPath(stored.record.id), CSV, { facts: stored.hash }, () =>
        changesCsv(stored.record),
      ),
    ]),
  ];
}
