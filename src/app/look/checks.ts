import {
  canonicalJson,
  type ExitCode,
  type Hash,
  type Instant,
  type ListId,
  type Receipt,
} from "../../domain/index.ts";
import { type LedgerFiles, type LedgerWriter, parseFile } from "../../ledger/index.ts";
import type { SourceHealth } from "../../sources/index.ts";

/** What is looked at: the two lists, OFAC's publication history, and the pages of notices. */
export type SourceName = ListId | "publications" | "notices";

/** Every source, in the order in which they are shown. */
export const SOURCES: readonly SourceName[] = ["sdn", "consolidated", "publications", "notices"];

/** What we know of a source, as it was last committed. */
export interface SourceCheck {
  readonly formatVersion: string;
  readonly source: SourceName;
  /** When this was written. */
  readonly at: Instant;
  readonly health: SourceHealth;
  /** What went wrong, while it lasts. */
  readonly trouble: { readonly exitCode: ExitCode; readonly message: string } | null;
  /** Of a list: the documents that were last read, and are not sent again while they stay as they are. */
  readonly receipts: readonly Receipt[];
  /** Of the notices: when what the last days still lacked was last asked for again. */
  readonly lateLook?: Instant;
  /** Of a list: the newest record of its chain when this was written. With another chain the receipts say nothing. */
  readonly chain?: Hash;
  /** Of the publication history: the newest publication it listed, and OFAC's instant of it. */
  readonly newest?: { readonly id: number; readonly at: Instant };
}

/** Removals that wait for confirmation. */
export interface HeldRemovals {
  readonly formatVersion: string;
  readonly list: ListId;
  /** The file that no longer holds them, and when it was first seen. */
  readonly source: Hash;
  readonly sourceSince: Instant;
  /** Parties by when they were first seen missing, the longest waiting first; uids ascend. */
  readonly waiting: readonly { readonly since: Instant; readonly uids: readonly number[] }[];
  readonly reason: string;
}

/** Every party that waits, ascending. */
export function heldUids(held: HeldRemovals | undefined): number[] {
  return (held?.waiting ?? []).flatMap(({ uids }) => uids).sort((a, b) => a - b);
}

/** Instants of the last commits that held nothing but checks, oldest first: they are rationed. */
export interface CheckCommits {
  readonly formatVersion: string;
  readonly at: readonly Instant[];
}

const HOUR_MS = 3_600_000;

/** How often a ledger is committed for nothing but "we looked". Each number has its reason. */
export const CHECK_COMMITS = {
  /** The ration counts over this time, wherever a calendar day begins. */
  dayMs: 24 * HOUR_MS,
  /** A quiet look is written down this often: three a day leave room for a change of state. */
  everyMs: 8 * HOUR_MS,
  /** Commits in a day for quiet looks and for failures that go on: the repository's history is for publications. */
  quiet: 3,
  /** The last one of the day is kept for what must not be forgotten: removals that begin to wait, a recovery. */
  all: 4,
} as const;

export function heldName(list: ListId): string {
  return `held-${list}.json`;
}

const COMMITS_NAME = "commits.json";

/** The last committed check of a source. */
export function readCheck(files: LedgerFiles, source: SourceName): SourceCheck | undefined {
  return readIfAny<SourceCheck>(files, `checks/${source}.json`);
}

/** Removals of a list that wait. */
export function readHeld(files: LedgerFiles, list: ListId): HeldRemovals | undefined {
  return readIfAny<HeldRemovals>(files, `checks/${heldName(list)}`);
}

function readIfAny<T>(files: LedgerFiles, path: string): T | undefined {
  const bytes = files.read(path);
  return bytes === undefined ? undefined : parseFile<T>(path, bytes);
}

/** What a run found out about its sources and what waits in its lists. */
export interface Evidence {
  readonly now: Instant;
  readonly checks: readonly SourceCheck[];
  readonly held: readonly { readonly list: ListId; readonly held: HeldRemovals | undefined }[];
}

/**
 * Whether checks and held removals are put. They ride along with anything that is `recorded`; alone they are put when a
 * state changed, when a failure goes on, or when the last are old, and never more often than the ration allows.
 */
export function isEvidenceDue(files: LedgerFiles, evidence: Evidence, recorded: boolean): boolean {
  return recorded || recentCommits(files, evidence.now).length < rationOf(evidence, files);
}

/** Puts checks and held removals, which are due; where nothing else is recorded, the commit counts for the ration. */
export function putEvidence(
  writer: LedgerWriter,
  files: LedgerFiles,
  evidence: Evidence,
  recorded: boolean,
): void {
  if (!recorded) {
    const { now } = evidence;
    const commits: CheckCommits = { formatVersion: "1.0", at: [...recentCommits(files, now), now] };
    writer.put("checks", COMMITS_NAME, commits);
  }
  for (const check of evidence.checks) writer.put("checks", `${check.source}.json`, check);
  for (const { list, held } of evidence.held) {
    if (held !== undefined) writer.put("checks", heldName(list), held);
    else if (readHeld(files, list) !== undefined) writer.drop("checks", heldName(list));
  }
}

function recentCommits(files: LedgerFiles, now: Instant): readonly Instant[] {
  const past = readIfAny<CheckCommits>(files, `checks/${COMMITS_NAME}`)?.at ?? [];
  return past.filter((at) => Date.parse(now) - Date.parse(at) < CHECK_COMMITS.dayMs);
}

/** True while a quiet look may still be written down by itself. */
export function mayCommitChecks(files: LedgerFiles, now: Instant): boolean {
  return recentCommits(files, now).length < CHECK_COMMITS.quiet;
}

/** How many commits of the day what is to be said may use up; 0 when nothing is to be said. */
function rationOf({ now, checks, held }: Evidence, files: LedgerFiles): number {
  if (held.some((one) => changedHeld(one.held, readHeld(files, one.list)))) return CHECK_COMMITS.all;
  let ration = 0;
  for (const check of checks) {
    const before = readCheck(files, check.source);
    if (before === undefined) ration = Math.max(ration, CHECK_COMMITS.quiet);
    else if (before.health.state !== check.health.state) {
      const better = check.health.state === "current";
      ration = Math.max(ration, better ? CHECK_COMMITS.all : CHECK_COMMITS.quiet);
    } else if (before.chain !== undefined && check.chain !== before.chain) {
      // A run died before its evidence: without it every look would fetch the whole list again.
      ration = CHECK_COMMITS.all;
    } else if (
      check.health.consecutiveFailures > before.health.consecutiveFailures ||
      check.lateLook !== before.lateLook ||
      Date.parse(now) - Date.parse(before.at) >= CHECK_COMMITS.everyMs
    ) {
      ration = Math.max(ration, CHECK_COMMITS.quiet);
    }
  }
  return ration;
}

function changedHeld(now: HeldRemovals | undefined, before: HeldRemovals | undefined): boolean {
  return canonicalJson(now ?? null) !== canonicalJson(before ?? null);
}
