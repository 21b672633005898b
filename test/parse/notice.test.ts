import { describe, expect, it } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import { parseNotice } from "../../src/parse/index.ts";
import { ADDED, CHANGED, DELETED, H3, noticePage, URL } from "./notice-page.ts";

const read = (body: string, more: Partial<Parameters<typeof noticePage>[0]> = {}) =>
  parseNotice(noticePage({ body, ...more }), { url: URL });
const shape = (body: string) =>
  read(body).sections.map((s) => [s.list, s.operation, s.entries.map((e) => e.text)]);

const ONE = "DOE, Jane, Testville, Iran; DOB 01 Jan 1970 (individual) [SDGT].";
const TWO = "ROE, John (a.k.a. ROE, Jack), Iran; DOB 1971 (individual) [SDGT] [IFSR] (Linked To: DOE, Jane).";
const ACME = "ACME TRADING LTD. (a.k.a. ACME), Tehran, Iran [IRAN].";

describe("the page around the body", () => {
  it("gives title, date, node, address, press releases and downloads", () => {
    const notice = parseNotice(
      noticePage({
        title: "Iran-related Designations; Issuance of Iran-related General License",
        press: [["Treasury Acts", "https://home.treasury.gov/news/press-releases/jy1498"]],
        body: `<p>OFAC is issuing <a href="/media/1/download?inline">Iran-related General License 8A</a>.</p>${H3}${ADDED}<p>${ONE}</p>`,
      }),
      { url: URL, categories: ["Sanctions List Updates"] },
    );
    expect(notice).toMatchObject({
      id: "20230523",
      url: URL,
      title: "Iran-related Designations; Issuance of Iran-related General License",
      date: "2023-05-23",
      nodeId: "970001",
      categories: ["Sanctions List Updates"],
      pressReleases: [
        { title: "Treasury Acts", url: "https://home.treasury.gov/news/press-releases/jy1498" },
      ],
      downloads: [
        {
          title: "Iran-related General License 8A",
          url: "https://ofac.treasury.gov/media/1/download?inline",
        },
      ],
      issues: [],
    });
    expect(notice.text).toContain(ONE);
    expect(notice.text).not.toContain("footer");
    expect(notice.text).not.toContain("not this one");
  });

  it("takes the second notice of a day by its slug, and the share button's address when none is given", () => {
    const page = noticePage({ body: "<p>x</p>" });
    expect(parseNotice(page, { url: `${URL}_33` }).id).toBe("20230523_33");
    expect(parseNotice(page).url).toBe(URL);
  });

  it("unwraps what an archive put before links, and lets no script or mail address pass for one", () => {
    const { downloads, pressReleases } = read(
      `<p><a href="/web/20230523144315/https://ofac.treasury.gov/media/931811/download?inline">A</a>
       <a href="https://web.archive.org/web/20230523id_/https://home.treasury.gov/news/press-releases/jy1">B</a>
       <a href="//web.archive.org/web/20230523144315/https:/ofac.treasury.gov/media/2/download">C</a>
       <a href="javascript:alert(1)">D.pdf</a> <a href="mailto:a@b.c">E</a> <a>F</a></p>`,
    );
    expect(downloads.map((link) => link.url)).toEqual([
      "https://ofac.treasury.gov/media/931811/download?inline",
      "https://ofac.treasury.gov/media/2/download",
    ]);
    expect(pressReleases.map((link) => link.url)).toEqual([
      "https://home.treasury.gov/news/press-releases/jy1",
    ]);
  });

  it("says when date and address disagree, when the date is missing, when the layout is another", () => {
    expect(read("<p>x</p>", { date: "05/24/2023" }).issues.map((i) => i.code)).toEqual(["date-differs"]);
    expect(read("<p>x</p>", { date: "" }).issues.map((i) => i.code)).toEqual(["date-from-address"]);
    const old = `<h1>Counter Terrorism Designations</h1><main><p>05/23/2023</p>${H3}${ADDED}<p>${ONE}</p></main>`;
    const notice = parseNotice(old, {
      url: "https://home.treasury.gov/policy-issues/financial-sanctions/recent-actions/20230523",
    });
    expect(notice.issues.map((i) => i.code)).toEqual(["unusual-layout"]);
    expect(notice.sections[0]?.entries).toHaveLength(1);
  });

  it("refuses what is no notice", () => {
    for (const page of ["<html><h1>Access Denied</h1></html>", "", "   ", '{"error":403}']) {
      expect(() => parseNotice(page, { url: "https://ofac.treasury.gov/recent-actions/x" })).toThrow(
        ContentError,
      );
    }
  });
});

describe("sections, however the page is marked up", () => {
  const expected = [
    ["SDN List", "add", [ONE, TWO]],
    ["SDN List", "delete", [ACME]],
  ];
  const pages: Record<string, string> = {
    "one paragraph an entry": `${H3}${ADDED}<p>${ONE}</p><p>${TWO}</p>${DELETED}<p>${ACME}</p>`,
    "entries parted by breaks": `${H3}${ADDED}<p>${ONE}&nbsp;<br />\n&nbsp;<br>${TWO}&nbsp;</p>${DELETED}<p>${ACME}</p>`,
    "entries parted by one break": `${H3}${ADDED}<p>${ONE}<br>${TWO}</p>${DELETED}<p>${ACME}</p>`,
    "entries run together": `${H3}${ADDED}<p>${ONE} ${TWO}</p>${DELETED}<p>${ACME}</p>`,
    "inline styles and bold in headings": `<h3 style="a:b"><strong style="c:d">SPECIALLY DESIGNATED<br>NATIONALS LIST UPDATE</strong></h3>
      <h4 style="x"><span style="y">The following individual have been added to OFAC’s SDN list:&nbsp;</span></h4><p>${ONE}</p><p>${TWO}</p>
      <h4><b>The following deletion has been made to OFAC's SDN List:</b></h4><p>${ACME}</p>`,
    "bold paragraphs for headings": `<p><strong>Specially Designated Nationals Update</strong></p>
      <p><strong>The following individuals have been added to OFAC's SDN list: </strong></p><p>${ONE}</p><p>${TWO}</p>
      <p><b>The following deletions have been made:</b></p><p>${ACME}</p>`,
    "heading and entries in one paragraph": `<p><b>The following individuals have been added to OFAC's SDN list:</b><br><br>${ONE}<br><br>${TWO}</p>
      <p>The following names have been removed from OFAC's SDN list:<br>${ACME}</p>`,
    "plain old wording": `<p>The following additions have been made to OFAC's list of Specially Designated Nationals:</p><p>${ONE}</p><p>${TWO}</p>
      <p>In addition, the following deletions have been made to the SDN list:</p><p>${ACME}</p>`,
    "links and fonts in entries": `${H3}${ADDED}<p><a><font color="1B1B1B">${ONE}</font></a></p><p><a name="x">${TWO}</a></p>${DELETED}<div>${ACME}</div>`,
    "a list of items": `${H3}${ADDED}<ul><li>${ONE}</li><li>${TWO}</li></ul>${DELETED}<ul><li><p>${ACME}</p></ul>`,
    "unclosed elements": `${H3}${ADDED}<p>${ONE}<p><b>${TWO}</b>${DELETED}<p>${ACME}`,
    "an entry broken over paragraphs": `${H3}${ADDED}<p>${ONE}</p><p>ROE, John (a.k.a. ROE, </p><p>Jack), Iran; DOB 1971 (individual) [SDGT] [IFSR] (Linked To: DOE, Jane).</p>${DELETED}<p>${ACME}</p>`,
    "sentences without a colon, in OFAC's own voice": `<p>OFAC has added the following names to the SDN list</p><p>${ONE}</p><p>${TWO}</p>
      <p>Also today, OFAC removed these persons from the list of Specially Designated Nationals.</p><p>${ACME}</p>`,
    "bare words for headings": `${H3}<p><u>ADDITIONS</u></p><p>${ONE}</p><p>${TWO}</p><p><u>SDN List Deletions:</u></p><p>${ACME}</p>`,
    "a heading and its first entry in one line": `<p>The following individuals have been added to OFAC's SDN list: ${ONE}</p><p>${TWO}</p>
      <p>The following entry has been removed from the SDN list: ${ACME}</p>`,
    "preformatted text": `<pre>The following individuals have been added to OFAC's SDN list:\n\n${ONE}\n${TWO.replace(" DOB", "\nDOB")}\n\nThe following deletions have been made to OFAC's SDN list:\n\n${ACME}\n</pre>`,
  };
  for (const [name, body] of Object.entries(pages)) {
    it(name, () => {
      expect(shape(body)).toEqual(expected);
    });
  }

  it("states both sides of a change, wherever the page breaks it", () => {
    const before = "ACME (f.k.a. OLD-TO-NEW TRADING), Iran [IRAN].";
    const after = "ACME (f.k.a. OLD-TO-NEW TRADING), Iraq [IRAN].";
    for (const body of [
      `<p>${before} -to- ${after}</p>`,
      `<p>${before} <strong>-to-</strong>&nbsp;${after}</p>`,
      `<p>${before}<br>-to-<br>${after}</p>`,
      `<p>${before}</p><p>-to-</p><p>${after}</p>`,
      `<p>${before} –to– </p><p>${after}</p>`,
    ]) {
      const [section] = read(`${H3}${CHANGED}${body}`).sections;
      expect(section?.entries, body).toEqual([
        { operation: "change", text: expect.any(String), before, after },
      ]);
    }
  });

  it("names the list, the party type and administrative updates", () => {
    const body = `${H3}<h4>The following vessel has been added to OFAC's SDN List:</h4><p>STAR (vessel) [IRAN].</p>
      <h3>Sectorial Sanctions Identifications List Update</h3>
      <h4>The following changes have been made:</h4><p>BANK A [UKRAINE-EO13662]. -to- BANK A [UKRAINE-EO13662] [RUSSIA-EO14024].</p>
      <h3>NON-SDN MENU-BASED SANCTIONS (NS-MBS) LIST UPDATE</h3>
      <h4>The following entities have been added to OFAC's NS-MBS List:</h4><p>BANK B [RUSSIA-EO14024].</p>
      <h3>List of Foreign Financial Institutions Subject to Correspondent Account or Payable-Through Account Sanctions</h3>
      <h4>The following deletions have been made to the CAPTA List:</h4><p>BANK C [IRAN].</p>
      <hr><h4>Unrelated Administrative List Updates:</h4><p>None.</p>`;
    expect(
      read(body).sections.map((s) => [s.list, s.operation, s.partyType, s.administrative, s.entries.length]),
    ).toEqual([
      ["SDN List", "add", "vessel", false, 1],
      ["Sectoral Sanctions Identifications List", "change", null, false, 1],
      ["Non-SDN Menu-Based Sanctions List", "add", "entity", false, 1],
      ["CAPTA List", "delete", null, false, 1],
      ["CAPTA List", "change", null, true, 0],
    ]);
  });

  it("reads what headings say, not what they resemble", () => {
    const operations = (heading: string) =>
      read(`${H3}<h4>${heading}</h4><p>${ONE}</p>`).sections.at(-1)?.operation;
    expect(operations("The following names have been removed from OFAC's SDN List:")).toBe("delete");
    expect(operations("In addition, the following changes to the SDN list occurred today:")).toBe("change");
    expect(
      operations('The following language, "Secondary sanctions risk," has been added to the names below:'),
    ).toBe("change");
    expect(operations("The names below have been updated to include the following language:")).toBe("change");
    expect(operations("The following [SDNTK] individuals have been added to OFAC's SDN list:")).toBe("add");
    expect(operations("The following vessels have been identified as blocked property:")).toBe("add");
    expect(operations("The following names have been added to or removed from OFAC's SDN list:")).toBe(
      "other",
    );
  });

  it("goes on with an operation below a heading that names a kind of party only", () => {
    const body = `${H3}<h4>The following have been added to OFAC's SDN List:</h4><p><strong>Individuals:</strong></p><p>${ONE}</p>
      <p>Entities</p><p>${ACME}</p>`;
    expect(read(body).sections.map((s) => [s.operation, s.partyType, s.entries.length])).toEqual([
      ["add", "individual", 1],
      ["add", "entity", 1],
    ]);
  });

  it("takes what a sentence says was done for the kinds of party below it", () => {
    const body = `<p>Today, OFAC is designating one individual and one entity:</p><p><b>Individual</b></p><p>${ONE}</p>
      <p><b>Entity</b></p><p>${ACME}</p>`;
    expect(read(body).sections.map((s) => [s.operation, s.partyType, s.entries.length])).toEqual([
      ["add", "individual", 1],
      ["add", "entity", 1],
    ]);
  });

  it("takes one word above an entry for what was done", () => {
    const body = `<p>OFAC has added a name to the SDN list and removed a name:</p><p><b>ADDED</b></p><p>${ONE}</p>
      <p><b>Removed:</b></p><p>${ACME}</p><p><b>NEWLY DESIGNATED</b></p><p>${TWO}</p>`;
    expect(read(body).sections.map((s) => [s.operation, s.entries.length])).toEqual([
      ["add", 1],
      ["delete", 1],
      ["add", 1],
    ]);
  });

  it("takes a title's segment above an entry for what was done", () => {
    const operations = (heading: string) => shape(`${`<h3>${heading}</h3>`}<p>${ONE}</p>`).map(([, o]) => o);
    expect(operations("Russia-related Designations")).toEqual(["add"]);
    expect(operations("Counter Terrorism Designation Removals")).toEqual(["delete"]);
    expect(operations("Iran-related Designation Update")).toEqual(["change"]);
    expect(operations("Russia-related Designations and Designation Removal")).toEqual(["other"]);
    expect(read(`<h3>Russia-related Designations</h3>${ADDED}<p>${ONE}</p>`).issues).toEqual([]);
  });

  it("attributes nothing to a sentence that names two operations, even in the middle of a list", () => {
    const body = `${H3}${DELETED}<p>${ONE}</p><p>OFAC is updating its SSI List to remove one entry and to add one entry:</p><p>${ACME}</p>`;
    expect(read(body).sections.map((s) => [s.list, s.operation, s.entries.length])).toEqual([
      ["SDN List", "delete", 1],
      ["Sectoral Sanctions Identifications List", "other", 1],
    ]);
  });

  it("reports every heading it does not understand, and lines that stand under none", () => {
    const odd = read(`<h3>Something Else Entirely</h3><p>${ONE}</p>`);
    expect(odd.issues.map((i) => [i.code, i.examples])).toEqual([
      ["unknown-heading", ["Something Else Entirely"]],
      ["entry-without-operation", [ONE]],
    ]);
    expect(odd.sections).toMatchObject([{ operation: "other", list: null, entries: [{ text: ONE }] }]);
    expect(read(`<p>${ONE}</p>`).issues.map((i) => i.code)).toContain("entry-without-heading");
    expect(read(`${H3}${CHANGED}<p>${ONE}</p>`).issues.map((i) => i.code)).toEqual(["change-without-sides"]);
    expect(read(`${H3}${ADDED}<p>${ACME} -to- ${ACME}</p>`).issues.map((i) => i.code)).toEqual([
      "change-among-others",
    ]);
    const untagged = read(`${H3}${ADDED}<p>DOE, Jane; DOB 1970 (individual).</p>`);
    expect(untagged.issues.map((i) => i.code)).toEqual(["entry-without-tag"]);
    expect(untagged.sections[0]?.entries).toHaveLength(1);
  });

  it("keeps sentences with brackets out of the entries", () => {
    const prose = "Persons designated under [SDGT] may be delisted [sic]; see OFAC's site.";
    const notice = read(`${H3}${ADDED}<p>${ONE}</p><p>${prose}</p>`);
    expect(notice.sections.flatMap((s) => s.entries)).toHaveLength(1);
    expect(notice.text).toContain(prose);
  });
});
