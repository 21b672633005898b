import type { AreaShape } from "./area.ts";
import type { AreaValue } from "./change.ts";
import { plainLabel } from "./vocabulary.ts";

/** Facts of vessels that SDN.CSV has columns for, in lower case: no cut of the remarks hides them. */
const COLUMNS: ReadonlySet<string> = new Set([
  "vessel call sign",
  "vessel type",
  "vessel tonnage",
  "vessel gross registered tonnage",
  "vessel flag",
  "vessel owner",
]);

/**
 * Whether a value of an area travels in the CSV remarks, so that it may stand past their cut. Within an area that
 * does, facts with a column or a file of their own do not: call sign or flag of a vessel, strong aliases (ALT.CSV).
 */
export function standsInRemarks(shape: AreaShape, value: AreaValue): boolean {
  if (!shape.inRemarks) return false;
  if (typeof value === "string") return true;
  if (shape.area === "alias") return !("quality" in value && value.quality === "strong");
  return !(shape.area === "vessel" && "type" in value && COLUMNS.has(columnLabel(value.type)));
}

function columnLabel(type: unknown): string {
  return plainLabel(String(type)).toLowerCase();
}
