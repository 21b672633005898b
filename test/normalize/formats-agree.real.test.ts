import { describe, expect, it } from "vitest";
import { canonicalJson, type Party } from "../../src/domain/index.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { partiesOf, readReal } from "./real-lists.ts";

/** Areas that only the Enhanced file has. */
const ENHANCED_ONLY: readonly (keyof Party)[] = ["lists", "sanctionsTypes", "legalAuthorities", "blocking"];

/**
 * Members that only the Enhanced file has, or that number things otherwise: legacy numbers features (and
 * programs and names not at all) from another sequence, and marks no main entry among features.
 */
const ENHANCED_MEMBERS: readonly string[] = [
  "uid",
  "main",
  "parts",
  "scripts",
  "reliability",
  "comments",
  "authority",
  "location",
  "features",
  "targetUid",
  "quality",
];

/** Differences between the two files that are not ours, each with its reason. */
const ACCEPTED: Readonly<Record<string, string>> = {
  "9647 addresses": "legacy gives the region as the country `Region: Gaza`",
  "9659 addresses": "legacy gives the region as the country `Region: Gaza`",
  "9647 aliases": "legacy does not part the surname and given name of these two weak aliases",
  "17013 documents": "changed between the two publications: the document lost its country",
  "18784 documents": "changed between the two publications: three documents gained their country",
};

describe.skipIf(!hasSharedData)("Enhanced and legacy XML of the consolidated list", () => {
  it("describe the same 443 parties, field by field", async () => {
    const enhanced = partiesOf(await readReal("consolidated", ["enhanced-xml/2025-01-10.CONS_ENHANCED.ZIP"]));
    const legacy = partiesOf(
      await readReal("consolidated", ["consolidated-xml/2025-01-15.CONSOLIDATED.XML.gz"]),
    );
    expect([...enhanced.keys()]).toEqual([...legacy.keys()]);
    expect(enhanced.size).toBe(443);
    const differences: string[] = [];
    let compared = 0;
    for (const [uid, party] of enhanced) {
      const other = legacy.get(uid);
      if (other === undefined) continue;
      for (const property of new Set([...properties(party), ...properties(other)])) {
        compared++;
        if (comparable(party[property]) !== comparable(other[property]))
          differences.push(`${uid} ${property}`);
      }
    }
    expect(compared).toBeGreaterThan(3000);
    // Every difference has a reason, and a reason without its difference is stale.
    expect(differences.sort()).toEqual(Object.keys(ACCEPTED).sort());
  });

  it("number addresses, aliases, birth dates and documents alike", async () => {
    const enhanced = partiesOf(await readReal("consolidated", ["enhanced-xml/2025-01-10.CONS_ENHANCED.ZIP"]));
    const legacy = partiesOf(
      await readReal("consolidated", ["consolidated-xml/2025-01-15.CONSOLIDATED.XML.gz"]),
    );
    const uids = (party: Party | undefined) =>
      [party?.aliases, party?.addresses, party?.birthDates, party?.documents].map((children) =>
        (children ?? []).map((child) => child.uid),
      );
    for (const [uid, party] of enhanced) expect(uids(party), `uid ${uid}`).toEqual(uids(legacy.get(uid)));
  });
});

function properties(party: Party): (keyof Party)[] {
  return (Object.keys(party) as (keyof Party)[]).filter((property) => !ENHANCED_ONLY.includes(property));
}

/** A property in the form in which the two formats can be compared. */
function comparable(value: Party[keyof Party]): string {
  if (!Array.isArray(value)) return canonicalJson(shared(value ?? null));
  return canonicalJson(value.map((child) => canonicalJson(shared(child))).sort());
}

function shared(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([key]) => !ENHANCED_MEMBERS.includes(key));
  // A relationship of any kind is `Linked To` in legacy remarks.
  return Object.fromEntries(
    members.map(([key, member]) => [key, key === "type" && "targetName" in value ? "Linked To" : member]),
  );
}
