import { describe, expect, test } from "vitest";
import {
  createPages,
  DEFAULT_SOURCE_SETTINGS,
  listingUrl,
  NOTICE_CATEGORIES,
} from "../../src/sources/index.ts";
import { bench, failure } from "./kit.ts";

const notice = (n: number, category = "sanctions-list-updates") => ({
  slug: `202305${String(n).padStart(2, "0")}`,
  title: `Composed designation & update ${n}`,
  date: `2023-05-${String(n).padStart(2, "0")}`,
  category,
  nodeId: `9${n}`,
  body: `<p>Composed body ${n}</p>`,
  pressReleases: [
    { title: "A composed release", url: "https://home.treasury.gov/news/press-releases/jy0001" },
  ],
});

async function pages() {
  const one = await bench();
  one.ofac.announce({
    notices: [...Array(12).keys()].map((i) => notice(i + 1, i === 0 ? "general-licenses" : undefined)),
    pressReleases: [
      {
        id: "jy0001",
        title: "A composed release",
        published: "2023-05-01T10:30:00-04:00",
        body: "<p>Text</p>",
      },
    ],
  });
  return { ...one, pages: createPages(one.fetcher, one.settings) };
}

const text = (document: { readonly bytes: Uint8Array }) => Buffer.from(document.bytes).toString("utf8");
const slugs = (html: string) =>
  [...html.matchAll(/href="\/recent-actions\/(\d+)"/g)].map((match) => match[1]);

describe("recent actions", () => {
  test("the listing, page by page", async () => {
    const { pages: site } = await pages();
    const first = text(await site.listing({}));
    expect(slugs(first)).toHaveLength(10);
    expect(slugs(first)[0]).toBe("20230512");
    expect(first).toContain("usa-pagination__next-page");
    const second = text(await site.listing({ page: 1 }));
    expect(slugs(second)).toEqual(["20230502", "20230501"]);
    expect(second).not.toContain("usa-pagination__next-page");
  });

  test("the listing by category and by dates", async () => {
    const { pages: site } = await pages();
    expect(slugs(text(await site.listing({ category: "general-licenses" })))).toEqual(["20230501"]);
    const window = await site.listing({ from: "2023-05-03", to: "2023-05-04" });
    expect(slugs(text(window))).toEqual(["20230504", "20230503"]);
    expect(window.receipt.url).not.toContain("?");
  });

  test("addresses are OFAC's own by default", () => {
    const settings = DEFAULT_SOURCE_SETTINGS;
    expect(listingUrl({}, settings)).toBe("https://ofac.treasury.gov/recent-actions");
    expect(
      listingUrl({ category: "miscellaneous", page: 3, from: "2024-01-01", to: "2024-12-31" }, settings),
    ).toBe(
      "https://ofac.treasury.gov/recent-actions/miscellaneous?ra-start-date=2024-01-01&ra-end-date=2024-12-31&page=3",
    );
    expect(NOTICE_CATEGORIES).toHaveLength(5);
  });

  test.each([
    "/recent-actions/20230505",
    "https://ofac.treasury.gov/recent-actions/20230505",
    "http://www.ofac.treasury.gov/index.php/recent-actions/20230505?utm_source=mail#top",
  ])("a notice by the link %s", async (link) => {
    const { pages: site, ofac } = await pages();
    const found = await site.notice(link);
    expect(text(found)).toContain("Composed body 5");
    expect(found).toMatchObject({ name: "20230505", provenance: "composed" });
    expect(ofac.requests.at(-1)).toMatchObject({ path: "/recent-actions/20230505", query: "" });
  });

  test.each(["https://home.treasury.gov/news/press-releases/jy0001", "/news/press-releases/jy0001"])(
    "a press release by the link %s",
    async (link) => {
      const { pages: site } = await pages();
      expect(text(await site.pressRelease(link))).toContain("A composed release");
    },
  );

  test.each([
    "https://evil.example/recent-actions/20230505",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://[",
  ])("the foreign link %s is not followed", async (link) => {
    const { pages: site, ofac } = await pages();
    const { error } = await failure(site.notice(link));
    expect(error).toMatchObject({ exitCode: 3 });
    expect(ofac.requests).toEqual([]);
  });

  test("a page that is not there", async () => {
    const { pages: site } = await pages();
    expect((await failure(site.notice("/recent-actions/19990101"))).error).toMatchObject({
      code: "http-status",
    });
  });
});
