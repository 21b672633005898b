/** A party to be written in OFAC's legacy XML; composed from public facts, never copied from a file of OFAC's. */
export interface ComposedParty {
  readonly uid: number;
  readonly type: "Individual" | "Entity" | "Vessel" | "Aircraft";
  readonly lastName: string;
  readonly firstName?: string;
  readonly title?: string;
  readonly remarks?: string;
  readonly programs: readonly string[];
  /** uid, type, number or value, country. */
  readonly ids?: readonly (readonly [number, string, string?, string?])[];
  /** uid, name, quality. */
  readonly akas?: readonly (readonly [number, string, ("strong" | "weak")?])[];
  /** uid, city, country. */
  readonly addresses?: readonly (readonly [number, string | null, string])[];
  readonly nationalities?: readonly (readonly [number, string])[];
  readonly birthDates?: readonly (readonly [number, string])[];
  readonly birthPlaces?: readonly (readonly [number, string])[];
  readonly vessel?: Readonly<Record<string, string>>;
}

const NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML";

/** SDN.XML or CONSOLIDATED.XML (ofac-formats §2) of some composed parties; `date` as YYYY-MM-DD. */
export function composeLegacyXml(date: string, parties: readonly ComposedParty[]): string {
  const [year, month, day] = date.split("-");
  const sorted = [...parties].sort((a, b) => a.uid - b.uid);
  const lines = [
    '<?xml version="1.0" standalone="yes"?>',
    "<!-- Composed in OFAC's format for a demonstration or a test. Not OFAC data. -->",
    `<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="${NAMESPACE}">`,
    "  <publshInformation>",
    `    <Publish_Date>${month}/${day}/${year}</Publish_Date>`,
    `    <Record_Count>${parties.length}</Record_Count>`,
    "  </publshInformation>",
    ...sorted.flatMap((party) => entry(party).map((line) => `  ${line}`)),
    "</sdnList>",
  ];
  return lines.join("\r\n");
}

function entry(party: ComposedParty): string[] {
  return element("sdnEntry", [
    leaf("uid", party.uid),
    leaf("firstName", party.firstName),
    leaf("lastName", party.lastName),
    leaf("title", party.title),
    leaf("sdnType", party.type),
    leaf("remarks", party.remarks),
    element(
      "programList",
      party.programs.map((program) => leaf("program", program)),
    ),
    list("idList", party.ids, ([uid, type, number, country]) =>
      element("id", [
        leaf("uid", uid),
        leaf("idType", type),
        leaf("idNumber", number),
        leaf("idCountry", country),
      ]),
    ),
    list("akaList", party.akas, ([uid, name, quality]) => {
      const [last = name, first] = party.type === "Individual" ? name.split(", ") : [name];
      return element("aka", [
        leaf("uid", uid),
        leaf("type", "a.k.a."),
        leaf("category", quality ?? "strong"),
        leaf("lastName", last),
        leaf("firstName", first),
      ]);
    }),
    list("addressList", party.addresses, ([uid, city, country]) =>
      element("address", [leaf("uid", uid), leaf("city", city ?? undefined), leaf("country", country)]),
    ),
    list("nationalityList", party.nationalities, ([uid, country]) =>
      element("nationality", [leaf("uid", uid), leaf("country", country), leaf("mainEntry", "true")]),
    ),
    list("dateOfBirthList", party.birthDates, ([uid, date]) =>
      element("dateOfBirthItem", [leaf("uid", uid), leaf("dateOfBirth", date), leaf("mainEntry", "true")]),
    ),
    list("placeOfBirthList", party.birthPlaces, ([uid, place]) =>
      element("placeOfBirthItem", [leaf("uid", uid), leaf("placeOfBirth", place), leaf("mainEntry", "true")]),
    ),
    party.vessel === undefined
      ? []
      : element(
          "vesselInfo",
          Object.entries(party.vessel).map(([name, value]) => leaf(name, value)),
        ),
  ]);
}

function leaf(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`<${name}>${escapeXml(String(value))}</${name}>`];
}

function element(name: string, children: readonly (readonly string[])[]): string[] {
  return [`<${name}>`, ...children.flat().map((line) => `  ${line}`), `</${name}>`];
}

function list<T>(name: string, items: readonly T[] | undefined, write: (item: T) => string[]): string[] {
  return items === undefined || items.length === 0 ? [] : element(name, items.map(write));
}

export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
