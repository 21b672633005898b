import {
  compareText,
  type Instant,
  type IsoDate,
  type LedgerRecord,
  type ListId,
  parsePublicationId,
  UsageError,
} from "../../domain/index.ts";
import { type LedgerFiles, parseFile, readLog } from "../../ledger/index.ts";
import { openLedger } from "../ledger-writer.ts";
import type { Published } from "../site/published.ts";

/**
 * `checks/latency/<YYYY-MM>.json`: what only those can tell who push, deploy and send, by the month of the publication.
 * OFAC's instant stands in the record and our first sight in its observation, so neither is repeated here.
 */
export interface LatencyMonth {
  readonly formatVersion: string;
  /** `2023-05`, or `undated`. */
  readonly month: string;
  /** By id. */
  readonly publications: readonly LatencyMarks[];
}

/** The instants that a publication reached something; one that is not there is not known. */
export interface LatencyMarks {
  readonly id: string;
  /** Pushed where others can read it. */
  readonly committed?: Instant;
  /** On the published site. */
  readonly deployed?: Instant;
  /** Its first and its latest message were handed over. */
  readonly firstMail?: Instant;
  readonly lastMail?: Instant;
}

/** What a workflow can mark. Mails are marked by `send`, from the delivery ledger. */
export const MARKS = ["committed", "deployed"] as const;
export type Mark = (typeof MARKS)[number];

/** The way of one publication, from OFAC to the last reader. */
export interface Latency extends LatencyMarks {
  readonly list: ListId;
  readonly date: IsoDate | null;
  /** OFAC's instant, where its history states one. */
  readonly published: Instant | null;
  readonly firstSeen: Instant | null;
}

/** Stations after the first sight, in the order in which a publication should pass them. */
export const STATIONS = ["committed", "deployed", "firstMail", "lastMail"] as const;

/** How long one stretch of the way took, in a month. Seconds. */
export interface StretchTimes {
  readonly from: "published" | "firstSeen";
  readonly to: "firstSeen" | (typeof STATIONS)[number];
  /** Publications that have both instants. */
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
}

export interface LatencyTimes {
  /** `2023-05`, or `undated`. */
  readonly month: string;
  readonly publications: number;
  readonly times: readonly StretchTimes[];
}

/** `api/v1/latency.json`: how long each publication took to reach whom, and p50 and p95 of each month. */
export interface LatencyFile {
  readonly formatVersion: string;
  /** Newest first. */
  readonly months: readonly LatencyTimes[];
  /** Newest first. */
  readonly publications: readonly Latency[];
}

/** Path of a month's marks, relative to the collection `checks`. */
export function latencyName(month: string): string {
  return `latency/${month}.json`;
}

export function readMarks(files: LedgerFiles): Map<string, LatencyMarks> {
  const months = readLog(files, "checks")
    .filter(({ path }) => path.startsWith("checks/latency/"))
    .flatMap(({ path }) => {
      const bytes = files.read(path);
      return bytes === undefined ? [] : [parseFile<LatencyMonth>(path, bytes)];
    });
  return new Map(months.flatMap(({ publications }) => publications.map((one) => [one.id, one] as const)));
}

/** A publication without a given id is marked only when it was first seen so lately, in milliseconds. */
const LATELY_MS = 24 * 3_600_000;

/**
 * Marks when publications were committed or deployed. The first mark stands: a second run of a workflow does not make
 * a publication later than it was.
 * @param ids those that are meant; without any, every one of the last day that has no such mark
 * @param now the first mark stands, so that one of the future is refused, as is one from before the publication
 * @param dryRun only say which these are
 * @returns ids that were marked now
 * @throws UsageError `no-such-publication`, `bad-instant`
 */
export async function mark(
  files: LedgerFiles,
  published: Published,
  {
    what,
    ids,
    at,
    now,
    dryRun = false,
  }: {
    readonly what: Mark;
    readonly ids: readonly string[];
    readonly at: Instant;
    readonly now: Instant;
    readonly dryRun?: boolean;
  },
): Promise<readonly string[]> {
  const seen = new Map(published.observations.map((one) => [one.id, one.firstSeen]));
  const live = published.records.map(({ record }) => record).filter(({ origin }) => origin === "live");
  const unknown = ids.filter((id) => !live.some((record) => record.id === id));
  if (unknown.length > 0) {
    throw new UsageError(
      "no-such-publication",
      `mark: expected ids of live publications, found ${unknown.join(", ")}. See "ofac-ledger log".`,
    );
  }
  const lately = ({ id }: LedgerRecord) => {
    const age = Date.parse(at) - Date.parse(seen.get(id) ?? "");
    return age >= 0 && age <= LATELY_MS;
  };
  const meant = ids.length > 0 ? live.filter(({ id }) => ids.includes(id)) : live.filter(lately);
  requirePossible(at, now, meant);
  const known = readMarks(files);
  const fresh = meant.map(({ id }) => id).filter((id) => known.get(id)?.[what] === undefined);
  if (!dryRun) {
    await putMarks(
      files,
      fresh.map((id) => ({ ...known.get(id), id, [what]: at })),
    );
  }
  return fresh.sort(compareText);
}

/** Clocks of two machines differ by so much at most, and OFAC's instant has whole minutes at best. Milliseconds. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** @throws UsageError `bad-instant` for one that a publication cannot have reached anything at */
function requirePossible(at: Instant, now: Instant, meant: readonly LedgerRecord[]): void {
  const refuse = (expected: string) => {
    throw new UsageError(
      "bad-instant",
      `--at: expected an instant ${expected}, found ${at}. Correct it, or this machine's clock; nothing was marked.`,
    );
  };
  if (Date.parse(at) > Date.parse(now) + CLOCKS_DIFFER_MS) refuse(`that is not in the future (it is ${now})`);
  for (const { id, date, window } of meant) {
    const began = window.notLaterThan ?? (date === null ? null : `${date}T00:00:00Z`);
    if (began !== null && Date.parse(at) < Date.parse(began) - CLOCKS_DIFFER_MS) {
      refuse(`not before ${id} was published (${began})`);
    }
  }
}

/** Marks first and latest mails, as the delivery ledger tells them. @returns ids whose marks changed */
export async function markMails(
  files: LedgerFiles,
  times: ReadonlyMap<string, { readonly first: Instant; readonly last: Instant }>,
): Promise<readonly string[]> {
  const known = readMarks(files);
  const changed = [...times].flatMap(([id, { first, last }]) => {
    const before = known.get(id);
    const firstMail = earlier(before?.firstMail, first);
    const lastMail = later(before?.lastMail, last);
    const same = before?.firstMail === firstMail && before.lastMail === lastMail;
    return same ? [] : [{ ...before, id, firstMail, lastMail }];
  });
  await putMarks(files, changed);
  return changed.map(({ id }) => id).sort(compareText);
}

function earlier(a: Instant | undefined, b: Instant): Instant {
  return a !== undefined && Date.parse(a) <= Date.parse(b) ? a : b;
}

function later(a: Instant | undefined, b: Instant): Instant {
  return a !== undefined && Date.parse(a) >= Date.parse(b) ? a : b;
}

async function putMarks(files: LedgerFiles, changed: readonly LatencyMarks[]): Promise<void> {
  if (changed.length === 0) return;
  const all = readMarks(files);
  for (const one of changed) all.set(one.id, one);
  const writer = await openLedger(files);
  for (const month of new Set(changed.map(({ id }) => monthOf(id)))) {
    const publications = [...all.values()].filter(({ id }) => monthOf(id) === month);
    const file: LatencyMonth = {
      formatVersion: "1.0",
      month,
      publications: publications.sort((a, b) => compareText(a.id, b.id)),
    };
    writer.put("checks", latencyName(month), file);
  }
  writer.commit();
}

/** The month in an id's date. */
function monthOf(id: string): string {
  const day = parsePublicationId(id)?.day ?? "undated";
  return day === "undated" ? day : `${day.slice(0, 4)}-${day.slice(4, 6)}`;
}

/** The way of every publication that the live segments recorded, with p50 and p95 of each month. */
export function latencies(files: LedgerFiles, published: Published): LatencyFile {
  const marks = readMarks(files);
  const seen = new Map(published.observations.map((one) => [one.id, one.firstSeen]));
  const publications = published.records
    .map(({ record }) => record)
    .filter(({ origin, kind }) => origin === "live" && kind === "publication")
    .map((record): Latency => {
      const { id, list, date, window } = record;
      const firstSeen = seen.get(id) ?? null;
      return { ...marks.get(id), id, list, date, published: window.notLaterThan, firstSeen };
    })
    .sort((a, b) => compareText(sortKey(b), sortKey(a)));
  const months = [...new Set(publications.map(({ id }) => monthOf(id)))];
  return {
    formatVersion: "1.0",
    publications,
    months: months.map((month) => {
      const own = publications.filter(({ id }) => monthOf(id) === month);
      return { month, publications: own.length, times: timesOf(own) };
    }),
  };
}

function sortKey({ date, firstSeen, id }: Latency): string {
  return `${date ?? ""} ${firstSeen ?? ""} ${id}`;
}

function timesOf(publications: readonly Latency[]): StretchTimes[] {
  const pairs: readonly Pick<StretchTimes, "from" | "to">[] = [
    { from: "published", to: "firstSeen" },
    ...(["published", "firstSeen"] as const).flatMap((from) => STATIONS.map((to) => ({ from, to }))),
  ];
  return pairs.flatMap(({ from, to }) => {
    const seconds = publications
      .flatMap((one) => {
        const [begin, end] = [one[from], one[to]];
        if (begin === null || end === null || end === undefined) return [];
        const took = Math.round((Date.parse(end) - Date.parse(begin)) / 1000);
        // OFAC's instant has whole minutes at best, and clocks differ: nothing is reached before it is there.
        return Number.isFinite(took) ? [Math.max(0, took)] : [];
      })
      .sort((a, b) => a - b);
    if (seconds.length === 0) return [];
    return [{ from, to, count: seconds.length, p50: rank(seconds, 50), p95: rank(seconds, 95) }];
  });
}

/** Nearest rank: the smallest value with at least that share at or below it. */
function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? 0;
}
