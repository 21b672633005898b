import { type ListId, type Note, sha256Hex } from "../domain/index.ts";
import { Fields, type Reading } from "./fields.ts";
import type { RecordPath } from "./xml-records.ts";
import type { XmlElement } from "./xml-tree.ts";

/** `entity` elements of the Enhanced files and of customised exports (ofac-formats §3). */
export const ENHANCED_PATH: RecordPath = { container: ["sanctionsData", "entities"], record: "entity" };

/** The head of an Enhanced file. */
export interface EnhancedHead {
  /** `dataAsOf` as written: a date with a time that means nothing. */
  readonly dataAsOf: string | undefined;
  /** Which list it is, where it is the whole of one; null for a customised export. */
  readonly list: ListId | null;
  /** Digest of the reference values and feature types, whatever their order; made when it is asked for. */
  reference(): string;
  readonly notes: readonly Note[];
}

/** Reads what stands outside the entities. */
export function readEnhancedHead(envelope: XmlElement, name: string): EnhancedHead {
  const reading: Reading = { where: name, label: "head", notes: [] };
  const root = new Fields(envelope, reading);
  const info = root.child("publicationInfo", (fields) => ({
    dataAsOf: fields.text("dataAsOf"),
    filters: fields.child("filters", (filters) => ({
      lists: filters.items("sanctionsLists", "sanctionsList", (list) => list.ignoring("refId").value() ?? ""),
      programs: filters.items(
        "sanctionsPrograms",
        "sanctionsProgram",
        (p) => p.ignoring("refId").value() ?? "",
      ),
    })),
  }));
  const values = root.items("referenceValues", "referenceValue", (value) => ({
    id: value.integerAttribute("refId"),
    texts: ["type", "value", "code", "isoCode", "advancedXmlOffset"].map((name) => value.text(name) ?? null),
  }));
  const features = root.items("featureTypes", "featureType", (feature) => ({
    id: feature.integerAttribute("featureTypeId"),
    texts: [
      feature.text("type") ?? null,
      feature.child("detailType", (detail) => detail.ignoring("refId").value() ?? null) ?? null,
      feature.text("publishExclude") ?? null,
      feature.text("publishDescription") ?? null,
      feature.text("publishOrder") ?? null,
    ],
  }));
  root.child("entities", (entities) => entities.ignore("entity"));
  root.done();
  return {
    dataAsOf: info?.dataAsOf,
    list: listOf(info?.filters),
    reference: () => sha256Hex(JSON.stringify([byId(values), byId(features)])),
    notes: reading.notes,
  };
}

/** One numbered row of the head's tables. */
interface Row {
  readonly id: number;
  readonly texts: readonly (string | null)[];
}

function byId(rows: readonly Row[]): readonly (readonly unknown[])[] {
  return rows.toSorted((a, b) => a.id - b.id).map(({ id, texts }) => [id, ...texts]);
}

function listOf(filters: { lists: string[]; programs: string[] } | undefined): ListId | null {
  if (filters === undefined || filters.programs.length > 0 || filters.lists.length !== 1) return null;
  if (filters.lists[0] === "SDN List") return "sdn";
  return filters.lists[0] === "Consolidated List" ? "consolidated" : null;
}
