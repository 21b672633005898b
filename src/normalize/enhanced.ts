import {
  type Blocking,
  type EnhancedDocument,
  type EnhancedEntity,
  type EnhancedFeature,
  type EnhancedPeriod,
  type EnhancedRef,
  type EnhancedRelationship,
  LIST_NAMES,
  type Period,
} from "../domain/index.ts";
import { Draft } from "./draft.ts";
import { addresses, enhancedName, noteScripts, primaryName } from "./enhanced-names.ts";
import { addDocument, addFact, addProgram, aliasType, noteParty } from "./facts.ts";
import { periodText, statedPeriod } from "./period-text.ts";
import { cleanText, optionalText } from "./text.ts";

/** A party of an Enhanced file. */
export function enhancedParty(entity: EnhancedEntity): Draft {
  const primary = primaryName(entity.names);
  const draft = new Draft(
    entity.uid,
    cleanText(entity.type).toLowerCase(),
    primary === undefined ? { full: "" } : enhancedName(primary),
  );
  noteParty(draft);
  if (draft.name.full === "") draft.note("no-name", "parties without a primary name");
  draft.title = cleanText(entity.title ?? "");
  for (const segment of (entity.remarks ?? "").split("; ")) {
    const text = cleanText(segment);
    if (text !== "") draft.remarks.push({ text });
  }
  for (const list of entity.lists) {
    const name = cleanText(list.value);
    if (!LIST_NAMES.includes(name)) draft.note("unknown-list", name);
    draft.lists.push({ uid: list.uid, name, ...optionalText("listedOn", list.datePublished) });
  }
  for (const program of entity.programs) addProgram(draft, program.value, program.uid);
  draft.sanctionsTypes.push(...entity.sanctionsTypes.map(attribute));
  draft.legalAuthorities.push(...entity.legalAuthorities.map(attribute));
  draft.blocking = blocking(draft);
  for (const name of entity.names) {
    if (name === primary) continue;
    if (name.isPrimary) draft.note("two-primary-names", "parties with two primary names");
    const type = name.aliasType === undefined ? "" : aliasType(draft, name.aliasType);
    draft.aliases.push({ ...enhancedName(name), type, quality: name.isLowQuality ? "weak" : "strong" });
  }
  noteScripts(draft, entity.names);
  noteScripts(draft, entity.addresses);
  draft.addresses.push(...addresses(draft, entity.addresses));
  for (const feature of entity.features) addFeature(draft, feature);
  for (const document of entity.documents) addIdentity(draft, document, primary?.uid);
  for (const relationship of entity.relationships) addRelationship(draft, relationship);
  addPersonal(draft, entity);
  return draft;
}

function attribute(ref: EnhancedRef): { uid: number; value: string } {
  return { uid: ref.uid, value: cleanText(ref.value) };
}

/** Sanctions types that block property. The others (directives, menu-based, CMIC) restrict some dealings. */
const BLOCKING_TYPES: readonly string[] = ["Block"];
const NON_BLOCKING_TYPE =
  /^(?:Reject|561 Full Restrictions|NDAA Special Conditions|13662 Sectoral Directive \w+|CAATSA Section 231\/235 Sanctions|Executive Order 13959 Sanctions|CMIC Executive Order|Executive Order \d+ Directive \w+|Executive Order \d+ Non-blocking)$/;

/**
 * From list membership and sanctions types, never from program tags: some tags of the SDN list are also used
 * for parties that are not blocked (UKRAINE-EO13662). A type that is not known leaves it open.
 */
function blocking(draft: Draft): Blocking {
  if (draft.lists.some((list) => list.name === "SDN List")) return "yes";
  const types = draft.sanctionsTypes.map((type) => type.value);
  if (types.some((type) => BLOCKING_TYPES.includes(type))) return "yes";
  for (const type of types) if (!NON_BLOCKING_TYPE.test(type)) draft.note("unknown-sanctions-type", type);
  return types.length > 0 && types.every((type) => NON_BLOCKING_TYPE.test(type)) ? "no" : "unknown";
}

function addFeature(draft: Draft, feature: EnhancedFeature): void {
  const period = feature.date === undefined ? undefined : statedPeriod(feature.date);
  addFact(draft, {
    uid: feature.uid,
    label: feature.label,
    value: feature.value,
    main: feature.isPrimary,
    ...optionalText("comments", feature.comments),
    ...optionalText("reliability", feature.reliability),
    ...(period === undefined ? {} : { period }),
  });
}

function addIdentity(draft: Draft, document: EnhancedDocument, primary: number | undefined): void {
  const features = document.features.map(cleanText).sort();
  addDocument(draft, {
    uid: document.uid,
    type: cleanText(document.type),
    ...optionalText("number", document.number),
    ...optionalText("country", document.country),
    ...optionalText("issued", dateText(draft, document.issued)),
    ...optionalText("expires", dateText(draft, document.expires)),
    ...optionalText("authority", document.authority),
    ...optionalText("location", document.location),
    ...optionalText("comments", document.comments),
    // The primary name would be said again with every document; another name is a fact.
    ...(document.nameUid === primary ? {} : optionalText("name", document.name)),
    ...(features.length === 0 ? {} : { features }),
    ...(document.isValid ? {} : { valid: false as const }),
  });
}

function dateText(draft: Draft, period: EnhancedPeriod | undefined): string | undefined {
  if (period === undefined) return undefined;
  const text = periodText(period);
  if (text === undefined) draft.note("odd-date", "document dates", JSON.stringify(period));
  return text;
}

function addRelationship(draft: Draft, relationship: EnhancedRelationship): void {
  const period: Period | undefined =
    relationship.dateRange === undefined ? undefined : statedPeriod(relationship.dateRange);
  draft.relationships.push({
    uid: relationship.uid,
    type: cleanText(relationship.type),
    targetUid: relationship.targetUid,
    targetName: cleanText(relationship.targetName),
    ...optionalText("quality", relationship.quality),
    ...optionalText("comments", relationship.comments),
    ...(period === undefined ? {} : { period }),
  });
}

/** Rare facts of `generalInfo` that have no area of their own, under OFAC's element names. */
function addPersonal(draft: Draft, entity: EnhancedEntity): void {
  if (entity.livingStatus !== undefined) {
    draft.features.push({ type: "livingStatus", value: cleanText(entity.livingStatus) });
  }
  for (const type of ["isUsCitizen", "isUsPerson"] as const) {
    if (entity[type] !== undefined) draft.features.push({ type, value: String(entity[type]) });
  }
}
