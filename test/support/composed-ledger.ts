import type { SourceCheck } from "../../src/app/look/checks.ts";
import { makeRecord, type RecordFacts } from "../../src/app/look/record.ts";
import { diffStates } from "../../src/diff/index.ts";
import type { LedgerRecord, ListState, Party, StoredRecord } from "../../src/domain/index.ts";
import {
  type LedgerFiles,
  openWriter,
  readHead,
  readState,
  type WriterOptions,
} from "../../src/ledger/index.ts";
import { stateOf } from "./parties.ts";
import { entity, PARTIES_20230523 } from "./records.ts";

/** Composed parties of the day before: invented and neutral, spread over several shards. */
export const PARTIES_BEFORE: readonly Party[] = [36, 306, 7601, 12210, 22323, 27307].map((uid) => ({
  ...entity(uid, `COMPOSED COMPANY ${uid}`, [uid < 1000 ? "CUBA" : "DPRK3"]),
  addresses: [{ uid: uid + 1, city: "Port Example", country: "Panama" }],
  remarks: [{ text: "composed for a test" }],
}));

const first = PARTIES_BEFORE[0] ?? entity(36, "COMPOSED COMPANY 36");

/** A step of the composed history: what a list is on a day. */
export interface ComposedDay {
  readonly date: string;
  readonly parties: readonly Party[];
}

/** A baseline, five parties added, one removed and one changed. */
export const COMPOSED_HISTORY: readonly ComposedDay[] = [
  { date: "2023-05-19", parties: PARTIES_BEFORE },
  { date: "2023-05-23", parties: [...PARTIES_BEFORE, ...PARTIES_20230523] },
  {
    date: "2023-05-25",
    parties: [
      { ...first, name: { full: "COMPOSED COMPANY, RENAMED" }, aliases: [alias(9, "ČOMPOSED 公司")] },
      ...PARTIES_BEFORE.slice(2),
      ...PARTIES_20230523,
    ],
  },
];

function alias(uid: number, full: string) {
  return { uid, full, type: "a.k.a.", quality: "strong" as const };
}

export interface ComposeOptions extends WriterOptions {
  readonly segment?: string;
  readonly list?: ListState["list"];
  /** Plants a fault in the record before it is hashed and written. */
  readonly plant?: (record: LedgerRecord) => LedgerRecord;
}

/** Appends one day to a segment and commits, with an observation as a live run writes one. */
export function appendDay(
  files: LedgerFiles,
  day: ComposedDay,
  options: ComposeOptions = {},
  more: Partial<RecordFacts> = {},
): StoredRecord {
  const writer = openWriter(files, options);
  const list = options.list ?? "sdn";
  const segment = options.segment ?? "live";
  const head = readHead(files, { list, segment });
  const before = head === undefined ? null : readState(files, head);
  const after = { ...stateOf(day.parties), list };
  const made = makeRecord(
    {
      segment,
      origin: segment === "live" ? "live" : "import",
      kind: before === null ? "baseline" : "publication",
      date: day.date,
      dateBasis: "publish-date",
      sequence: 1,
      window: { after: null, notLaterThan: null },
      ofacPublications: [],
      interpreter: "csv/1",
      sources: [{ file: "SDN.CSV", sha256: `sha256:${"0".repeat(64)}`, bytes: 4096, provenance: "composed" }],
      issues: [],
      before,
      from: head?.state ?? null,
      after,
      set: before === null ? { changes: [], unknown: [] } : diffStates(before, after),
      otherList: null,
      previous: head === undefined ? null : { id: head.id, hash: head.hash },
      ...more,
    },
    {},
  );
  const record = options.plant?.(made) ?? made;
  const stored = writer.append(record, after);
  writer.observe({
    formatVersion: "1.0",
    id: record.id,
    firstSeen: `${day.date}T18:05:00Z`,
    receipts: [],
    route: "https://ofac.example/SDN.CSV",
    warnings: [],
  });
  writer.put("context", `${day.date.slice(0, 4)}/notice-${day.date}.json`, composedNotice(day.date));
  writer.commit();
  return stored;
}

/** The whole composed history of both lists, with every kind of file a ledger has. */
export function composeLedger(files: LedgerFiles, options: ComposeOptions = {}): StoredRecord[] {
  const stored = COMPOSED_HISTORY.map((day) => appendDay(files, day, options));
  const [baseline] = COMPOSED_HISTORY;
  if (baseline === undefined) throw new Error("the composed history is empty");
  stored.push(
    appendDay(
      files,
      { ...baseline, parties: PARTIES_BEFORE.slice(0, 2) },
      { ...options, list: "consolidated" },
    ),
  );
  const writer = openWriter(files, options);
  writer.put("checks", "sdn.json", {
    formatVersion: "1.0",
    source: "sdn",
    at: "2023-05-25T18:05:00Z",
    trouble: null,
    health: {
      state: "current",
      since: "2023-05-19T18:05:00Z",
      lastLook: "2023-05-25T18:05:00Z",
      lastSuccess: "2023-05-25T18:05:00Z",
      lastChange: "2023-05-25T18:05:00Z",
      consecutiveFailures: 0,
      failure: null,
      nextLook: null,
    },
    receipts: [],
  } satisfies SourceCheck);
  writer.put("deliveries", "2023/000001-20230523T184400Z.results.json", {
    formatVersion: "1.0",
    kind: "results",
    id: "000001-20230523T184400Z",
    at: "2023-05-23T18:44:05Z",
    sent: 2,
    exceptions: [],
  });
  writer.commit();
  return stored;
}

function composedNotice(date: string) {
  const id = date.replaceAll("-", "");
  return {
    formatVersion: "1.0",
    kind: "notice",
    id,
    date,
    notice: {
      id,
      url: `https://ofac.example/recent-actions/${id}`,
      title: "Composed notice",
      date,
      nodeId: null,
      categories: [],
      pressReleases: [],
      downloads: [],
      text: "Composed for a test; not an OFAC page.",
      sha256: `sha256:${"1".repeat(64)}`,
      issues: [],
    },
    provenance: "composed",
  };
}
