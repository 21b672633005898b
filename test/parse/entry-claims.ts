import type { EntryReading } from "../../src/domain/index.ts";

/** What a reading says, in the form of the writer's `expectedClaims`. */
export function saidClaims(reading: EntryReading): string[] {
  return reading.claims
    .map((claim) => {
      const parts = [claim.area, claim.label ?? "", claim.value];
      if (claim.area === "alias" && claim.renders === undefined) parts.push(claim.quality ?? "");
      if (claim.area === "document") parts.push(claim.country ?? "", claim.issued ?? "", claim.expires ?? "");
      return parts.join("|");
    })
    .sort();
}
