/** One party of a composed delta: whole when it is added or removed, else what changed of it. */
export type ComposedDeltaParty =
  | { readonly uid: number; readonly op: "add" | "remove"; readonly name: string; readonly list?: string }
  | { readonly uid: number; readonly op: "modify"; readonly program: string };

/** OFAC's own delta of one publication (ofac-formats §5.1), composed; `date` as YYYY-MM-DD. */
export function composeDelta(date: string, parties: readonly ComposedDeltaParty[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
    "<!-- Composed in OFAC's format for a demonstration or a test. Not OFAC data. -->",
    '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0">',
    `<publicationInfo><datePublished>${date}T00:00:00-04:00</datePublished><publicationType>Standard Action</publicationType></publicationInfo>`,
    "<referenceValues/><featureTypes/><entities>",
    ...[...parties].sort((a, b) => a.uid - b.uid).map(entity),
    "</entities></sanctionsData>",
  ].join("\n");
}

function entity(party: ComposedDeltaParty): string {
  const { uid } = party;
  if (party.op === "modify") {
    return (
      `<entity id="${uid}"><sanctionsPrograms><sanctionsProgram id="${uid + 900_000}" refId="1" action="add">` +
      `${party.program}</sanctionsProgram></sanctionsPrograms></entity>`
    );
  }
  const { name, list = "SDN List" } = party;
  return [
    `<entity id="${uid}" action="${party.op}">`,
    `<generalInfo><identityId>${uid}</identityId><entityType refId="601">Entity</entityType></generalInfo>`,
    `<sanctionsLists><sanctionsList id="${uid + 910_000}" refId="1550" datePublished="2023-05-23">${list}</sanctionsList></sanctionsLists>`,
    `<names><name id="${uid + 920_000}"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>`,
    `<translation id="${uid + 930_000}"><isPrimary>true</isPrimary><script refId="20122">Latin</script>`,
    `<formattedLastName>${name}</formattedLastName><formattedFullName>${name}</formattedFullName></translation></translations></name></names>`,
    "</entity>",
  ].join("");
}
