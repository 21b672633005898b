import {
  EXIT,
  type ExitCode,
  type Instant,
  type Issue,
  LedgerError,
  type ListId,
  worstExit,
} from "../domain/index.ts";
import { peekList } from "../sources/index.ts";
import { mayAsk } from "./look/health.ts";
import { saysNothingNew } from "./look/look.ts";
import { askHistory, type PublicationHistory, publicationOf } from "./look/publications.ts";
import { type Standing, standings } from "./look/standing.ts";
import type { AppPorts } from "./ports.ts";

/** What a source answered to the question whether there is something new. */
export interface CheckOutcome {
  readonly list: ListId;
  /** `changed`: there is a publication, or there are bytes, that the ledger has not read; worth an update. */
  readonly answer: "changed" | "nothing new" | "not asked" | "no answer";
  readonly detail: string;
  readonly publicationId: string | null;
  readonly lastModified: string | null;
  readonly exitCode: ExitCode;
  readonly error?: LedgerError;
}

export interface CheckReport {
  readonly at: Instant;
  /** OFAC's newest publication, as its history says; null when the history does not answer. */
  readonly newest: { readonly id: number; readonly at: Instant } | null;
  readonly lists: readonly CheckOutcome[];
  readonly issues: readonly Issue[];
  readonly exitCode: ExitCode;
}

/** The head of a file holds its date and number of records. */
const PEEK_BYTES = 1024;

/**
 * Asks whether there is something new, the cheapest question first: OFAC's publication history, then the beginning of
 * each file, on condition that it has changed. Writes nothing.
 * @throws UsageError `profile-mismatch`
 */
export async function check(ports: AppPorts): Promise<CheckReport> {
  const all = standings(ports);
  const history = await askHistory(ports, false);
  const lists: CheckOutcome[] = [];
  for (const standing of all) lists.push(await checkList(standing, history, ports));
  const { newest } = history;
  return {
    at: ports.now,
    newest: newest === undefined ? null : { id: newest.id, at: newest.at },
    lists,
    issues: history.issues,
    exitCode: worstExit(lists.map(({ exitCode }) => exitCode)),
  };
}

async function checkList(
  standing: Standing,
  history: PublicationHistory,
  ports: AppPorts,
): Promise<CheckOutcome> {
  const { list, profile, check: known, head, held } = standing;
  const silent = { list, publicationId: null, lastModified: null, exitCode: EXIT.done };
  if (!mayAsk(known, ports.now, false)) {
    const exitCode = known?.trouble?.exitCode ?? EXIT.unreachable;
    const until = known?.health.nextLook ?? "later";
    return {
      ...silent,
      answer: "not asked",
      detail: `before ${until}: ${known?.health.failure ?? "failed"}`,
      exitCode,
    };
  }
  if (held !== undefined) {
    return { ...silent, answer: "changed", detail: "removals wait for a second look", exitCode: EXIT.held };
  }
  if (saysNothingNew(standing, history, ports.now)) {
    return {
      ...silent,
      answer: "nothing new",
      detail: `no publication after ${publicationOf(known?.receipts)}`,
    };
  }
  try {
    const previous = head === undefined || known === undefined ? {} : { previous: known.receipts };
    const peek = await peekList({ list, profile, ...previous }, PEEK_BYTES, ports.fetcher, ports.settings);
    if (peek === "not-modified") return { ...silent, answer: "nothing new", detail: "not modified" };
    const { publicationId, lastModified, etag } = peek.seen;
    const seen = { ...silent, publicationId, lastModified };
    if (head === undefined) return { ...seen, answer: "changed", detail: "never read yet" };
    if (etag !== null && etag === known?.receipts[0]?.etag) {
      return { ...seen, answer: "nothing new", detail: "the same bytes" };
    }
    return { ...seen, answer: "changed", detail: "other bytes than last time" };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { ...silent, answer: "no answer", detail: error.code, error, exitCode: error.exitCode };
  }
}
