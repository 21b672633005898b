import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../src/domain/index.ts";
import { reconcile } from "../../src/reconcile/index.ts";
import {
  ACME,
  add,
  BETA,
  CHANGED,
  DELETED,
  DOE,
  FIVE,
  LINES,
  notice,
  OMEGA,
  party,
  press,
  remove,
  retag,
  witnesses,
} from "./composed.ts";

const PRESS = press(
  [
    "WASHINGTON — Today, OFAC sanctioned four entities and one individual. The Doe regime is not meant.",
    "**Acme Bureau** and **Beta Institute of Testing** test. Omega was previously designated pursuant to E.O. 13722.",
    "Acme Bureau, Delta Works and **Gamma Trading Company** (Gamma) are being designated pursuant to E.O. 13687 for testing.",
    "Gamma employs **Jane Doe**(**Doe**), who tests.",
    "Doe is being designated pursuant to E.O. 13810 for having tested.",
  ].join("\n\n"),
);

describe("when everyone tells the same story", () => {
  const result = reconcile(witnesses({ pressReleases: [PRESS], firstSeen: "2023-05-23T15:00:00Z" }));

  it("matches every line to its uid and says by what", () => {
    expect(result.verdict).toBe("agrees");
    expect(result.parties.map((p) => [p.uid, p.status, p.lines])).toEqual(
      FIVE.map(({ uid }) => [uid, "announced and listed", 1]),
    );
    expect(result.parties.find((p) => p.uid === DOE.uid)?.matchedBy).toEqual([
      "name",
      "script",
      "document",
      "birth-date",
      "program",
      "type",
    ]);
    expect(result.counts.announced.add).toEqual({ entity: 4, individual: 1 });
    expect(result.counts.found.add).toEqual({ entity: 4, individual: 1 });
  });

  it("says so in plain sentences", () => {
    expect(result.sentences).toEqual([
      "The notice names 5 parties; all 5 are on the list.",
      "The press release says four entities and one individual: agrees.",
      "The notice also issues Test-related General License 8L.",
      "Not cross-checked: OFAC's own delta is not at hand.",
      "Notice 20230523 is dated 2023-05-23, the list's change is dated 2023-05-23, it happened after 2023-05-19T18:43:48Z, not later than 2023-05-23T18:43:34Z, we first saw it at 2023-05-23T15:00:00Z.",
    ]);
    expect(result.sentences.join(" ")).not.toMatch(/effective/i);
    expect(result.items.map((item) => [item.kind, item.numbers])).toEqual([["general-licence", ["8L"]]]);
  });

  it("quotes the paragraphs that name a party, with the authority they give, and none that only sound like it", () => {
    const paragraphs = PRESS.text.split("\n\n");
    const mentions = (uid: number) =>
      result.parties.find((p) => p.uid === uid)?.press.map((m) => [m.paragraph, m.authorities]);
    expect(mentions(ACME.uid)).toEqual([
      [1, []],
      [2, ["E.O. 13687"]],
    ]);
    expect(mentions(BETA.uid)).toEqual([[1, []]]);
    expect(mentions(103)).toEqual([
      [2, ["E.O. 13687"]],
      [3, []],
    ]);
    expect(mentions(DOE.uid)).toEqual([
      [3, []],
      [4, ["E.O. 13810"]],
    ]);
    for (const { press: found } of result.parties)
      for (const m of found) expect(m.text).toBe(paragraphs[m.paragraph]);
  });

  it("gives the same bytes however its witnesses are ordered", () => {
    const again = reconcile(
      witnesses({
        changes: FIVE.map(add).reverse(),
        state: [OMEGA, ...FIVE].reverse(),
        pressReleases: [PRESS],
        firstSeen: "2023-05-23T15:00:00Z",
      }),
    );
    expect(canonicalJson(again)).toBe(canonicalJson(result));
  });
});

describe("what looks like a disagreement and is none", () => {
  const FORMER = party(31, "vessel", "NYOS", ["IRAN"], {
    aliases: ["BRAWNY", "NABI"].map((full) => ({ type: "f.k.a.", quality: "strong", full })),
    documents: [{ type: "Vessel Registration Identification", number: "IMO 9079080" }],
  });
  const tail = "; Vessel Registration Identification IMO 9079080 (vessel) [IRAN].";

  it("counts a removal once, however many aliases it stands under", () => {
    const page = notice({
      heading: DELETED,
      lines: [
        `NYOS (f.k.a. BRAWNY; f.k.a. NABI)${tail}`,
        `BRAWNY (f.k.a. NABI; a.k.a. NYOS)${tail}`,
        `NABI (f.k.a. BRAWNY; a.k.a. NYOS)${tail}`,
      ],
    });
    const result = reconcile(witnesses({ changes: [remove(FORMER)], page, state: [OMEGA] }));
    expect(result.parties.map((p) => [p.uid, p.name, p.lines, p.status])).toEqual([
      [31, "NYOS", 3, "announced and listed"],
    ]);
    expect(result.counts.announced.delete).toEqual({ vessel: 1 });
    expect(result.sentences.slice(0, 2)).toEqual([
      "The notice names 1 party; it has left the list.",
      "3 lines name 1 party: some stand once for every alias or list.",
    ]);
    expect(result.verdict).toBe("agrees");
  });

  it("compares only what the list's source shows", () => {
    const csv = { ...ACME, aliases: [], addresses: [] };
    const cut = {
      ...DOE,
      name: { full: "DOE, Jane" },
      documents: [],
      remarks: [{ text: "Passp", cut: true as const }],
    };
    const page = notice({
      heading: "The following parties have been added to OFAC's SDN List:",
      lines: [LINES["acme"] ?? "", LINES["doe"] ?? ""],
    });
    const all = witnesses({ changes: [csv, cut].map(add), page, state: [csv, cut] });
    const shown = reconcile({
      ...all,
      record: { ...all.record, coverage: { alias: "absent", address: "absent", remarks: "truncated" } },
    });
    expect(shown.parties.map((p) => p.status)).toEqual(["announced and listed", "announced and listed"]);
    expect(reconcile(all).parties.map((p) => p.status)).toContain("details differ");
  });

  it("explains a change in what the source does not show, and one the list had before", () => {
    const before = { ...OMEGA, addresses: [] };
    const page = notice({
      heading: CHANGED,
      lines: [
        "OMEGA (a.k.a. OM) [IRAN]. -to- OMEGA (a.k.a. OM; a.k.a. OG) [IRAN].",
        "DELTA WORKS [DPRK]. -to- DELTA WORKS [DPRK2].",
      ],
    });
    const all = witnesses({ changes: [], page, state: [before, ...FIVE] });
    const result = reconcile({ ...all, record: { ...all.record, coverage: { alias: "absent" } } });
    expect(result.parties.map((p) => [p.uid, p.status, p.explanation])).toEqual([
      [7, "announced and listed", "what changed (alias) is not shown by the list's source"],
      [104, "announced and listed", "the list had it before this publication"],
    ]);
  });

  it("finds what stands in another record of the same day", () => {
    const result = reconcile(
      witnesses({
        changes: FIVE.slice(0, 3).map(add),
        sameDay: [{ id: "sdn-20230523.2", changes: FIVE.slice(3).map(add) }],
      }),
    );
    expect(result.verdict).toBe("agrees");
    expect(
      result.parties.filter((p) => p.explanation === "it stands in sdn-20230523.2").map((p) => p.uid),
    ).toEqual([104, 105]);
  });

  it("leaves lines of the other list to the other list's record", () => {
    const page = notice({
      heading: "The following changes have been made to OFAC's Sectoral Sanctions Identifications List:",
      lines: ["OMEGA [IRAN]. -to- OMEGA [UKRAINE-EO13662]."],
    });
    const result = reconcile(witnesses({ changes: [], page }));
    expect(result.parties).toEqual([]);
    expect(result.sentences[0]).toBe("The notice names no party of this list.");
  });

  it("tells parties of one name apart by birth date, document and program", () => {
    const twins = [
      party(201, "individual", "DOE, Jane", ["SDGT"], { birthDates: [{ value: "1970" }] }),
      party(202, "individual", "DOE, Jane", ["SDGT"], { birthDates: [{ value: "1980" }] }),
    ];
    const page = notice({
      heading: "The following individuals have been added to OFAC's SDN List:",
      lines: ["DOE, Jane; DOB 1980 (individual) [SDGT].", "DOE, Jane; DOB 1970 (individual) [SDGT]."],
    });
    const result = reconcile(witnesses({ changes: twins.map(add), page, state: twins }));
    expect(result.parties.map((p) => [p.uid, p.status])).toEqual([
      [201, "announced and listed"],
      [202, "announced and listed"],
    ]);
    const same = twins.map((twin) => ({ ...twin, birthDates: [] }));
    const lines = ["DOE, Jane (individual) [SDGT].", "DOE, Jane; (individual) [SDGT]."];
    const tied = reconcile(
      witnesses({
        changes: same.map(add),
        page: notice({ heading: "The following individuals have been added to OFAC's SDN List:", lines }),
        state: same,
      }),
    );
    expect(tied.parties[0]?.explanation).toBe("it shares its name with uid 202");
  });

  it("prefers another record of the day where it agrees and this one contradicts", () => {
    const twins = ["1970", "1980"].map((value, i) =>
      party(211 + i, "individual", "DOE, Jane", ["SDGT"], { birthDates: [{ value }] }),
    );
    const [first, second] = twins.map(add);
    const result = reconcile(
      witnesses({
        changes: first === undefined ? [] : [first],
        sameDay: [{ id: "sdn-20230523.2", changes: second === undefined ? [] : [second] }],
        page: notice({
          heading: "The following individuals have been added to OFAC's SDN List:",
          lines: ["DOE, Jane; DOB 1980 (individual) [SDGT]."],
        }),
        state: twins,
      }),
    );
    expect(result.parties.map((p) => [p.uid, p.status])).toEqual([
      [211, "listed, not announced"],
      [212, "announced and listed"],
    ]);
  });

  it("takes a fact for the same in whatever form it is written", () => {
    const listed: Parameters<typeof party>[4] = {
      birthDates: [{ value: "01 Jan 1960" }, { value: "circa Sep 1961" }],
      documents: [{ type: "Passport", number: "A14", country: "Iraq" }],
      contacts: [
        { type: "Phone Number", value: "963" },
        { type: "Email Address", value: "a@b.test" },
      ],
      features: [{ type: "Organization Established Date", value: "02 Sep 2010" }],
      remarks: [
        { text: "Fax No. 5" },
        { text: "nationality: Eritrean" },
        { text: "Federal Tax ID No. 12-3 (Iran)" },
        { text: "Effective Date (CCMC) 27 Mar 2021" },
      ],
    };
    const one = party(501, "individual", "DOE, Jim", ["SDGT"], listed);
    const says = (dates: string, rest = "Telephone No. 963; Email: a@b.test; Fax No. 5") => {
      const line = `DOE, Jim; ${dates}; Organization Established Date 2 September 2010; Passport No. A14 (Iraq); ${rest}; nationality: Eritrean; Federal Tax ID No. 12-3 (Iran); Effective Date (CCMC) 27 Mar 2021 (individual) [SDGT].`;
      const page = notice({
        heading: "The following individual has been added to OFAC's SDN List:",
        lines: [line],
      });
      return reconcile(witnesses({ changes: [add(one)], page, state: [one] })).parties[0]?.differences;
    };
    expect(says("DOB 1 Jan 1960; alt. DOB circa September 1961")).toEqual([]);
    expect(says("DOB 1 January 1960; alt. DOB circa Sept. 1961")).toEqual([]);
    expect(says("DOB January 1, 1960; alt. DOB circa Sep 1961")).toEqual([]);
    expect(says("DOB 11 Jan 1960; alt. DOB circa Sep 1961")?.map((d) => d.area)).toEqual(["birth-date"]);
    expect(says("DOB 1 Jan 1960; alt. DOB circa Sep 1961", "Telephone No. 963; Email: a@b.test")).toEqual([
      { area: "title", notice: [], list: ["Fax No. 5"] },
    ]);
  });

  it("matches the removal and the new listing of one name in one publication", () => {
    const [old, renewed] = [
      party(301, "entity", "TEST MIXER", ["CYBER2"]),
      party(302, "entity", "TEST MIXER", ["DPRK3", "CYBER2"]),
    ];
    const page = notice(
      {
        heading: "The following entity has been added to OFAC's SDN List:",
        lines: ["TEST MIXER [DPRK3] [CYBER2]."],
      },
      { heading: DELETED, lines: ["TEST MIXER [CYBER2]."] },
    );
    const result = reconcile(witnesses({ changes: [remove(old), add(renewed)], page, state: [renewed] }));
    expect(result.verdict).toBe("agrees");
    expect(result.parties.map((p) => [p.uid, p.operation])).toEqual([
      [302, "add"],
      [301, "delete"],
    ]);
  });

  it("says which changes no notice names, and does not call them a disagreement", () => {
    const others = Array.from({ length: 44 }, (_, i) => party(400 + i, "entity", `SILENT ${i}`, ["IRAN"]));
    const changes = [...FIVE.map(add), ...others.map((one) => retag({ ...one, programs: [] }, one))];
    const result = reconcile(witnesses({ changes, state: [...FIVE, ...others] }));
    expect(result.verdict).toBe("agrees");
    expect(result.sentences[1]).toBe(
      "The list also has 44 parties (44 changed) that no notice names: SILENT 0; SILENT 1; SILENT 2; SILENT 3; SILENT 4 and 39 more.",
    );
  });

  it("has nothing to say without any witness", () => {
    const result = reconcile(witnesses({ notices: [] }));
    expect(result.verdict).toBe("no other witness");
    expect(result.parties).toEqual([]);
    expect(result.sentences[0]).toBe("No notice of this publication is at hand.");
  });
});
