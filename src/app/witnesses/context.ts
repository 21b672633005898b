import {
  addDays,
  type ContextEntry,
  compareText,
  easternDate,
  type Issue,
  LedgerError,
} from "../../domain/index.ts";
import { parseRecentActions, type RecentAction } from "../../parse/index.ts";
import { createPages, type LookResult } from "../../sources/index.ts";
import { readCheck, type SourceCheck } from "../look/checks.ts";
import { type Failure, failedBy, issueOf, mayAsk } from "../look/health.ts";
import type { Plan } from "../look/plan.ts";
import { type AppPorts, evidenceIn } from "../ports.ts";
import { openContextStore } from "./context-store.ts";
import { lateLookDue, mayComeLate } from "./late.ts";
import { knownNotice, lacksPress, type Reading, readAgain, readRow } from "./notice-pages.ts";

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
  /** It is time to ask again for what the last days still lack. */
  readonly lateDue: boolean;
  /** Something was asked for again. */
  readonly lookedLate: boolean;
}

/**
 * Notices of the last days and their press releases that the ledger does not hold yet. A notice that came without a
 * press release is read again now and then; where it has changed, it is kept as a further version.
 */
export async function fetchContext(
  ports: AppPorts,
  plans: readonly Plan[],
  force: boolean,
): Promise<ContextReport> {
  const { files, settings } = ports;
  const issues: Issue[] = [];
  const check = readCheck(evidenceIn(ports), "notices");
  const lateDue = lateLookDue(evidenceIn(ports), check, ports.now, force);
  const nothing = { entries: [], issues, trouble: null, lateDue, lookedLate: false };
  // Context of a ledger that has not begun is nothing.
  const begun = plans.some(({ standing, change }) => standing.head !== undefined || change !== undefined);
  if (ports.config.notices === false || !begun || !mayAsk(check, ports.now, force)) {
    return { ...nothing, look: undefined };
  }
  const reading: Reading = {
    ports,
    pages: createPages(ports.fetcher, settings),
    store: openContextStore(files),
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
