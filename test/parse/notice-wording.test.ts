import { describe, expect, it } from "vitest";
import { parseNotice } from "../../src/parse/index.ts";
import { ADDED, CHANGED, DELETED, H3, noticePage, URL } from "./notice-page.ts";

const ONE = "DOE, Jane, Testville, Iran; DOB 01 Jan 1970 (individual) [SDGT].";
const TWO = "ROE, John, Iran; DOB 1971 (individual) [SDGT].";
const ACME = "ACME TRADING LTD. (a.k.a. ACME), Tehran, Iran [IRAN].";

const read = (body: string) => parseNotice(noticePage({ body }), { url: URL });
const shape = (body: string) =>
  read(body).sections.map((s) => [s.list, s.operation, s.entries.map((e) => e.text)]);
/** What a sentence above an entry, behind additions, is taken to say was done; and the issues. */
function said(sentence: string, element = "p") {
  const { sections, issues } = read(
    `${H3}${ADDED}<p>${TWO}</p><${element}>${sentence}</${element}><p>${ONE}</p>`,
  );
  expect(sections.flatMap((s) => s.entries)).toHaveLength(2);
  const last = sections.at(-1);
  return last?.entries.length === 1
    ? [last.operation, last.list, issues.map((i) => i.code)]
    : "none of its own";
}

describe("a change whose mark stands apart", () => {
  const before = "ABC, Tehran, Iran [IRAN].";
  const after = "ABC, Qom, Iran [IRAN].";
  for (const mark of ["<p><strong>-to-</strong></p>", "<h4>-to-</h4>", "<p><b>–to–</b></p>"]) {
    it(`has two sides: ${mark}`, () => {
      const notice = read(`${H3}${CHANGED}<p>${before}</p>${mark}<p>${after}</p>${DELETED}<p>${ACME}</p>`);
      expect(notice.sections.map((s) => [s.operation, s.entries.length])).toEqual([
        ["change", 1],
        ["delete", 1],
      ]);
      expect(notice.sections[0]?.entries[0]).toMatchObject({ before, after });
      expect(notice.issues).toEqual([]);
    });
  }

  it("has two sides where the old one has no tag, and none where a name has the mark", () => {
    const line = "DEF LLC, Moscow, Russia. -to- DEF OOO, Moscow, Russia [RUSSIA-EO14024].";
    expect(read(`${H3}${CHANGED}<p>${line}</p>`).sections[0]?.entries[0]).toMatchObject({
      before: "DEF LLC, Moscow, Russia.",
      after: "DEF OOO, Moscow, Russia [RUSSIA-EO14024].",
    });
    const named = "DOOR-to-DOOR SHIPPING, Tehran, Iran [IRAN].";
    expect(read(`${H3}${ADDED}<p>${named}</p>`).sections[0]?.entries).toEqual([
      { operation: "add", text: named },
    ]);
  });
});

describe("entries within headings and paragraphs", () => {
  const deletions = "The following deletions have been made to OFAC's SDN List:";
  for (const [name, body] of Object.entries({
    "in a heading": `<h4>${deletions}<br><br>${ONE}<br><br>${ACME}</h4>`,
    "in bold": `<p><strong>${deletions}<br><br>${ONE}<br><br>${ACME}</strong></p>`,
    "behind entries of the same paragraph": `<p>${deletions} ${ONE} ${ACME}</p>`,
  })) {
    it(`are read: ${name}`, () => {
      expect(shape(`${H3}${body}`)).toEqual([["SDN List", "delete", [ONE, ACME]]]);
    });
  }

  it("are parted where another announcement stands among them", () => {
    const body = `<p>The following individuals have been added to OFAC's SDN List: ${ONE} ${TWO} The following entity has been removed from OFAC's SDN List: ${ACME}</p>`;
    expect(shape(`${H3}${body}`)).toEqual([
      ["SDN List", "add", [ONE, TWO]],
      ["SDN List", "delete", [ACME]],
    ]);
  });

  it("go on with what stands by itself behind them", () => {
    const bare = "AAA, Bbb; DOB 1970";
    for (const body of [
      `<p>${bare} (individual) [SDGT].<br>(Linked To: HAMAS).</p>`,
      `<p>${bare} (individual) [SDGT].</p><p>(Linked To: HAMAS).</p>`,
    ]) {
      expect(shape(`${H3}${ADDED}${body}`)).toEqual([
        ["SDN List", "add", [`${bare} (individual) [SDGT]. (Linked To: HAMAS).`]],
      ]);
    }
    expect(shape(`${H3}${ADDED}<p>${bare}</p><p>(individual) [SDGT].</p>`)).toEqual([
      ["SDN List", "add", [`${bare} (individual) [SDGT].`]],
    ]);
  });

  it("may lack a tag, and are told of", () => {
    const notice = read(`${H3}${ADDED}<p>III COMPANY LLC, Dubai, United Arab Emirates.</p>`);
    expect(notice.sections[0]?.entries).toHaveLength(1);
    expect(notice.issues.map((i) => i.code)).toEqual(["entry-without-tag"]);
  });
});

describe("sentences with a tag in them", () => {
  for (const sentence of [
    "*Note: The above individual was previously designated under [SDNT].",
    "OFAC is adding the identifying tag [IRGC] to entries for these banks.",
    "[IRGC] entries are explained on the tags page.",
    "OFAC has explained the use of [SDGT].",
  ]) {
    it(`are no entries: ${sentence}`, () => {
      expect(shape(`${H3}${ADDED}<p>${ONE}</p><p>${sentence}</p>`)).toEqual([["SDN List", "add", [ONE]]]);
    });
  }

  it("say what was done to the entries below them", () => {
    expect(
      said(
        "OFAC has designated the following persons pursuant to the Foreign Narcotics Kingpin Designation Act. " +
          "The following [SDNTK] names have been added to OFAC's list of Specially Designated Nationals:",
      ),
    ).toEqual(["add", "SDN List", []]);
    expect(said("OFAC has added the [IFSR] tag to the following entries on the SDN List:")).toEqual([
      "change",
      "SDN List",
      ["change-without-sides"],
    ]);
  });
});

describe("the wording of announcements", () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    [
      "delete",
      [
        "OFAC has rescinded the designation of the following individual:",
        "The designation of the following individual has been revoked:",
        "The following designations have been terminated:",
        "OFAC has lifted sanctions on the following individuals:",
        "OFAC has determined that the following persons are no longer designated pursuant to Executive Order 13224:",
        "The following vessels are no longer identified as property of a blocked person:",
        "The following persons are no longer listed:",
        "The following persons, previously added to the SDN List pursuant to E.O. 13288, have been removed:",
        "Specially Designated Terrorists removed:",
        "OFAC's SDN List has been amended by removing the following names:",
      ],
    ],
    [
      "add",
      [
        "The following individuals have been redesignated:",
        "[SDNTK] Additions:",
        "Individuals and entities added to the SDN list today:",
        "OFAC's SDN List has been amended by adding the following names:",
        "OFAC's SDN list has been amended to include the following names:",
      ],
    ],
    [
      "change",
      [
        "The following entries have been replaced:",
        "The following entries, which were added to the SDN List on July 1, 2014, have been changed:",
        "The following aliases have been added to OFAC's existing SDN entry for this party:",
        "Additional identifying information has been added to the following entry:",
        "The following identifiers have been added to the entries of these parties:",
        "The names below have been updated to include the following language:",
      ],
    ],
  ];
  for (const [operation, sentences] of cases) {
    for (const sentence of sentences) {
      it(`${operation}: ${sentence}`, () => {
        for (const element of ["p", "h4"]) expect(said(sentence, element)[0], element).toBe(operation);
      });
    }
  }

  it("that is not understood parts its entries from those above, and is told of", () => {
    expect(said("The following designations have been frobnicated:")).toEqual([
      "other",
      "SDN List",
      ["unknown-heading", "entry-without-operation"],
    ]);
  });

  it("does not take the title of a list for what was done", () => {
    const body = `<p>OFAC has added the following names:</p><h3>Specially Designated Nationals List Update</h3><p>${ONE}</p>`;
    expect(shape(body)).toEqual([["SDN List", "add", [ONE]]]);
  });

  it("goes on below headings that name several kinds of parties", () => {
    const body = `${H3}<h4>The following have been removed from OFAC's SDN List:</h4><p><b>Individuals and Entities:</b></p><p>${ONE}</p>`;
    expect(shape(body)).toEqual([["SDN List", "delete", [ONE]]]);
  });
});

describe("the list of a section", () => {
  const list = (heading: string) =>
    read(`${H3}${ADDED}<p>${TWO}</p>${heading}<p>${ONE}</p>`).sections.at(-1)?.list;
  it("is none where two are named, or one that is not known", () => {
    expect(
      list("<h4>The following entities have been removed from the SSI List and added to the SDN List:</h4>"),
    ).toBeNull();
    expect(list("<h4>The following deletions have been made to the Example Actors List:</h4>")).toBeNull();
  });

  it("is the one named, or the one above", () => {
    expect(list("<h4>The following deletions have been made to OFAC's 13599 List:</h4>")).toBe(
      "E.O. 13599 List",
    );
    expect(
      list("<h4>The following changes have been made to the Non-SDN Menu-Based Sanctions List:</h4>"),
    ).toBe("Non-SDN Menu-Based Sanctions List");
    expect(list("<h4>Unrelated Administrative List Updates:</h4>")).toBe("SDN List");
    expect(list("<h4>The following deletions have been made to OFAC's list:</h4>")).toBe("SDN List");
  });
});
