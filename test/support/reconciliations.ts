import type { ContextEntry, ReconciledParty, Reconciliation } from "../../src/domain/index.ts";

/** A comparison with nothing in it; composed. */
export const NOTHING_COMPARED: Reconciliation = {
  formatVersion: "1.0",
  publication: "sdn-20230523",
  list: "sdn",
  notices: [],
  pressReleases: [],
  verdict: "agrees",
  parties: [],
  counts: { announced: { add: {}, delete: {}, change: {} }, found: { add: {}, delete: {}, change: {} } },
  press: [],
  delta: {
    verdict: "not cross-checked",
    publications: [],
    addedOnlyHere: [],
    addedOnlyThere: [],
    removedOnlyHere: [],
    removedOnlyThere: [],
    modifiedOnlyHere: [],
    modifiedOnlyThere: [],
    areasDiffer: [],
  },
  items: [],
  times: { notices: [], list: { date: null, after: null, notLaterThan: null }, firstSeen: null },
  sentences: [],
};

/** A party that notice and list have alike; composed. */
export function agreed(uid: number, more: Partial<ReconciledParty> = {}): ReconciledParty {
  return {
    uid,
    name: `PARTY ${uid}`,
    type: "entity",
    operation: "add",
    status: "announced and listed",
    notices: ["20230523"],
    lines: 1,
    matchedBy: ["name"],
    differences: [],
    press: [],
    ...more,
  };
}

/** A comparison as the ledger keeps it. */
export function kept(reconciliation: Reconciliation, more: Partial<ContextEntry> = {}): ContextEntry {
  return {
    formatVersion: "1.0",
    kind: "reconciliation",
    id: reconciliation.publication,
    date: "2023-05-23",
    provenance: "composed",
    firstSeen: "2023-05-23T18:04:05Z",
    reconciliation,
    ...more,
  };
}
