import type {
  AddressTranslation,
  EnhancedAddress,
  EnhancedDocument,
  EnhancedEntity,
  EnhancedFeature,
  EnhancedName,
  EnhancedPart,
  EnhancedPeriod,
  EnhancedRef,
  EnhancedRelationship,
  NameTranslation,
} from "../domain/index.ts";
import { Fields, type Reading } from "./fields.ts";
import { optional } from "./sdn-csv.ts";
import type { XmlElement } from "./xml-tree.ts";

/** Reads one `entity` of the Enhanced model (ofac-formats §3.1), in whatever order its children come. */
export function readEntity(element: XmlElement, reading: Reading): EnhancedEntity {
  const fields = new Fields(element, reading);
  const uid = fields.integerAttribute("id");
  reading.label = `uid ${uid}`;
  const info = fields.requiredChild("generalInfo");
  // identityId is the number of an internal record behind the party; nothing else refers to it.
  info.ignore("identityId");
  const isUsCitizen = info.optionalBoolean("isUsCitizen");
  const isUsPerson = info.optionalBoolean("isUsPerson");
  const entity: EnhancedEntity = {
    format: "enhanced",
    uid,
    type: refText(info.requiredChild("entityType")),
    ...optional("livingStatus", info.child("livingStatus", refText)),
    ...optional("remarks", info.text("remarks")),
    ...optional("title", info.text("title")),
    ...optional("isUsCitizen", isUsCitizen),
    ...optional("isUsPerson", isUsPerson),
    lists: fields.items("sanctionsLists", "sanctionsList", (list) => ({
      ...optional("datePublished", list.attribute("datePublished")),
      ...ref(list),
    })),
    programs: fields.items("sanctionsPrograms", "sanctionsProgram", ref),
    sanctionsTypes: fields.items("sanctionsTypes", "sanctionsType", ref),
    legalAuthorities: fields.items("legalAuthorities", "legalAuthority", ref),
    names: fields.items("names", "name", readName),
    addresses: fields.items("addresses", "address", readAddress),
    features: fields.items("features", "feature", readFeature),
    documents: fields.items("identityDocuments", "identityDocument", readIdentityDocument),
    relationships: fields.items("relationships", "relationship", readRelationship),
  };
  info.done();
  fields.done();
  return entity;
}

/** Text of a reference. Its refId names the same value in the head's table, whose numbers OFAC keeps private. */
function refText(fields: Fields): string {
  fields.ignoreAttributes("refId");
  return fields.requiredValue();
}

function ref(fields: Fields): EnhancedRef {
  return { uid: fields.integerAttribute("id"), value: refText(fields) };
}

function readName(fields: Fields): EnhancedName {
  return {
    uid: fields.integerAttribute("id"),
    isPrimary: fields.boolean("isPrimary", false),
    isLowQuality: fields.boolean("isLowQuality", false),
    ...optional("aliasType", fields.child("aliasType", refText)),
    translations: fields.items("translations", "translation", readNameTranslation),
  };
}

function readNameTranslation(fields: Fields): NameTranslation {
  fields.ignoreAttributes("id");
  return {
    isPrimary: fields.boolean("isPrimary", false),
    script: fields.child("script", refText) ?? "",
    ...optional("first", fields.text("formattedFirstName")),
    ...optional("last", fields.text("formattedLastName")),
    ...optional("full", fields.text("formattedFullName")),
    parts: fields.items("nameParts", "namePart", readPart),
  };
}

/** Parts are told by type and text: OFAC re-creates their ids with the same text. */
function readPart(fields: Fields): EnhancedPart {
  fields.ignoreAttributes("id");
  return { type: fields.child("type", refText) ?? "", value: fields.text("value") ?? "" };
}

function readAddress(fields: Fields): EnhancedAddress {
  const uid = fields.integerAttribute("id");
  const country = fields.child("country", refText);
  const inner: { country?: string; translations: AddressTranslation[] } = fields.child(
    "translations",
    (list) => ({
      ...optional("country", list.child("country", refText)),
      translations: list.each("translation", readAddressTranslation),
    }),
  ) ?? { translations: [] };
  return { uid, ...optional("country", country ?? inner.country), translations: inner.translations };
}

function readAddressTranslation(fields: Fields): AddressTranslation {
  fields.ignoreAttributes("id");
  return {
    isPrimary: fields.boolean("isPrimary", false),
    script: fields.child("script", refText) ?? "",
    parts: fields.items("addressParts", "addressPart", readPart),
  };
}

function readFeature(fields: Fields): EnhancedFeature {
  // versionId and valueRefId number the value in OFAC's own tables; the value itself is here.
  fields.ignore("versionId", "valueRefId");
  return {
    uid: fields.integerAttribute("id"),
    label: fields.requiredChild("type").ignoring("featureTypeId").requiredValue(),
    value: fields.text("value") ?? "",
    ...optional("date", fields.child("valueDate", readPeriod)),
    isPrimary: fields.boolean("isPrimary", false),
    ...optional("reliability", fields.child("reliability", refText)),
    ...optional("comments", fields.text("comments")),
  };
}

function readPeriod(fields: Fields): EnhancedPeriod {
  fields.ignoreAttributes("id");
  return {
    ...optional("fromBegin", fields.text("fromDateBegin")),
    ...optional("fromEnd", fields.text("fromDateEnd")),
    ...optional("toBegin", fields.text("toDateBegin")),
    ...optional("toEnd", fields.text("toDateEnd")),
    approximate: fields.boolean("isApproximate", false),
    range: fields.boolean("isDateRange", false),
  };
}

function readIdentityDocument(fields: Fields): EnhancedDocument {
  const name = fields.child("name", (element) => ({
    uid: element.ignoring("nameTranslationId").integerAttribute("nameId"),
    text: element.value(),
  }));
  return {
    uid: fields.integerAttribute("id"),
    type: fields.child("type", refText) ?? "",
    ...optional("name", name?.text),
    ...optional("nameUid", name?.uid),
    ...optional("number", fields.text("documentNumber")),
    isValid: fields.boolean("isValid", true),
    ...optional("authority", fields.text("issuingAuthority")),
    ...optional("location", fields.text("issuingLocation")),
    ...optional("country", fields.child("issuingCountry", refText)),
    ...optional("issued", fields.child("issueDate", readPeriod)),
    ...optional("expires", fields.child("expirationDate", readPeriod)),
    features: fields
      .items("idFeatures", "idFeature", (feature) => feature.ignoring("id", "featureVersionId").value())
      .filter((text) => text !== undefined),
    ...optional("comments", fields.text("comments")),
  };
}

function readRelationship(fields: Fields): EnhancedRelationship {
  const target = fields.requiredChild("relatedEntity");
  const targetUid = target.integerAttribute("entityId");
  return {
    uid: fields.integerAttribute("id"),
    type: fields.child("type", refText) ?? "",
    targetUid,
    targetName: target.value() ?? "",
    ...optional("quality", fields.child("quality", refText)),
    ...optional("dateRange", fields.child("dateRange", readPeriod)),
    ...optional("comments", fields.text("comments")),
  };
}

const UID = /^<[\w:.-]+\s(?:[^>]*?\s)?id\s*=\s*["'](\d{1,10})["']/;

/** The id in an entity's start tag. */
export function entityUid(start: string): number | undefined {
  const uid = UID.exec(start)?.[1];
  return uid === undefined ? undefined : Number(uid);
}
