import { canonicalJson, type Hash, type Instant } from "../../domain/index.ts";
import { type LedgerFiles, type LedgerWriter, parseFile, readLog } from "../../ledger/index.ts";
import type { HealthState } from "../../sources/index.ts";
import { readCheck, SOURCES, type SourceCheck, type SourceName } from "../look/checks.ts";
import { publicationOf } from "../look/publications.ts";

/**
 * `checks/looks/<YYYY-MM>.json`: the evidence that we looked, by UTC month. Looks that found the same are one stretch,
 * so that a quiet month is a few kB and a gap can be read off without adding up.
 */
export interface LooksFile {
  readonly formatVersion: string;
  /** `2023-05`. */
  readonly month: string;
  /** Oldest first; each differs from the one before it in what was found. */
  readonly stretches: readonly LookStretch[];
}

/** Looks in a row that found the same. */
export interface LookStretch {
  readonly found: readonly FoundSource[];
  /** Looks that were written down, oldest first. Between two of them there can have been others that were not. */
  readonly looks: readonly WrittenLook[];
}

/** What a look found of one source. */
export interface FoundSource {
  readonly source: SourceName;
  readonly state: HealthState;
  /** Code of the failure, where the source did not answer. */
  readonly failure: string | null;
  /** Of a list: SHA-256 of the file that its server has, or had when it last answered. */
  readonly hash: Hash | null;
  /** OFAC's publication that this file is of; of the history, the newest it lists. */
  readonly publication: number | null;
}

export interface WrittenLook {
  readonly at: Instant;
  /** Looks since the one written before it, this one included. */
  readonly count: number;
  /** Seconds: the longest time between two of these in a row; null of the first look of all. */
  readonly gap: number | null;
}

/** What happened since a look was last written down; kept where a disk lasts, and lost without harm. */
interface PendingLooks {
  readonly last: Instant;
  readonly count: number;
  readonly gap: number | null;
}

const PENDING = "looks.json";

/** Path of a month's looks, relative to the collection `checks`. */
export function looksName(month: string): string {
  return `looks/${month}.json`;
}

/** Every month's looks, oldest first. */
export function readLooks(files: LedgerFiles): LooksFile[] {
  return monthPaths(files).flatMap((path) => readMonth(files, path) ?? []);
}

function monthPaths(files: LedgerFiles): string[] {
  return readLog(files, "checks")
    .map(({ path }) => path)
    .filter((path) => path.startsWith("checks/looks/"));
}

function readMonth(files: LedgerFiles, path: string): LooksFile | undefined {
  const bytes = files.read(path);
  return bytes === undefined ? undefined : parseFile<LooksFile>(path, bytes);
}

/** The newest look that is written down; undefined before the first. */
export function lastWritten(months: readonly LooksFile[]): Instant | undefined {
  return months.at(-1)?.stretches.at(-1)?.looks.at(-1)?.at;
}

/** The same of a ledger: the months before the newest are not read. */
export function lastLook(files: LedgerFiles): Instant | undefined {
  for (const path of monthPaths(files).reverse()) {
    const month = readMonth(files, path);
    if (month !== undefined) return lastWritten([month]);
  }
  return undefined;
}

/** Notes a look that is not written down, so that the next one that is can tell of it. */
export function noteLook(files: LedgerFiles, cache: LedgerFiles | undefined, now: Instant): void {
  if (cache === undefined) return;
  const last = lastLook(files);
  const { count, gap } = lookSince(last, pendingIn(cache, last), now);
  const pending: PendingLooks = { last: now, count, gap };
  cache.write(PENDING, new TextEncoder().encode(JSON.stringify(pending)));
}

/** Writes a look down: on the stretch that goes on, or as the first of another. */
export function putLook(
  writer: LedgerWriter,
  files: LedgerFiles,
  cache: LedgerFiles | undefined,
  { now, checks }: { readonly now: Instant; readonly checks: readonly SourceCheck[] },
): void {
  const last = lastLook(files);
  if (last !== undefined && Date.parse(last) > Date.parse(now)) return;
  const look: WrittenLook = { at: now, ...lookSince(last, pendingIn(cache, last), now) };
  const found = foundBy(files, checks);
  const month = now.slice(0, 7);
  const path = `checks/${looksName(month)}`;
  const stretches = (monthPaths(files).includes(path) ? readMonth(files, path) : undefined)?.stretches ?? [];
  const current = stretches.at(-1);
  const goesOn = current !== undefined && canonicalJson(current.found) === canonicalJson(found);
  const file: LooksFile = {
    formatVersion: "1.0",
    month,
    stretches: goesOn
      ? [...stretches.slice(0, -1), { found: current.found, looks: [...current.looks, look] }]
      : [...stretches, { found, looks: [look] }],
  };
  writer.put("checks", looksName(month), file);
  cache?.remove(PENDING);
}

function pendingIn(cache: LedgerFiles | undefined, last: Instant | undefined): PendingLooks | undefined {
  const bytes = cache?.read(PENDING);
  if (bytes === undefined) return undefined;
  const pending = decodePending(new TextDecoder().decode(bytes));
  // Another runner may have written since: what was noted before that is told already.
  const stale = pending !== undefined && last !== undefined && Date.parse(pending.last) <= Date.parse(last);
  return stale ? undefined : pending;
}

/** The cache may hold anything, also half a file. */
function decodePending(text: string): PendingLooks | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    if (!("last" in value) || !("count" in value) || !("gap" in value)) return undefined;
    const { last, count, gap } = value;
    if (typeof last !== "string" || Number.isNaN(Date.parse(last)) || typeof count !== "number")
      return undefined;
    return { last, count, gap: typeof gap === "number" ? gap : null };
  } catch {
    return undefined;
  }
}

function lookSince(
  last: Instant | undefined,
  pending: PendingLooks | undefined,
  now: Instant,
): Omit<WrittenLook, "at"> {
  const before = pending?.last ?? last;
  const own = before === undefined ? null : Math.round((Date.parse(now) - Date.parse(before)) / 1000);
  const gaps = [pending?.gap ?? null, own].filter((gap) => gap !== null && gap >= 0);
  return {
    count: (pending?.count ?? 0) + 1,
    gap: gaps.length === 0 ? null : Math.max(...gaps.map(Number)),
  };
}

/** How every source stands after a look; one that was not asked stands as before. */
function foundBy(files: LedgerFiles, checks: readonly SourceCheck[]): FoundSource[] {
  return SOURCES.flatMap((source) => {
    const check = checks.find((one) => one.source === source) ?? readCheck(files, source);
    if (check === undefined) return [];
    const { state, failure } = check.health;
    return [
      {
        source,
        state,
        failure,
        hash: check.receipts[0]?.sha256 ?? null,
        publication: check.newest?.id ?? publicationOf(check.receipts),
      },
    ];
  });
}
