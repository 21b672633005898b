import type { Area } from "./area.ts";

/**
 * How far a source shows an area. What a source cannot show is unknown, never removed.
 * `truncated`: shown up to a cut. `absent`: the source has no place for it.
 */
export type CoverageLevel = "complete" | "truncated" | "absent";

/** Areas that are not named are complete. */
export type Coverage = { readonly [A in Area]?: CoverageLevel };

/** The level of one area. */
export function coverageOf(coverage: Coverage, area: Area): CoverageLevel {
  return coverage[area] ?? "complete";
}

/** The formats a chain can be read from; a chain has one. */
export type Profile = "enhanced" | "legacy" | "csv" | "csv-set";

export const PROFILES: readonly Profile[] = ["enhanced", "legacy", "csv", "csv-set"];
