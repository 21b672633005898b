import type { Instant, ListId, StatusFile } from "../../domain/index.ts";
import { LISTS } from "../../domain/index.ts";
import { type LedgerFiles, type Problem, readHead } from "../../ledger/index.ts";
import type { ConfigFile } from "../config/config.ts";
import { heldUids, readCheck, readHeld, SOURCES } from "../look/checks.ts";
import { LIVE } from "../look/standing.ts";
import { status } from "../status.ts";
import type { MailTrouble } from "./mail-trouble.ts";

/** What the watchdog looks at; `null`: not looked at this time, so that nothing is said of it. */
export interface WatchFacts {
  /** Why the published status could not be read; null when it could, or when a ledger was read instead. */
  readonly unreadable: { readonly code: string; readonly message: string } | null;
  readonly looks: LookFacts | null;
  /** What does not verify. */
  readonly problems: readonly Problem[] | null;
  readonly mail: MailTrouble | null;
}

export interface LookFacts {
  /** The newest look, whatever came of it; null: nobody ever looked. */
  readonly lastLook: Instant | null;
  readonly sources: readonly WatchedSource[];
  readonly held: readonly {
    readonly list: ListId;
    readonly parties: number;
    readonly since: Instant | null;
  }[];
  readonly behind: { readonly publication: number; readonly at: Instant } | null;
}

export interface WatchedSource {
  readonly source: string;
  /** `stale` and `blocked` are trouble. */
  readonly state: string;
  readonly since: Instant | null;
  readonly lastSuccess: Instant | null;
  readonly failure: string | null;
}

/** The looks of a ledger: of the sources that its settings ask, as they were written down. */
export function looksOfLedger(
  files: LedgerFiles,
  evidence: LedgerFiles,
  config: ConfigFile,
  now: Instant,
): LookFacts {
  const lists = config.lists ?? LISTS;
  const asked = SOURCES.filter((source) => {
    if (source === "notices") return config.notices !== false;
    return source === "publications" || lists.includes(source);
  });
  const checks = asked.flatMap((source) => readCheck(evidence, source) ?? []);
  const begun = lists.some((list) => readHead(files, { list, segment: LIVE }) !== undefined);
  return {
    lastLook: newest(checks.map(({ health }) => health.lastLook)),
    sources: checks.map(({ source, health }) => {
      const { state, since, lastSuccess, failure } = health;
      return { source, state, since, lastSuccess, failure };
    }),
    held: lists.flatMap((list) => {
      const held = readHeld(evidence, list);
      if (held === undefined) return [];
      return [{ list, parties: heldUids(held).length, since: held.waiting[0]?.since ?? held.sourceSince }];
    }),
    behind: begun ? status(files, now, evidence).behind : null,
  };
}

/** The same of a published `status.json`, as of the look that it was made after. */
export function looksOfSite(file: StatusFile): LookFacts {
  return {
    lastLook: file.lookedAt,
    sources: file.sources.map(({ source, state, since, lastSuccess, lastLook, failure }) => ({
      source,
      state,
      since: since ?? lastLook,
      lastSuccess,
      failure: failure ?? null,
    })),
    held: file.held.map(({ list, parties, since }) => ({ list, parties, since: since ?? null })),
    behind: file.behind ?? null,
  };
}

function newest(instants: readonly Instant[]): Instant | null {
  return instants.reduce<Instant | null>(
    (a, b) => (a === null || Date.parse(b) > Date.parse(a) ? b : a),
    null,
  );
}
