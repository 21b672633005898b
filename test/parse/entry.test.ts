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
