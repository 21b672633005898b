import { describe, expect, it } from "vitest";
import {
  AREA_NAMES,
  COUNTRIES,
  classifyLabel,
  countryIso,
  entryKey,
  isCountry,
  isKnownProgram,
  isPeriodLabel,
  KNOWN_LABELS,
  LIST_NAMES,
  plainLabel,
  startsWithEntryKey,
  walletCurrency,
} from "../../src/domain/index.ts";

describe("labels", () => {
  it("are each known, once, and belong to an area that exists", () => {
    const plain = KNOWN_LABELS.map((entry) => `${plainLabel(entry.label).toLowerCase()}`);
    // OFAC has two labels that differ in their last punctuation only.
    const twins = plain.filter((label, index) => plain.indexOf(label) !== index);
    expect(twins).toEqual(["executive order 14024 directive information"]);
    for (const entry of KNOWN_LABELS) {
      expect(AREA_NAMES).toContain(entry.area);
      expect(classifyLabel(entry.label)).toEqual({ area: entry.area, kind: entry.kind, known: true });
      expect(entry.kind === "document").toBe(entry.area === "document");
    }
    expect(KNOWN_LABELS.length).toBeGreaterThan(170);
  });

  it.each([
    ["Secondary sanctions risk:", "secondary-sanctions"],
    ["Additional Sanctions Information -", "secondary-sanctions"],
    ["Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:", "feature"],
    ["Executive Order 13662 Directive Determination -", "restriction"],
    ["CAATSA Section 235 Information:", "restriction"],
    ["Purchase/Sales For Divestment Date (CMIC)", "restriction"],
    ["Website", "contact"],
    ["SWIFT/BIC", "feature"],
    ["MMSI", "document"],
    ["Vessel Registration Identification", "document"],
    ["Former Vessel Flag", "vessel"],
    ["Aircraft Serial Identification", "document"],
    ["Previous Aircraft Tail Number", "aircraft"],
    ["Aircraft Manufacturer\u2019s Serial Number (MSN)", "aircraft"],
    ["Birthdate", "birth-date"],
  ])("%s is %s", (label, area) => {
    expect(classifyLabel(label)).toMatchObject({ area, known: true });
  });

  it.each([
    ["Digital Currency Address - NEW", "wallet"],
    ["Executive Order 19999 Directive Information:", "restriction"],
    ["Effective Date (EO 19999 Directive 1):", "restriction"],
    ["Vessel Colour", "vessel"],
    ["Star Sign", "feature"],
    ["", "feature"],
  ])("%j is not known, and lands in %s", (label, area) => {
    expect(classifyLabel(label)).toMatchObject({ area, known: false });
  });

  it("that name a day are told from the others", () => {
    for (const label of ["DOB", "Birthdate", "Listing Date (CMIC)", "Organization Established Date"]) {
      expect(isPeriodLabel(label), label).toBe(true);
    }
    for (const label of ["Vessel Year of Build", "Passport", "DOBRO"])
      expect(isPeriodLabel(label), label).toBe(false);
  });

  it("of wallets name a currency", () => {
    expect(walletCurrency("Digital Currency Address - XBT")).toBe("XBT");
    expect(walletCurrency("Website")).toBeUndefined();
  });
});

describe("keys of entry lines", () => {
  it("are the longest label that fits, with a value after it", () => {
    expect(entryKey("Executive Order 14024 Directive Information - x")).toMatchObject({
      label: "Executive Order 14024 Directive Information -",
      value: "x",
    });
    expect(entryKey("Executive Order 14024 Directive Information Subject to")).toMatchObject({
      label: "Executive Order 14024 Directive Information",
    });
    expect(entryKey("Registration Number 1 (Cuba)")).toMatchObject({ area: "document", value: "1 (Cuba)" });
    expect(entryKey("Digital Currency Address - NEW abc")).toMatchObject({ area: "wallet", value: "abc" });
    expect(entryKey("citizen Cuba")).toMatchObject({ area: "citizenship" });
    for (const none of [
      "Gender",
      "Gender ",
      "citizens of Cuba",
      "Minister of State",
      "Title x",
      "",
      "passport 1",
    ]) {
      expect(entryKey(none), none).toBeUndefined();
    }
    expect(startsWithEntryKey("Aircraft Manufacturer\u2019s Serial Number (MSN) 1")).toBe(true);
  });
});

describe("names of places, programs and lists", () => {
  it("are OFAC's own", () => {
    expect(COUNTRIES).toHaveLength(188);
    expect(isCountry("Congo, Democratic Republic of the")).toBe(true);
    expect(isCountry("DR Congo")).toBe(false);
    expect(countryIso("Burma")).toBe("MM");
    expect(countryIso("Region: Gaza")).toBeNull();
    expect(new Set(COUNTRIES).size).toBe(COUNTRIES.length);
    for (const country of COUNTRIES) expect(country).not.toMatch(/\n|^\s|\s$| --$/);
    expect(isKnownProgram("SOUTH SUDAN")).toBe(true);
    expect(isKnownProgram("CAATSA - RUSSIA")).toBe(true);
    expect(isKnownProgram("MOON-EO1")).toBe(false);
    expect(LIST_NAMES).toContain("SDN List");
  });
});
