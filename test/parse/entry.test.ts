import { describe, expect, it } from "vitest";
import { type EntryReading, nameKey } from "../../src/domain/index.ts";
import { parseEntry } from "../../src/parse/index.ts";

/** Claims as `area|label|value`, with what else they carry. */
function claims(reading: EntryReading): string[] {
  return reading.claims.map((claim) =>
    [
      claim.area,
      claim.label ?? "",
      claim.value,
      claim.quality === "weak" ? "weak" : "",
      claim.alt ? "alt" : "",
      claim.country ?? "",
      claim.issued === undefined ? "" : `issued ${claim.issued}`,
      claim.expires === undefined ? "" : `expires ${claim.expires}`,
      claim.renders === undefined ? "" : `of ${claim.renders}`,
      claim.unknown ? "unknown" : "",
    ]
      .join("|")
      .replace(/\|+$/, ""),
  );
}
const read = (text: string, ...names: string[]) => parseEntry(text, new Set(names.map(nameKey)));
const all = (text: string, ...names: string[]) => {
  const reading = read(text, ...names);
  expect(reading.leftover).toEqual([]);
  for (const claim of reading.claims) expect(text.slice(claim.start, claim.end)).toContain(claim.value);
  return claims(reading);
};
const area = (text: string, wanted: string, ...names: string[]) =>
  read(text, ...names)
    .claims.filter((claim) => claim.area === wanted)
    .map((claim) => claim.value);

describe("a whole line", () => {
  it("gives every claim of a person, with scripts, weak aliases, wallets and documents", () => {
    expect(
      all(
        'PARK, Test Il (Korean: 박시험) (a.k.a. PARK, Testil (Cyrillic: ПАК, Тест); f.k.a. "THE TESTER"), Testtown, Korea, North; Laos; DOB 25 Apr 1965; alt. DOB 1966; POB Testpo, Korea, North; nationality Korea, North; Gender Male; Digital Currency Address - XBT 1Test; alt. Digital Currency Address - XBT 1Best; Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210; Passport 109 (Korea, North) issued 16 Oct 2019 expires 16 Oct 2024; alt. Passport 827; Deputy Director (individual) [DPRK4] [CYBER2] (Linked To: TEST BUREAU (UK), LTD.; Linked To: ROE, John).',
      ),
    ).toEqual([
      "name||PARK, Test Il",
      "name|Korean|박시험||||||of 0",
      "alias|a.k.a.|PARK, Testil",
      "alias|Cyrillic|ПАК, Тест||||||of 2",
      "alias|f.k.a.|THE TESTER|weak",
      "address||Testtown, Korea, North",
      "address||Laos",
      "birth-date|DOB|25 Apr 1965",
      "birth-date|DOB|1966||alt",
      "birth-place|POB|Testpo, Korea, North",
      "nationality|nationality|Korea, North",
      "gender|Gender|Male",
      "wallet|Digital Currency Address - XBT|1Test",
      "wallet|Digital Currency Address - XBT|1Best||alt",
      "secondary-sanctions|Secondary sanctions risk:|North Korea Sanctions Regulations, sections 510.201 and 510.210",
      "document|Passport|109|||Korea, North|issued 16 Oct 2019|expires 16 Oct 2024",
      "document|Passport|827||alt",
      "title||Deputy Director",
      "type||individual",
      "program||DPRK4",
      "program||CYBER2",
      "relationship|Linked To:|TEST BUREAU (UK), LTD.",
      "relationship|Linked To:|ROE, John",
    ]);
  });

  it("knows a label whatever its dashes and quotes", () => {
    const line =
      "EP-XYZ; Additional Sanctions Information \u2013 Subject to X; Aircraft Manufacturer\u2019s Serial Number (MSN) 1 (aircraft) [SDGT].";
    const claims = read(line).claims.map((claim) => [claim.label, claim.value]);
    expect(claims).toContainEqual(["Additional Sanctions Information -", "Subject to X"]);
    expect(claims).toContainEqual(["Aircraft Manufacturer's Serial Number (MSN)", "1"]);
  });

  it("gives a vessel's particulars, whatever of them is there", () => {
    expect(
      all(
        "STAR 7 (f.k.a. MOON; a.k.a. SUN) (T2EF4) Crude Oil Tanker 164,154DWT 85,462GRT None Identified flag; Former Vessel Flag Malta; Vessel Registration Identification IMO 9079080; MMSI 572443210 (vessel) [IRAN] (Linked To: ACME).",
      ).slice(3, 8),
    ).toEqual([
      "vessel|Vessel Call Sign|T2EF4",
      "vessel|VESSEL TYPE|Crude Oil Tanker",
      "vessel|Vessel Tonnage|164,154",
      "vessel|Vessel Gross Registered Tonnage|85,462",
      "vessel|Vessel Flag|None Identified",
    ]);
    expect(
      area("YARD NO. 9 TEST LPG Tanker 8,750GRT Korea, North flag (ACME S.A.) (vessel) [IRAN].", "vessel"),
    ).toEqual(["LPG Tanker", "8,750", "Korea, North", "ACME S.A."]);
    expect(area("STAR Iran flag; MMSI 1 (vessel) [IRAN].", "name")).toEqual(["STAR"]);
    expect(area("STAR (3ETA) Iran flag (vessel) [IRAN].", "vessel")).toEqual(["3ETA", "Iran"]);
    expect(area("STAR (3ETA) (a.k.a. MOON) Tug (vessel) [IRAN].", "vessel")).toEqual(["3ETA", "Tug"]);
    expect(area("STAR (vessel) [CUBA].", "name")).toEqual(["STAR"]);
    const old = "STAR, c/o NAVIERA TESTE S.A., Paseo 36, Santander, Spain (vessel) [CUBA].";
    expect(area(old, "name")).toEqual(["STAR"]);
    expect(area(old, "address")).toEqual(["c/o NAVIERA TESTE S.A., Paseo 36, Santander, Spain"]);
    expect(area("STAR, NAVIERA TESTE, Havana, Cuba (vessel) [CUBA].", "name")).toEqual(["STAR"]);
    const odd = read("STAR Hovercraft Iran flag (vessel) [IRAN].", "STAR");
    expect(odd.ambiguities).toMatchObject([{ what: "name or vessel type", decidedBy: "known name" }]);
  });

  it("gives an aircraft's, whose name is all its head", () => {
    expect(
      all("EP-TST; Aircraft Manufacturer’s Serial Number (MSN) 23; Aircraft Model A-1 (aircraft) [SDGT]."),
    ).toEqual([
      "name||EP-TST",
      "aircraft|Aircraft Manufacturer's Serial Number (MSN)|23",
      "aircraft|Aircraft Model|A-1",
      "type||aircraft",
      "program||SDGT",
    ]);
  });
});

describe("where a name ends", () => {
  it("is known from aliases and scripts behind it, whatever commas and brackets it holds", () => {
    expect(
      area(
        "ACME (UK) GROUP, INCORPORATED (Chinese Simplified: 测试公司) (a.k.a. ACME (PVT) LTD.), Room 1, Testville, China [CYBER2].",
        "name",
      ),
    ).toEqual(["ACME (UK) GROUP, INCORPORATED", "测试公司"]);
    expect(area("ACME (UK) GROUP (a.k.a. A (PVT) B; a.k.a. C), Iran [IRAN].", "alias")).toEqual([
      "A (PVT) B",
      "C",
    ]);
  });

  it("leaves out a comma before the aliases", () => {
    expect(area("ACME CO., LTD., (a.k.a. A), Iran [IRAN].", "name")).toEqual(["ACME CO., LTD."]);
    expect(area("ACME CO., LTD., (a.k.a. A), Iran [IRAN].", "address")).toEqual(["Iran"]);
  });

  it("is decided by a name that a list has, and the decision is marked", () => {
    const line = "ACME, TESTVILLE, IRAN TRADING, Iran [IRAN].";
    expect(area(line, "name")).toEqual(["ACME, TESTVILLE, IRAN TRADING"]);
    const known = read(line, "acme");
    expect(known.name).toBe("ACME");
    expect(known.ambiguities).toEqual([
      { what: "name or address", decidedBy: "known name", start: 0, end: line.indexOf(" [") },
    ]);
    expect(read(line).ambiguities[0]?.decidedBy).toBe("rule");
  });

  it("is taken to be where capitals end, for want of better", () => {
    expect(area("ACME SERVICES, S. DE R.L. DE C.V., Testville, Mexico [SDNTK].", "name")).toEqual([
      "ACME SERVICES, S. DE R.L. DE C.V.",
    ]);
    expect(area("ACME, Estonia; Latvia [CYBER2].", "address")).toEqual(["Estonia", "Latvia"]);
    expect(area("ACME LTD., P.O. Box 1, Testville, Iran [IRAN].", "address")).toEqual([
      "P.O. Box 1, Testville, Iran",
    ]);
    expect(area("ACME; Website acme.test [CYBER2].", "address")).toEqual([]);
    expect(area("ACME LTD. [CYBER2].", "name")).toEqual(["ACME LTD."]);
  });

  it("is after the given names of a person, and their Jr.", () => {
    expect(
      area("DOE, Jane, 1 Test Street, Testville, Iran; DOB 1970 (individual) [SDGT].", "address"),
    ).toEqual(["1 Test Street, Testville, Iran"]);
    expect(area("DE LOS TESTOS, Juan Maria, Jr., Testville, Iran (individual) [SDGT].", "name")).toEqual([
      "DE LOS TESTOS, Juan Maria, Jr.",
    ]);
    expect(area("ABU TEST, Iraq; DOB 1970 (individual) [SDGT].", "name")).toEqual(["ABU TEST"]);
    expect(area("PEREZ, Israel; DOB 1970 (individual) [SDGT].", "name", "PEREZ, Israel")).toEqual([
      "PEREZ, Israel",
    ]);
    expect(area("U, Yong Test, Dandong, China; DOB 1970 (individual) [DPRK].", "name")).toEqual([
      "U, Yong Test",
    ]);
  });
});

describe("attributes", () => {
  it("keeps values with semicolons, dots, commas and brackets of their own", () => {
    expect(
      all(
        "ACME (a.k.a. A), Iran; Organization Type: Accounting, bookkeeping and auditing activities; tax consultancy; Secondary sanctions risk: See Section 11 of Executive Order 14024. [RUSSIA-EO14024].",
      ).slice(3),
    ).toEqual([
      "feature|Organization Type:|Accounting, bookkeeping and auditing activities; tax consultancy",
      "secondary-sanctions|Secondary sanctions risk:|See Section 11 of Executive Order 14024.",
      "program||RUSSIA-EO14024",
    ]);
    expect(
      area("DOE, Jane; National ID No. 9/TEST(N)010135 (Burma) (individual) [BURMA-EO14014].", "document"),
    ).toEqual(["9/TEST(N)010135"]);
    expect(
      all(
        "DOE, Jane; Registration Certificate Number (Dubai) 1 (United Arab Emirates) (individual) [SDGT].",
      )[1],
    ).toBe("document|Registration Certificate Number (Dubai)|1|||United Arab Emirates");
  });

  it("knows a new label by its shape, and says that it is new", () => {
    const labels = read(
      "ACME, Iran; Fishing Permit No. 12-A (Iran); Some New Information: all of it; Digital Currency Address - NEWC 0x1 [IRAN].",
    ).claims;
    expect(labels.filter((c) => c.unknown).map((c) => [c.area, c.label, c.value, c.country])).toEqual([
      ["document", "Fishing Permit No.", "12-A", "Iran"],
      ["feature", "Some New Information:", "all of it", undefined],
    ]);
    expect(labels.find((c) => c.area === "wallet")?.label).toBe("Digital Currency Address - NEWC");
  });

  it("takes an unlabelled item for an address when it ends in a country, else for a title or remark", () => {
    const reading = read(
      "DOE, Jane (a.k.a. DOE, J), Iran; Minister of Tests; DOB 1970; General (individual) [SDGT].",
    );
    expect(claims(reading).slice(2, 6)).toEqual([
      "address||Iran",
      "title||Minister of Tests",
      "birth-date|DOB|1970",
      "title||General",
    ]);
    expect(reading.ambiguities).toMatchObject([{ what: "address or remark", decidedBy: "rule" }]);
  });
});

describe("the end of the line", () => {
  it("reads kind, tags and links in any order, with tags of every form", () => {
    for (const end of [
      "(individual) [CAATSA - RUSSIA] [561-Related] (Linked To: ACME).",
      "(Linked To: ACME) (individual) [CAATSA - RUSSIA] [561-Related]",
      "[CAATSA - RUSSIA] [561-Related] (individual) (Linked To: ACME) .",
      "(individual) [CAATSA - RUSSIA], [561-Related]. (Linked To: ACME).",
    ]) {
      const reading = read(`DOE, Jane; DOB 1970 ${end}`);
      expect(reading.type, end).toBe("individual");
      expect(reading.claims.filter((c) => c.area === "program").map((c) => c.value)).toEqual([
        "CAATSA - RUSSIA",
        "561-Related",
      ]);
      expect(reading.claims.filter((c) => c.area === "relationship").map((c) => c.value)).toEqual(["ACME"]);
      expect(reading.leftover).toEqual([]);
    }
  });

  it("reads a mark or aliases that lost one of their brackets", () => {
    for (const mark of ["individual)", "(individual"]) {
      const reading = read(`DOE, Jane; DOB 1970; Gender Female ${mark} [SDGT].`);
      expect(reading).toMatchObject({ type: "individual", name: "DOE, Jane", leftover: [] });
    }
    const reading = read("DOE, Jane (a.k.a. ROE, Jo; DOB 1970; nationality Iraq (individual) [SDGT].");
    expect(reading).toMatchObject({ type: "individual", name: "DOE, Jane", leftover: [] });
    expect(reading.ambiguities.map((one) => one.what)).toEqual(["one alias or two"]);
    expect(reading.claims.map((claim) => `${claim.area} ${claim.value}`)).toEqual([
      "name DOE, Jane",
      "alias ROE, Jo",
      "birth-date 1970",
      "nationality Iraq",
      "type individual",
      "program SDGT",
    ]);
  });

  it("takes a name in quotation marks as a whole", () => {
    expect(read('"FRONT, UNITED", Baghdad, Iraq [SDGT].').name).toBe('"FRONT, UNITED"');
  });

  it("survives brackets that do not match", () => {
    const reading = read("ACME (UK, Iran; Website a.test [IRAN].");
    expect(reading.claims.map((c) => c.area)).toEqual(["name", "address", "contact", "program"]);
    expect(read("DOE, Jane (a.k.a. DOE, J.; DOB 1970 (individual) [SDGT].").type).toBe("individual");
  });
});

describe("countries as notices write them", () => {
  const places = (text: string) => area(text, "address");

  it("knows every country, by its short, older and abbreviated names too", () => {
    expect(
      places("CCC LTD, Dubai, United Arab Emirates; Port Louis, Mauritius; Kathmandu, Nepal [SDGT]."),
    ).toEqual(["Dubai, United Arab Emirates", "Port Louis, Mauritius", "Kathmandu, Nepal"]);
    for (const place of [
      ..."Bujumbura, Burundi|Istanbul, Turkiye|Istanbul, T\u00fcrkiye|Mbabane, Eswatini|Abidjan, C\u00f4te d\u2019Ivoire".split(
        "|",
      ),
      ..."Dubai, UAE|Dubai, U.A.E.|London, U.K.|London, England|Leith, Scotland|Miami, FL, U.S.A.".split("|"),
      ..."Hague, The Netherlands|Gaza|Seoul, Korea, Republic of|Gaborone, Botswana|Prague, Czechia".split(
        "|",
      ),
    ]) {
      expect(places(`DOE, Jane (a.k.a. X), Iran; ${place}; DOB 1970 (individual) [SDGT].`), place).toEqual([
        "Iran",
        place,
      ]);
    }
  });

  it("ends a name before them, also where they look like a company form", () => {
    expect(read("CCC LTD, U.A.E.; Website a.test [SDGT].").name).toBe("CCC LTD");
    expect(read("ABU TEST, Burundi; DOB 1970 (individual) [SDGT].").name).toBe("ABU TEST");
    expect(read("PEREZ, Montserrat; DOB 1970 (individual) [SDGT].").name).toBe("PEREZ, Montserrat");
    expect(area("STAR Tug Eswatini flag (vessel) [IRAN].", "vessel")).toEqual(["Tug", "Eswatini"]);
  });

  it("takes what follows an entity's address for another, unless it reads as a remark", () => {
    const reading = read(
      "CCC LTD (a.k.a. X), Iran; Old Souk; all offices worldwide; All Branches Worldwide; www.ccc.test; Website a.test; Old Thing [SDGT].",
    );
    expect(claims(reading).slice(2)).toEqual([
      "address||Iran",
      "address||Old Souk",
      "remarks||all offices worldwide",
      "remarks||All Branches Worldwide",
      "remarks||www.ccc.test",
      "contact|Website|a.test",
      "remarks||Old Thing",
      "program||SDGT",
    ]);
    expect(reading.ambiguities.map(({ start, end }) => reading.text.slice(start, end))).toContain("Old Souk");
  });
});

describe("a title where an address would stand", () => {
  const line = (first: string) =>
    `TAYLOR, Charles (a.k.a. "X"), ${first}; DOB 1 Sep 1947 (individual) [LIBERIA].`;

  it("is a title, with a doubt", () => {
    const reading = read(line("Former President of Liberia"));
    expect(claims(reading)).toContain("title||Former President of Liberia");
    expect(reading.ambiguities).toMatchObject([{ what: "address or remark", decidedBy: "rule" }]);
    expect(area(line("Governor of Test Province"), "title")).toEqual(["Governor of Test Province"]);
    expect(claims(read(line("Former President of Liberia; Monrovia, Liberia"))).slice(2, 4)).toEqual([
      "title||Former President of Liberia",
      "address||Monrovia, Liberia",
    ]);
  });

  it("is none with a country at its end, a number, a comma, or the words of an address", () => {
    for (const first of ["Liberia", "Test House 7", "Mamba Point, Monrovia", "c/o ACME", "Ashmun Street"])
      expect(area(line(first), "address")).toEqual([first]);
  });
});

describe("labels as notices write them", () => {
  const only = (item: string) => all(`DOE, Jane; ${item}; DOB 1970 (individual) [SDGT].`)[1];

  it("knows telephones, faxes and mail by any of their names", () => {
    for (const [label, value] of [
      ["Telephone No.", "963113141635"],
      ["Fax No.", "263-4-487261"],
      ["Phone No.", "(249) 5"],
      ["Telephone", "(98)(21)123"],
      ["Fax", "98123"],
      ["Telephone:", "+98 5"],
      ["Tel.", "+98 5"],
      ["Email:", "a@b.test"],
      ["E-mail Address", "a@b.test"],
    ])
      expect(only(`${label} ${value}`)).toBe(`contact|${label}|${value}`);
    expect(only("alt. Fax: 5")).toBe("contact|Fax:|5||alt");
    expect(area("ACME, Iran; Tel Aviv, Israel; Telephone No. 5 [SDGT].", "address")).toEqual([
      "Iran",
      "Tel Aviv, Israel",
    ]);
  });

  it("knows a label with a colon, in other letters, or with a number sign", () => {
    for (const [item, claim] of [
      ["DOB: 1971", "birth-date|DOB|1971"],
      ["Website: a.test", "contact|Website|a.test"],
      ["Nationality Iraq", "nationality|nationality|Iraq"],
      ["Email address a@b.test", "contact|Email Address|a@b.test"],
      ["secondary sanctions risk: X", "secondary-sanctions|Secondary sanctions risk:|X"],
      ["Passport No. A14 (Iraq)", "document|Passport|A14|||Iraq"],
      ["Passport # A14", "document|Passport|A14"],
      ["Passport: A14 (Iraq) issued 2001", "document|Passport|A14|||Iraq|issued 2001"],
      ["National ID No.: 99 9", "document|National ID No.|99 9"],
    ])
      expect(only(item ?? "")).toBe(claim);
    for (const words of ["Citizen of Iran", "passport place of issue: Anbar", "License holder of Iran"])
      expect(all(`DOE, Jane; DOB 1970; ${words} (individual) [SDGT].`)[2]).not.toMatch(
        /^(?:citizenship|document\|Passport)/,
      );
  });

  it("knows labels that only notices and remarks have", () => {
    const link = "For more information on directives, please visit the following link:";
    for (const [item, claim] of [
      [`${link} http://a.test`, `restriction|${link}|http://a.test`],
      ["Effective Date (CCMC) 27 Mar 2021", "restriction|Effective Date (CCMC)|27 Mar 2021"],
      ["Listing Date (CCMC) 8 Jan 2021", "restriction|Listing Date (CCMC)|8 Jan 2021"],
      [
        "Effective Date (EO 14024 Directive) 24 Feb 2022",
        "restriction|Effective Date (EO 14024 Directive)|24 Feb 2022",
      ],
      ["Federal Tax ID No. 12-3 (Iran)", "document|Federal Tax ID No.|12-3|||Iran"],
      ["U.S. FEIN: 12-3", "document|U.S. FEIN:|12-3"],
    ])
      expect(only(item ?? "")).toBe(claim);
  });

  it("gives a vessel's type where it has a label", () => {
    expect(
      all("STAR (3ETA); Vessel Type Container Ship; alt. Vessel Type Tug (vessel) [IRAN].").slice(1, 4),
    ).toEqual([
      "vessel|Vessel Call Sign|3ETA",
      "vessel|VESSEL TYPE|Container Ship",
      "vessel|VESSEL TYPE|Tug||alt",
    ]);
  });
});

describe("a line whose brackets are broken", () => {
  it("has its tags and links all the same", () => {
    for (const [end, links] of [
      ["(individual) [SDGT.", []],
      ["(individual) SDGT].", []],
      ["(individual) [SDGT] Linked To: HAMAS.", ["HAMAS"]],
      ["(individual) [SDGT] (Linked To: HAMAS; Linked To: DOE, Jo.", ["HAMAS", "DOE, Jo"]],
      ["(individual) [SDGT (Linked To: HAMAS).", ["HAMAS"]],
    ] as const) {
      const reading = read(`AAA, Bbb; DOB 1970 ${end}`);
      expect(reading, end).toMatchObject({ type: "individual", name: "AAA, Bbb", leftover: [] });
      expect(claims(reading), end).toEqual([
        "name||AAA, Bbb",
        "birth-date|DOB|1970",
        "type||individual",
        "program||SDGT",
        ...links.map((link) => `relationship|Linked To:|${link}`),
      ]);
    }
    expect(area("AAA, Bbb [SDGT]; POB X; Linked To: HAMAS.", "birth-place")).toEqual(["X"]);
  });
});

describe("alias groups", () => {
  it("are aliases behind a comma too", () => {
    expect(all("AAA (a.k.a. X), (f.k.a. Y), Dubai, UAE [SDGT].").slice(1, 4)).toEqual([
      "alias|a.k.a.|X",
      "alias|f.k.a.|Y",
      "address||Dubai, UAE",
    ]);
  });

  it("keep a semicolon in quotation marks", () => {
    const reading = read('AAA (a.k.a. "CEC; INTERNATIONAL"; a.k.a. B; a.k.a. "C") [SDGT].');
    expect(claims(reading).slice(1, 4)).toEqual([
      "alias|a.k.a.|CEC; INTERNATIONAL|weak",
      "alias|a.k.a.|B",
      "alias|a.k.a.|C|weak",
    ]);
    expect(reading.ambiguities).toEqual([]);
    expect(area('AAA (a.k.a. "CEC; a.k.a. "X"; a.k.a. Y) [SDGT].', "alias")).toEqual(['"CEC', "X", "Y"]);
  });

  it("are no aliases of the name in the middle of an address, or in doubt", () => {
    const reading = read("ABC LTD, Building 5 (a.k.a. Tower 5), Dubai, UAE [SDGT].");
    expect(claims(reading).slice(0, 2)).toEqual([
      "name||ABC LTD",
      "address||Building 5 (a.k.a. Tower 5), Dubai, UAE",
    ]);
    expect(reading.ambiguities).toMatchObject([{ what: "name or address", decidedBy: "rule" }]);
    const capitals = read("ABC LTD, UNIT 5 (a.k.a. A5), Dubai, UAE [SDGT].");
    expect(capitals.name).toBe("ABC LTD, UNIT 5");
    expect(capitals.ambiguities).toMatchObject([{ what: "name or address", decidedBy: "rule" }]);
    const known = read("ABC LTD, Building 5 (a.k.a. Tower 5), Dubai, UAE [SDGT].", "ABC LTD, Building 5");
    expect(known.name).toBe("ABC LTD, Building 5");
    expect(known.ambiguities).toMatchObject([{ what: "name or address", decidedBy: "known name" }]);
  });
});

describe("list markers", () => {
  it("are no part of a name, and nothing left over", () => {
    for (const marker of ["1. ", "12) ", "(a) ", "(ii) ", "\u2022 ", "- ", "\u2013 "]) {
      expect(read(`${marker}STAR (a.k.a. X), Iran [IRAN].`)).toMatchObject({ name: "STAR", leftover: [] });
      expect(read(`${marker}DOE, Jane (individual) [IRAN].`)).toMatchObject({
        name: "DOE, Jane",
        leftover: [],
      });
    }
    for (const name of ["110TH RESEARCH CENTER", "7 KARNES", "3-B TRADING", "1.5 CLUB"])
      expect(read(`${name}, Iran [IRAN].`).name).toBe(name);
  });
});
