import {
  easternDate,
  type Instant,
  type Issue,
  LedgerError,
  type LedgerRecord,
  type OfacPublication,
  type Receipt,
} from "../../domain/index.ts";
import { createPublicApi, easternInstant, type HistoryEntry, type LookResult } from "../../sources/index.ts";
import { type AppPorts, evidenceIn } from "../ports.ts";
import { readCheck } from "./checks.ts";
import { type Failure, failedBy, issueOf, mayAsk } from "./health.ts";

/** OFAC's publication history as it answered this run. It says what was published when; the files say what. */
export interface PublicationHistory {
  /** The newest publication; undefined when the history was not asked, did not answer, or holds none. */
  readonly newest: HistoryEntry | undefined;
  /** What came of asking; undefined when it was not its turn. */
  readonly look: LookResult | undefined;
  readonly trouble: Failure | null;
  /** Publications from a year on, ascending by id; null when the history does not answer. */
  from(year: number): Promise<readonly HistoryEntry[] | null>;
  /** Warnings so far: the lists can be read without the history. */
  readonly issues: readonly Issue[];
  warn(issue: Issue): void;
}

/** Asks what was published last: the cheapest question there is. A failure is a warning. */
export async function askHistory(ports: AppPorts, force: boolean): Promise<PublicationHistory> {
  const api = createPublicApi(ports.fetcher, ports.settings);
  const thisYear = yearOf(ports.now);
  const years = new Map<number, readonly HistoryEntry[]>();
  const issues: Issue[] = [];
  const ask = async (year: number): Promise<readonly HistoryEntry[]> => {
    const known = years.get(year) ?? (await api.history(year));
    years.set(year, known);
    return known;
  };
  const warn = (issue: Issue) => void issues.push(issue);
  const silent = { newest: undefined, trouble: null, from: async () => null, issues, warn };
  if (!mayAsk(readCheck(evidenceIn(ports), "publications"), ports.now, force))
    return { ...silent, look: undefined };
  try {
    const current = await ask(thisYear);
    // In the first days of January nothing may have been published yet.
    const newest = current.at(-1) ?? (await ask(thisYear - 1)).at(-1);
    return {
      newest,
      look: { at: ports.now, outcome: "unchanged" },
      trouble: null,
      issues,
      warn,
      async from(year) {
        const found: HistoryEntry[] = [];
        try {
          for (let y = year; y <= thisYear; y++) found.push(...(await ask(y)));
          return found.sort((a, b) => a.id - b.id);
        } catch (error) {
          if (!(error instanceof LedgerError)) throw error;
          warn(issueOf(error, `changes/history/${year}`));
          return null;
        }
      },
    };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    warn(issueOf(error, `changes/history/${thisYear}`));
    return { ...silent, ...failedBy(error, ports.now) };
  }
}

/** OFAC's publications that a record covers, and between which instants it must have happened. */
export type PublicationSpan = Pick<LedgerRecord, "ofacPublications" | "window">;

const UNKNOWN_SPAN: PublicationSpan = { ofacPublications: [], window: { after: null, notLaterThan: null } };

/** The publication that a list's files were exported with (`x-amz-meta-publication-id`); null where none says. */
export function publicationOf(receipts: readonly Receipt[] | undefined): number | null {
  const id = receipts?.map((receipt) => receipt.publicationId).find((text) => text !== null) ?? "";
  return /^[1-9]\d{0,9}$/.test(id) ? Number(id) : null;
}

/** The newest of OFAC's publications that a chain covers, as its newest record says; undefined where it does not. */
export function lastCovered(newest: LedgerRecord | undefined): OfacPublication | undefined {
  return newest?.ofacPublications.at(-1);
}

/**
 * The publications in (what the chain covers, the one the files were exported with]. All of it is OFAC's word, never
 * our clock's: two runners that continue the same chain with the same publication write the same bytes. So the lower
 * end is taken from the chain and not from what one runner happened to look at; where the chain does not say, only
 * the publication itself is named.
 */
export async function spanOf(
  newest: LedgerRecord | undefined,
  publication: number | null,
  history: PublicationHistory,
): Promise<PublicationSpan> {
  const last = lastCovered(newest);
  // Removals released from the file that has been recorded already: still that publication.
  if (newest !== undefined && last !== undefined && last.id === publication) {
    return { ofacPublications: [last], window: newest.window };
  }
  if (publication === null || history.newest === undefined) return UNKNOWN_SPAN;
  const after = last === undefined ? undefined : easternInstant(last.datePublished)?.at;
  const entries = await history.from(yearOf(after ?? history.newest.at));
  if (entries === null) return UNKNOWN_SPAN;
  const own = entries.find((entry) => entry.id === publication);
  if (own === undefined) {
    history.warn({
      severity: "warning",
      code: "publication-unknown",
      message:
        `The files are exports of OFAC's publication ${publication}, which its history does not list (the newest ` +
        `there is ${history.newest.id}). The record names no publication and no window.`,
      where: "changes/history",
      examples: [],
    });
    return UNKNOWN_SPAN;
  }
  const covered = entries.filter(
    ({ id }) => id <= publication && (last === undefined ? id === publication : id > last.id),
  );
  return {
    ofacPublications: covered.map(({ id, datePublished }) => ({ id, datePublished })),
    window: { after: after ?? null, notLaterThan: own.at },
  };
}

function yearOf(instant: Instant): number {
  return Number(easternDate(instant).slice(0, 4));
}
