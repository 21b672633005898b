import fc from "fast-check";
import type { Party } from "../../src/domain/index.ts";

/**
 * Prints canonical parties as OFAC's entry lines, written from the grammar alone and sharing nothing with the
 * parser: two hands that agree by chance do so once, not ten thousand times.
 */
export function entryLine(party: Party): string {
  const head = party.type === "vessel" ? vesselHead(party) : named(party);
  const items = [...(party.addresses ?? []).map(addressText), ...labelled(party)];
  const first =
    (party.addresses ?? []).length > 0 ? `${head}, ${items.join("; ")}` : [head, ...items].join("; ");
  const kind = party.type === "entity" ? "" : ` (${party.type})`;
  const tags = (party.programs ?? []).map((p) => ` [${p.code}]`).join("");
  const links = (party.relationships ?? []).map((r) => `Linked To: ${r.targetName}`).join("; ");
  return `${first}${kind}${tags}${links === "" ? "" : ` (${links})`}.`;
}

function addressText(a: NonNullable<Party["addresses"]>[number]): string {
  const parts = [
    a.address1,
    a.address2,
    a.address3,
    a.locality,
    a.city,
    a.stateOrProvince,
    a.postalCode,
    a.country,
  ];
  return parts.filter(Boolean).join(", ");
}

function named(party: Party): string {
  return party.name.full + scripts(party.name.scripts) + aliases(party);
}

const IN_HEAD = new Set([
  "Vessel Call Sign",
  "VESSEL TYPE",
  "Vessel Type",
  "Vessel Tonnage",
  "Vessel Gross Registered Tonnage",
  "Vessel Flag",
  "Vessel Owner",
]);

function vesselHead(party: Party): string {
  const of = (type: string) => party.vessel?.find((a) => a.type === type)?.value;
  const [sign, kind, dwt, grt, flag, owner] = [
    of("Vessel Call Sign"),
    of("VESSEL TYPE") ?? of("Vessel Type"),
    of("Vessel Tonnage"),
    of("Vessel Gross Registered Tonnage"),
    of("Vessel Flag"),
    of("Vessel Owner"),
  ];
  return [
    named(party),
    sign && `(${sign})`,
    kind,
    dwt && `${dwt}DWT`,
    grt && `${grt}GRT`,
    flag && `${flag} flag`,
    owner && `(${owner})`,
  ]
    .filter(Boolean)
    .join(" ");
}

type Scripts = NonNullable<Party["name"]["scripts"]>;

function scripts(forms: Scripts | undefined): string {
  return forms === undefined || forms.length === 0
    ? ""
    : ` (${forms.map((form) => `${form.script}: ${form.full}`).join("; ")})`;
}

function aliases(party: Party): string {
  const list = party.aliases ?? [];
  if (list.length === 0) return "";
  const one = (alias: (typeof list)[number]) =>
    `${alias.type} ${alias.quality === "weak" ? `"${alias.full}"` : alias.full}${scripts(alias.scripts)}`;
  return ` (${list.map(one).join("; ")})`;
}

function labelled(party: Party): string[] {
  const out: string[] = [];
  const seen = new Set<string>();
  const put = (label: string, text: string) => {
    out.push(`${seen.has(label) ? "alt. " : ""}${label} ${text}`);
    seen.add(label);
  };
  for (const a of party.birthDates ?? []) put("DOB", a.value);
  for (const a of party.birthPlaces ?? []) put("POB", a.value);
  for (const a of party.nationalities ?? []) put("nationality", a.value);
  for (const a of party.citizenships ?? []) put("citizen", a.value);
  for (const a of party.genders ?? []) put("Gender", a.value);
  for (const a of party.contacts ?? []) put(a.type ?? "", a.value);
  for (const w of party.wallets ?? []) put(`Digital Currency Address - ${w.currency}`, w.address);
  for (const a of party.secondarySanctions ?? []) put(a.type ?? "", a.value);
  for (const a of party.features ?? []) put(a.type ?? "", a.value);
  for (const a of party.restrictions ?? []) put(a.type ?? "", a.value);
  for (const a of party.vessel ?? []) if (!IN_HEAD.has(a.type ?? "")) put(a.type ?? "", a.value);
  for (const a of party.aircraft ?? []) put(a.type ?? "", a.value);
  for (const d of party.documents ?? []) {
    put(
      d.type,
      (d.number ?? "") +
        (d.country === undefined ? "" : ` (${d.country})`) +
        (d.issued === undefined ? "" : ` issued ${d.issued}`) +
        (d.expires === undefined ? "" : ` expires ${d.expires}`),
    );
  }
  for (const remark of party.remarks ?? []) out.push(remark.text);
  if (party.title !== undefined) out.push(party.title);
  return out;
}

/** What a line must say of a party: `area|label|value|…`, sorted. */
export function expectedClaims(party: Party): string[] {
  const line = (...parts: (string | undefined)[]) => parts.map((part) => part ?? "").join("|");
  const forms = (area: string, list: Scripts | undefined) =>
    (list ?? []).map((f) => line(area, f.script, f.full));
  return [
    line("name", "", party.name.full),
    ...forms("name", party.name.scripts),
    ...(party.aliases ?? []).flatMap((a) => [
      line("alias", a.type, a.full, a.quality),
      ...forms("alias", a.scripts),
    ]),
    ...(party.addresses ?? []).map((a) => line("address", "", addressText(a))),
    ...(party.birthDates ?? []).map((a) => line("birth-date", "DOB", a.value)),
    ...(party.birthPlaces ?? []).map((a) => line("birth-place", "POB", a.value)),
    ...(party.nationalities ?? []).map((a) => line("nationality", "nationality", a.value)),
    ...(party.citizenships ?? []).map((a) => line("citizenship", "citizen", a.value)),
    ...(party.genders ?? []).map((a) => line("gender", "Gender", a.value)),
    ...(party.contacts ?? []).map((a) => line("contact", a.type, a.value)),
    ...(party.wallets ?? []).map((w) =>
      line("wallet", `Digital Currency Address - ${w.currency}`, w.address),
    ),
    ...(party.secondarySanctions ?? []).map((a) => line("secondary-sanctions", a.type, a.value)),
    ...(party.features ?? []).map((a) => line("feature", a.type, a.value)),
    ...(party.aircraft ?? []).map((a) => line("aircraft", a.type, a.value)),
    ...(party.vessel ?? []).map((a) => line("vessel", a.type, a.value)),
    ...(party.documents ?? []).map((d) => line("document", d.type, d.number, d.country, d.issued, d.expires)),
    ...(party.title === undefined ? [] : [line("title", "", party.title)]),
    ...(party.programs ?? []).map((p) => line("program", "", p.code)),
    ...(party.relationships ?? []).map((r) => line("relationship", "Linked To:", r.targetName)),
    ...(party.type === "entity" ? [] : [line("type", "", party.type)]),
  ].sort();
}

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const some = <T>(one: fc.Arbitrary<T>, max = 3) => fc.array(one, { maxLength: max });
const capital = pick(
  "ACME",
  "AL-TEST",
  "BANK",
  "O'HARE",
  "NO. 7",
  "110TH",
  "A.B.",
  "TRADING",
  "ÉTOILE",
  "J.S.C.",
  "ABU",
  "DE LA",
  "&",
  "K'",
);
const capitals = fc.array(capital, { minLength: 1, maxLength: 4 }).map((words) => `X${words.join(" ")}`);
const entityName = fc
  .tuple(capitals, pick("", "", ", LTD.", ", S.A. DE C.V.", " (UK)", " (PVT) LTD", ", JOINT STOCK COMPANY"))
  .map(([name, form]) => name + form);
const personName = fc
  .tuple(capitals, pick("Jane", "Yong Su", "Mo'in", "Jean-Paul", "Ali (Test)", "Israel", "A. B."))
  .map(([last, given]) => `${last}, ${given}`);
const country = pick(
  "Iran",
  "Korea, North",
  "China",
  "Bahamas, The",
  "Congo, Democratic Republic of the",
  "undetermined",
);
const native = fc.oneof(
  pick("محمد, علي", "شركة").map((full) => ({ script: "Arabic", full })),
  pick("ИВАНОВ, Иван", "ООО ТЕСТ").map((full) => ({ script: "Cyrillic", full })),
  pick("测试, 公司", "测").map((full) => ({ script: "Chinese Simplified", full })),
  pick("ÜBUNG OÜ").map((full) => ({ script: "Latin", full })),
);
const forms = fc.uniqueArray(native, { maxLength: 2, selector: (form) => form.script });
const alias = (name: fc.Arbitrary<string>) =>
  fc.record({
    type: pick("a.k.a.", "f.k.a.", "n.k.a."),
    quality: pick("strong" as const, "weak" as const),
    full: name,
    scripts: forms,
  });
const address = fc.record({
  address1: fc.option(
    pick(
      "1 Test Street",
      "Room 103, Building 6, No. 9",
      "P.O. Box 7",
      "Ul. Testa D. 6,, Str. 3",
      "c/o Acme (Test) Ltd.",
    ),
    { nil: undefined },
  ),
  city: fc.option(pick("Testville", "St. Test 12345", "Test, Test Province"), { nil: undefined }),
  country,
});
const day = pick("01 Jan 1970", "Mar 1971", "1972", "circa 1973", "1951 to 1953");
const value = <T extends string>(...values: T[]) => pick(...values).map((text) => ({ value: text }));
const typed = (...pairs: [string, string][]) => pick(...pairs).map(([type, text]) => ({ type, value: text }));
const date = fc.option(pick("16 Oct 2019", "Oct 2020", "2021"), { nil: undefined });
const documents = fc.record({
  type: pick(
    "Passport",
    "National ID No.",
    "Tax ID No.",
    "Registration Certificate Number (Dubai)",
    "C.U.R.P.",
    "MMSI",
    "NIT #",
    "Vessel Registration Identification",
  ),
  number: pick("123", "9/TEST(N)0101", "IMO 9404558", "AB 12-3", "N.A."),
  country: fc.option(
    country.filter((name) => name !== "undetermined"),
    { nil: undefined },
  ),
  issued: date,
  expires: date,
});

/** Members without a value left out, as canonical parties have it. */
function clean(object: object): Party {
  return JSON.parse(JSON.stringify(object)) as Party;
}

/** Parties of every kind, each with a line that says all there is to say. */
export const printableParty: fc.Arbitrary<Party> = pick("entity", "individual", "vessel", "aircraft").chain(
  (type) => {
    const ship = type === "vessel";
    const name = type === "individual" ? personName : type === "entity" ? entityName : capitals;
    const own = ship || type === "aircraft" ? fc.constant([]) : some(address);
    const person = type === "individual";
    const none = fc.constant([]);
    return fc
      .record({
        uid: fc.nat(),
        type: fc.constant(type),
        blocking: fc.constant("yes" as const),
        name: fc.record({ full: name, scripts: forms }),
        aliases: some(alias(name)),
        addresses: own,
        birthDates: person ? some(day.map((text) => ({ value: text }))) : none,
        birthPlaces: person ? some(value("Test, Iran", "Testville"), 1) : none,
        nationalities: person
          ? some(
              country.map((text) => ({ value: text })),
              2,
            )
          : none,
        citizenships: person
          ? some(
              country.map((text) => ({ value: text })),
              2,
            )
          : none,
        genders: person ? some(value("Male", "Female"), 1) : none,
        contacts: some(
          typed(["Website", "acme.test"], ["Email Address", "a@b.test"], ["Phone Number", "+1 (2) 3"]),
        ),
        wallets: some(
          fc.record({ currency: pick("XBT", "ETH", "NEWC"), address: pick("1Test", "0xAb", "bc1q") }),
        ),
        secondarySanctions: some(
          typed(
            ["Secondary sanctions risk:", "See Section 11 of Executive Order 14024."],
            ["Additional Sanctions Information -", "Subject to Secondary Sanctions"],
          ),
          2,
        ),
        features: some(
          typed(
            ["Organization Established Date", "1981"],
            ["Organization Type:", "Accounting, bookkeeping and auditing activities; tax consultancy"],
            ["Target Type", "Government Entity"],
            ["SWIFT/BIC", "TESTIRTH"],
          ),
        ),
        aircraft:
          type === "aircraft"
            ? some(typed(["Aircraft Model", "IL-76"], ["Aircraft Tail Number", "EP-TST"]))
            : none,
        documents: some(documents),
        title: person
          ? fc.option(pick("Minister of Tests", "General, Test Corps"), { nil: undefined })
          : fc.constant(undefined),
        programs: fc
          .uniqueArray(pick("SDGT", "CAATSA - RUSSIA", "561-Related", "SOUTH SUDAN", "DPRK4"), {
            minLength: 1,
            maxLength: 3,
          })
          .map((codes) => codes.map((code) => ({ code }))),
        relationships: some(
          fc.oneof(entityName, personName).map((targetName) => ({ type: "Linked To", targetName })),
          2,
        ),
        vessel: ship ? vesselHeadParts : none,
      })
      .map(clean);
  },
);

const vesselHeadParts = fc
  .record({
    sign: fc.option(pick("T2EF4", "5IM 597"), { nil: undefined }),
    kind: fc.option(pick("Crude Oil Tanker", "LPG Tanker", "Tug", "Roll-on Roll-off"), { nil: undefined }),
    dwt: fc.option(pick("298,731", "900"), { nil: undefined }),
    grt: fc.option(pick("156,809", "212"), { nil: undefined }),
    flag: fc.option(
      pick(
        "Iran",
        "None Identified",
        "Korea, North",
        "United Arab Emirates",
        "Democratic People's Republic of Korea",
      ),
      { nil: undefined },
    ),
    owner: fc.option(pick("Acme S.A.", "TEST SHIPPING"), { nil: undefined }),
  })
  .map(({ sign, kind, dwt, grt, flag, owner }) =>
    [
      ["Vessel Call Sign", sign],
      ["VESSEL TYPE", kind],
      ["Vessel Tonnage", dwt],
      ["Vessel Gross Registered Tonnage", grt],
      ["Vessel Flag", flag],
      // Without a flag before it, an owner in brackets looks like a call sign.
      ["Vessel Owner", flag === undefined ? undefined : owner],
    ].flatMap(([type, text]) => (type === undefined || text === undefined ? [] : [{ type, value: text }])),
  );
