import {
  easternDate,
  type Issue,
  type LedgerRecord,
  type ListState,
  type StoredRecord,
  stateHash,
  UsageError,
} from "../domain/index.ts";
import { chain, readHead, readState, recover } from "../ledger/index.ts";
import { openLedger } from "./ledger-writer.ts";
import { heldUids, readHeld } from "./look/checks.ts";
import { publicationOf } from "./look/record.ts";
import { requireSameReader } from "./look/same-reader.ts";
import { LIVE } from "./look/standing.ts";
import { type Carried, carry } from "./past/carry.ts";
import { publicationsOf } from "./past/history.ts";
import { findPoint, type Point } from "./past/point.ts";
import { keptSources, type Reread, type RereadFrom, readAtHead, reread } from "./past/reread.ts";
import { appendRevision } from "./past/revise.ts";
import { requireSamePublication } from "./past/same-publication.ts";
import { stateAt } from "./past/state-at.ts";
import { type AppPorts, evidenceIn, judgeConfig } from "./ports.ts";
import { keepSupplied } from "./raw/supplied.ts";

/** What revisions of a chain work with. */
export type RevisionPorts = Pick<
  AppPorts,
  "files" | "evidence" | "raw" | "config" | "now" | "progress" | "signer"
>;

export interface CorrectOptions extends Pick<RereadFrom, "from" | "provenance"> {
  /** Id of the record that is wrong. */
  readonly publication: string;
  /** Why, for a reader. */
  readonly reason: string;
  /** Say what would be written, and write nothing. */
  readonly dryRun: boolean;
}

export interface CorrectReport extends Pick<Carried, "differing" | "stood" | "unwitnessed"> {
  readonly outcome: "corrected" | "would be corrected" | "nothing differs";
  readonly publication: string;
  /** What was written, or would be. */
  readonly record: LedgerRecord | null;
  readonly written: readonly string[];
}

/**
 * Reads the files of a record again and writes what it got wrong as a correction at the head of its chain. Later
 * records stay as they are, and what they say of a party stands.
 * @throws UsageError `no-reason`, `no-such-publication`, `no-source-files`, `other-profile`, `other-publication`,
 *   `interpreter-changed`; ContentError
 */
export async function correct(ports: RevisionPorts, options: CorrectOptions): Promise<CorrectReport> {
  const { files, raw, now } = ports;
  if (options.reason.trim() === "") {
    throw new UsageError(
      "no-reason",
      "--reason: expected why the record is wrong, for its readers; found nothing.",
    );
  }
  recover(files);
  // 1. The record as it stands, and its files read again.
  const point = findPoint(files, options.publication);
  const { record, head } = point;
  requireReadAsToday(point);
  const again = await reread(record, { ...options, raw });
  const vouched = options.from.length === 0 ? [] : requireOwnFiles(ports, point, again, options.from);
  requireSameReader(head, again.reading);
  // 2. What it got wrong, carried past what was published since.
  const recorded = stateAt(files, point);
  const carried = carry({
    recorded: recorded.parties,
    right: again.reading.state.parties,
    head: readState(files, head),
    later: point.later.map((later) => later.record),
    witness: await newestReading(ports, point),
    apart: waiting(ports, point, recorded, again.reading.state),
  });
  const { differing, stood, unwitnessed } = carried;
  const told = { publication: record.id, differing, stood, unwitnessed };
  if (differing.length === 0 || isCorrectedAlready(point, carried)) {
    return { ...told, outcome: "nothing differs", record: null, written: [] };
  }
  // 3. It is written at the head, beside the files it was read from.
  const writer = await openLedger(files, ports.signer);
  const stored = appendRevision(
    files,
    writer,
    {
      kind: "correction",
      supersedes: record.id,
      reason: options.reason,
      after: carried.after,
      interpreter: again.reading.interpreter,
      sources: again.reading.sources,
      issues: [...again.reading.issues, ...vouched, ...issuesOf(record, carried)],
      date: easternDate(now),
      otherList: otherState(ports, head.list, head.segment),
      now,
      route: again.route,
    },
    judgeConfig(ports.config),
  );
  if (options.dryRun) {
    return { ...told, outcome: "would be corrected", record: stored.record, written: [] };
  }
  await keepRevision(ports, stored, options.from);
  return { ...told, outcome: "corrected", record: stored.record, written: writer.commit() };
}

/**
 * Supplied files are those of the publication that the record is about, by all that they say of themselves; of a file
 * that says no date (SDN.CSV without the instant of its capture) the record says so.
 */
function requireOwnFiles(
  { files }: RevisionPorts,
  { head, record }: Point,
  { reading }: Reread,
  paths: readonly string[],
): readonly Issue[] {
  const publications = publicationsOf(chain(files, head));
  const publication = publications.find(({ id }) => id === publicationOf(record.id)) ?? record;
  return requireSamePublication({ record, publication, publications }, { reading, paths }, "taken");
}

/** Of a record that another version of the reader made, differences would be the reader's. */
function requireReadAsToday({ head, record }: Point): void {
  if (record.interpreter === head.interpreter) return;
  throw new UsageError(
    "interpreter-changed",
    `${record.id}: expected a record of ${head.interpreter}, as its chain is read now, found one of ` +
      `${record.interpreter}. What differed would be the reader's, not the record's. Correct a publication since the ` +
      "reinterpretation; it holds the whole list.",
  );
}

/** True when an earlier correction of the same publication has left nothing to put right. */
function isCorrectedAlready({ head, record, later }: Point, { after }: Carried): boolean {
  const own = publicationOf(record.id);
  const corrected = later.some(({ record: one }) => publicationOf(one.supersedes ?? "") === own);
  return corrected && stateHash(after.parties) === head.state.hash;
}

/** The newest publication of the chain read again, where its files are kept: it settles what the head should say. */
async function newestReading(ports: RevisionPorts, { head, later }: Point) {
  if (later.length === 0) return undefined;
  const newest = readAtHead(chain(ports.files, head));
  if (keptSources(newest, ports.raw) === undefined) return undefined;
  const { reading } = await reread(newest, { from: [], provenance: "third-party capture", raw: ports.raw });
  return reading.interpreter === head.interpreter ? reading.state.parties : undefined;
}

/**
 * Parties that the record kept on purpose although its file no longer held them: their removal waited for
 * confirmation, and still does or has been told since.
 */
function waiting(
  ports: RevisionPorts,
  { head, record, later }: Point,
  recorded: ListState,
  right: ListState,
) {
  const held = head.segment === LIVE ? heldUids(readHeld(evidenceIn(ports), head.list)) : [];
  const apart = new Set(held.filter((uid) => !right.parties.has(uid)));
  if (record.issues.some(({ code }) => code === "removals-held")) {
    for (const { changes } of later.map((one) => one.record)) {
      for (const { op, uid } of changes) {
        if (op === "remove" && recorded.parties.has(uid) && !right.parties.has(uid)) apart.add(uid);
      }
    }
  }
  return apart;
}

function issuesOf(record: LedgerRecord, { differing, stood, unwitnessed }: Carried): Issue[] {
  const issue = (code: string, uids: readonly number[], message: string): Issue[] =>
    uids.length === 0
      ? []
      : [{ severity: "warning", code, message, where: record.id, examples: uids.slice(0, 5).map(String) }];
  return [
    ...issue(
      "later-stands",
      stood,
      `${record.id} has ${differing.length} parties otherwise than its source; of ${stood.length} of them a later ` +
        "publication says something else, which stands",
    ),
    ...issue(
      "no-witness",
      unwitnessed,
      `${unwitnessed.length} parties were corrected past later publications whose files are not kept: should one of ` +
        "them have changed the same, the next publication will say so",
    ),
  ];
}

/** The other list of the segment as it stands, for the judge; null where there is none. */
export function otherState(
  { files }: RevisionPorts,
  list: ListState["list"],
  segment: string,
): ListState | null {
  const head = readHead(files, { list: list === "sdn" ? "consolidated" : "sdn", segment });
  return head === undefined ? null : readState(files, head);
}

/** Keeps the files that a revision was read from, where there is a store for them: before the record, as ever. */
export async function keepRevision(
  { raw, now }: RevisionPorts,
  stored: StoredRecord,
  from: readonly string[],
): Promise<void> {
  if (raw === undefined) return;
  await keepSupplied(raw, stored, from, now);
  raw.commit();
}
