import type { StoredRecord } from "../../src/domain/index.ts";
import {
  type Attribute,
  canonicalJson,
  changeCounts,
  type FieldChange,
  FORMAT_VERSION,
  headline,
  type Judgement,
  type LedgerRecord,
  type ListId,
  type ModifiedParty,
  type Party,
  type PartyChange,
  publicationId,
  type RecordKind,
  releaseId,
  sha256,
  total,
} from "../../src/domain/index.ts";

/**
 * Composed parties and records for tests. Names, uids and programs are public facts of 2023-05-23; the rest is
 * invented and neutral. Nothing here is OFAC data.
 */
export const PARTIES_20230523: readonly Party[] = [
  entity(43336, "PYONGYANG UNIVERSITY OF AUTOMATION", ["DPRK2"]),
  entity(43337, "TECHNICAL RECONNAISSANCE BUREAU", ["DPRK2"]),
  entity(43338, "110TH RESEARCH CENTER", ["DPRK2"]),
  {
    uid: 43377,
    type: "individual",
    name: { full: "KIM, Sang Man", last: "KIM", first: "Sang Man" },
    blocking: "unknown",
    programs: [{ code: "DPRK4" }],
    birthDates: [{ value: "01 Jan 1960", period: { from: "1960-01-01", to: "1960-01-01" } }],
    genders: [{ value: "Male" }],
    documents: [{ type: "Passport", number: "X0000000", country: "Korea, North" }],
  },
  entity(43379, "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY", ["DPRK2"]),
];

/** An entity with nothing but a name and programs. */
export function entity(uid: number, name: string, programs: readonly string[] = []): Party {
  return {
    uid,
    type: "entity",
    name: { full: name },
    blocking: "unknown",
    ...(programs.length === 0 ? {} : { programs: programs.map((code) => ({ code })) }),
  };
}

export const added = (party: Party): PartyChange => ({
  op: "add",
  uid: party.uid,
  type: party.type,
  name: party.name.full,
  after: party,
});

export const removed = (party: Party): PartyChange => ({
  op: "remove",
  uid: party.uid,
  type: party.type,
  name: party.name.full,
  before: party,
});

/** A modified party; the hashes are those of its name and fields, which is all a renderer can see. */
export function modified(party: Party, fields: readonly FieldChange[]): ModifiedParty {
  return {
    op: "modify",
    uid: party.uid,
    type: party.type,
    name: party.name.full,
    beforeHash: sha256(canonicalJson(["before", party.uid, fields])),
    afterHash: sha256(canonicalJson(["after", party.uid, fields])),
    fields,
  };
}

/** One attribute put on a party, as a mass edit does. */
export const attributeAdded = (area: FieldChange["area"], attribute: Attribute): FieldChange => ({
  area,
  action: "add",
  key: `${area}:~${canonicalJson(attribute).length}`,
  after: attribute,
});

export interface Composed {
  readonly list?: ListId;
  readonly date?: string | null;
  readonly sequence?: number;
  readonly kind?: RecordKind;
  readonly changes?: readonly PartyChange[];
  readonly previous?: StoredRecord | null;
  readonly judgement?: Partial<Judgement>;
  /** Anything of the record that a test wants otherwise. */
  readonly with?: Partial<LedgerRecord>;
}

/** A record with its bytes and hash, consistent in counts, headline and chain; composed unless told otherwise. */
export function composeRecord(facts: Composed = {}): StoredRecord {
  const list = facts.list ?? "sdn";
  const date = facts.date === undefined ? "2023-05-23" : facts.date;
  const sequence = facts.sequence ?? 1;
  const kind = facts.kind ?? "publication";
  const changes = [...(facts.changes ?? [])].sort((a, b) => a.uid - b.uid);
  const counts = changeCounts({ changes });
  const before = facts.previous?.record.state.to ?? null;
  const parties = (before?.parties ?? 12_538) + total(counts.added) - total(counts.removed);
  const record: LedgerRecord = {
    formatVersion: FORMAT_VERSION,
    id: publicationId(list, date, sequence),
    list,
    segment: "live",
    origin: "live",
    kind,
    headline: headline({ list, kind, date, sequence, counts, parties, supersedes: facts.with?.supersedes }),
    date,
    dateBasis: date === null ? "none" : "publish-date",
    sequence,
    releaseId: releaseId(date, sequence),
    window: { after: null, notLaterThan: date === null ? null : `${date}T18:43:34Z` },
    ofacPublications: [],
    profile: "csv",
    interpreter: "csv/1",
    judge: { version: 1, config: sha256("composed") },
    context: { otherList: null },
    coverage: { alias: "absent", remarks: "truncated" },
    sources: [
      { file: "SDN.CSV", sha256: sha256(`${list} ${date} ${sequence}`), bytes: 4096, provenance: "composed" },
    ],
    state: { from: before, to: { hash: sha256(canonicalJson([before, changes])), parties } },
    counts,
    changes,
    unknown: [],
    judgement: { ...judged(changes), ...facts.judgement },
    issues: [],
    previous:
      facts.previous === undefined || facts.previous === null
        ? null
        : { id: facts.previous.record.id, hash: facts.previous.hash },
    ...facts.with,
  };
  return stored(record);
}

/** A record as the ledger stores it: RFC 8785 and a final LF. */
export function stored(record: LedgerRecord): StoredRecord {
  const bytes = new TextEncoder().encode(`${canonicalJson(record)}\n`);
  return { record, bytes, hash: sha256(bytes) };
}

/** The publication of 2023-05-23, composed. */
export function publication20230523(more: Composed = {}): StoredRecord {
  return composeRecord({ date: "2023-05-23", changes: PARTIES_20230523.map(added), ...more });
}

function judged(changes: readonly PartyChange[]): Judgement {
  const listed = changes.filter((change) => change.op === "add").map((change) => change.uid);
  const gone = changes.filter((change) => change.op === "remove").map((change) => change.uid);
  const level = (change: PartyChange) => (change.op === "modify" ? "minor" : "critical");
  const highest = changes.some((change) => change.op !== "modify")
    ? "critical"
    : changes.length > 0
      ? "minor"
      : "none";
  const events = (kind: string, uids: readonly number[]) =>
    uids.map((uid) => ({
      kind,
      uids: [uid],
      rule: kind,
      certainty: "certain" as const,
      evidence: [],
      statement: `${changes.find((change) => change.uid === uid)?.name} (${uid}): composed ${kind}`,
    }));
  return {
    materiality: highest,
    legalEffect: highest,
    screeningEffect: highest,
    changes: changes.map((change) => ({
      uid: change.uid,
      op: change.op,
      legalEffect: level(change),
      screeningEffect: level(change),
      rule: change.op === "modify" ? "composed" : change.op === "add" ? "listing" : "delisting",
      reason: "composed for a test",
    })),
    events: [...events("listing", listed), ...events("delisting", gone)],
    groups: [],
  };
}
