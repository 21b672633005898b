import { describe, expect, it } from "vitest";
import type { Note, ParsedList, SourceRecord } from "../../src/domain/index.ts";
import { type ListFile, openList } from "../../src/parse/index.ts";
import { bytes, csvFile, csvRow, enhancedEntity, enhancedXml, legacyEntry, legacyXml } from "./composed.ts";

async function* stream(text: string, size: number): AsyncGenerator<Uint8Array> {
  const data = bytes(text);
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size);
}

async function read(
  ...files: ListFile[]
): Promise<{ parsed: ParsedList; records: SourceRecord[]; notes: Note[] }> {
  const parsed = await openList(files);
  const records: SourceRecord[] = [];
  const notes: Note[] = [];
  for await (const batch of parsed.batches()) {
    for (const raw of batch) {
      const decoded = raw.decode();
      expect(decoded.record.uid).toBe(raw.uid);
      records.push(decoded.record);
      notes.push(...decoded.notes);
    }
  }
  return { parsed, records, notes: [...parsed.notes(), ...notes] };
}

const file = (text: string, name: string): ListFile => ({ name, bytes: bytes(text) });

describe("legacy XML", () => {
  const full = `<sdnEntry>
    <programList><program>NPWMD</program><program>IFSR</program></programList>
    <vesselInfo><callSign>ABC1</callSign><vesselType>Tug</vesselType><vesselFlag>Cuba</vesselFlag>
      <vesselOwner>EXAMPLE</vesselOwner><tonnage>100</tonnage><grossRegisteredTonnage>90</grossRegisteredTonnage></vesselInfo>
    <addressList><address><uid>1</uid><city>Example City</city><country>Cuba</country></address></addressList>
    <akaList><aka><uid>2</uid><type>a.k.a.</type><category>weak</category><lastName>X</lastName></aka></akaList>
    <idList><id><uid>3</uid><idType>MMSI</idType><idNumber>123  456</idNumber></id></idList>
    <lastName>EXAMPLE &amp; SONS</lastName><sdnType>Vessel</sdnType><uid>77</uid>
    <dateOfBirthList><dateOfBirthItem><uid>4</uid><dateOfBirth>1946</dateOfBirth><mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList>
  </sdnEntry>`;

  it("is read in any order of children, with the uid wherever it stands", async () => {
    const { parsed, records, notes } = await read(file(legacyXml([full]), "SDN.XML"));
    expect(parsed).toMatchObject({
      profile: "legacy",
      list: "sdn",
      publishDate: "2025-01-15",
      recordCount: 1,
      interpreter: "legacy/1",
      coverage: { list: "absent", "sanctions-type": "absent", "legal-authority": "absent" },
    });
    expect(records).toEqual([
      {
        format: "legacy",
        uid: 77,
        lastName: "EXAMPLE & SONS",
        sdnType: "Vessel",
        programs: ["NPWMD", "IFSR"],
        ids: [{ uid: 3, idType: "MMSI", idNumber: "123  456" }],
        akas: [{ uid: 2, type: "a.k.a.", category: "weak", lastName: "X" }],
        addresses: [{ uid: 1, city: "Example City", country: "Cuba" }],
        nationalities: [],
        citizenships: [],
        birthDates: [{ uid: 4, value: "1946", main: true }],
        birthPlaces: [],
        vessel: {
          callSign: "ABC1",
          vesselType: "Tug",
          vesselFlag: "Cuba",
          vesselOwner: "EXAMPLE",
          tonnage: "100",
          grossRegisteredTonnage: "90",
        },
      },
    ]);
    expect(notes).toEqual([]);
  });

  it("is read in the namespace before 2024 too, and with a byte order mark", async () => {
    const text = `\uFEFF${legacyXml([legacyEntry(1)], { namespace: "http://tempuri.org/sdnList.xsd" })}`;
    expect((await read(file(text, "CONSOLIDATED.XML"))).parsed.list).toBe("consolidated");
  });

  it("reports what nobody knows, by name, and goes on", async () => {
    const entry = legacyEntry(5, "<colour>green</colour><title lang='en'>Dr</title>");
    const { records, notes } = await read(
      file(legacyXml([entry], { extra: "<notice>n</notice>" }), "SDN.XML"),
    );
    expect(records).toHaveLength(1);
    expect(notes).toEqual([
      { code: "unknown-element", subject: "sdnList/notice", example: "head: n" },
      { code: "unknown-attribute", subject: "sdnEntry/title/@lang", example: "uid 5: en" },
      { code: "unknown-element", subject: "sdnEntry/colour", example: "uid 5: green" },
    ]);
  });

  it("audits what follows the records as well", async () => {
    const text = legacyXml([legacyEntry(5)]).replace("</sdnList>", "<footer>f</footer></sdnList>");
    expect((await read(file(text, "SDN.XML"))).notes).toEqual([
      { code: "unknown-element", subject: "sdnList/footer", example: "head: f" },
    ]);
  });
});

describe("Enhanced XML", () => {
  it("is read with its ids, scripts, dates and links", async () => {
    const entity = enhancedEntity(
      100,
      `<addresses><address id="1" /><address id="2"><country refId="11073">Cuba</country></address></addresses>
       <features><feature id="3"><type featureTypeId="8">Birthdate</type><versionId>9</versionId><value>1972</value>
         <valueDate id="4"><fromDateBegin>1972-01-01</fromDateBegin><toDateEnd>1972-12-31</toDateEnd><isApproximate>false</isApproximate><isDateRange>false</isDateRange></valueDate>
         <isPrimary>true</isPrimary><reliability refId="1560">Confirmed</reliability></feature></features>
       <identityDocuments><identityDocument id="5"><type refId="1571">Passport</type><name nameId="104" nameTranslationId="106">EXAMPLE</name>
         <documentNumber>F1</documentNumber><isValid>false</isValid><idFeatures><idFeature id="1" featureVersionId="2">Gender: Male</idFeature></idFeatures></identityDocument></identityDocuments>
       <relationships><relationship id="6"><type refId="15003">Owned or Controlled By</type><relatedEntity entityId="42">EXAMPLE GROUP</relatedEntity></relationship></relationships>`,
    );
    const { parsed, records, notes } = await read(file(enhancedXml([entity]), "X.XML"));
    expect(parsed).toMatchObject({
      profile: "enhanced",
      list: "sdn",
      publishDate: "2025-01-10",
      recordCount: null,
    });
    expect(records[0]).toMatchObject({
      uid: 100,
      type: "Entity",
      lists: [{ uid: 101, value: "SDN List", datePublished: "2023-05-23" }],
      legalAuthorities: [],
      addresses: [
        { uid: 1, translations: [] },
        { uid: 2, country: "Cuba", translations: [] },
      ],
      features: [
        {
          uid: 3,
          label: "Birthdate",
          value: "1972",
          date: { fromBegin: "1972-01-01", toEnd: "1972-12-31", approximate: false, range: false },
          isPrimary: true,
          reliability: "Confirmed",
        },
      ],
      documents: [{ uid: 5, type: "Passport", nameUid: 104, isValid: false, features: ["Gender: Male"] }],
      relationships: [{ uid: 6, targetUid: 42, targetName: "EXAMPLE GROUP", type: "Owned or Controlled By" }],
    });
    expect(notes).toEqual([]);
  });

  it("says which list it is only when it is the whole of one", async () => {
    const list = async (text: string) => (await read(file(text, "x.xml"))).parsed.list;
    expect(await list(enhancedXml([enhancedEntity(1)]))).toBe("sdn");
    expect(await list(enhancedXml([enhancedEntity(1)], { lists: ["Consolidated List"] }))).toBe(
      "consolidated",
    );
    expect(
      await list(enhancedXml([enhancedEntity(1)], { lists: ["SDN List", "Consolidated List"] })),
    ).toBeNull();
    const program =
      '</sanctionsLists><sanctionsPrograms><sanctionsProgram refId="1">IRGC</sanctionsProgram></sanctionsPrograms>';
    expect(await list(enhancedXml([enhancedEntity(1)]).replace("</sanctionsLists>", program))).toBeNull();
  });

  it("has another reference when the reference values change, not when they are re-ordered", async () => {
    const value = (id: number) =>
      `<referenceValue refId="${id}"><type>T</type><value>V${id}</value></referenceValue>`;
    const reference = async (values: string) =>
      (await read(file(enhancedXml([enhancedEntity(1)], { values }), "x.xml"))).parsed.reference;
    expect(await reference(value(1) + value(2))).toBe(await reference(value(2) + value(1)));
    expect(await reference(value(1) + value(2))).not.toBe(await reference(value(1) + value(3)));
  });
});

describe("CSV", () => {
  it("alone is read with its types and remarks", async () => {
    const text = csvFile([
      csvRow(1, { program: "SDGT] [IFSR", remarks: "DOB 1946." }),
      csvRow(2, { type: "vessel", vessel: ["ABC1", "Tug", "100", "90", "Cuba", "EXAMPLE"] }),
    ]);
    const { parsed, records, notes } = await read(file(text, "20230523T184334Z.SDN.CSV"));
    expect(parsed).toMatchObject({
      profile: "csv",
      list: "sdn",
      publishDate: null,
      coverage: { alias: "absent", address: "absent", remarks: "truncated", list: "absent" },
    });
    expect(records[0]).toMatchObject({
      type: "entity",
      programs: ["SDGT", "IFSR"],
      remarks: [{ label: "DOB" }],
    });
    expect(records[1]).toMatchObject({ type: "vessel", callSign: "ABC1", vesselFlag: "Cuba", remarks: [] });
    expect(notes).toEqual([]);
  });

  it("remarks of exactly 1,000 characters are taken for cut", async () => {
    const remarks = (length: number) => `DOB 1946; ${"x".repeat(length - 11)}.`;
    const { records } = await read(
      file(csvFile([csvRow(1, { remarks: remarks(1000) }), csvRow(2, { remarks: remarks(999) })]), "SDN.CSV"),
    );
    const last = records.map((record) => (record.format === "csv" ? record.remarks.at(-1) : undefined));
    expect(last[0]).toMatchObject({ kind: "text", cut: true });
    expect(last[1]).not.toHaveProperty("cut");
  });

  it("says when the end mark is missing, as a cut could then not be seen", async () => {
    const { notes } = await read(file(csvFile([csvRow(1)]).slice(0, -1), "SDN.CSV"));
    expect(notes).toMatchObject([{ code: "no-end-mark", example: "SDN.CSV" }]);
  });

  it("set is joined, whatever the order and names of its files; cut remarks go on mid-word", async () => {
    const long = `Linked To: ${"A".repeat(980)}; Linked To: EXAMP`.slice(0, 1000);
    const files = [
      file(
        csvFile(['1,21,"1 Example Street","Example City 100","Cuba",-0- ', '2,22,-0- ,-0- ,"Cuba",-0- ']),
        "a",
      ),
      file('1,"LE GROUP; Gender Male."\r\n', "b"),
      file(csvFile([csvRow(1, { remarks: long }), csvRow(2)]), "CONS_PRIM.CSV"),
      file(csvFile(['2,31,"fka","OLD EXAMPLE",-0- ', '2,32,"aka","EX",-0- ']), "c"),
    ];
    const { parsed, records } = await read(...files);
    expect(parsed).toMatchObject({ profile: "csv-set", list: "consolidated" });
    expect(parsed.coverage).toEqual({
      list: "absent",
      "sanctions-type": "absent",
      "legal-authority": "absent",
    });
    const [one, two] = records;
    if (one?.format !== "csv" || two?.format !== "csv") throw new Error("expected CSV rows");
    expect(one.remarks.map((segment) => segment.text.slice(-12))).toEqual([
      "A".repeat(12),
      expect.stringContaining("LE GROUP"),
      " Gender Male".trim(),
    ]);
    expect(one.addresses).toEqual([
      { uid: 21, address: "1 Example Street", locality: "Example City 100", country: "Cuba" },
    ]);
    expect(two.alternates).toEqual([
      { uid: 31, type: "fka", name: "OLD EXAMPLE" },
      { uid: 32, type: "aka", name: "EX" },
    ]);
  });

  it("set without its comments or aliases says what it cannot show", async () => {
    const { parsed } = await read(
      file(csvFile([csvRow(1)]), "SDN.CSV"),
      file(csvFile(['1,21,-0- ,-0- ,"Cuba",-0- ']), "ADD.CSV"),
    );
    expect(parsed.coverage).toMatchObject({ alias: "absent", remarks: "truncated" });
    expect(parsed.coverage).not.toHaveProperty("address");
  });
});

describe("streams", () => {
  it.each([1, 7, 4096])("in pieces of %i bytes give the same records", async (size) => {
    for (const text of [
      legacyXml([legacyEntry(1), legacyEntry(2)]),
      enhancedXml([enhancedEntity(1), enhancedEntity(20)]),
      csvFile([csvRow(1), csvRow(2)]),
    ]) {
      const whole = await read(file(text, "SDN.X"));
      const pieces = await read({ name: "SDN.X", bytes: stream(text, size) });
      expect(pieces.records).toEqual(whole.records);
    }
  });
});
