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
