import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFiles } from "../../src/app/import.ts";
import { heads } from "../../src/app/past/history.ts";
import { SILENT } from "../../src/app/progress.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { readState } from "../../src/ledger/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { csvCaptureDate, csvSeriesFolder, csvSeriesNames } from "../support/csv-series.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { SITE } from "../support/site.ts";
import { hasBrowser, launch, open, type ShownSite, show } from "./browser.ts";

/** What a page cost its reader before and while it was drawn. */
interface Cost {
  readonly html: number;
  readonly blocking: readonly string[];
  readonly scriptsInTheWay: number;
  readonly shift: number;
  readonly firstPaint: number;
  readonly elements: number;
}

describe.skipIf(!(hasSharedData && hasBrowser))("budgets of the heaviest pages, on real data", () => {
  let browser: Browser;
  let site: ShownSite;
  beforeAll(async () => {
    const names = csvSeriesNames().filter((name) => {
      const date = csvCaptureDate(name);
      return date >= "2023-11-01" && date <= "2024-03-01";
    });
    const files = memoryFiles();
    const paths = names.map((name) => join(csvSeriesFolder(), name));
    const options = {
      paths,
      segment: "csv",
      list: "sdn",
      provenance: "third-party capture",
      judge: {},
    } as const;
    await importFiles(files, options, SILENT);
    const all = heads(files);
    const states = all.map((head) => ({
      list: head.list,
      segment: head.segment,
      origin: head.origin,
      parties: readState(files, head).parties,
    }));
    site = await show({ ...readPublished(files), heads: all, states, site: SITE });
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function costOf(path: string, width: number): Promise<Cost> {
    const { page, wrong } = await open(browser, site, { viewport: { width, height: 800 } });
    await page.addInitScript(() => {
      Object.assign(globalThis, { shift: 0 });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) {
          const value = "value" in entry && typeof entry.value === "number" ? entry.value : 0;
          Object.assign(globalThis, { shift: Reflect.get(globalThis, "shift") + value });
        }
      }).observe({ type: "layout-shift", buffered: true });
    });
    const answer = await page.goto(`${site.url}${path}`, { waitUntil: "networkidle" });
    // Down the whole page, as a reader goes: what is laid out late must not move what is there.
    await page.evaluate(async () => {
      for (let y = 0; y < document.body.scrollHeight; y += 4000) {
        scrollTo(0, y);
        await new Promise((done) => requestAnimationFrame(done));
      }
    });
    const cost = await page.evaluate(() => ({
      blocking: performance
        .getEntriesByType("resource")
        .filter((entry) => Reflect.get(entry, "renderBlockingStatus") === "blocking")
        .map((entry) => new URL(entry.name).pathname.replace(/^.*\//u, "")),
      scriptsInTheWay: document.querySelectorAll(
        "script:not([type=module]):not([type='application/ld+json'])",
      ).length,
      shift: Number(Reflect.get(globalThis, "shift")),
      firstPaint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      elements: document.querySelectorAll("*").length,
    }));
    const html = (await answer?.body())?.length ?? 0;
    expect(wrong, path).toEqual([]);
    await page.context().close();
    return { html, ...cost };
  }

  test.each([
    ["the publication of 2024-02-23", "publications/sdn-20240223/"],
    ["the changelog", ""],
    ["the changelog of a year", "years/2024/"],
  ])("%s: below 300 kB, no script before the first paint, nothing moves", async (_, path) => {
    for (const width of [360, 1280]) {
      const cost = await costOf(path, width);
      process.stdout.write(`${path || "index"} at ${width} px: ${JSON.stringify(cost)}\n`);
      expect(cost.html).toBeGreaterThan(10_000);
      expect(cost.html).toBeLessThan(300_000);
      expect(cost.blocking).toEqual(["site.css"]);
      expect(cost.scriptsInTheWay).toBe(0);
      expect(cost.shift).toBe(0);
      expect(cost.firstPaint).toBeGreaterThan(0);
    }
  });

  test("that page names all 561 parties, and the page with every fact is one click away", async () => {
    const { page } = await open(browser, site);
    await page.goto(`${site.url}publications/sdn-20240223/`);
    expect(await page.locator('[id^="party-"]').count()).toBe(561);
    await page.locator('a[href$="publications/sdn-20240223/all/"]').first().click();
    await page.waitForURL(/\/all\/$/u);
    expect(await page.locator("article.party").count()).toBe(561);
    await page.context().close();
  });
});
