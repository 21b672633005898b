import {
  addDays,
  type ChangeSet,
  ContentError,
  easternDate,
  type Hash,
  type Head,
  type Instant,
  type Issue,
  type LedgerRecord,
  type ListId,
  type ListState,
  total,
} from "../../domain/index.ts";
import { EXPECTATIONS } from "./expectations.ts";
import { lastCovered, publicationOf } from "./publications.ts";
import type { ListReading } from "./read-list.ts";
import type { Standing } from "./standing.ts";

/** A document that was read whole, and what it is held against. */
export interface DocumentFacts {
  readonly standing: Standing;
  readonly reading: Omit<ListReading, "memory">;
  /** The publication it was exported with, where known. */
  readonly publication: number | null;
  /** The other list as it stands, when it is wanted; null where there is none. */
  readonly other: () => ListState | null;
  readonly before: ListState | null;
  /** Records of the chain, newest first. */
  readonly records: () => Iterable<LedgerRecord>;
  /** The file that the operator accepted. */
  readonly accept: Hash | undefined;
  readonly now: Instant;
}

/**
 * Refuses a document that was read whole and still cannot be the list. What is refused here is never part of a
 * chain, unless the operator accepts that very file.
 * @throws ContentError `wrong-list`, `too-few-parties`, `implausible-size`, `future-date`, `older-than-ledger`
 */
export function requirePlausible(facts: DocumentFacts): void {
  const source = facts.reading.sources[0];
  if (source === undefined) throw new Error("a list was read from no file");
  if (facts.reading.sources.some(({ sha256 }) => sha256 === facts.accept)) return;
  for (const doubt of DOUBTS) {
    const found = doubt(facts);
    if (found === undefined) continue;
    const { list } = facts.standing;
    throw new ContentError(
      found.code,
      `${list}: expected ${found.expected}, found ${found.found} in ${source.file}. Nothing of it is recorded; the ` +
        "ledger stands. Run again later. If OFAC's site shows that the file is right, accept it with --accept " +
        `${source.sha256}`,
    );
  }
}

interface Doubt {
  readonly code: string;
  readonly expected: string;
  readonly found: string;
}

const DOUBTS: readonly ((facts: DocumentFacts) => Doubt | undefined)[] = [
  wrongList,
  tooFewParties,
  lessOfEach,
  inTheFuture,
  olderDate,
  olderPublication,
  recordedBefore,
  withoutNumber,
];

/** The file of one list under the name of the other: it has more of the other's parties than of its own. */
function wrongList({ standing, reading, before, other }: DocumentFacts): Doubt | undefined {
  if (before === null) return undefined;
  const shared = (state: ListState | null) =>
    [...reading.state.parties.keys()].filter((uid) => state?.parties.has(uid)).length;
  const own = shared(before);
  if (own >= before.parties.size / 2) return undefined;
  const others = shared(other());
  if (others <= own) return undefined;
  return {
    code: "wrong-list",
    expected: `the ${standing.list} list`,
    found: `${others} parties of the other list and ${own} of this one`,
  };
}

function tooFewParties({ standing, reading }: DocumentFacts): Doubt | undefined {
  const { size } = reading.state.parties;
  const least = EXPECTATIONS.firstParties[standing.list];
  const official = reading.sources.every(({ provenance }) => provenance === "official file");
  if (standing.head !== undefined || !official || size >= least) return undefined;
  return { code: "too-few-parties", expected: `at least ${least} parties`, found: String(size) };
}

function lessOfEach({ standing: { head }, reading }: DocumentFacts): Doubt | undefined {
  const parties = reading.state.parties.size;
  if (head === undefined || parties < EXPECTATIONS.bytesPerPartyFrom) return undefined;
  const was = bytesOf(head.sources) / head.state.parties;
  const is = bytesOf(reading.sources) / parties;
  if (is >= was * EXPECTATIONS.bytesPerParty) return undefined;
  return {
    code: "implausible-size",
    expected: `about ${Math.round(was)} bytes for each party`,
    found: `${Math.round(is)}`,
  };
}

function inTheFuture({ reading, now }: DocumentFacts): Doubt | undefined {
  const latest = addDays(easternDate(now), EXPECTATIONS.daysAhead);
  if (reading.publishDate === null || reading.publishDate <= latest) return undefined;
  return { code: "future-date", expected: `a date up to ${latest}`, found: reading.publishDate };
}

/** A list never goes back in time. */
function olderDate({ standing: { newest }, reading }: DocumentFacts): Doubt | undefined {
  const known = newest?.date ?? null;
  if (known === null || reading.publishDate === null || reading.publishDate >= known) return undefined;
  return {
    code: "older-than-ledger",
    expected: `a publication of ${known} or later`,
    found: `one of ${reading.publishDate}, which OFAC or a cache has kept,`,
  };
}

/** The same, on one day: OFAC's publication numbers only grow. */
function olderPublication({ standing, publication }: DocumentFacts): Doubt | undefined {
  const recorded = lastCovered(standing.newest)?.id ?? 0;
  const known = Math.max(recorded, publicationOf(standing.check?.receipts) ?? 0);
  if (publication === null || standing.head === undefined || publication >= known) return undefined;
  return {
    code: "older-than-ledger",
    expected: `OFAC's publication ${known} or a later one`,
    found: `publication ${publication}, which OFAC or a cache has kept,`,
  };
}

/** Files that are compared with one that says neither its date nor its number. */
const RECORDS_BACK = 10;

/** A route that keeps files serves the morning's again, on the day of another: as bytes they are known. */
function recordedBefore({
  standing: { newest },
  reading,
  publication,
  records,
}: DocumentFacts): Doubt | undefined {
  const known = lastCovered(newest)?.id;
  if (newest === undefined || (publication !== null && publication > (known ?? 0))) return undefined;
  if (sameFiles(newest.sources, reading.sources)) return undefined;
  let looked = 0;
  for (const record of records()) {
    const dated = reading.publishDate !== null && record.date !== null;
    if (dated ? record.date < reading.publishDate : looked >= RECORDS_BACK) break;
    looked += 1;
    if (!sameFiles(record.sources, reading.sources)) continue;
    return {
      code: "older-than-ledger",
      expected: `a later file than that of ${newest.id}`,
      found: `that of ${record.id}, which OFAC or a cache has kept,`,
    };
  }
  return undefined;
}

function sameFiles(one: Head["sources"], other: Head["sources"]): boolean {
  return other.every(({ sha256 }) => one.some((source) => source.sha256 === sha256));
}

/** Two publications of a day are told apart by OFAC's number alone. */
function withoutNumber({ standing: { newest }, reading, publication }: DocumentFacts): Doubt | undefined {
  const known = lastCovered(newest)?.id;
  if (newest === undefined || known === undefined || publication !== null) return undefined;
  if (reading.publishDate === null || reading.publishDate !== newest.date) return undefined;
  if (sameFiles(newest.sources, reading.sources)) return undefined;
  return {
    code: "older-than-ledger",
    expected: `a file that says it is later than OFAC's publication ${known} of the same day`,
    found: "no publication number",
  };
}

function bytesOf(sources: Head["sources"]): number {
  return sources.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Types whose number fell although their parties were not removed, as when OFAC (or a mistake) gives a type another
 * name. Changes are told at once, so this is a warning beside them.
 */
export function typeIssues(list: ListId, head: Head | undefined, set: ChangeSet): Issue[] {
  if (head === undefined) return [];
  const lost: Record<string, number> = {};
  for (const change of set.changes) {
    const was =
      change.op === "modify" ? change.fields.find(({ area }) => area === "type")?.before : undefined;
    if (typeof was === "string") lost[was] = (lost[was] ?? 0) + 1;
  }
  return Object.entries(lost)
    .filter(([type, count]) => isMost(count, head.counts[type] ?? 0))
    .map(([type, count]) => ({
      severity: "warning",
      code: "type-count",
      message: `${count} of ${head.counts[type] ?? 0} parties of the type ${type} have another type now, of ${total(head.counts)} in all`,
      where: list,
      examples: [],
    }));
}

function isMost(lost: number, before: number): boolean {
  return before >= EXPECTATIONS.typeFrom && before - lost < before * EXPECTATIONS.typeShare;
}
