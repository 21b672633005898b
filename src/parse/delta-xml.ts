import {
  type Area,
  ContentError,
  classifyLabel,
  type Delta,
  type DeltaChange,
  type DeltaRecord,
  type EnhancedEntity,
  isIsoDate,
  type Note,
} from "../domain/index.ts";
import { detect } from "./detect.ts";
import { readEntity } from "./enhanced-xml.ts";
import { Fields, type Reading } from "./fields.ts";
import { optional } from "./sdn-csv.ts";
import { UniqueUids } from "./unique.ts";
import { readDocument } from "./xml-document.ts";
import type { XmlElement } from "./xml-tree.ts";

/**
 * Reads OFAC's delta XML of one publication.
 *
 * @throws ContentError for a document that is none, or is damaged.
 */
export function parseDelta(bytes: Uint8Array, name: string): Delta {
  const kind = detect(bytes, name);
  if (kind !== "delta-xml") {
    throw new ContentError(
      "unknown-format",
      `${name}: expected OFAC's delta XML, found ${kind}. Check the address.`,
    );
  }
  const notes: Note[] = [];
  const root = readDocument(bytes, name);
  const head = new Fields(root, { where: name, label: "head", notes });
  const info = head.child("publicationInfo", (fields) => ({
    date: /^\s*(\d{4}-\d{2}-\d{2})(?:T|\s*$)/.exec(fields.text("datePublished") ?? "")?.[1] ?? "",
    type: fields.text("publicationType") ?? null,
  }));
  // Reference values and feature types number texts that the entities carry themselves.
  head.ignore("referenceValues", "featureTypes");
  if (info === undefined || !isIsoDate(info.date)) {
    throw new ContentError(
      "malformed-head",
      `${name}: expected datePublished as a date in the head, found none.`,
    );
  }
  const uids = new UniqueUids();
  let ordinal = 0;
  const entities = head.child("entities", (container) => {
    container.ignore("entity");
    return root.children
      .filter((child) => child.name === "entities")
      .flatMap((child) => child.children.filter((entity) => entity.name === "entity"))
      .map((element) => {
        const record = readRecord(element, {
          where: `${name}, record ${++ordinal}`,
          label: "no uid yet",
          notes,
        });
        uids.add(record.uid);
        return record;
      });
  });
  head.done();
  uids.check(name);
  return { datePublished: info.date, publicationType: info.type, entities: entities ?? [], notes };
}

function readRecord(element: XmlElement, reading: Reading): DeltaRecord {
  const action = element.attributes?.get("action");
  const own = new Fields(element, reading).ignoring("action");
  const uid = own.integerAttribute("id");
  reading.label = `uid ${uid}`;
  if (action === "add" || action === "remove") {
    return { op: action, uid, entity: readWhole(element, reading) };
  }
  if (action !== undefined && action !== "update" && action !== "modify" && action !== "change") {
    reading.notes.push({ code: "unknown-action", subject: action, example: reading.label });
  }
  const changes: DeltaChange[] = [];
  for (const child of element.children) collect(child, "", "", [], changes, reading);
  const lists = element.children
    .filter((child) => child.name === "sanctionsLists")
    .flatMap((child) => child.children.map((list) => list.text.trim()));
  return { op: "modify", uid, lists, changes };
}

/** The whole record, without the action that only a delta has. */
function readWhole(element: XmlElement, reading: Reading): EnhancedEntity {
  const attributes = new Map(element.attributes);
  attributes.delete("action");
  return readEntity({ ...element, attributes }, reading);
}

const ACTIONS: readonly string[] = ["add", "remove", "update"];

/** Walks down to the elements that carry an action; the wrappers above them have none. */
function collect(
  element: XmlElement,
  path: string,
  owner: string,
  above: readonly XmlElement[],
  changes: DeltaChange[],
  reading: Reading,
): void {
  const here = path === "" ? element.name : `${path}/${element.name}`;
  const action = element.attributes?.get("action");
  if (action === undefined) {
    const id = element.attributes?.get("id");
    const ids = id === undefined ? owner : `${owner} ${element.name} ${id}`.trim();
    for (const child of element.children) collect(child, here, ids, [...above, element], changes, reading);
    return;
  }
  const known = ACTIONS.find((name) => name === action);
  if (known === undefined)
    reading.notes.push({ code: "unknown-action", subject: action, example: reading.label });
  changes.push({
    action: known === "add" || known === "remove" ? known : "update",
    areas: areasOf(here, element, above, reading),
    path: here,
    owner,
    content: contentOf(element),
    ...optional("oldValue", element.attributes?.get("oldValue")),
  });
}

const CONTAINER_AREAS: Readonly<Record<string, readonly Area[]>> = {
  // Whether a party is blocked follows from its lists and sanctions types.
  sanctionsLists: ["list", "blocking"],
  sanctionsPrograms: ["program"],
  sanctionsTypes: ["sanctions-type", "blocking"],
  legalAuthorities: ["legal-authority"],
  addresses: ["address"],
  identityDocuments: ["document"],
  relationships: ["relationship"],
};

const GENERAL_AREAS: Readonly<Record<string, Area>> = {
  entityType: "type",
  title: "title",
  remarks: "remarks",
};

function areasOf(
  path: string,
  element: XmlElement,
  above: readonly XmlElement[],
  reading: Reading,
): readonly Area[] {
  const [container, second] = path.split("/");
  const known = CONTAINER_AREAS[container ?? ""];
  if (known !== undefined) return known;
  if (container === "generalInfo") return [GENERAL_AREAS[second ?? ""] ?? "feature"];
  if (container === "names") {
    const primary = [...above, element]
      .map((e) => childText(e, "isPrimary"))
      .find((text) => text !== undefined);
    if (!path.endsWith("/name") || primary === undefined) return ["name", "alias"];
    return [primary === "true" ? "name" : "alias"];
  }
  if (container === "features") {
    const label = [...above, element].map((e) => childText(e, "type")).find((text) => text !== undefined);
    return label === undefined ? [] : [classifyLabel(label).area];
  }
  reading.notes.push({ code: "unknown-element", subject: `entity/${path}`, example: reading.label });
  return [];
}

function childText(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim();
}

/** Ids are re-created with the same text (ofac-formats §5.1); they and the action are no content. */
const NO_CONTENT: readonly string[] = ["id", "refId", "action", "oldValue", "featureTypeId"];
const NO_CONTENT_ELEMENTS: readonly string[] = ["versionId", "valueRefId", "identityId"];

function contentOf(element: XmlElement): string {
  const attributes = [...(element.attributes ?? [])]
    .filter(([name]) => !NO_CONTENT.includes(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  const children = element.children
    .filter((child) => !NO_CONTENT_ELEMENTS.includes(child.name))
    .map(contentOf)
    .sort();
  return `${element.name}(${[...attributes, element.text.trim(), ...children].filter((x) => x !== "").join("; ")})`;
}
