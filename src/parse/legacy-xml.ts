import type { LegacyEntry, LegacyItem, LegacyVessel, Note } from "../domain/index.ts";
import { Fields, type Reading } from "./fields.ts";
import { optional } from "./sdn-csv.ts";
import type { RecordPath } from "./xml-records.ts";
import type { XmlElement } from "./xml-tree.ts";

/** `sdnList` of SDN.XML and CONSOLIDATED.XML, in the namespaces before and after 2024 (ofac-formats §2). */
export const LEGACY_PATH: RecordPath = { container: ["sdnList"], record: "sdnEntry" };

/** The head of a legacy file. */
export interface LegacyHead {
  /** As written, MM/DD/YYYY. */
  readonly publishDate: string | undefined;
  readonly recordCount: string | undefined;
  readonly notes: readonly Note[];
}

/** Reads what stands outside the records. `publshInformation` is OFAC's own spelling. */
export function readLegacyHead(envelope: XmlElement, name: string): LegacyHead {
  const reading: Reading = { where: name, label: "head", notes: [] };
  const root = new Fields(envelope, reading);
  const info = root.child("publshInformation", (fields) => ({
    publishDate: fields.text("Publish_Date"),
    recordCount: fields.text("Record_Count"),
  }));
  root.done();
  return { publishDate: info?.publishDate, recordCount: info?.recordCount, notes: reading.notes };
}

/** Reads one `sdnEntry`; children may come in any order. */
export function readLegacyEntry(element: XmlElement, reading: Reading): LegacyEntry {
  const fields = new Fields(element, reading);
  const uid = fields.integer("uid");
  reading.label = `uid ${uid}`;
  const entry: LegacyEntry = {
    format: "legacy",
    uid,
    ...optional("firstName", fields.text("firstName")),
    lastName: fields.required("lastName"),
    ...optional("title", fields.text("title")),
    sdnType: fields.required("sdnType"),
    ...optional("remarks", fields.text("remarks")),
    programs: fields
      .items("programList", "program", (program) => program.value() ?? "")
      .filter((p) => p !== ""),
    ids: fields.items("idList", "id", (id) => ({
      uid: id.integer("uid"),
      idType: id.required("idType"),
      ...optional("idNumber", id.text("idNumber")),
      ...optional("idCountry", id.text("idCountry")),
      ...optional("issueDate", id.text("issueDate")),
      ...optional("expirationDate", id.text("expirationDate")),
    })),
    akas: fields.items("akaList", "aka", (aka) => ({
      uid: aka.integer("uid"),
      type: aka.required("type"),
      category: aka.required("category"),
      ...optional("lastName", aka.text("lastName")),
      ...optional("firstName", aka.text("firstName")),
    })),
    addresses: fields.items("addressList", "address", (address) => ({
      uid: address.integer("uid"),
      ...optional("address1", address.text("address1")),
      ...optional("address2", address.text("address2")),
      ...optional("address3", address.text("address3")),
      ...optional("city", address.text("city")),
      ...optional("stateOrProvince", address.text("stateOrProvince")),
      ...optional("postalCode", address.text("postalCode")),
      ...optional("region", address.text("region")),
      ...optional("country", address.text("country")),
    })),
    nationalities: fields.items("nationalityList", "nationality", item("country")),
    citizenships: fields.items("citizenshipList", "citizenship", item("country")),
    birthDates: fields.items("dateOfBirthList", "dateOfBirthItem", item("dateOfBirth")),
    birthPlaces: fields.items("placeOfBirthList", "placeOfBirthItem", item("placeOfBirth")),
    ...optional("vessel", fields.child("vesselInfo", readVessel)),
  };
  fields.done();
  return entry;
}

function item(value: string): (fields: Fields) => LegacyItem {
  return (fields) => ({
    uid: fields.integer("uid"),
    value: fields.required(value),
    main: fields.boolean("mainEntry", false),
  });
}

function readVessel(fields: Fields): LegacyVessel {
  return {
    ...optional("callSign", fields.text("callSign")),
    ...optional("vesselType", fields.text("vesselType")),
    ...optional("vesselFlag", fields.text("vesselFlag")),
    ...optional("vesselOwner", fields.text("vesselOwner")),
    ...optional("tonnage", fields.text("tonnage")),
    ...optional("grossRegisteredTonnage", fields.text("grossRegisteredTonnage")),
  };
}

const UID = /^<[\w:.-]+(?:\s[^>]*)?>\s*<(?:[\w.-]+:)?uid>\s*(\d{1,10})\s*</;

/** The uid of an entry's text where it stands first, as it does in every real file; else undefined. */
export function legacyUid(start: string): number | undefined {
  const uid = UID.exec(start)?.[1];
  return uid === undefined ? undefined : Number(uid);
}
