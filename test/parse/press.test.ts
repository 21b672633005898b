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

  it("takes links to a notice at any of its three addresses", () => {
    const addresses = [
      "https://ofac.treasury.gov/recent-actions/20260901_33",
      "https://home.treasury.gov/policy-issues/financial-sanctions/recent-actions/20200303",
      "https://www.treasury.gov/resource-center/sanctions/OFAC-Enforcement/Pages/20200303.aspx",
    ];
    const others = [
      "https://ofac.treasury.gov/recent-actions/general-licenses",
      "https://www.treasury.gov/press-center/press-releases/Pages/200541815142718.aspx",
    ];
    const links = [...addresses, ...others].map((url) => `<a href="${url}">identifying information</a>`);
    const release = parsePressRelease(html(`<p>${LEAD}</p><p>${links.join(" ")}</p>`));
    expect(release.notices.map((link) => link.url)).toEqual(addresses);
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

  /** What a sentence claims, short: `+ entity 4, individual 1; - individual 7`. */
  const claims = (sentence: string) =>
    parsePressRelease(markdown(sentence))
      .numbers.map(({ operation, counts }) => {
        const list = Object.entries(counts).map(([type, count]) => `${type} ${count}`);
        return `${operation === "delete" ? "-" : "+"} ${list.join(", ")}`;
      })
      .join("; ");

  it.each([
    ["OFAC sanctioned 5 entities and individuals.", "+ unknown 5"],
    ["OFAC sanctioned five individuals and entities tied to Testers.", "+ unknown 5"],
    ["The United States is imposing sanctions on 35 entities and vessels.", "+ unknown 35"],
    ["OFAC designated 30 individuals, entities, and vessels.", "+ unknown 30"],
    ["OFAC designated 30 companies and banks.", "+ entity 30"],
    ["OFAC sanctioned two individuals and 12 entities and vessels.", "+ individual 2, unknown 12"],
    ["OFAC sanctioned four individuals and Iran-based entities.", ""],
    ["OFAC sanctioned four individuals and entities they own.", ""],
    ["OFAC sanctioned four individuals and their companies.", "+ individual 4"],
  ])("one number over several nouns counts them together: %s", (sentence, expected) => {
    expect(claims(sentence)).toBe(expected);
  });

  it.each([
    [
      "OFAC sanctioned four entities and one individual responsible for the forced removal of children.",
      "+ entity 4, individual 1",
    ],
    ["OFAC sanctioned 12 companies that traded oil, lifted from Kharg Island.", "+ entity 12"],
    [
      "OFAC sanctioned four entities and one individual and is removing seven individuals from the SDN List.",
      "+ entity 4, individual 1; - individual 7",
    ],
    ["OFAC delisted two vessels and designated one company.", "- vessel 2; + entity 1"],
    ["OFAC removed from the SDN List three individuals.", "- individual 3"],
    ["Treasury announced the removal of 18 individuals from the SDN List.", "- individual 18"],
    ["OFAC is lifting sanctions on three individuals.", "- individual 3"],
    ["OFAC revoked the designations of 12 individuals.", "- individual 12"],
    ["Sanctions on three individuals were lifted.", "- individual 3"],
    ["Four individuals were removed.", "- individual 4"],
    ["Five individuals, including two officials, were designated today.", "+ individual 5"],
    ["Twelve people were removed from their homes.", ""],
    ["OFAC sanctioned Acme for the removal of five officials.", ""],
    ["The group removed three vessels from service.", ""],
  ])("the verb that governs a count says what was done: %s", (sentence, expected) => {
    expect(claims(sentence)).toBe(expected);
  });

  it.each([
    ["OFAC designated more than 3 individuals and entities, including one entity in Hong Kong.", ""],
    ["OFAC sanctioned 13 targets, including one individual and 12 entities.", "+ unknown 13"],
    ["OFAC sanctioned six persons, of whom three individuals are in Testland.", "+ unknown 6"],
    ["OFAC designated 12 entities, among them two banks.", "+ entity 12"],
    ["OFAC designated 12 entities, such as two banks and one company.", "+ entity 12"],
    ["OFAC's action includes the designation of Acme and 15 officials.", ""],
    ["OFAC designated Acme, two other companies, and five individuals.", ""],
    ["OFAC designated one of three companies.", ""],
    [
      "OFAC sanctioned 35 entities and vessels, designating 13 entities and identifying 22 vessels.",
      "+ unknown 35",
    ],
    ["OFAC sanctioned two banks in Testland and three companies in Samplia.", "+ entity 5"],
    ["OFAC is designating five individuals and sanctioning three individuals.", "+ individual 8"],
  ])("a part is no total, and what counts the same adds up: %s", (sentence, expected) => {
    expect(claims(sentence)).toBe(expected);
  });

  it.each([
    ["OFAC sanctioned a network of 13 entities and eight vessels.", "+ entity 13, vessel 8"],
    ["OFAC sanctioned a network of four entities and one individual.", "+ entity 4, individual 1"],
    ["OFAC sanctioned an individual and two entities.", "+ individual 1, entity 2"],
    ["OFAC sanctioned the leader of a network of 12 companies.", ""],
    ["OFAC sanctioned the owner of three companies.", ""],
    ["OFAC designated five persons.", "+ unknown 5"],
    ["OFAC designated five people.", "+ individual 5"],
    ["OFAC designated five men and two women.", "+ individual 7"],
    ["OFAC sanctioned ten oil and gas companies and five bank officials.", "+ entity 10, individual 5"],
    ["OFAC sanctioned two Boeing 747 aircraft.", ""],
    ["OFAC sanctioned half a dozen companies.", ""],
    ["OFAC sanctioned two thousand targets.", ""],
    ["OFAC sanctioned two Iranian and five Chinese individuals.", ""],
  ])("counts what stands behind the number: %s", (sentence, expected) => {
    expect(claims(sentence)).toBe(expected);
  });

  it.each([
    ["Following last week's designation of 12 individuals, OFAC today targeted Acme.", ""],
    [
      "Following last week's designation of 12 individuals, OFAC today targeted five companies.",
      "+ entity 5",
    ],
    ["Building on the 22 individuals designated in March, Treasury is today sanctioning Acme.", ""],
    ["Building on the 22 individuals designated in March, Treasury sanctioned five companies.", "+ entity 5"],
    ["After OFAC designated 12 individuals, Treasury sanctioned five companies.", "+ entity 5"],
    ["Since January, Treasury has sanctioned 180 vessels.", ""],
    ["In March 2024, OFAC designated 12 individuals.", ""],
    [
      "In March 2024, OFAC designated 12 individuals, and today Treasury is sanctioning two banks.",
      "+ entity 2",
    ],
    ["OFAC previously designated 12 individuals.", ""],
    ["Last week, OFAC designated 12 individuals.", ""],
    ["Earlier this year, OFAC designated 12 individuals and five entities.", ""],
    ["OFAC designated three entities and two individuals on March 5, 2024, for testing.", ""],
    ["Today's action follows OFAC's designation of 12 individuals.", ""],
    ["OFAC has designated 500 targets.", ""],
    ["Five individuals were designated in 2019.", ""],
    ["Today, Treasury sanctioned six officials involved in the October 2023 attack.", "+ individual 6"],
  ])("earlier actions are not this one: %s", (sentence, expected) => {
    expect(claims(sentence)).toBe(expected);
  });

  it.each([
    ["OFAC sanctioned four entities, and the United Kingdom sanctioned six individuals.", "+ entity 4"],
    ["OFAC, in coordination with the United Kingdom, is designating seven individuals.", "+ individual 7"],
    ["OFAC sanctioned two hackers who targeted 12 banks.", "+ individual 2"],
    ["OFAC sanctioned Acme for targeting five banks.", ""],
    ["OFAC sanctioned Acme, which lent $5 million to three companies.", ""],
    ["State is imposing visa restrictions on 12 individuals.", ""],
  ])("what others do is no claim: %s", (sentence, expected) => {
    expect(claims(sentence)).toBe(expected);
  });

  it("reads hostile sentences in time that grows with their length", () => {
    const began = performance.now();
    for (const words of [
      "two ",
      "five hundred ",
      "sanctioned ",
      "five banks, ",
      "a bank, ",
      "five abc and def ",
    ]) {
      numbers(`OFAC sanctioned five ${words.repeat(5000)}.`);
    }
    expect(performance.now() - began).toBeLessThan(5000);
  });
});
