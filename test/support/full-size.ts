import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { unzipSync } from "fflate";
import { sharedData } from "./shared-data.ts";

/** How a full-size list is made. */
export interface FullSize {
  /** At least this many parties. */
  readonly parties: number;
  /** Bytes of the whole document, at least. */
  readonly bytes: number;
  /** `dataAsOf` of the document, YYYY-MM-DD. */
  readonly date: string;
  /** Changes the text of some entities; by index. */
  readonly edit?: (entity: string, index: number) => string;
}

/**
 * An Enhanced document of full size: real entities of OFAC's own files, multiplied under new ids. It exists in
 * memory or a temporary folder only, and is nobody's list.
 */
export function fullSizeEnhanced(options: FullSize): Buffer {
  const sources = [consolidated(), export2024()];
  const entities = sources.flatMap(entitiesOf);
  const head = headOf(sources, options.date);
  const parts: string[] = [head];
  let size = head.length;
  for (let index = 0; index < options.parties || size < options.bytes; index += 1) {
    const entity = renumbered(entities[index % entities.length] ?? "", index);
    const text = `${options.edit === undefined ? entity : options.edit(entity, index)}\n`;
    parts.push(text);
    size += text.length;
  }
  parts.push("  </entities>\n</sanctionsData>\n");
  return Buffer.from(parts.join(""), "utf8");
}

function consolidated(): string {
  const files = unzipSync(readFileSync(sharedData("enhanced-xml/2025-01-10.CONS_ENHANCED.ZIP")));
  const [bytes] = Object.values(files);
  return Buffer.from(bytes ?? new Uint8Array()).toString("utf8");
}

function export2024(): string {
  return gunzipSync(readFileSync(sharedData("enhanced-xml/2024-08-28.program-IRGC-export.xml.gz"))).toString(
    "utf8",
  );
}

function entitiesOf(document: string): string[] {
  return document.match(/<entity id="\d+">[\s\S]*?<\/entity>/g) ?? [];
}

/** A dense new id, so that parties fill shards as real ones do. */
function renumbered(entity: string, index: number): string {
  return entity.replace(/<entity id="\d+">/, `<entity id="${1000 + index * 3}">`);
}

/** The head of the first document, with the reference values and feature types of all. */
function headOf(documents: readonly string[], date: string): string {
  const [first = ""] = documents;
  const values = unique(documents, /<referenceValue refId="(\d+)">[\s\S]*?<\/referenceValue>/g);
  const types = unique(documents, /<featureType featureTypeId="(\d+)">[\s\S]*?<\/featureType>/g);
  return `${first.slice(0, first.indexOf("<entities>"))}<entities>\n`
    .replace(/<dataAsOf>[^<]*</, `<dataAsOf>${date}T00:00:00<`)
    .replace(/<referenceValues>[\s\S]*<\/referenceValues>/, `<referenceValues>${values}</referenceValues>`)
    .replace(/<featureTypes>[\s\S]*<\/featureTypes>/, `<featureTypes>${types}</featureTypes>`);
}

function unique(documents: readonly string[], pattern: RegExp): string {
  const found = new Map<string, string>();
  for (const document of documents) {
    for (const match of document.matchAll(pattern)) found.set(match[1] ?? "", match[0]);
  }
  return [...found.values()].join("\n");
}
