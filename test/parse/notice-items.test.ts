import { describe, expect, it } from "vitest";
import { parseNotice } from "../../src/parse/index.ts";
import { ADDED, H3, noticePage, URL } from "./notice-page.ts";

const items = (body: string, title = "Publication of Something") =>
  parseNotice(noticePage({ title, body }), { url: URL }).items;
const gl = (body: string, title?: string) =>
  items(body, title)
    .filter((item) => item.kind === "general-licence")
    .map((item) => [item.numbers, item.topic, item.title, item.expires, item.links.map((link) => link.url)]);

const MEDIA = "https://ofac.treasury.gov/media/1/download?inline";

describe("general licences", () => {
  it("takes number and title from the text, never from a file's name", () => {
    expect(
      gl(
        `<p>OFAC is issuing <a href="/media/1/download?inline" title="venezuela_gl5k.pdf">Venezuela-related General License 8L</a> "Authorizing Transactions Involving Petróleos de Venezuela, S.A. (PdVSA)."</p>`,
      ),
    ).toEqual([
      [
        ["8L"],
        "Venezuela-related",
        "Authorizing Transactions Involving Petróleos de Venezuela, S.A. (PdVSA)",
        undefined,
        [MEDIA],
      ],
    ]);
  });

  it("keeps OFAC's words for until when", () => {
    const text = `OFAC is issuing <a href="${MEDIA}">Russia-related General License 13F</a>, "Authorizing Certain Administrative Transactions," which expires at 12:01 a.m. eastern daylight time, November 8, 2023.`;
    expect(gl(`<p>${text}</p>`)).toEqual([
      [
        ["13F"],
        "Russia-related",
        "Authorizing Certain Administrative Transactions",
        "at 12:01 a.m. eastern daylight time, November 8, 2023",
        [MEDIA],
      ],
    ]);
  });

  it("tells what is issued from what it replaces or rests on", () => {
    const body = `<p>OFAC is issuing Syria-related <a href="${MEDIA}">General License 23A</a>, "Authorizing X", which replaces and supersedes General License 23 in its entirety. Payments pursuant to General License 4 go on.</p>`;
    expect(gl(body).map(([numbers]) => numbers)).toEqual([["23A"]]);
  });

  it("reads several in one sentence, in a list, and once each", () => {
    const body = `<p>OFAC is issuing Russia-related <a href="/media/1/download">General License 8F</a>, "Energy"; and Russia-related <a href="/media/2/download">GL 60</a>, "Wind Down".</p>
      <ul><li><a href="/media/3/download">General License 14</a></li></ul><p>Russia-related General License 8F is issued today.</p>`;
    expect(gl(body).map(([numbers, , title]) => [numbers, title])).toEqual([
      [["8F"], "Energy"],
      [["60"], "Wind Down"],
      [["14"], "General License 14"],
    ]);
  });

  it("takes numbers with letters and hyphens whole, each licence with its own link", () => {
    const link = (n: number, text: string) => `<a href="/media/${n}/download?inline">${text}</a>`;
    const named = ["General License D-2", "General License K", "General License N-1", "GL 5V"];
    const body = named.map((text, i) => link(i + 1, text)).join(", ");
    const number = (n: number) => `https://ofac.treasury.gov/media/${n}/download?inline`;
    expect(
      gl(`<p>OFAC is issuing Iran-related ${body}.</p>`).map(([numbers, , , , links]) => [numbers, links]),
    ).toEqual([
      [["D-2"], [number(1)]],
      [["K"], [number(2)]],
      [["N-1"], [number(3)]],
      [["5V"], [number(4)]],
    ]);
    const list = `<p>OFAC is issuing Russia-related General Licenses ${link(1, "13F")}, ${link(2, "8G")} and ${link(3, "60")}.</p>`;
    expect(gl(list).map(([numbers, topic, , , links]) => [numbers, topic, links])).toEqual([
      [["13F"], "Russia-related", [number(1)]],
      [["8G"], "Russia-related", [number(2)]],
      [["60"], "Russia-related", [number(3)]],
    ]);
  });

  it.each([
    ["Burma General License No. 14-C", ["14-C"]],
    ["General License 8L", ["8L"]],
    ["General License 13A.", ["13A"]],
    ["General License (GL) 124D", ["124D"]],
    ["General License Nos. 5 and 6", ["5", "6"]],
    ["General License 5 and 2 FAQs", ["5"]],
    ["General License Authorizing Tests", []],
    ["General License U.S. persons use", []],
    ["General License e-mail", []],
    ["General License E-mail", []],
  ])("%s", (phrase, expected) => {
    expect(gl(`<p>OFAC is issuing ${phrase}</p>`).flatMap(([numbers]) => numbers)).toEqual(expected);
  });

  it("takes the nearest topic before a licence, and none that is another's", () => {
    const topics = (text: string) =>
      gl(`<p>OFAC is issuing ${text}</p>`).map(([numbers, topic]) => [numbers, topic]);
    expect(
      topics("Ukraine-related General License No. 13A and Zimbabwe-related General License No. 2."),
    ).toEqual([
      [["13A"], "Ukraine-related"],
      [["2"], "Zimbabwe-related"],
    ]);
    expect(topics("Ukraine-related General License No. 13A and Burma General License No. 14-C.")).toEqual([
      [["13A"], "Ukraine-related"],
      [["14-C"], undefined],
    ]);
    expect(topics('Russia-related General License 13F, "Testing", and General License 8G.')).toEqual([
      [["13F"], "Russia-related"],
      [["8G"], "Russia-related"],
    ]);
    expect(
      topics("Russia-related General License 13F for tests in Sampleland, and General License 8G."),
    ).toEqual([
      [["13F"], "Russia-related"],
      [["8G"], undefined],
    ]);
    expect(topics("Iran-related FAQs. The Russia-related General License 7 is issued.")).toEqual([
      [["7"], "Russia-related"],
    ]);
  });

  it("gives a licence the time that is said of it, not its neighbour's", () => {
    const until = "which expires at 12:01 a.m. eastern daylight time, November 8, 2023";
    const expiries = (text: string) =>
      gl(`<p>OFAC is issuing ${text}.</p>`).map(([numbers, , , expires]) => [numbers, expires !== undefined]);
    expect(expiries(`General License 13F, ${until}, and General License 8G`)).toEqual([
      [["13F"], true],
      [["8G"], false],
    ]);
    expect(expiries(`General License 13F, which replaces General License 13E and ${until.slice(6)}`)).toEqual(
      [[["13F"], true]],
    );
  });

  it("records from the title what the text does not say", () => {
    expect(gl("<p>See the document.</p>", "Issuance of Iran-related General License")).toEqual([
      [[], "Iran-related", "Issuance of Iran-related General License", undefined, []],
    ]);
  });
});

describe("everything else a notice announces", () => {
  it("records determinations and FAQs with numbers and links", () => {
    const body = `<p>OFAC is <a href="/media/9/download?inline">publishing Burma-related Determination Pursuant to Section 1(a)(i) of EO 14014</a>.
      OFAC is also issuing two associated Frequently Asked Questions (<a href="/faqs/1132">1132</a>, <a href="/faqs/1133">1133</a>)
      and amending FAQ <a href="/faqs/search/501+502">501 and 502</a>.</p>`;
    const found = items(body, "Publication of Burma-related Determination and Associated FAQs");
    expect(found.map((item) => [item.kind, item.numbers, item.title])).toEqual([
      ["determination", [], "Burma-related Determination Pursuant to Section 1(a)(i) of EO 14014"],
      ["faq", ["1132", "1133", "501", "502"], "Frequently Asked Questions"],
    ]);
    expect(found[0]?.links).toHaveLength(1);
  });

  it.each([
    [
      "FAQs 1092-1094 and updated FAQs 1013, 1017 through 1019",
      ["1092", "1093", "1094", "1013", "1017", "1018", "1019"],
    ],
    ["FAQs 12\u201314, 20 to 21, and 30", ["12", "13", "14", "20", "21", "30"]],
    ["FAQs 9 to 7 and 1-900", ["9", "7", "1", "900"]],
    [
      "four Frequently Asked Questions (FAQs 1105, 1106 and 1107) and 3 general licenses",
      ["1105", "1106", "1107"],
    ],
    ["FAQ 1110. For more, see FAQ 398", ["1110"]],
  ])("numbers of FAQs: %s", (phrase, expected) => {
    const faq = items(`<p>OFAC is publishing ${phrase}.</p>`).find((item) => item.kind === "faq");
    expect(faq?.numbers).toEqual(expected);
  });

  it("records list updates by the segments of the title, each with its topic", () => {
    const body = `${H3}${ADDED}<p>DOE, Jane (individual) [SDGT].</p>`;
    const title = "Iran-related Designations; Counter Narcotics Designation Removal; Publication of Alert";
    expect(items(body, title).map((item) => [item.kind, item.title, item.topic])).toEqual([
      ["list-update", "Iran-related Designations", "Iran-related"],
      ["list-update", "Counter Narcotics Designation Removal", undefined],
      ["other", "Publication of Alert", undefined],
    ]);
  });

  it("records enforcement and rules; a rule on penalties is no enforcement", () => {
    expect(
      items("<p>Acme agreed to pay $1,000 to settle.</p>", "Settlement Agreement between OFAC and Acme").map(
        (i) => i.kind,
      ),
    ).toEqual(["enforcement"]);
    expect(
      items(
        "<p>OFAC is amending its regulations to implement the Federal Civil Penalties Inflation Adjustment Act.</p>",
        "Implementation of the Federal Civil Penalties Inflation Adjustment Act",
      ).map((i) => i.kind),
    ).toEqual(["regulation"]);
  });
});
