import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import { parsePressRelease } from "../../src/parse/index.ts";

const html = (
  body: string,
  more = "",
) => `<!doctype html><html><head><meta property="og:title" content="Treasury Acts | U.S. Department of the Treasury">
<link rel="canonical" href="https://home.treasury.gov/index.php/news/press-releases/jy9999"></head><body>
<article class="entity--type-node"><h2 class="uswds-page-title">Treasury Acts Against Testers</h2>
<div class="field--name-field-news-publication-date"><time datetime="2026-09-01T22:20:00-04:00">September 1, 2026</time></div>
<div class="field--name-field-news-body">${body}</div></article>${more}</body></html>`;

const LEAD = "WASHINGTON — Today, OFAC sanctioned four entities and one individual. They test.";
const markdown = (
  body: string,
  front = "title: Treasury Acts\ndate: 2023-05-23T10:30:00-04:00\nurl: /news/press-releases/jy9998",
) => `---\n${front}\n---\n${body}`;

describe("press releases", () => {
  it("reads the page of home.treasury.gov", () => {
    const release = parsePressRelease(
      html(
        `<p>${LEAD}</p><h3>TESTERS</h3><p><strong>Acme Testing,</strong> led by <b>Jane <em>Doe</em></b> (<strong>Doe</strong>), was designated pursuant to Executive Order (E.O.) 13687, E.O. 13810 and E.O. 13687.</p>
         <p>For identifying information <a href="https://ofac.treasury.gov/recent-actions/20260901">click here</a>.</p><p>###</p>`,
        "<footer><a href='https://ofac.treasury.gov/recent-actions/20200101'>x</a></footer>",
      ),
    );
    expect(release).toMatchObject({
      id: "jy9999",
      url: "https://home.treasury.gov/news/press-releases/jy9999",
      title: "Treasury Acts Against Testers",
      published: "2026-09-01T22:20:00-04:00",
      date: "2026-09-01",
      bold: ["Acme Testing", "Jane Doe", "Doe"],
      authorities: ["E.O. 13687", "E.O. 13810"],
      notices: [{ title: "click here", url: "https://ofac.treasury.gov/recent-actions/20260901" }],
      issues: [],
    });
    expect(release.text.split("\n\n")).toHaveLength(4);
    expect(release.text.startsWith(LEAD)).toBe(true);
  });

  it("reads Markdown with front matter the same way", () => {
    const release = parsePressRelease(
      markdown(
        `${LEAD}\n\n## TESTERS\n\n**Acme Testing,**one of many, and **Jane Doe**(**Doe**) were designated\npursuant to E.O. 13687 \\[sic\\].\n\n[Find it *here*](https://ofac.treasury.gov/recent-actions/20230523)\n`,
      ),
    );
    expect(release).toMatchObject({
      id: "jy9998",
      url: "https://home.treasury.gov/news/press-releases/jy9998",
      title: "Treasury Acts",
      date: "2023-05-23",
      bold: ["Acme Testing", "Jane Doe", "Doe"],
      authorities: ["E.O. 13687"],
    });
    expect(release.text.split("\n\n")).toEqual([
      LEAD,
      "TESTERS",
      "Acme Testing, one of many, and Jane Doe (Doe) were designated pursuant to E.O. 13687 [sic].",
      "Find it here",
    ]);
    expect(release.notices.map((link) => link.url)).toEqual([
      "https://ofac.treasury.gov/recent-actions/20230523",
    ]);
  });

  it("says when no date is stated, and refuses what is no press release", () => {
    const undated = parsePressRelease(markdown("Text.", "title: T"));
    expect(undated).toMatchObject({ published: null, date: null });
    expect(undated.issues.map((i) => i.code)).toEqual(["no-date"]);
    for (const page of ["<h1>Access Denied</h1>", "", "---\ntitle: T\n---\n"]) {
      expect(() => parsePressRelease(page)).toThrow(ContentError);
    }
  });

  it("reads a statement of the State Department", () => {
    const release = parsePressRelease(
      `<html><head><meta property="article:published_time" content="2023-05-23T14:00:00+00:00"></head><body><h1>Designations</h1><main><div class="entry-content"><p>The United States is designating two vessels.</p></div></main></body></html>`,
      { url: "https://www.state.gov/releases/2023/05/designations-of-testers/" },
    );
    expect(release).toMatchObject({
      id: "designations-of-testers",
      date: "2023-05-23",
      title: "Designations",
    });
    expect(release.numbers.map((n) => n.counts)).toEqual([{ vessel: 2 }]);
  });
});

describe("number claims", () => {
  const numbers = (sentence: string) =>
    parsePressRelease(markdown(sentence)).numbers.map((n) => [n.operation, n.counts, n.text]);

  it("reads words and digits, joined or apart", () => {
    expect(numbers("OFAC sanctioned four entities and one individual involved in tests.")).toEqual([
      ["add", { entity: 4, individual: 1 }, "four entities and one individual"],
    ]);
    expect(
      numbers("OFAC is designating 1,024 individuals, twenty-one Iran-based companies, and a vessel."),
    ).toEqual([
      [
        "add",
        { individual: 1024, entity: 21, vessel: 1 },
        "1,024 individuals, twenty-one Iran-based companies, and a vessel",
      ],
    ]);
    expect(numbers("Treasury sanctioned one hundred and five targets and two dozen tankers.")).toEqual([
      ["add", { unknown: 105, vessel: 24 }, "one hundred and five targets and two dozen tankers"],
    ]);
    expect(numbers("OFAC removed three individuals from the SDN List.")).toEqual([
      ["delete", { individual: 3 }, "three individuals"],
    ]);
    expect(
      numbers("OFAC identified 16 aircraft as blocked property. OFAC also designated two Chinese nationals."),
    ).toEqual([
      ["add", { aircraft: 16 }, "16 aircraft"],
      ["add", { individual: 2 }, "two Chinese nationals"],
    ]);
  });

  it("takes for a count neither parts of one nor money, dates, articles, and sentences in which nothing is done", () => {
    expect(
      numbers(
        "By designating one of the entities, any entity owned by one or more blocked persons is blocked.",
      ),
    ).toEqual([]);
    for (const roughly of ["nearly", "over", "more than", "at least", "almost"]) {
      expect(numbers(`OFAC sanctioned ${roughly} 300 targets and designated four banks.`)).toEqual([
        ["add", { entity: 4 }, "four banks"],
      ]);
    }
    expect(numbers("OFAC sanctioned a company that moved $3 million to banks in 2023.")).toEqual([]);
    expect(numbers("Five companies met in Testville.")).toEqual([]);
  });
});
