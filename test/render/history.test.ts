import { load } from "cheerio";
import { beforeAll, describe, expect, it } from "vitest";
import { importFiles } from "../../src/app/import.ts";
import { heads } from "../../src/app/past/history.ts";
import { SILENT } from "../../src/app/progress.ts";
import { readPublished } from "../../src/app/site/published.ts";
import type { SegmentsFile } from "../../src/domain/index.ts";
import { renderSite } from "../../src/render/index.ts";
import { inTemporaryFolder } from "../support/captures.ts";
import { composeSdnCsv } from "../support/compose-csv.ts";
import { appendDay, COMPOSED_HISTORY } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { SITE, TEMPLATES } from "../support/site.ts";

const row = (uid: number) => ({ uid, name: `COMPOSED ${uid}`, programs: ["CUBA"] });

describe("the page of segments", () => {
  let page: ReturnType<typeof load>;
  let file: SegmentsFile;
  let site: Map<string, string>;
  beforeAll(async () => {
    const files = memoryFiles();
    for (const day of COMPOSED_HISTORY) appendDay(files, day);
    const archive = inTemporaryFolder({
      "20180406T180000Z.SDN.CSV": composeSdnCsv([row(1)]),
      "20200317T180000Z.SDN.CSV": composeSdnCsv([row(1), row(2)]),
      "20200320T180000Z.SDN.CSV": composeSdnCsv([row(1), row(2), row(3)]),
    });
    const options = { paths: archive.paths, provenance: "composed", judge: {} } as const;
    await importFiles(files, options, SILENT);
    archive.remove();
    const input = { ...readPublished(files), heads: heads(files), site: SITE };
    const decoder = new TextDecoder();
    site = new Map(renderSite(input, TEMPLATES).map(({ path, bytes }) => [path, decoder.decode(bytes)]));
    page = load(site.get("history/index.html") ?? "");
    file = JSON.parse(site.get("api/v1/segments.json") ?? "");
  });

  it("shows the segments of a list side by side and says which is live", () => {
    const rows = page("tbody tr")
      .toArray()
      .map((one) => page(one).find("td").first().text());
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(/^live live: follows OFAC 3 records/);
    expect(rows[1]).toMatch(/^csv imported 3 records/);
    expect(page("svg text").text()).toContain("2019");
    expect(page("svg rect").length).toBe(3);
  });

  it("says where a segment is dense and where it has gaps, with a link to the record that holds it all", () => {
    const [, , , dense, gaps] = page("tbody tr").last().find("td").toArray();
    expect(page(dense).text()).toBe("6 April 2018: 1 record 17 March 2020 to 20 March 2020: 2 records ");
    expect(page(gaps).text()).toContain("6 April 2018 to 17 March 2020: 711 days");
    expect(page(gaps).find("a").attr("href")).toBe("../publications/sdn-20200317/");
    expect(page("tbody tr").first().find("td").last().text()).toMatch(/^none: OFAC/);
  });

  it("keeps for a search without a result what a source does not show", () => {
    const search = load(site.get("search/index.html") ?? "");
    expect(search("#not-shown").attr("hidden")).toBeDefined();
    expect(search("#not-shown").text()).toMatch(
      /^\s*The source of segment “csv” of the SDN List does not show aliases and addresses\.\s*$/,
    );
  });

  it("says the same to programs", () => {
    expect(
      file.segments.map(({ list, segment, origin, stretches, gaps, provenance }) => [
        list,
        segment,
        origin,
        stretches.length,
        gaps.map(({ days }) => days),
        provenance,
      ]),
    ).toEqual([
      ["sdn", "live", "live", 1, [], { composed: 3 }],
      ["sdn", "csv", "import", 2, [711], { composed: 3 }],
    ]);
  });

  it("is reached from the pages that explain", () => {
    for (const from of ["about/index.html", "status/index.html"]) {
      expect(site.get(from), from).toContain('href="../history/"');
    }
  });
});
