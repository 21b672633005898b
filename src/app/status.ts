import { type Instant, LISTS, type ListId } from "../domain/index.ts";
import { type LedgerFiles, readHead, readRecord } from "../ledger/index.ts";
import { healthNow, type SourceHealth } from "../sources/index.ts";
import { type HeldRemovals, heldUids, readCheck, readHeld, SOURCES, type SourceName } from "./look/checks.ts";
import { firstSeenOf } from "./look/observation.ts";
import { publicationOf } from "./look/publications.ts";
import { LIVE } from "./look/standing.ts";

/** How a source stands now. `unknown`: nothing of it was ever committed. */
export interface SourceStatus {
  readonly source: SourceName;
  readonly state: SourceHealth["state"] | "unknown";
  readonly since: Instant | null;
  readonly lastLook: Instant | null;
  readonly lastSuccess: Instant | null;
  readonly lastChange: Instant | null;
  readonly consecutiveFailures: number;
  /** Of the last failure, while it lasts. */
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** Not asked before this instant; null: any time. */
  readonly nextLook: Instant | null;
}

/** The newest publication of a list, and how long it took until we saw it. */
export interface ListStatus {
  readonly list: ListId;
  readonly id: string;
  readonly headline: string;
  readonly parties: number;
  readonly profile: string;
  readonly records: number;
  /** OFAC's instant of publication, where its history told. */
  readonly published: Instant | null;
  readonly firstSeen: Instant | null;
  /** Milliseconds from OFAC's publication to our first sight; null where either is not known, or of a baseline. */
  readonly lagMs: number | null;
}

export interface StatusReport {
  readonly at: Instant;
  readonly sources: readonly SourceStatus[];
  readonly lists: readonly ListStatus[];
  readonly held: readonly (HeldRemovals & { readonly since: Instant; readonly uids: readonly number[] })[];
  /** A publication that OFAC's history lists and whose files were not seen. */
  readonly behind: { readonly publication: number; readonly at: Instant } | null;
}

/**
 * Health of the sources, newest publications with their lag, removals that wait: all from the ledger, nothing is asked.
 * A source that nobody has looked at for a day is stale, whatever it was.
 */
export function status(files: LedgerFiles, now: Instant, evidence: LedgerFiles = files): StatusReport {
  return {
    at: now,
    sources: SOURCES.map((source) => sourceStatus(evidence, source, now)),
    lists: LISTS.flatMap((list) => listStatus(files, list)),
    held: LISTS.flatMap((list) => {
      const held = readHeld(evidence, list);
      const since = held?.waiting[0]?.since;
      return held === undefined || since === undefined ? [] : [{ ...held, since, uids: heldUids(held) }];
    }),
    behind: behind(evidence),
  };
}

/**
 * What OFAC's history listed last, where no list's files are of it yet. A publication can leave the files of one list
 * as they were, so that the newest of both is what counts.
 */
function behind(evidence: LedgerFiles): StatusReport["behind"] {
  const newest = readCheck(evidence, "publications")?.newest;
  const seen = LISTS.map((list) => publicationOf(readCheck(evidence, list)?.receipts)).filter(
    (id) => id !== null,
  );
  if (newest === undefined || seen.length === 0 || newest.id <= Math.max(...seen)) return null;
  return { publication: newest.id, at: newest.at };
}

function sourceStatus(files: LedgerFiles, source: SourceName, now: Instant): SourceStatus {
  const check = readCheck(files, source);
  if (check === undefined) {
    return {
      source,
      state: "unknown",
      since: null,
      lastLook: null,
      lastSuccess: null,
      lastChange: null,
      consecutiveFailures: 0,
      failure: null,
      nextLook: null,
    };
  }
  const { failure, ...health } = healthNow(check.health, now);
  const message = check.trouble?.message ?? "";
  return { source, ...health, failure: failure === null ? null : { code: failure, message } };
}

function listStatus(files: LedgerFiles, list: ListId): ListStatus[] {
  const head = readHead(files, { list, segment: LIVE });
  if (head === undefined) return [];
  const { record } = readRecord(files, head, head.hash);
  const published = record.window.notLaterThan;
  const firstSeen = firstSeenOf(files, head.id) ?? null;
  const lagMs =
    record.kind !== "publication" || published === null || firstSeen === null
      ? null
      : Date.parse(firstSeen) - Date.parse(published);
  const { id, headline } = record;
  const { profile, records } = head;
  return [{ list, id, headline, parties: head.state.parties, profile, records, published, firstSeen, lagMs }];
}
