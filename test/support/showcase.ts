import type { ContextEntry, Observation, Party, StoredRecord } from "../../src/domain/index.ts";
import { sha256 } from "../../src/domain/index.ts";
import type { SiteInput } from "../../src/render/index.ts";
import {
  added,
  attributeAdded,
  composeRecord,
  entity,
  modified,
  publication20230523,
  removed,
} from "./records.ts";
import { SITE } from "./site.ts";

/** A small composed history that shows every part of a page: baseline, additions, removal, changes, mass edit. */
export function showcase(): SiteInput {
  const baseline = composeRecord({ date: "2023-05-19", kind: "baseline" });
  const first = publication20230523({ previous: baseline });
  const second = composeRecord({
    date: "2023-05-25",
    previous: first,
    changes: [
      removed({
        ...entity(90001, "EXAMPLE TRADING COMPANY", ["SDGT", "IFSR"]),
        remarks: [{ text: "invented" }],
      }),
      added(VESSEL),
      modified(entity(90002, "EXAMPLE SHIPPING CO."), [
        {
          area: "address",
          action: "change",
          key: "address:74654",
          before: { uid: 74654, address1: "12 Harbour Road", city: "Port Example", country: "Panama" },
          after: {
            uid: 74654,
            address1: "14 Harbour Road",
            city: "Port Example",
            postalCode: "10001",
            country: "Panama",
          },
          paths: [["address1"], ["postalCode"]],
        },
        {
          area: "alias",
          action: "add",
          key: "alias:5",
          after: { type: "a.k.a.", quality: "weak", full: "EXSHIP" },
        },
        {
          area: "remarks",
          action: "change",
          key: "remarks:~1",
          before: {
            text: "Additional information: this party operates in the invented sector of the example economy and was described in a composed document of considerable length.",
          },
          after: {
            text: "Additional information: this party operated in the invented sector of the example economy until it was dissolved, and was described in a composed document of considerable length.",
          },
        },
        { area: "title", action: "remove", key: "title", before: "Carrier" },
      ]),
    ],
    with: {
      unknown: [
        {
          uid: 90003,
          type: "individual",
          name: "EXAMPLE, Person",
          beforeHash: sha256("before"),
          afterHash: sha256("after"),
          reason: "truncated",
          area: "document",
          action: "remove",
          key: "document:~2",
          before: { type: "Passport", number: "X1234567", country: "Exampleland" },
          detail: "the remarks end at 1,000 characters in both files, before the place where this stood",
        },
      ],
    },
  });
  const risk = { type: "Secondary sanctions risk:", value: "section 1(b) of an example order, as amended" };
  const many = Array.from({ length: 14 }, (_, n) => entity(91000 + n, `EXAMPLE HOLDING ${n + 1} LLC`));
  const third = composeRecord({
    date: "2023-06-01",
    previous: second,
    changes: many.map((party, n) =>
      modified(party, [
        attributeAdded("secondary-sanctions", risk),
        ...(n === 3
          ? [
              {
                area: "name" as const,
                action: "change" as const,
                key: "name",
                before: { full: "EXAMPLE HOLDNG 4 LLC" },
                after: party.name,
              },
            ]
          : []),
      ]),
    ),
    judgement: {
      materiality: "major",
      legalEffect: "major",
      screeningEffect: "none",
      groups: [
        {
          area: "secondary-sanctions",
          action: "add",
          before: null,
          after: risk,
          count: 14,
          counts: { entity: 14 },
          uids: many.map((p) => p.uid),
        },
      ],
      events: [
        {
          kind: "mass-edit",
          uids: many.map((p) => p.uid),
          rule: "mass-edit",
          certainty: "certain",
          evidence: [],
        },
      ],
    },
  });
  const imported = composeRecord({
    date: "2022-04-29",
    changes: [added(entity(80001, "EARLIER EXAMPLE BANK", ["RUSSIA-EO14024"]))],
    with: {
      segment: "csv-2021-2024",
      origin: "import",
      sources: [{ file: "SDN.CSV", sha256: sha256("x"), bytes: 3_412_345, provenance: "composed" }],
    },
  });
  return {
    records: [baseline, first, second, third, imported],
    heads: [headOf(third, 4)],
    context: CONTEXT,
    observations: [
      {
        formatVersion: "1.0",
        id: first.record.id,
        firstSeen: "2023-05-23T15:04:11Z",
        receipts: [],
        route: "files",
        warnings: [],
      } satisfies Observation,
    ],
    site: SITE,
  };
}

const VESSEL: Party = {
  uid: 90010,
  type: "vessel",
  name: { full: "EXAMPLE STAR" },
  blocking: "yes",
  programs: [{ code: "RUSSIA-EO14024" }],
  vessel: [
    { type: "Vessel Flag", value: "Panama" },
    { type: "Vessel Type", value: "Crude Oil Tanker" },
  ],
  documents: [{ type: "Vessel Registration Identification", number: "IMO 9999991" }],
  relationships: [{ type: "Linked To", targetName: "EXAMPLE SHIPPING CO.", targetUid: 90002 }],
};

const URL_NOTICE = "https://ofac.treasury.gov/recent-actions/20230523";
const URL_PRESS = "https://home.treasury.gov/news/press-releases/jy1498";

/** Titles and addresses are public facts; the pages themselves are not here. */
const CONTEXT: readonly ContextEntry[] = [
  {
    formatVersion: "1.0",
    kind: "notice",
    id: "20230523",
    date: "2023-05-23",
    provenance: "composed",
    notice: {
      id: "20230523",
      url: URL_NOTICE,
      title: "North Korea Designations",
      date: "2023-05-23",
      nodeId: null,
      categories: [],
      pressReleases: [{ title: "press release", url: URL_PRESS }],
      downloads: [],
      text: "",
      sha256: sha256("notice"),
      issues: [],
    },
  },
  {
    formatVersion: "1.0",
    kind: "press-release",
    id: "jy1498",
    date: "2023-05-23",
    provenance: "composed",
    pressRelease: {
      id: "jy1498",
      url: URL_PRESS,
      title: "Treasury Targets DPRK Malicious Cyber and Illicit IT Worker Activities",
      published: null,
      date: "2023-05-23",
      text: "",
      notices: [],
      sha256: sha256("press"),
      issues: [],
    },
  },
];

/** The head that a segment has after a record. */
export function headOf({ record, hash }: StoredRecord, records: number): SiteInput["heads"][number] {
  return {
    formatVersion: "1.0",
    list: record.list,
    segment: record.segment,
    origin: record.origin,
    id: record.id,
    hash,
    date: record.date,
    state: record.state.to,
    counts: {},
    profile: record.profile,
    interpreter: record.interpreter,
    coverage: record.coverage,
    records,
    sources: record.sources,
    window: record.window,
    shards: {},
  };
}
