import { load } from "cheerio";
import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../../src/domain/index.ts";
import { judge } from "../../src/judge/index.ts";
import { type Digest, renderDigest, renderSite } from "../../src/render/index.ts";
import { type CsvStep, csvSeriesNames, csvStepOf, csvSteps } from "../support/csv-series.ts";
import { composeRecord } from "../support/records.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { SITE, siteOf, TEMPLATES } from "../support/site.ts";

/** The record of a real step, as `update` would make it of this source. */
function recordOf(step: CsvStep): StoredRecord {
  const { set, before, after, date } = step;
  const judgement = judge({ list: "sdn", set, coverage: after.coverage, before, after, otherList: null });
  return composeRecord({
    date,
    changes: set.changes,
    judgement,
    with: {
      unknown: set.unknown,
      coverage: after.coverage,
      sources: [{ file: "SDN.CSV", sha256: "sha256:0", bytes: 1, provenance: "third-party capture" }],
    },
  });
}

const digestOf = (record: StoredRecord): Digest =>
  renderDigest(
    {
      publications: [record],
      context: [],
      observations: [],
      site: SITE,
      subscription: { id: "s", filters: [], unsubscribe: [] },
    },
    TEMPLATES,
  );
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
const pageOf = (record: StoredRecord): string => {
  const path = `publications/${record.record.id}/index.html`;
  const found = renderSite(siteOf([record]), TEMPLATES).find((artifact) => artifact.path === path);
  return new TextDecoder().decode(found?.bytes);
};
const flat = (text: string): string => text.replace(/\s+/gu, " ");

describe.skipIf(!hasSharedData)("days of the real series", () => {
  test("2023-05-23: all five by name with every match key the source carries", async () => {
    const record = recordOf(await csvStepOf("2023-05-23"));
    const { subject, text, html } = digestOf(record);
    expect(subject).toBe("20230523: 4 entities, 1 individual added");
    for (const document of [flat(text), flat(load(html)("body").text())]) {
      for (const words of [
        "PYONGYANG UNIVERSITY OF AUTOMATION",
        "TECHNICAL RECONNAISSANCE BUREAU",
        "110TH RESEARCH CENTER",
        "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY",
        "KIM, Sang Man",
        "Aliases: not in this source",
      ]) {
        expect(document).toContain(words);
      }
      for (const change of record.record.changes) {
        if (change.op !== "add") throw new Error("only additions on this day");
        for (const { number } of change.after.documents ?? []) expect(document).toContain(number);
        for (const { value } of change.after.birthDates ?? []) expect(document).toContain(value);
        for (const { full } of change.after.aliases ?? []) expect(document).toContain(full);
      }
    }
  });

  test("2022-04-29: 499 in one line, the residual edits by name, what is past the cut as unknown", async () => {
    const { text, html } = digestOf(recordOf(await csvStepOf("2022-04-29")));
    for (const document of [flat(text), flat(load(html)("body").text())]) {
      expect(document).toContain("235 entities, 253 individuals, 8 vessels, 3 aircraft");
      for (const name of ["SUSHKO", "BASOV", "BOYARKIN", "SBERBANK"]) expect(document).toContain(name);
      expect(document).toMatch(/Not shown by the source.*SBERBANK/u);
    }
    expect(bytesOf(html)).toBeLessThan(30_000);
    expect(text.split("\n").length).toBeLessThan(120);
  });

  test("2022-11-08: a redesignation, and nobody is said to be delisted", async () => {
    const { text, html } = digestOf(recordOf(await csvStepOf("2022-11-08")));
    for (const document of [flat(text), flat(load(html)("body").text())]) {
      expect(document).toContain("TORNADO CASH (38499): delisted and redesignated as TORNADO CASH (39796)");
      expect(document).not.toMatch(/Delisting|on no other list/u);
    }
  });

  test("2024-02-23: 561 changes fit a mail and a page, and everybody is on the page", async () => {
    const record = recordOf(await csvStepOf("2024-02-23"));
    expect(record.record.changes).toHaveLength(561);
    const { html } = digestOf(record);
    expect(bytesOf(html)).toBeLessThan(100_000);
    expect(flat(load(html)("body").text())).toContain("By name and uid");
    const page = pageOf(record);
    expect(bytesOf(page)).toBeLessThan(300_000);
    for (const { uid } of record.record.changes) expect(page).toContain(`id="party-${uid}"`);
  });

  test("every publication of the series: each mail below 100 kB, each page below 300 kB", async () => {
    let count = 0;
    for await (const step of csvSteps(csvSeriesNames())) {
      const record = recordOf(step);
      const { html, subject } = digestOf(record);
      expect(bytesOf(html), record.record.id).toBeLessThan(100_000);
      expect(subject).toBe(record.record.headline);
      expect(bytesOf(pageOf(record)), record.record.id).toBeLessThan(300_000);
      count += 1;
    }
    expect(count).toBe(307);
  }, 300_000);
});
