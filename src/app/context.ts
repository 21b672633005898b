import {
  addDays,
  type ContextEntry,
  easternDate,
  type Issue,
  LedgerError,
  type Notice,
  type PressRelease,
  type Provenance,
} from "../domain/index.ts";
import { type LedgerFiles, type LedgerWriter, readLog } from "../ledger/index.ts";
import { parseNotice, parsePressRelease, parseRecentActions, type RecentAction } from "../parse/index.ts";
import { createPages, type Pages } from "../sources/index.ts";
import type { AppPorts } from "./ports.ts";

/** How far back notices are looked for: a late page, or a day on which we could not look. */
const WINDOW_DAYS = 7;

export interface ContextReport {
  readonly entries: readonly ContextEntry[];
  readonly issues: readonly Issue[];
}

/** Notices of the last days and their press releases that the ledger does not hold yet. */
export async function fetchContext(ports: AppPorts): Promise<ContextReport> {
  const { files, fetcher, settings, progress } = ports;
  const pages = createPages(fetcher, settings);
  const known = knownContext(files);
  const issues: Issue[] = [];
  const entries: ContextEntry[] = [];
  const today = easternDate(ports.now);
  const rows = await guarded("recent-actions", issues, () =>
    newRows(pages, addDays(today, -WINDOW_DAYS), today),
  );
  for (const row of rows ?? []) {
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
  return { entries, issues };
}

interface Read<T> {
  readonly value: T;
  readonly provenance: Provenance;
}

async function newRows(pages: Pages, from: string, to: string): Promise<readonly RecentAction[]> {
  const document = await pages.listing({ from, to });
  const listing = parseRecentActions(document.bytes);
  return listing.rows.filter((row) => row.date === null || (row.date >= from && row.date <= to));
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
    issues.push({ severity: "warning", code: error.code, message: error.message, where, examples: [] });
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
