import { EXIT, type ExitCode, type Instant } from "../../domain/index.ts";
import type { ConfigFile } from "../config/config.ts";
import type { LookFacts, WatchedSource, WatchFacts } from "./facts.ts";
import type { MailTrouble } from "./mail-trouble.ts";

/** Something that is not as it should be. One key has one state at a time; a change of state is news, no more. */
export interface Condition {
  readonly key: string;
  readonly state: AlarmState;
  /** Since when, where that is known; no clock, so that the words stay as they are while the state lasts. */
  readonly since: Instant | null;
  readonly title: string;
  readonly lines: readonly string[];
  readonly exitCode: ExitCode;
}

export type AlarmState =
  | "absent"
  | "failing"
  | "behind"
  | "waiting"
  | "broken"
  | "undelivered"
  | "unreadable";

/** How patient the watchdog is. In milliseconds. */
export interface WatchPolicy {
  readonly absentAfterMs: number;
  readonly failingAfterMs: number;
  readonly behindAfterMs: number;
  readonly heldAfterMs: number;
  readonly remindEveryMs: number;
  readonly mailDays: number;
}

const HOUR_MS = 3_600_000;

/** Each number has its reason. */
const DEFAULT_HOURS = {
  /** OFAC publishes on business days; GitHub's schedule has been seen to pause for half a day. */
  absent: 24,
  /** Longer than one bad deployment of OFAC's, shorter than a morning. */
  failing: 3,
  /** The files come minutes after the history; a quiet look is written down within eight hours at most. */
  behind: 6,
  /** A second look confirms after one hour, and after a day they are told anyway. */
  held: 3,
  remind: 24,
} as const;

export function watchPolicy({ watchdog = {} }: ConfigFile): WatchPolicy {
  return {
    absentAfterMs: (watchdog.absentAfterHours ?? DEFAULT_HOURS.absent) * HOUR_MS,
    failingAfterMs: (watchdog.failingAfterHours ?? DEFAULT_HOURS.failing) * HOUR_MS,
    behindAfterMs: (watchdog.behindAfterHours ?? DEFAULT_HOURS.behind) * HOUR_MS,
    heldAfterMs: (watchdog.heldAfterHours ?? DEFAULT_HOURS.held) * HOUR_MS,
    remindEveryMs: (watchdog.remindEveryHours ?? DEFAULT_HOURS.remind) * HOUR_MS,
    mailDays: watchdog.mailDays ?? 7,
  };
}

/** What is wrong now, and of which keys nothing can be told: those stay as they were. */
export interface Findings {
  readonly conditions: readonly Condition[];
  readonly untold: (key: string) => boolean;
}

/** Judges the facts. A cause hides its consequences: when nobody looks, nothing is said of each source. */
export function findings(facts: WatchFacts, policy: WatchPolicy, now: Instant): Findings {
  const { unreadable, looks, problems, mail } = facts;
  const absent = looks === null ? undefined : nobodyLooks(looks, policy, now);
  const conditions = [
    ...(unreadable === null ? [] : [siteCondition(unreadable)]),
    ...(absent === undefined ? [] : [absent]),
    ...(looks === null || absent !== undefined ? [] : lookConditions(looks, policy, now)),
    ...(problems === null || problems.length === 0 ? [] : [chainCondition(problems)]),
    ...(mail === null ? [] : mailConditions(mail)),
  ];
  const blind = looks === null;
  return {
    conditions,
    untold: (key) => {
      if (key === "site") return false;
      if (key === "chain") return problems === null;
      if (key === "mail") return mail === null;
      return blind || (absent !== undefined && key !== "looks");
    },
  };
}

function siteCondition({ code, message }: NonNullable<WatchFacts["unreadable"]>): Condition {
  return {
    key: "site",
    state: "unreadable",
    since: null,
    title: "the published status cannot be read",
    lines: [`${code}: ${message}`, "Nothing can be said of the ledger until it can be read again."],
    exitCode: EXIT.unreachable,
  };
}

function nobodyLooks(
  { lastLook }: LookFacts,
  { absentAfterMs }: WatchPolicy,
  now: Instant,
): Condition | undefined {
  if (lastLook !== null && age(lastLook, now) < absentAfterMs) return undefined;
  return {
    key: "looks",
    state: "absent",
    since: lastLook,
    title:
      lastLook === null
        ? "nobody has looked at OFAC's lists yet"
        : `nobody has looked at OFAC's lists since ${lastLook}`,
    lines: [
      "No look is written down since, successful or not: the schedule, the runner or the push has stopped.",
      "Start a run by hand, and see why none started by itself.",
    ],
    exitCode: EXIT.unreachable,
  };
}

function lookConditions(looks: LookFacts, policy: WatchPolicy, now: Instant): Condition[] {
  const behind = looks.behind;
  return [
    ...looks.sources.flatMap((source) => sourceCondition(source, policy, now)),
    ...(behind === null || age(behind.at, now) < policy.behindAfterMs
      ? []
      : [
          {
            key: "publication",
            state: "behind" as const,
            since: behind.at,
            title: `OFAC's publication ${behind.publication} has not been read`,
            lines: [
              `OFAC's history lists publication ${behind.publication} of ${behind.at}, but no file of it was seen.`,
              "Either its files are late, or they are not asked for where they are now. Compare with OFAC's site.",
            ],
            exitCode: EXIT.unreachable,
          },
        ]),
    ...looks.held
      .filter(({ since }) => since === null || age(since, now) >= policy.heldAfterMs)
      .map(({ list, parties, since }) => ({
        key: `held:${list}`,
        state: "waiting" as const,
        since,
        title: `${parties} removals of ${list} wait for confirmation`,
        lines: [
          `They are missing from OFAC's file${since === null ? "" : ` since ${since}`} and are kept until OFAC's own delta ` +
            "names them, a later look finds the same file, or a day is over.",
          'See "ofac-ledger status"; "ofac-ledger update --accept <sha256>" confirms them.',
        ],
        exitCode: EXIT.held,
      })),
  ];
}

function sourceCondition(
  { source, state, since, lastSuccess, failure }: WatchedSource,
  policy: WatchPolicy,
  now: Instant,
): Condition[] {
  const trouble = state === "stale" || state === "blocked";
  const words = failure ?? state;
  const base = { key: `source:${source}`, exitCode: EXIT.unreachable };
  if (lastSuccess === null ? trouble : age(lastSuccess, now) >= policy.absentAfterMs) {
    return [
      {
        ...base,
        state: "absent",
        since: lastSuccess,
        title: `${source}: ${lastSuccess === null ? "never read" : `not read since ${lastSuccess}`}`,
        lines: [`Looks go on, but none is answered. The last one ended with: ${words}.`, ADVICE],
      },
    ];
  }
  if (!trouble || (since !== null && age(since, now) < policy.failingAfterMs)) return [];
  return [
    {
      ...base,
      state: "failing",
      since,
      title: `${source}: ${state === "blocked" ? "refuses us" : "every look fails"}`,
      lines: [`${since === null ? "" : `Since ${since}. `}The last look ended with: ${words}.`, ADVICE],
    },
  ];
}

const ADVICE = 'See "ofac-ledger status" for the whole message and for when it is asked again.';

/** Problems named in an alarm. */
const SHOWN = 5;

function chainCondition(problems: NonNullable<WatchFacts["problems"]>): Condition {
  return {
    key: "chain",
    state: "broken",
    since: null,
    title: `the ledger does not verify: ${problems.length} ${problems.length === 1 ? "problem" : "problems"}`,
    lines: [
      ...problems.slice(0, SHOWN).map(({ file, code, message }) => `${file}: ${code}: ${message}`),
      ...(problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : []),
      'Restore the files from the repository; "ofac-ledger verify" says when all is well.',
    ],
    exitCode: EXIT.ledger,
  };
}

function mailConditions({ failed, unknown, paused }: MailTrouble): Condition[] {
  if (failed + unknown + paused === 0) return [];
  const parts = [
    [failed, "not taken"],
    [unknown, "without an answer"],
    [paused, "paused"],
  ] as const;
  const words = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return [
    {
      key: "mail",
      state: "undelivered",
      since: null,
      title: `mail is not delivered: ${words.join(", ")}`,
      lines: [
        'See "ofac-ledger send --dry-run" for whom, "ofac-ledger doctor" for the mail server.',
        "What has no answer is sent again only with --resend-unknown; a paused one only with --try-again.",
      ],
      exitCode: EXIT.mail,
    },
  ];
}

/** Milliseconds; an instant that is none is older than everything. */
function age(since: Instant, now: Instant): number {
  const ms = Date.parse(now) - Date.parse(since);
  return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms;
}
