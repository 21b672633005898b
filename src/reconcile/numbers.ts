import {
  countList,
  countTypes,
  type NumberClaim,
  type PressComparison,
  type PressRelease,
  type ReconciledParty,
  type TypeCounts,
  total,
} from "../domain/index.ts";

/** How far into a press release its own count stands: later numbers are of groups, or of earlier actions. */
const LEAD = 2;

/**
 * A press release's count of what was done today against what the list did: all additions (or removals), or
 * those that this press release names, since a day's notice may have several releases.
 */
export function comparePress(release: PressRelease, parties: readonly ReconciledParty[]): PressComparison {
  const base = { pressRelease: release.id, url: release.url };
  const lead = (release.numbers ?? []).filter((claim) => claim.paragraph < LEAD);
  const claim = lead[0];
  if (claim === undefined) {
    const reason = "it gives no number that can be compared";
    return { ...base, claim: null, announced: {}, found: {}, verdict: "cannot be compared", reason };
  }
  const done = parties.filter((party) => party.uid !== null && party.status !== "announced, not listed");
  const both = lead.flatMap((one) => {
    const changed = done.filter((party) => party.operation === one.operation);
    const named = changed.filter((party) =>
      party.press.some((mention) => mention.pressRelease === release.id),
    );
    return [
      { one, found: countTypes(changed.map((party) => party.type)) },
      { one, found: countTypes(named.map((party) => party.type)) },
    ];
  });
  const agreeing = both.find(({ one, found }) => says(one, found));
  if (agreeing !== undefined) {
    const { one, found } = agreeing;
    return { ...base, claim: one.text, announced: one.counts, found, verdict: "agrees" };
  }
  const found = both[0]?.found ?? {};
  return {
    ...base,
    claim: claim.text,
    announced: claim.counts,
    found,
    verdict: "differs",
    reason: `the list ${claim.operation === "delete" ? "removed" : "added"} ${countList(found) || "none"}`,
  };
}

/** A count without types is of all; one with types speaks only of the types it names. */
function says(claim: NumberClaim, found: TypeCounts): boolean {
  const types = Object.keys(claim.counts);
  if (types.includes("unknown")) return total(claim.counts) === total(found);
  return types.every((type) => claim.counts[type] === (found[type] ?? 0));
}
