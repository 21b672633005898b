import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partyLine, partyMap } from "../../src/domain/index.ts";
import { comparedDays } from "../support/reconciliations.ts";
import { composeRecord, entity, PARTIES_20230523 } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { AXE, hasBrowser, launch, open, type ShownSite, show } from "./browser.ts";

/** Enough older publications that the front page does not hold them all. */
function longHistory() {
  const input = showcase();
  const old = [
    composeRecord({ date: "2020-01-02", kind: "baseline", with: { segment: "old", origin: "import" } }),
  ];
  for (let n = 1; n <= 70; n += 1) {
    const date = new Date(Date.UTC(2020, 0, 2 + n * 7)).toISOString().slice(0, 10);
    const previous = old.at(-1) ?? null;
    old.push(composeRecord({ date, previous, with: { segment: "old", origin: "import" } }));
  }
  const chinyong = PARTIES_20230523.filter(({ uid }) => uid === 43379);
  const naming = {
    ...entity(90_100, "EXAMPLE AFFILIATE"),
    aliases: [{ type: "a.k.a.", quality: "strong" as const, full: "OFFICE 91" }],
    relationships: [
      { type: "Linked To:", targetName: "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY" },
    ],
  };
  // More than any index of names would keep a word for.
  const many = Array.from({ length: 1300 }, (_, n) => entity(100_000 + n, `NUMBER ${n}`, ["CROWDED-EO1"]));
  return {
    ...input,
    states: [
      {
        list: "sdn" as const,
        segment: "live",
        origin: "live" as const,
        parties: partyMap([...chinyong, naming, ...many].map(partyLine)),
      },
    ],
    // As the ledger would tell it: here only one party was ever looked at twice.
    partyThen: (_: unknown, uid: number) => ({ ...entity(uid, "AS IT STOOD THEN", ["SDGT"]), title: "Then" }),
    records: [...input.records, ...old],
    context: [...input.context, ...comparedDays()],
    status: {
      at: "2023-06-02T12:00:00Z",
      sources: [
        {
          source: "sdn",
          state: "current",
          lastLook: "2023-06-02T12:00:00Z",
          lastSuccess: "2023-06-02T12:00:00Z",
          lastChange: "2023-06-01T18:00:00Z",
          failure: null,
        },
        {
          source: "consolidated",
          state: "blocked",
          lastLook: "2023-06-02T12:00:00Z",
          lastSuccess: null,
          lastChange: null,
          failure: { code: "blocked", message: "HTTP 403" },
        },
      ],
      held: [{ list: "sdn" as const, since: "2023-06-02T11:00:00Z", reason: "many at once", parties: 150 }],
      looks: ["2023-06-01T12:00:00Z", "2023-06-02T12:00:00Z"],
    },
  };
}

/** One of every kind of page. */
const KINDS = [
  "",
  "years/2023/",
  "publications/sdn-20230523/",
  "publications/sdn-20230525/",
  "publications/sdn-20230601/",
  "notices/20230523/",
  "notices/20230524/",
  "parties/43379/",
  "parties/90002/",
  "parties/90001/",
  "programs/",
  "programs/dprk2/",
  "search/#q=chinyong",
  "watch/",
  "subscribe/",
  "status/",
  "history/",
  "about/",
  "404.html",
];

describe.skipIf(!hasBrowser)("the site in a browser", () => {
  let browser: Browser;
  let site: ShownSite;
  beforeAll(async () => {
    site = await show(longHistory());
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const visible = (page: Page) => page.locator("#months li.entry:visible:not(.notice-entry) h3");

  for (const width of [360, 1280]) {
    for (const colorScheme of ["light", "dark"] as const) {
      test(`every kind of page at ${width} px, ${colorScheme}: axe finds nothing, nothing shifts, overflows or leaves`, async () => {
        const { page, wrong } = await open(browser, site, { viewport: { width, height: 800 }, colorScheme });
        await page.addInitScript(() => {
          Object.assign(globalThis, { shift: 0 });
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              const value = "value" in entry && typeof entry.value === "number" ? entry.value : 0;
              Object.assign(globalThis, { shift: Reflect.get(globalThis, "shift") + value });
            }
          }).observe({ type: "layout-shift", buffered: true });
        });
        for (const path of KINDS) {
          await page.goto(`${site.url}${path}`, { waitUntil: "networkidle" });
          if (path.startsWith("search")) await page.locator("#results li").first().waitFor();
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(wide, `${path} overflows`).toBeLessThanOrEqual(0);
          expect(
            await page.evaluate(() => Number(Reflect.get(globalThis, "shift"))),
            `${path} shifts`,
          ).toBeLessThan(0.02);
          await page.evaluate(readFileSync(AXE, "utf8"));
          const found = await page.evaluate(async () => {
            const { violations } = await Reflect.get(globalThis, "axe").run();
            return violations.map(
              (one: { id: string; nodes: { html: string }[] }) => `${one.id}: ${one.nodes[0]?.html}`,
            );
          });
          expect(found, path).toEqual([]);
          expect(wrong, path).toEqual([]);
        }
        await page.context().close();
      });
    }
  }

  test("filters narrow the whole history, live in the address, and can be undone", async () => {
    const { page, wrong } = await open(browser, site);
    await page.goto(site.url);
    expect(await visible(page).count()).toBe(60);
    await page.getByText("Filter", { exact: true }).click();
    await page.getByLabel("Type").selectOption("vessel");
    await expect.poll(() => visible(page).allTextContents()).toEqual([expect.stringContaining("20230525")]);
    expect(new URL(page.url()).search).toBe("?type=vessel");
    await page.getByLabel("Type").selectOption("");
    await page.getByLabel("To", { exact: true }).fill("2020-01-20");
    await expect.poll(() => visible(page).count()).toBe(3);
    expect(await page.locator("#filter-status").textContent()).toContain("3 of 76 publications");
    await page.getByRole("button", { name: "Clear" }).click();
    await expect.poll(() => visible(page).count()).toBe(60);
    expect(new URL(page.url()).search).toBe("");
    await page.goBack();
    await expect.poll(() => visible(page).count()).toBe(3);
    await page.goto(`${site.url}?materiality=critical&program=DPRK4&list=sdn&q=2023`);
    await expect
      .poll(() => visible(page).allTextContents())
      .toEqual(["20230523: 4 entities, 1 individual added"]);
    await visible(page).first().getByRole("link").click();
    await page.waitForURL(/publications\/sdn-20230523\/$/u);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test("a click in the drawing narrows to that month and type", async () => {
    const { page, wrong } = await open(browser, site);
    await page.goto(site.url);
    await page.getByRole("link", { name: "May 2023, 1 vessel: 1 added" }).click();
    await expect.poll(() => visible(page).allTextContents()).toEqual([expect.stringContaining("20230525")]);
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      from: "2023-05-01",
      to: "2023-05-31",
      type: "vessel",
    });
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test("search finds Chinyong, leads to its page, its history and a permalink", async () => {
    const { page, wrong, loaded } = await open(browser, site);
    await page.goto(`${site.url}search/`);
    await page.getByLabel("Find").fill("chinyóng");
    const first = page.locator("#results li").first().getByRole("link").first();
    await expect.poll(() => first.textContent()).toBe("CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY");
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get("q")).toBe("chinyóng");
    expect(new URL(page.url()).search, "sent to nobody").toBe("");
    expect([...loaded.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(500_000);
    await first.click();
    await page.waitForURL(/parties\/43379\/$/u);
    await page
      .locator("#history")
      .getByRole("link", { name: "20230523: 4 entities, 1 individual added" })
      .click();
    await page.waitForURL(/publications\/sdn-20230523\/#party-43379$/u);
    const permalink = page.locator("#party-43377 a.permalink");
    await permalink.click();
    const copied = page.url();
    const other = await open(browser, site);
    await other.page.goto(copied);
    expect(await other.page.locator(":target h4").textContent()).toContain("KIM, Sang Man");
    expect([...wrong, ...other.wrong]).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  });

  test("a party as it stood at a step can be linked: the link opens what is folded away", async () => {
    const { page, wrong } = await open(browser, site);
    const entry = page.locator("dl[id^='as-of-']").last();
    await page.goto(`${site.url}parties/43379/`);
    expect(await entry.isVisible()).toBe(false);
    const link = page.getByRole("link", { name: "Link to the entry as of then" }).last();
    const address = await link.getAttribute("href");
    await link.click();
    await expect.poll(() => entry.isVisible()).toBe(true);
    const other = await open(browser, site);
    await other.page.goto(`${site.url}parties/43379/${address}`);
    await expect.poll(() => other.page.locator(":target").isVisible()).toBe(true);
    expect(await other.page.locator(":target").textContent()).toContain("DPRK2");
    const affiliate = other.page.locator("#named-by a");
    expect(await affiliate.textContent()).toBe("EXAMPLE AFFILIATE");
    expect(wrong).toEqual([]);
    await page.context().close();
    await other.page.context().close();
  });

  test("long after the newest look nothing is called current, and it is said loudly", async () => {
    const { page } = await open(browser, site);
    await page.goto(`${site.url}status/`);
    await expect.poll(() => page.locator("#age.callout.warn").textContent()).toMatch(/\d+ days ago: nobody/u);
    expect(await page.locator(".state.current").count()).toBe(0);
    expect(await page.locator("#sources .state.stale").first().textContent()).toContain("not known since");
    await page.clock.setFixedTime("2023-06-02T12:01:00Z");
    await page.reload();
    await expect.poll(() => page.locator("#age").textContent()).toBe("By your clock that was 1 minute ago.");
    expect(await page.locator("#sources .state.current").count()).toBe(1);
    await page.context().close();
  });

  test("on a phone the drawing scrolls and its rows stay named", async () => {
    const { page } = await open(browser, site, { viewport: { width: 360, height: 800 } });
    await page.goto(site.url);
    const drawing = page.locator(".overview");
    const names = page.locator(".overview .row-names");
    for (const to of [0, 10_000]) {
      await drawing.evaluate((element, left) => element.scrollTo({ left }), to);
      const box = await names.boundingBox();
      expect(box?.x ?? -1).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(180);
    }
    expect(await drawing.evaluate((element) => element.scrollLeft)).toBeGreaterThan(100);
    await page.context().close();
  });

  test("a misspelt name, the end of a word, several words and a uid find what they should", async () => {
    const { page } = await open(browser, site);
    const find = async (query: string): Promise<string[]> => {
      await page.goto("about:blank");
      await page.goto(`${site.url}search/#${new URLSearchParams({ q: query })}`);
      await expect.poll(() => page.locator("#search-status").textContent()).toMatch(/found|many/u);
      return page.locator("#results h2").allTextContents();
    };
    expect(await find("chinyonk")).toContain("CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY");
    expect(await find("kim sang m")).toEqual(["KIM, Sang Man"]);
    expect(await find("43336")).toEqual(["PYONGYANG UNIVERSITY OF AUTOMATION"]);
    expect(await find("exship")).toEqual(["EXAMPLE SHIPPING CO."]);
    expect(await find("kim nobody")).toEqual([]);
    expect(await find("<img src=x onerror=alert(1)>")).toEqual([]);
    await page.context().close();
  });

  test("a short last word is looked up or said to be left, dates find publications, the largest programs are found", async () => {
    const { page } = await open(browser, site);
    const find = async (query: string): Promise<{ names: string[]; said: string }> => {
      await page.goto("about:blank");
      await page.goto(`${site.url}search/#${new URLSearchParams({ q: query })}`);
      await expect.poll(() => page.locator("#search-status").textContent()).not.toBe("");
      return {
        names: await page.locator("#results h2").allTextContents(),
        said: (await page.locator("#search-status").textContent()) ?? "",
      };
    };
    expect((await find("OFFICE 91")).names).toEqual(["EXAMPLE AFFILIATE"]);
    const begun = await find("office 9x");
    expect(begun.names).toEqual(["EXAMPLE AFFILIATE"]);
    expect(begun.said).toContain("Nothing found with \u201c9x\u201d as a word of its own");
    expect((await find("kim sang m")).names).toEqual(["KIM, Sang Man"]);
    for (const day of ["2023-05-23", "2023-05", "23 May 2023", "May 23, 2023"]) {
      expect((await find(day)).names, day).toContain("20230523: 4 entities, 1 individual added");
    }
    const crowded = await find("CROWDED-EO1");
    expect(crowded.names).toEqual(["CROWDED-EO1"]);
    expect(crowded.said).toContain("Programs alone are shown");
    expect((await find("\u201c\u201d")).said).toContain("Type letters or digits");
    await page.context().close();
  });

  test("watch terms stay in the browser, are marked on pages, and meet new publications", async () => {
    const { page, wrong } = await open(browser, site);
    const sent: string[] = [];
    page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    await page.goto(`${site.url}watch/`);
    await page
      .getByLabel("Names, one on each line")
      .fill("Chinyong Information\n\nkim sang man\nNobody Here");
    await page.getByRole("button", { name: "Keep" }).click();
    await expect.poll(() => page.locator("#watch-status").textContent()).toContain("Kept 3 names");
    await expect.poll(() => page.locator("#matches li").count()).toBe(2);
    await page.goto(`${site.url}publications/sdn-20230523/`);
    await expect
      .poll(() => page.locator("main mark.term").allTextContents())
      .toContain("CHINYONG INFORMATION");
    expect(await page.locator(".watch-alert").first().textContent()).toContain("kim sang man");
    await expect.poll(() => page.locator(".watch-alert li").count()).toBe(2);
    await page.reload({ waitUntil: "networkidle" });
    expect(await page.locator(".watch-alert li").count(), "told once").toBe(0);
    expect(sent.filter((one) => /chinyong|sang|nobody/iu.test(one))).toEqual([]);
    await page.goto(`${site.url}watch/`);
    await page.getByRole("button", { name: "Forget all" }).click();
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test("the keyboard alone reaches the content, the filter and a publication", async () => {
    const { page, wrong } = await open(browser, site);
    await page.goto(site.url);
    const focused = () =>
      page.evaluate(
        () =>
          document.activeElement?.getAttribute("aria-label") ??
          document.activeElement?.textContent?.trim() ??
          "",
      );
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#content");
    for (let n = 0; n < 80 && (await focused()) !== "Filter"; n += 1) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("DPR");
    expect(new URL(page.url()).searchParams.get("q")).toBe("DPR");
    const isPublication = () => page.evaluate(() => document.activeElement?.matches("#months h3 a") ?? false);
    for (let n = 0; n < 60 && !(await isPublication()); n += 1) await page.keyboard.press("Tab");
    const outline = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body).outlineStyle,
    );
    expect(outline).toBe("solid");
    await page.keyboard.press("Enter");
    await page.waitForURL(/publications\/[^/]+\/$/u);
    expect(wrong).toEqual([]);
    await page.context().close();
  });

  test("without JavaScript everything is readable and linked, and nothing is offered that cannot work", async () => {
    const { page } = await open(browser, site, { javaScriptEnabled: false });
    await page.goto(site.url);
    expect(await visible(page).count()).toBe(60);
    expect(await page.locator("details.filtering").isVisible()).toBe(false);
    await page.getByRole("link", { name: "May 2023, 1 vessel: 1 added" }).click();
    expect(page.url()).toContain("years/2023/#m-2023-05");
    await page.goto(`${site.url}publications/sdn-20230523/`);
    expect(await page.locator("#party-43379").isVisible()).toBe(true);
    await page.goto(`${site.url}search/`);
    expect(await page.locator("form.search").isVisible()).toBe(false);
    expect(await page.getByText("Searching needs JavaScript").isVisible()).toBe(true);
    await page.goto(`${site.url}status/`);
    expect(await page.getByText("HTTP 403").isVisible()).toBe(true);
    await page.context().close();
  });

  test("printed, a publication is its facts on paper: no navigation, addresses written out", async () => {
    const { page } = await open(browser, site);
    await page.goto(`${site.url}publications/sdn-20230523/`);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("header.site nav").isVisible()).toBe(false);
    expect(await page.locator("#party-43379").isVisible()).toBe(true);
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(colour).toBe("rgb(255, 255, 255)");
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.toString("latin1").match(/\/Type \/Page\b/gu)?.length ?? 0).toBeLessThan(6);
    await page.context().close();
  });
});
