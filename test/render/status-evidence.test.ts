import { load } from "cheerio";
import { expect, test } from "vitest";
import { sha256 } from "../../src/domain/index.ts";
import { renderSite, type SiteStatus } from "../../src/render/index.ts";
import { showcase } from "../support/showcase.ts";
import { TEMPLATES } from "../support/site.ts";

const AT = "2023-06-05T14:00:00Z";
const HASH = sha256("composed");
const PLAIN: SiteStatus = { at: AT, sources: [], held: [], looks: [AT] };

function rendered(status: SiteStatus): Map<string, string> {
  const files = renderSite({ ...showcase(), status }, TEMPLATES);
  return new Map(files.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]));
}

const EVIDENCE: SiteStatus = {
  ...PLAIN,
  behind: { publication: 812, at: AT },
  held: [{ list: "sdn", since: AT, reason: "60 at once", parties: 60 }],
  sources: [
    {
      source: "sdn",
      state: "blocked",
      since: AT,
      lastLook: AT,
      lastSuccess: null,
      lastChange: null,
      failure: { code: "blocked", message: "HTTP 403" },
    },
  ],
  lookMonths: ["2023-05", "2023-06"],
  stretches: Array.from({ length: 14 }, (_, i) => ({
    from: AT,
    to: AT,
    looks: i + 1,
    longestGap: i === 0 ? null : 172_800,
    found: [
      {
        source: "sdn",
        state: i === 13 ? "blocked" : "current",
        failure: i === 13 ? "<b>403" : null,
        hash: HASH,
      },
    ],
  })),
  months: [
    {
      month: "2023-05",
      publications: 4,
      times: [
        { from: "published", to: "firstSeen", count: 4, p50: 900, p95: 7_200 },
        { from: "published", to: "deployed", count: 3, p50: 1_500, p95: 9_000 },
        { from: "firstSeen", to: "committed", count: 4, p50: 60, p95: 120 },
      ],
    },
  ],
};

const WITH = rendered(EVIDENCE);

test("the latencies of a month, and how many publications each could be measured on", () => {
  const page = load(WITH.get("status/index.html") ?? "");
  const rows = page("#latency tbody tr").map((_, row) => page(row).text());
  expect(rows.get()).toEqual([
    "May 2023 4 publicationsOFAC’s instant15 min / 2 h – 25 min / 2 h 30 min (3)––".replace(" – ", "–"),
    "May 2023 4 publicationsour first look–1 min / 2 min–––",
  ]);
});

test("what was found when, newest first, with the longest gap; foreign text stays text", () => {
  const page = load(WITH.get("status/index.html") ?? "");
  const rows = page("#evidence tbody tr");
  expect(rows).toHaveLength(12);
  expect(rows.first().text()).toContain("14 looks");
  expect(rows.first().text()).toContain("<b>403");
  expect(rows.first().text()).toContain("2 days");
  expect(rows.first().find("abbr").attr("title")).toBe(HASH);
  expect(
    page("#evidence a")
      .map((_, a) => page(a).attr("href"))
      .get(),
  ).toEqual(["../api/v1/looks/2023-06.json", "../api/v1/looks/2023-05.json"]);
});

test("a watchdog elsewhere reads trouble, waiting removals and a missed publication from status.json", () => {
  const status = JSON.parse(WITH.get("status.json") ?? "");
  expect(status).toMatchObject({
    sources: [{ source: "sdn", state: "blocked", since: AT, lastSuccess: null, failure: "blocked" }],
    held: [{ list: "sdn", parties: 60, since: AT }],
    behind: { publication: 812, at: AT },
  });
});

test("without evidence the page says nothing of it", () => {
  const page = load(rendered(PLAIN).get("status/index.html") ?? "");
  expect(page("#latency, #evidence")).toHaveLength(0);
});
