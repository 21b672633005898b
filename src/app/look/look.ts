import { type Hash, type Instant, LedgerError, type Receipt } from "../../domain/index.ts";
import { type FetchedDocument, fetchList } from "../../sources/index.ts";
import { CHECK_COMMITS } from "./checks.ts";
import { mayAsk } from "./health.ts";
import type { Planning } from "./plan.ts";
import { type PublicationHistory, publicationOf } from "./publications.ts";
import type { ListReading } from "./read-list.ts";
import type { Standing } from "./standing.ts";

/** What one look at a list came to. A failure of one list is a value: it never touches the other. */
export type Look =
  /** Nothing new, as the history says or as the file's server does (304). */
  | { readonly outcome: "unchanged"; readonly receipts: readonly Receipt[] }
  | {
      readonly outcome: "read";
      readonly receipts: readonly Receipt[];
      readonly reading: Omit<ListReading, "memory">;
      /** As they came, where source files are kept; else none, so that they do not stay in memory. */
      readonly documents: readonly FetchedDocument[];
    }
  | { readonly outcome: "failed"; readonly error: LedgerError }
  /** Not asked: the source failed lately and is given time. */
  | { readonly outcome: "waiting"; readonly until: Instant };

export interface LookOptions {
  /** Hash of a file that the operator accepts although it is not plausible. */
  readonly accept?: Hash | undefined;
  /** Ask even though a source wants to be left alone, and whatever the history says. */
  readonly force?: boolean | undefined;
}

/** Fetches and reads one list, unless its history says that there is nothing new. */
export async function lookAt(standing: Standing, planning: Planning, options: LookOptions): Promise<Look> {
  const { history, ports } = planning;
  const { list, profile, check, head, held } = standing;
  const force = options.force ?? false;
  if (!mayAsk(check, ports.now, force)) {
    return { outcome: "waiting", until: check?.health.nextLook ?? ports.now };
  }
  if (!force && check !== undefined && saysNothingNew(standing, history, ports.now)) {
    return { outcome: "unchanged", receipts: check.receipts };
  }
  // While removals wait, the very file has to be seen again: a 304 would say nothing about them. And without a chain,
  // what was read once counts for nothing.
  const mayRepeat = head !== undefined && held === undefined;
  try {
    const found = await fetchList(
      {
        list,
        profile,
        ...(check !== undefined && mayRepeat ? { previous: check.receipts } : {}),
        onProgress: (file, bytes, total) => ports.progress.step(bytes, total ?? 0, `fetching ${file}`),
        onRetry: (retry) =>
          ports.progress.line(`${retry.name}: ${retry.reason}; trying again in ${retry.waitMs / 1000} s`),
      },
      ports.fetcher,
      ports.settings,
    );
    if (found.kind === "not-modified") return { outcome: "unchanged", receipts: found.receipts };
    const receipts = found.documents.map((document) => document.receipt);
    if (mayRepeat && areTheSame(receipts, check?.receipts)) return { outcome: "unchanged", receipts };
    // Readers of lists are loaded when there is one to be read: most looks find nothing new.
    const { readFetched } = await import("./read-fetched.ts");
    const reading = await readFetched(standing, found.documents, planning);
    return { outcome: "read", receipts, reading, documents: ports.raw === undefined ? [] : found.documents };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { outcome: "failed", error };
  }
}

/** Whether files that were sent again are those that were read last, of the same publication: as good as a 304. */
function areTheSame(receipts: readonly Receipt[], last: readonly Receipt[] | undefined): boolean {
  return (
    last !== undefined &&
    receipts.length === last.length &&
    publicationOf(receipts) === publicationOf(last) &&
    receipts.every((receipt, i) => receipt.sha256 === last[i]?.sha256)
  );
}

/**
 * Whether the history alone answers for a list: no publication after the one whose files were read last. It is not
 * believed when something is open with the list, nor for long: a history that stands still must not blind us.
 */
export function saysNothingNew(standing: Standing, history: PublicationHistory, now: Instant): boolean {
  const { check, held, head } = standing;
  if (check === undefined || head === undefined || held !== undefined || history.newest === undefined)
    return false;
  if (check.health.state !== "current") return false;
  const read = check.receipts[0]?.at;
  if (read === undefined || Date.parse(now) - Date.parse(read) >= CHECK_COMMITS.everyMs) return false;
  const known = publicationOf(check.receipts);
  return known !== null && history.newest.id <= known;
}
