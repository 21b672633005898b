import { addDays, compareText, easternDate, type Issue, LedgerError } from "../../domain/index.ts";
import { parseRecentActions, type RecentAction } from "../../parse/index.ts";
import { createPages } from "../../sources/index.ts";
import type { SourceCheck } from "../look/checks.ts";
import { failedBy, issueOf } from "../look/health.ts";
import type { AppPorts } from "../ports.ts";
import type { ContextReport } from "./context.ts";
import { openContextStore } from "./context-store.ts";
import { mayComeLate } from "./late.ts";
import { knownNotice, lacksPress, type Reading, readAgain, readRow } from "./notice-pages.ts";

/** How far back notices are looked for at least: a page can come days after its list. */
const WINDOW_DAYS = 7;
/** Pages of the listing, ten rows each: more than OFAC has published in any month. */
const MOST_PAGES = 10;

/** Asks for the listing of recent actions, and reads the pages that the ledger lacks. */
export async function recentNotices(
  ports: AppPorts,
  check: SourceCheck | undefined,
  lateDue: boolean,
): Promise<ContextReport> {
  const issues: Issue[] = [];
  const nothing = { entries: [], issues, trouble: null, lateDue, lookedLate: false };
  const reading: Reading = {
    ports,
    pages: createPages(ports.fetcher, ports.settings),
    store: openContextStore(ports.files),
    issues,
    entries: [],
    pressRead: new Set(),
  };
  let rows: readonly RecentAction[];
  try {
    rows = await newRows(reading, check);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    issues.push(issueOf(error, "recent-actions"));
    return { ...nothing, ...failedBy(error, ports.now) };
  }
  let lookedLate = false;
  for (const row of rows) {
    const known = knownNotice(row, reading.store);
    if (known === undefined) await readRow(row, reading);
    else if (lateDue && mayComeLate(known, ports.now) && lacksPress(known.notice, reading.store)) {
      lookedLate = true;
      await readAgain(row, known.notice, reading);
    }
  }
  const { entries } = reading;
  const look = { at: ports.now, outcome: entries.length > 0 ? "changed" : "unchanged" } as const;
  return { ...nothing, entries, look, lookedLate };
}

/** Rows of the window, which reaches back to the last look that was answered when that is longer ago. */
async function newRows(reading: Reading, check: SourceCheck | undefined): Promise<RecentAction[]> {
  const to = easternDate(reading.ports.now);
  const usual = addDays(to, -WINDOW_DAYS);
  const last = check?.health.lastSuccess ?? null;
  const since = last === null ? usual : addDays(easternDate(last), -1);
  const [from = usual] = [since, usual].sort(compareText);
  const rows: RecentAction[] = [];
  let more = true;
  for (let page = 0; more && page < MOST_PAGES; page++) {
    const document = await reading.pages.listing({ from, to, page });
    const listing = parseRecentActions(document.bytes);
    reading.issues.push(...listing.issues);
    rows.push(...listing.rows.filter((row) => row.date === null || (row.date >= from && row.date <= to)));
    more = listing.next !== null;
  }
  if (more) {
    reading.issues.push({
      severity: "warning",
      code: "listing-too-long",
      message: `the listing from ${from} to ${to} has more than ${MOST_PAGES} pages; older ones were not read`,
      where: "recent-actions",
      examples: [],
    });
  }
  const distinct = [...new Map(rows.map((row) => [row.url, row])).values()];
  // A page that is linked by its number alone takes its id after those whose address says it.
  return distinct.sort((a, b) => Number(a.slug === null) - Number(b.slug === null));
}
