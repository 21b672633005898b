import { load } from "cheerio";
import { expect, test } from "vitest";
import type { Observation, StoredRecord } from "../../src/domain/index.ts";
import { renderSite, type SiteInput, type SiteStatus } from "../../src/render/index.ts";
import { durationWords, percentile } from "../../src/render/status-view.ts";
import { added, composeRecord, entity } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { siteOf, TEMPLATES } from "../support/site.ts";

const files = (input: SiteInput): Map<string, string> =>
  new Map(renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));

const seen = (
  { record }: StoredRecord,
  firstSeen: string,
  warnings: Observation["warnings"] = [],
): Observation => ({
  formatVersion: "1.0",
  id: record.id,
  firstSeen,
  receipts: [],
  route: "files",
  warnings,
});

const STATUS: SiteStatus = {
  at: "2023-06-05T14:00:00Z",
  sources: [
    {
      source: "sdn",
      state: "current",
      lastLook: "2023-06-05T14:00:00Z",
      lastSuccess: "2023-06-05T14:00:00Z",
      lastChange: null,
      failure: null,
    },
    {
      source: "notices",
      state: "blocked",
      lastLook: "2023-06-05T13:00:00Z",
      lastSuccess: null,
      lastChange: null,
      failure: { code: "blocked", message: "HTTP 403 <b>" },
    },
  ],
  held: [{ list: "sdn", since: "2023-06-05T12:00:00Z", reason: "150 at once", parties: 150 }],
  looks: ["2023-06-04T14:00:00Z", "2023-06-05T14:00:00Z"],
};

test("only the status page and status.json change when we looked and found nothing", () => {
  const before = files({ ...showcase(), status: STATUS });
  const after = files({ ...showcase(), status: { ...STATUS, at: "2023-06-06T14:00:00Z", held: [] } });
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  expect(changed.sort()).toEqual(["status.json", "status/index.html"]);
});

test("sources, what waits, the lag and the days we looked", () => {
  const first = composeRecord({ date: "2023-06-01", changes: [added(entity(1, "A"))] });
  const second = composeRecord({ date: "2023-06-02", previous: first, changes: [added(entity(2, "B"))] });
  const warning = {
    severity: "warning" as const,
    code: "odd",
    message: "an odd <i>thing</i>",
    where: "x",
    examples: [],
  };
  const page = load(
    files({
      ...siteOf([first, second]),
      observations: [seen(first, "2023-06-01T19:13:34Z"), seen(second, "2023-06-02T21:43:34Z", [warning])],
      status: STATUS,
    }).get("status/index.html") ?? "",
  );
  expect(page("#sources tbody tr").first().text()).toContain("SDN List");
  expect(page("#sources .blocked").text()).toContain("Blocked");
  expect(page("#sources").text()).toContain("HTTP 403 <b>");
  expect(page("#held").text()).toContain("150 parties are missing");
  expect(
    page("#lag dd")
      .map((_, dd) => page(dd).text())
      .get(),
  ).toEqual(["30 min", "3 h", "3 h", "2 publications"]);
  expect(page("#issues").text()).toContain("an odd <i>thing</i>");
  expect(page("#calendar tbody tr")).toHaveLength(8);
  expect(
    page("#calendar .news a")
      .map((_, a) => page(a).attr("href"))
      .get(),
  ).toEqual(["../publications/sdn-20230601/", "../publications/sdn-20230602/"]);
  expect(page("#calendar .looked")).toHaveLength(2);
  expect(page("#calendar .later")).toHaveLength(6);
});

test("nobody looked yet, and that is what it says", () => {
  const site = files(siteOf([]));
  expect(site.get("status/index.html")).toContain("Nobody has looked");
  expect(JSON.parse(site.get("status.json") ?? "")).toMatchObject({
    lookedAt: null,
    newest: null,
    sources: [],
  });
});

test("percentiles are of the nearest rank, durations in words", () => {
  const values = Array.from({ length: 100 }, (_, n) => n + 1);
  expect([percentile(values, 50), percentile(values, 95), percentile([7], 95)]).toEqual([50, 95, 7]);
  expect([45, 119, 120, 200, 60 * 72].map((minutes) => durationWords(minutes * 60_000))).toEqual([
    "45 min",
    "119 min",
    "2 h",
    "3 h 20 min",
    "3 days",
  ]);
});
