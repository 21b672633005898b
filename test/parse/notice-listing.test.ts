import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import { parseRecentActions } from "../../src/parse/index.ts";

const row = (title: string, href: string, date: string, ...categories: string[]) => `
<div class="margin-bottom-4 search-result views-row">
  <div><div class="font-sans-lg"><a href="${href}" hreflang="en">${title}</a></div></div>
  <div><div class="font-sans-2xs">${date} -
    ${categories.map((c) => `<a href="/recent-actions/${c.toLowerCase().replaceAll(" ", "-")}">${c}</a>`).join(", ")}</div></div>
</div>`;

const page = (
  rows: string,
  pager = "",
) => `<html><body><aside><a href="/recent-actions/enforcement-actions">Enforcement Actions</a></aside>
<div class="view"><header>Displaying 1 - 10 of 1,884 results.</header><div class="view-content">${rows}</div><nav>${pager}</nav></div></body></html>`;

describe("the recent-actions listing", () => {
  it("gives title, address, slug, date and categories of every row, and the next page", () => {
    const listing = parseRecentActions(
      page(
        row(
          "Iran-related Designations; Issuance of General License",
          "/recent-actions/20260904",
          "September 04, 2026",
          "Sanctions List Updates",
          "General Licenses",
        ) +
          row(
            "Settlement",
            "https://ofac.treasury.gov/recent-actions/20260903_33",
            "September 3, 2026",
            "Enforcement Actions",
          ) +
          row("Old one", "/node/970956", "November 27, 2018", "Miscellaneous") +
          row("Archived", "/web/2023/https://ofac.treasury.gov/recent-issues/20181127_33", "Nov. 27, 2018"),
        '<a class="usa-pagination__link usa-pagination__next-page" href="?page=1">Next</a>',
      ),
      { url: "https://ofac.treasury.gov/recent-actions?page=0" },
    );
    expect(listing.rows).toEqual([
      {
        title: "Iran-related Designations; Issuance of General License",
        url: "https://ofac.treasury.gov/recent-actions/20260904",
        slug: "20260904",
        date: "2026-09-04",
        categories: ["Sanctions List Updates", "General Licenses"],
      },
      {
        title: "Settlement",
        url: "https://ofac.treasury.gov/recent-actions/20260903_33",
        slug: "20260903_33",
        date: "2026-09-03",
        categories: ["Enforcement Actions"],
      },
      {
        title: "Old one",
        url: "https://ofac.treasury.gov/node/970956",
        slug: null,
        date: "2018-11-27",
        categories: ["Miscellaneous"],
      },
      {
        title: "Archived",
        url: "https://ofac.treasury.gov/recent-issues/20181127_33",
        slug: "20181127_33",
        date: "2018-11-27",
        categories: [],
      },
    ]);
    expect(listing.next).toBe("https://ofac.treasury.gov/recent-actions?page=1");
    expect(listing.total).toBe(1884);
    expect(listing.issues).toEqual([]);
  });

  it("ends on the last page, takes an empty answer as such, and anything else as no listing", () => {
    expect(parseRecentActions(page(row("x", "/recent-actions/20260904", ""))).next).toBeNull();
    expect(
      parseRecentActions('<div class="view"><div class="view-empty">No results</div></div>').rows,
    ).toEqual([]);
    expect(() => parseRecentActions("<h1>Access Denied</h1>")).toThrow(ContentError);
  });

  it("reports rows it cannot read", () => {
    const listing = parseRecentActions(
      page(
        `${row("x", "/recent-actions/20260904", "")}<div class="views-row">no link</div><div class="search-result">odd</div>`,
      ),
    );
    expect(listing.rows).toHaveLength(1);
    expect(listing.issues.map((i) => [i.code, i.examples])).toEqual([["unreadable-row", ["odd"]]]);
  });
});
