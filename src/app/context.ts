import {
  addDays,
  type ContextEntry,
  compareText,
  easternDate,
  type Instant,
  type Issue,
  LedgerError,
  type Notice,
  type PressRelease,
  type Provenance,
} from "../domain/index.ts";
import { type LedgerFiles, type LedgerWriter, readLog } from "../ledger/index.ts";
import { parseNotice, parsePressRelease, parseRecentActions, type RecentAction } from "../parse/index.ts";
import { createPages, type LookResult, type Pages } from "../sources/index.ts";
import { readCheck, type SourceCheck } from "./checks.ts";
import { type Failure, failedBy, issueOf, mayAsk } from "./health.ts";
import type { Plan } from "./plan.ts";
import type { AppPorts } from "./ports.ts";

/** How far back notices are looked for at least: a page can come days after its list. */
const WINDOW_DAYS = 7;
/** Pages of the listing, ten rows each: more than OFAC has published in any month. */
const MOST_PAGES = 10;

export interface ContextReport {
  readonly entries: readonly ContextEntry[];
  readonly issues: readonly Issue[];
  /** What came of asking for the listing; undefined when it was not its turn. */
  readonly look: LookResult | undefined;
  readonly trouble: Failure | null;
}

/** Notices of the last days and their press releases that the ledger does not hold yet. */
export async function fetchContext(
  ports: AppPorts,
  plans: readonly Plan[],
  force: boolean,
): Promise<ContextReport> {
  const { files, fetcher, settings, progress } = ports;
  const issues: Issue[] = [];
  const entries: ContextEntry[] = [];
  const check = readCheck(files, "notices");
  const report = { entries, issues, trouble: null };
  // Context of a ledger that has not begun is nothing.
  const begun = plans.some(({ standing, change }) => standing.head !== undefined || change !== undefined);
  if (ports.config.notices === false || !begun || !mayAsk(check, ports.now, force)) {
    return { ...report, look: undefined };
  }
  const pages = createPages(fetcher, settings);
  const known = knownContext(files);
  let rows: readonly RecentAction[];
  try {
    rows = await newRows(pages, ports.now, check);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    issues.push(issueOf(error, "recent-actions"));
    return { ...report, ...failedBy(error, ports.now) };
  }
  for (const row of rows) {
    if (row.slug === null || known.has(`notice-${row.slug}`)) continue;
    progress.line(`reading notice ${row.slug}`);
    const notice = await guarded(row.url, issues, () => readNotice(pages, row));
    if (notice === undefined) continue;
    entries.push(noticeEntry(notice.value, notice.provenance));
    for (const link of notice.value.pressReleases) {
      const press = await guarded(link.url, issues, () => readPress(pages, link.url));
      if (press !== undefined && !known.has(`press-${press.value.id}`)) {
        known.add(`press-${press.value.id}`);
        entries.push(pressEntry(press.value, press.provenance));
      }
    }
  }
  return { ...report, look: { at: ports.now, outcome: entries.length > 0 ? "changed" : "unchanged" } };
}

interface Read<T> {
  readonly value: T;
  readonly provenance: Provenance;
}

/** Rows of the window, which reaches back to the last look that was answered when that is longer ago. */
async function newRows(pages: Pages, now: Instant, check: SourceCheck | undefined): Promise<RecentAction[]> {
  const to = easternDate(now);
  const usual = addDays(to, -WINDOW_DAYS);
  const last = check?.health.lastSuccess ?? null;
  const since = last === null ? usual : addDays(easternDate(last), -1);
  const from = [since, usual].sort(compareText)[0] ?? usual;
  const rows: RecentAction[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const document = await pages.listing({ from, to, page });
    const listing = parseRecentActions(document.bytes);
    rows.push(...listing.rows.filter((row) => row.date === null || (row.date >= from && row.date <= to)));
    if (listing.next === null) break;
  }
  return rows;
}

async function readNotice(pages: Pages, row: RecentAction): Promise<Read<Notice>> {
  const document = await pages.notice(row.url);
  const value = parseNotice(document.bytes, { url: row.url, categories: row.categories });
  return { value, provenance: document.provenance };
}

async function readPress(pages: Pages, url: string): Promise<Read<PressRelease>> {
  const document = await pages.pressRelease(url);
  return { value: parsePressRelease(document.bytes, { url }), provenance: document.provenance };
}

/** Context is annotation: what cannot be had is a warning, and never stops the lists. */
async function guarded<T>(where: string, issues: Issue[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    issues.push(issueOf(error, where));
    return undefined;
  }
}

function noticeEntry(notice: Notice, provenance: Provenance): ContextEntry {
  const base = { formatVersion: "1.0", kind: "notice", id: notice.id, date: notice.date } as const;
  return { ...base, notice, provenance: pageProvenance(provenance) };
}

function pressEntry(pressRelease: PressRelease, provenance: Provenance): ContextEntry {
  const base = { formatVersion: "1.0", kind: "press-release", id: pressRelease.id } as const;
  return { ...base, date: pressRelease.date, pressRelease, provenance: pageProvenance(provenance) };
}

function pageProvenance(provenance: Provenance): ContextEntry["provenance"] {
  return provenance === "composed" ? "composed" : "official page";
}

const PREFIX = { notice: "notice", "press-release": "press", reconciliation: "reconciliation" } as const;

/** Where an entry lies under `context/`. */
export function contextName(entry: ContextEntry): string {
  return `${entry.date?.slice(0, 4) ?? "undated"}/${PREFIX[entry.kind]}-${entry.id}.json`;
}

export function putContext(writer: LedgerWriter, entries: readonly ContextEntry[]): void {
  for (const entry of entries) writer.put("context", contextName(entry), entry);
}

/** Names (without year and ending) of the context that the ledger holds. */
function knownContext(files: LedgerFiles): Set<string> {
  return new Set(
    readLog(files, "context").map(
      ({ path }) =>
        path
          .split("/")
          .at(-1)
          ?.replace(/\.json$/, "") ?? path,
    ),
  );
}
