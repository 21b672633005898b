import { type Head, type LedgerRecord, type ListId, type ListState, UsageError } from "../domain/index.ts";
import { chain, readState, recover } from "../ledger/index.ts";
import { keepRevision, otherState, type RevisionPorts } from "./correct.ts";
import { openLedger } from "./ledger-writer.ts";
import { readHeld } from "./look/checks.ts";
import { keepHeld } from "./look/removals.ts";
import { LIVE } from "./look/standing.ts";
import { carryOver } from "./past/carry-over.ts";
import { heads, publicationsOf } from "./past/history.ts";
import { type Reread, type RereadFrom, readAtHead, reread } from "./past/reread.ts";
import { type PastReading, rereadPast } from "./past/reread-past.ts";
import { hasSources, requireSamePublication } from "./past/same-publication.ts";
import { evidenceIn } from "./ports.ts";

export interface ReinterpretOptions extends Pick<RereadFrom, "from" | "provenance"> {
  readonly list?: ListId | undefined;
  readonly segment: string;
  readonly dryRun: boolean;
  /** Leave the files of earlier publications unread. */
  readonly newestOnly?: boolean;
}

/** What became of one list. */
export interface Reinterpreted {
  readonly list: ListId;
  readonly outcome: "reinterpreted" | "would be reinterpreted" | "same reader";
  /** The newest publication, whose files were read. */
  readonly publication: string;
  readonly from: string;
  readonly to: string;
  /** What was written, or would be. */
  readonly record: LedgerRecord | null;
  /** Of what OFAC changed and the reader before did not see, or the other way round: these are news. */
  readonly corrections: readonly LedgerRecord[];
  /** Earlier publications as today's reader reads them; null where they were not read. */
  readonly past: PastReading | null;
}

export interface ReinterpretReport {
  readonly lists: readonly Reinterpreted[];
  readonly written: readonly string[];
}

/**
 * Carries the chains of a segment over to today's reader: the files of the newest publication are read again, and what
 * they say now becomes one record of each list, which is nobody's news. All lists, or none. Where the files of earlier
 * publications are kept they are read again too: the record warns of what today's reader finds in them that their
 * records do not say, and where the list is still wrong for it, a correction follows.
 * @throws UsageError `no-such-segment`, `no-source-files`, `other-profile`, `other-publication`, `which-list`; ContentError
 */
export async function reinterpret(
  ports: RevisionPorts,
  options: ReinterpretOptions,
): Promise<ReinterpretReport> {
  const { files } = ports;
  recover(files);
  const chains = heads(files, options);
  refuseNone(chains, options);
  // 1. Everything is read before anything is written.
  const readings: { head: Head; newest: LedgerRecord; again: Reread }[] = [];
  for (const head of chains) {
    const newest = readAtHead(chain(files, head));
    const again = await reread(newest, { ...options, raw: ports.raw });
    if (options.from.length > 0) {
      const publications = publicationsOf(chain(files, head));
      const wanted = { record: newest, publication: newest, publications };
      requireSamePublication(wanted, { ...again, paths: options.from }, "refused");
    }
    readings.push({ head, newest, again });
  }
  // 2. Each chain whose reader is another one gets its record, and OFAC's own changes that came to light after it.
  const writer = await openLedger(files, ports.signer);
  const states = new Map<ListId, ListState>();
  const lists: Reinterpreted[] = [];
  for (const { head, newest, again } of readings) {
    const { list, interpreter: from } = head;
    const to = again.reading.interpreter;
    const told = { list, publication: newest.id, from, to };
    if (from === to) {
      lists.push({ ...told, outcome: "same reader", record: null, corrections: [], past: null });
      continue;
    }
    const past = await pastOf(ports, head, options);
    const after = withWaiting(ports, head, again.reading.state);
    requireSameParties(ports, head, newest, again, after);
    states.set(list, after);
    const otherList =
      states.get(list === "sdn" ? "consolidated" : "sdn") ?? otherState(ports, list, head.segment);
    const { record, corrections } = carryOver(ports, writer, {
      head,
      again,
      differing: past?.differing ?? [],
      after,
      otherList,
    });
    if (!options.dryRun) {
      await keepRevision(ports, record, options.from);
      for (const correction of corrections) await keepRevision(ports, correction, []);
    }
    const outcome = options.dryRun ? "would be reinterpreted" : "reinterpreted";
    const written = corrections.map((correction) => correction.record);
    lists.push({ ...told, outcome, record: record.record, corrections: written, past });
  }
  return { lists, written: options.dryRun ? [] : writer.commit() };
}

/**
 * Other bytes of the same day may be OFAC's next publication, which a reinterpretation would pass over in silence: only
 * a file that has the same parties is a re-issue.
 * @throws UsageError `other-publication`
 */
function requireSameParties(
  { files }: RevisionPorts,
  head: Head,
  newest: LedgerRecord,
  { reading }: Reread,
  after: ListState,
): void {
  if (hasSources(newest, reading)) return;
  const before = readState(files, head);
  const other = [...before.parties.keys()].filter((uid) => !after.parties.has(uid)).length;
  const more = [...after.parties.keys()].filter((uid) => !before.parties.has(uid)).length;
  if (other + more === 0) return;
  throw new UsageError(
    "other-publication",
    `--from: expected the files that ${newest.id} was read from, or others with the same parties, found ` +
      `${more} parties that the ledger has not, and ${other} missing. What OFAC changed is no reinterpretation: ` +
      "supply those files, and let update find the other publication.",
  );
}

/** Earlier publications read again, where there is a store of files and the operator has the time. */
async function pastOf(
  { files, raw, progress }: RevisionPorts,
  head: Head,
  { newestOnly = false }: ReinterpretOptions,
): Promise<PastReading | null> {
  return raw === undefined || newestOnly ? null : await rereadPast(chain(files, head), raw, progress);
}

/** What waits for confirmation stays on the list, whoever reads it. */
function withWaiting(ports: RevisionPorts, head: Head, read: ListState): ListState {
  const held = head.segment === LIVE ? readHeld(evidenceIn(ports), head.list) : undefined;
  if (held === undefined) return read;
  const before = readState(ports.files, head);
  const waiting = held.waiting.map(({ since, uids }) => ({
    since,
    uids: uids.filter((uid) => !read.parties.has(uid)),
  }));
  return keepHeld(before, read, { ...held, waiting });
}

function refuseNone(chains: readonly Head[], { segment, from }: ReinterpretOptions): void {
  if (chains.length === 0) {
    throw new UsageError(
      "no-such-segment",
      `--segment ${segment}: expected a segment of the ledger, found none of that name. See "ofac-ledger log".`,
    );
  }
  if (from.length > 0 && chains.length > 1) {
    throw new UsageError(
      "which-list",
      `--from: expected --list with it, for ${segment} has ${chains.length} lists; found none.`,
    );
  }
}
