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

const PRESS_URL = "https://home.treasury.gov/news/press-releases/jy1498";
const PARAGRAPH =
  "A composed paragraph: the university trains people, the bureau leads, and both are being designated pursuant to E.O. 13687.";

/** What was said about the composed publications of May 2023: all of a page's kinds of checks, and a notice of its own. */
export function comparedDays(): ContextEntry[] {
  const press = [
    { pressRelease: "jy1498", url: PRESS_URL, paragraph: 1, text: PARAGRAPH, authorities: ["E.O. 13687"] },
  ];
  const notice = { title: "Composed notice", url: "https://ofac.treasury.gov/recent-actions/20230523" };
  return [
    kept({
      ...NOTHING_COMPARED,
      notices: [notice],
      pressReleases: [{ title: "Treasury Acts (composed)", url: PRESS_URL }],
      parties: [agreed(43336, { press }), agreed(43337, { press })],
      sentences: ["The notice names 5 parties; all 5 are on the list."],
    }),
    kept({
      ...NOTHING_COMPARED,
      publication: "sdn-20230525",
      verdict: "disagrees",
      parties: [
        agreed(90_010, { status: "listed, not announced", notices: [], lines: 0 }),
        agreed(90_002, { operation: "change", press }),
      ],
      delta: { ...NOTHING_COMPARED.delta, verdict: "differs", publications: [803], addedOnlyThere: [99] },
      sentences: ["The list also has 1 party (1 added) that no notice names: EXAMPLE STAR."],
    }),
    {
      formatVersion: "1.0",
      kind: "notice",
      id: "20230524",
      date: "2023-05-24",
      provenance: "composed",
      firstSeen: "2023-05-24T15:00:00Z",
      notice: {
        id: "20230524",
        url: "https://ofac.treasury.gov/recent-actions/20230524",
        title: "Issuance of a General License (composed)",
        date: "2023-05-24",
        nodeId: "900001",
        categories: ["General Licenses"],
        pressReleases: [{ title: "Treasury Acts (composed)", url: PRESS_URL }],
        downloads: [{ title: "General License 1", url: "https://ofac.treasury.gov/media/1/download" }],
        text: "Composed.",
        sections: [],
        items: [
          {
            kind: "general-licence",
            title: "Testing",
            numbers: ["1"],
            topic: "Cuba-related",
            expires: "12:01 a.m. eastern standard time, November 19, 2023",
            links: [{ title: "General License 1", url: "https://ofac.treasury.gov/media/1/download" }],
            text: 'OFAC is issuing Cuba-related General License 1, "Testing".',
          },
        ],
        sha256: "sha256:0",
        issues: [],
      },
    },
  ];
}
