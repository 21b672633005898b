/**
 * Small documents in OFAC's formats, composed for tests: invented neutral parties, no real one.
 */

const LEGACY_NAMESPACE = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML";
const ENHANCED_NAMESPACE =
  "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ENHANCED_XML";

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A legacy document around entries; `count` defaults to the number of entries. */
export function legacyXml(
  entries: readonly string[],
  options: {
    readonly count?: number;
    readonly date?: string;
    readonly namespace?: string;
    readonly extra?: string;
  } = {},
): string {
  return [
    '<?xml version="1.0" standalone="yes"?>',
    `<sdnList xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="${options.namespace ?? LEGACY_NAMESPACE}">`,
    "  <publshInformation>",
    `    <Publish_Date>${options.date ?? "01/15/2025"}</Publish_Date>`,
    `    <Record_Count>${options.count ?? entries.length}</Record_Count>`,
    `  </publshInformation>${options.extra ?? ""}`,
    ...entries.map((entry) => `  ${entry}`),
    "</sdnList>",
  ].join("\r\n");
}

/** A legacy entry: an entity with one program and whatever else is given. */
export function legacyEntry(uid: number, rest = "", lastName = `EXAMPLE TRADING ${uid}`): string {
  return (
    `<sdnEntry>\r\n    <uid>${uid}</uid>\r\n    <lastName>${lastName}</lastName>\r\n    <sdnType>Entity</sdnType>\r\n` +
    `    <programList>\r\n      <program>NPWMD</program>\r\n    </programList>${rest}\r\n  </sdnEntry>`
  );
}

/** An Enhanced document around entities. */
export function enhancedXml(
  entities: readonly string[],
  options: { readonly lists?: readonly string[]; readonly date?: string; readonly values?: string } = {},
): string {
  const lists = (options.lists ?? ["SDN List"]).map(
    (list) => `<sanctionsList refId="1">${list}</sanctionsList>`,
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<sanctionsData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="${ENHANCED_NAMESPACE}">`,
    `  <publicationInfo><dataAsOf>${options.date ?? "2025-01-10T00:00:00"}</dataAsOf>`,
    `    <filters><sanctionsLists>${lists.join("")}</sanctionsLists></filters></publicationInfo>`,
    `  <referenceValues>${options.values ?? '<referenceValue refId="601"><type>ENTITY TYPE</type><value>Entity</value></referenceValue>'}</referenceValues>`,
    '  <featureTypes><featureType featureTypeId="14"><type>Website</type><publishExclude>false</publishExclude></featureType></featureTypes>',
    "  <entities>",
    ...entities.map((entity) => `    ${entity}`),
    "  </entities>",
    "</sanctionsData>",
  ].join("\n");
}

/** An Enhanced entity; `rest` goes before its end. */
export function enhancedEntity(
  uid: number,
  rest = "",
  options: { readonly name?: string; readonly list?: string; readonly type?: string } = {},
): string {
  const name = options.name ?? `EXAMPLE TRADING ${uid}`;
  return [
    `<entity id="${uid}">`,
    `<generalInfo><identityId>${uid + 5}</identityId><entityType refId="601">Entity</entityType></generalInfo>`,
    `<sanctionsLists><sanctionsList refId="1550" id="${uid + 1}" datePublished="2023-05-23">${options.list ?? "SDN List"}</sanctionsList></sanctionsLists>`,
    `<sanctionsPrograms><sanctionsProgram refId="91031" id="${uid + 2}">NPWMD</sanctionsProgram></sanctionsPrograms>`,
    `<sanctionsTypes><sanctionsType refId="1705" id="${uid + 3}">${options.type ?? "Block"}</sanctionsType></sanctionsTypes>`,
    "<legalAuthorities />",
    `<names><name id="${uid + 4}"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>`,
    `<translation id="${uid + 6}"><isPrimary>true</isPrimary><script refId="20122">Latin</script>`,
    `<formattedLastName>${name}</formattedLastName><formattedFullName>${name}</formattedFullName>`,
    `<nameParts><namePart id="${uid + 7}"><type refId="1525">Entity Name</type><value>${name}</value></namePart></nameParts>`,
    `</translation></translations></name></names>${rest}</entity>`,
  ].join("\n      ");
}

/** A row of SDN.CSV; what is not given is OFAC's null. */
export function csvRow(
  uid: number,
  fields: {
    readonly name?: string;
    readonly type?: string;
    readonly program?: string;
    readonly title?: string;
    readonly vessel?: readonly (string | undefined)[];
    readonly remarks?: string;
  } = {},
): string {
  const quoted = (text: string | undefined): string =>
    text === undefined ? "-0- " : `"${text.replaceAll('"', '""')}"`;
  const vessel = fields.vessel ?? [];
  return [
    String(uid),
    quoted(fields.name ?? `EXAMPLE TRADING ${uid}`),
    quoted(fields.type),
    quoted(fields.program ?? "NPWMD"),
    quoted(fields.title),
    ...[0, 1, 2, 3, 4, 5].map((index) => quoted(vessel[index])),
    quoted(fields.remarks),
  ].join(",");
}

/** A CSV file of rows with OFAC's line ends and end mark. */
export function csvFile(rows: readonly string[]): string {
  return `${rows.map((row) => `${row}\r\n`).join("")}\u001a`;
}
