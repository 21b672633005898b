import { describe, expect, it } from "vitest";
import { decodeParty, type ListId, type Party } from "../../src/domain/index.ts";
import { type Interpretation, interpret } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import {
  bytes,
  csvFile,
  csvRow,
  enhancedEntity,
  enhancedXml,
  legacyEntry,
  legacyXml,
} from "../parse/composed.ts";

async function read(list: ListId, ...files: [string, string][]): Promise<Interpretation> {
  return interpret(await openList(files.map(([name, text]) => ({ name, bytes: bytes(text) }))), { list });
}

function parties(result: Interpretation): Party[] {
  return [...result.state.parties.values()].map(decodeParty);
}

async function one(list: ListId, ...files: [string, string][]): Promise<Party> {
  const [party] = parties(await read(list, ...files));
  if (party === undefined) throw new Error("expected a party");
  return party;
}

const codes = (result: Interpretation) => result.issues.map((issue) => issue.code);

const ID = (uid: number, type: string, rest: string) =>
  `<id><uid>${uid}</uid><idType>${type}</idType>${rest}</id>`;
const NUMBER = (text: string) => `<idNumber>${text}</idNumber>`;

describe("a party of legacy XML", () => {
  it("has each labelled fact in its area", async () => {
    const ids = [
      ID(9, "Passport", `${NUMBER("F1")}<idCountry>Cuba</idCountry><issueDate>08 Dec 2021</issueDate>`),
      ID(8, "MMSI", NUMBER("123456789")),
      ID(7, "Secondary sanctions risk:", NUMBER("See Section 11 of Executive Order 14024.")),
      ID(6, "Additional Sanctions Information -", NUMBER("Subject to Secondary Sanctions")),
      ID(5, "Digital Currency Address - XBT", NUMBER("1Example")),
      ID(4, "Website", NUMBER("www.example.org")),
      ID(3, "Gender", NUMBER("Male")),
      ID(2, "Former Vessel Flag", NUMBER("Malta")),
      ID(1, "Aircraft Manufacturer\u2019s Serial Number (MSN)", NUMBER("123")),
      ID(10, "Listing Date (EO 14024 Directive 2):", NUMBER("24 Feb 2022")),
      ID(
        11,
        "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:",
        NUMBER("x"),
      ),
      ID(12, "SWIFT/BIC", NUMBER("EXAMPLEX")),
      ID(13, "CAATSA Section 235 Information:", NUMBER("FOREIGN EXCHANGE. Sec 235(a)(7)")),
    ];
    const result = await read("sdn", [
      "SDN.XML",
      legacyXml([legacyEntry(1, `<idList>${ids.join("")}</idList>`)]),
    ]);
    expect(codes(result)).toEqual([]);
    expect(parties(result)[0]).toEqual({
      uid: 1,
      type: "entity",
      name: { full: "EXAMPLE TRADING 1" },
      blocking: "yes",
      programs: [{ code: "NPWMD" }],
      documents: [
        { uid: 8, type: "MMSI", number: "123456789" },
        { uid: 9, type: "Passport", number: "F1", country: "Cuba", issued: "08 Dec 2021" },
      ],
      secondarySanctions: [
        { uid: 6, type: "Additional Sanctions Information -", value: "Subject to Secondary Sanctions" },
        { uid: 7, type: "Secondary sanctions risk:", value: "See Section 11 of Executive Order 14024." },
      ],
      wallets: [{ uid: 5, currency: "XBT", address: "1Example" }],
      contacts: [{ uid: 4, type: "Website", value: "www.example.org" }],
      genders: [{ uid: 3, value: "Male" }],
      vessel: [{ uid: 2, type: "Former Vessel Flag", value: "Malta" }],
      aircraft: [{ uid: 1, type: "Aircraft Manufacturer\u2019s Serial Number (MSN)", value: "123" }],
      restrictions: [
        {
          uid: 10,
          type: "Listing Date (EO 14024 Directive 2):",
          value: "24 Feb 2022",
          period: { from: "2022-02-24", to: "2022-02-24" },
        },
        { uid: 13, type: "CAATSA Section 235 Information:", value: "FOREIGN EXCHANGE. Sec 235(a)(7)" },
      ],
      features: [
        {
          uid: 11,
          type: "Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:",
          value: "x",
        },
        { uid: 12, type: "SWIFT/BIC", value: "EXAMPLEX" },
      ],
    });
  });

  it("has names, aliases, dates and links; the consolidated file leaves blocking open", async () => {
    const entry = legacyEntry(
      1,
      `<firstName>Ana</firstName><title>Dr</title>
       <remarks>HAMAS - Example; Telephone 1; (Linked To: EXAMPLE GROUP (EG); Linked To: OTHER, S.A.)</remarks>
       <akaList><aka><uid>2</uid><type>A.K.A.</type><category>weak</category><lastName>EX</lastName></aka>
       <aka><uid>1</uid><type>f.k.a.</type><category>strong</category><lastName>OLD</lastName><firstName>Ana</firstName></aka></akaList>
       <dateOfBirthList><dateOfBirthItem><uid>3</uid><dateOfBirth>circa 1951</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem>
       <dateOfBirthItem><uid>4</uid><dateOfBirth>Spring 1951</dateOfBirth><mainEntry>false</mainEntry></dateOfBirthItem></dateOfBirthList>
       <nationalityList><nationality><uid>5</uid><country>Cuba</country><mainEntry>true</mainEntry></nationality></nationalityList>
       <addressList><address><uid>6</uid></address><address><uid>7</uid><country>Cuba</country></address></addressList>`,
      "EXAMPLE",
    );
    const result = await read("consolidated", ["CONSOLIDATED.XML", legacyXml([entry])]);
    expect(result.issues).toMatchObject([{ code: "odd-date", examples: ["uid 1: Spring 1951"] }]);
    expect(parties(result)[0]).toMatchObject({
      name: { full: "EXAMPLE, Ana", first: "Ana", last: "EXAMPLE" },
      blocking: "unknown",
      title: "Dr",
      remarks: [{ text: "HAMAS - Example" }, { text: "Telephone 1" }],
      relationships: [
        { type: "Linked To", targetName: "EXAMPLE GROUP (EG)" },
        { type: "Linked To", targetName: "OTHER, S.A." },
      ],
      aliases: [
        { uid: 1, type: "f.k.a.", quality: "strong", full: "OLD, Ana", first: "Ana", last: "OLD" },
        { uid: 2, type: "a.k.a.", quality: "weak", full: "EX" },
      ],
      birthDates: [
        {
          uid: 3,
          value: "circa 1951",
          main: true,
          period: { from: "1951-01-01", to: "1951-12-31", approximate: true },
        },
        { uid: 4, value: "Spring 1951" },
      ],
      nationalities: [{ uid: 5, value: "Cuba", main: true }],
      addresses: [{ uid: 7, country: "Cuba" }],
    });
  });

  it("passes unknown values through and names them in a warning", async () => {
    const ids = [
      ID(1, "Star Sign", NUMBER("Leo")),
      ID(2, "Moon Passport", `${NUMBER("M1")}<idCountry>Cuba</idCountry>`),
      ID(3, "Digital Currency Address - NEW", NUMBER("abc")),
    ];
    const entry = legacyEntry(1, `<idList>${ids.join("")}</idList>`)
      .replace("Entity", "Spacecraft")
      .replace("NPWMD", "MOON-EO1");
    const result = await read("sdn", [
      "SDN.XML",
      legacyXml([entry, legacyEntry(2).replace("NPWMD", "MOON-EO1")]),
    ]);
    expect(result.issues.map((issue) => [issue.severity, issue.code, issue.message, issue.examples])).toEqual(
      [
        [
          "warning",
          "unknown-currency",
          expect.stringContaining("Digital Currency Address - NEW"),
          ["uid 1: abc"],
        ],
        ["warning", "unknown-label", expect.stringContaining("Moon Passport"), ["uid 1: M1"]],
        ["warning", "unknown-label", expect.stringContaining("Star Sign"), ["uid 1: Leo"]],
        [
          "warning",
          "unknown-party-type",
          expect.stringContaining("spacecraft"),
          ["uid 1: EXAMPLE TRADING 1"],
        ],
        [
          "warning",
          "unknown-program",
          expect.stringContaining('"MOON-EO1" is not known; it is kept verbatim. (2)'),
          ["uid 1", "uid 2"],
        ],
      ],
    );
    expect(parties(result)[0]).toMatchObject({
      type: "spacecraft",
      programs: [{ code: "MOON-EO1" }],
      features: [{ uid: 1, type: "Star Sign", value: "Leo" }],
      documents: [{ uid: 2, type: "Moon Passport", number: "M1", country: "Cuba" }],
      wallets: [{ uid: 3, currency: "NEW", address: "abc" }],
    });
  });
});

describe("a party of CSV", () => {
  it("has its remarks split into areas", async () => {
    const remarks =
      "DOB 1946; alt. DOB 1947; POB Example City, Cuba; nationality Cuba; a.k.a. 'EX'; Passport F1 (Cuba); " +
      "Website www.example.org; Minister of Examples; Linked To: EXAMPLE, S.A.";
    const party = await one("sdn", [
      "SDN.CSV",
      csvFile([csvRow(1, { name: "EXAMPLE, Ana", type: "individual", program: "SDGT] [IFSR", remarks })]),
    ]);
    expect(party).toEqual({
      uid: 1,
      type: "individual",
      name: { full: "EXAMPLE, Ana" },
      blocking: "yes",
      programs: [{ code: "IFSR" }, { code: "SDGT" }],
      birthDates: [
        { value: "1946", period: { from: "1946-01-01", to: "1946-12-31" } },
        { value: "1947", period: { from: "1947-01-01", to: "1947-12-31" } },
      ],
      birthPlaces: [{ value: "Example City, Cuba" }],
      nationalities: [{ value: "Cuba" }],
      aliases: [{ type: "a.k.a.", quality: "weak", full: "EX" }],
      documents: [{ type: "Passport", number: "F1", country: "Cuba" }],
      contacts: [{ type: "Website", value: "www.example.org" }],
      remarks: [{ text: "Minister of Examples" }],
      relationships: [{ type: "Linked To", targetName: "EXAMPLE, S.A." }],
    });
  });

  it("says the same fact once, in whatever order the remarks have it", async () => {
    const states = await Promise.all(
      ["Gender Male; Website a.org; Website a.org.", "Website a.org; Gender Male."].map((remarks) =>
        one("sdn", ["SDN.CSV", csvFile([csvRow(1, { remarks })])]),
      ),
    );
    expect(states[0]).toEqual(states[1]);
  });

  it("keeps a cut visible", async () => {
    const remarks = `DOB 1946; Linked To: ${"A".repeat(979)}`;
    const party = await one("sdn", ["SDN.CSV", csvFile([csvRow(1, { remarks })])]);
    expect(party.remarks).toEqual([{ text: `Linked To: ${"A".repeat(979)}`, cut: true }]);
    expect(party.relationships).toBeUndefined();
  });

  it("has the vessel's columns under the labels of the Enhanced files", async () => {
    const row = csvRow(1, { type: "vessel", vessel: ["ABC1", "Tug", "100", "90", "Cuba", "EXAMPLE"] });
    expect((await one("sdn", ["SDN.CSV", csvFile([row])])).vessel).toEqual([
      { type: "VESSEL TYPE", value: "Tug" },
      { type: "Vessel Call Sign", value: "ABC1" },
      { type: "Vessel Flag", value: "Cuba" },
      { type: "Vessel Gross Registered Tonnage", value: "90" },
      { type: "Vessel Owner", value: "EXAMPLE" },
      { type: "Vessel Tonnage", value: "100" },
    ]);
  });

  it("has addresses and strong aliases when the whole set is read", async () => {
    const party = await one(
      "sdn",
      ["SDN.CSV", csvFile([csvRow(1, { remarks: "a.k.a. 'EX'." })])],
      ["ALT.CSV", csvFile(['1,31,"fka","OLD",-0- '])],
      [
        "ADD.CSV",
        csvFile(['1,21,"1 Example Street","Example City","Cuba","head office"', "1,22,-0- ,-0- ,-0- ,-0- "]),
      ],
    );
    expect(party.aliases).toEqual([
      { uid: 31, type: "f.k.a.", quality: "strong", full: "OLD" },
      { type: "a.k.a.", quality: "weak", full: "EX" },
    ]);
    expect(party.addresses).toEqual([
      {
        uid: 21,
        address1: "1 Example Street",
        locality: "Example City",
        country: "Cuba",
        remarks: "head office",
      },
    ]);
  });
});

describe("a party of an Enhanced file", () => {
  const arabic = `<name id="50"><isPrimary>false</isPrimary><aliasType refId="1401">F.K.A.</aliasType><isLowQuality>true</isLowQuality><translations>
    <translation id="51"><isPrimary>false</isPrimary><script refId="20100">Arabic</script><formattedLastName>\u202bمثال\u202c</formattedLastName><formattedFullName>\u202bمثال\u202c</formattedFullName></translation>
    <translation id="52"><isPrimary>true</isPrimary><script refId="20122">Latin</script><formattedFirstName>Ana</formattedFirstName><formattedLastName>EXAMPLE</formattedLastName>
      <nameParts><namePart id="1"><type refId="1521">First Name</type><value>Ana</value></namePart><namePart id="2"><type refId="1520">Last Name</type><value>Example</value></namePart></nameParts></translation>
  </translations></name></names>`;

  it("has names in their scripts, without bidi controls", async () => {
    const party = await one("sdn", ["X.XML", enhancedXml([enhancedEntity(1).replace("</names>", arabic)])]);
    expect(party.name).toEqual({ uid: 5, full: "EXAMPLE TRADING 1" });
    expect(party.aliases).toEqual([
      {
        uid: 50,
        type: "f.k.a.",
        quality: "weak",
        full: "EXAMPLE, Ana",
        first: "Ana",
        last: "EXAMPLE",
        parts: [
          { type: "First Name", value: "Ana" },
          { type: "Last Name", value: "Example" },
        ],
        scripts: [{ script: "Arabic", full: "مثال" }],
      },
    ]);
    expect(party).toMatchObject({
      lists: [{ uid: 2, name: "SDN List", listedOn: "2023-05-23" }],
      programs: [{ uid: 3, code: "NPWMD" }],
      sanctionsTypes: [{ uid: 4, value: "Block" }],
      blocking: "yes",
    });
  });

  it.each([
    ["SDN List", "Reject", "yes"],
    ["CAPTA List", "Block", "yes"],
    ["CAPTA List", "Executive Order 14024 Directive 2", "no"],
    ["Non-SDN Menu-Based Sanctions List", "Executive Order 14059 Non-blocking", "no"],
    ["CAPTA List", "Something New", "unknown"],
  ])("is blocked by list and type, not by program: %s, %s", async (list, type, blocking) => {
    const result = await read("consolidated", [
      "X.XML",
      enhancedXml([enhancedEntity(1, "", { list, type })]),
    ]);
    expect(parties(result)[0]?.blocking).toBe(blocking);
    expect(codes(result)).toEqual(blocking === "unknown" ? ["unknown-sanctions-type"] : []);
  });

  it("has addresses in parts; one with nothing in it is left out", async () => {
    const part = (id: number, type: string, value: string) =>
      `<addressPart id="${id}"><type refId="1">${type}</type><value>${value}</value></addressPart>`;
    const address = `<addresses><address id="1" /><address id="2"><country refId="1">Cuba</country><translations><translation id="3"><isPrimary>true</isPrimary><script refId="20122">Latin</script>
      <addressParts>${part(1, "CITY", "Example City")}${part(2, "ADDRESS1", "1 Example Street")}${part(3, "PLANET", "Earth")}</addressParts></translation></translations></address></addresses>`;
    const result = await read("sdn", ["X.XML", enhancedXml([enhancedEntity(1, address)])]);
    expect(parties(result)[0]?.addresses).toEqual([
      {
        uid: 2,
        address1: "1 Example Street",
        city: "Example City",
        country: "Cuba",
        remarks: "PLANET: Earth",
      },
    ]);
    expect(codes(result)).toEqual(["unknown-address-part"]);
  });

  it("has documents, with another name than the primary, and their dates as OFAC writes dates", async () => {
    const date = (name: string, begin: string, end: string) =>
      `<${name} id="1"><fromDateBegin>${begin}</fromDateBegin><fromDateEnd>${begin}</fromDateEnd><toDateBegin>${end}</toDateBegin><toDateEnd>${end}</toDateEnd><isApproximate>false</isApproximate><isDateRange>false</isDateRange></${name}>`;
    const document = (id: number, nameId: number) =>
      `<identityDocument id="${id}"><type refId="1571">Passport</type><name nameId="${nameId}" nameTranslationId="1">EXAMPLE</name><documentNumber>F${id}</documentNumber><isValid>${id !== 9}</isValid>
       ${date("issueDate", "2019-10-16", "2019-10-16")}${date("expirationDate", "2024-01-01", "2024-12-31")}</identityDocument>`;
    const party = await one("sdn", [
      "X.XML",
      enhancedXml([
        enhancedEntity(1, `<identityDocuments>${document(8, 5)}${document(9, 77)}</identityDocuments>`),
      ]),
    ]);
    expect(party.documents).toEqual([
      { uid: 8, type: "Passport", number: "F8", issued: "16 Oct 2019", expires: "2024" },
      {
        uid: 9,
        type: "Passport",
        number: "F9",
        issued: "16 Oct 2019",
        expires: "2024",
        name: "EXAMPLE",
        valid: false,
      },
    ]);
  });

  it("follows a date's text and warns when the days beside it disagree", async () => {
    const feature = `<features><feature id="3"><type featureTypeId="8">Birthdate</type><versionId>9</versionId><value>1972</value>
      <valueDate id="4"><fromDateBegin>1973-01-01</fromDateBegin><toDateEnd>1973-12-31</toDateEnd><isApproximate>false</isApproximate><isDateRange>false</isDateRange></valueDate><isPrimary>true</isPrimary></feature></features>`;
    const result = await read("sdn", ["X.XML", enhancedXml([enhancedEntity(1, feature)])]);
    expect(parties(result)[0]?.birthDates?.[0]?.period).toEqual({ from: "1972-01-01", to: "1972-12-31" });
    expect(codes(result)).toEqual(["date-mismatch"]);
  });
});
