import { sha256 } from "../../domain/index.ts";
import type { LogEntry } from "../../ledger/index.ts";
import type { IntentBatch, ResultBatch } from "../../notify/index.ts";
import type { ConfigFile } from "../config/config.ts";
import type { LatencyFile, LatencyMonth } from "../evidence/latency.ts";
import type { LooksFile } from "../evidence/looks.ts";
import type { CheckCommits, HeldRemovals, SourceCheck } from "../look/checks.ts";
import { objectPath, type RawEntry, sealed } from "../raw/entry.ts";
import type { SignatureFile } from "../signature.ts";
import type { WatchMemory } from "../watchdog/memory.ts";
import type { AlarmIssue } from "../watchdog/words.ts";

/* Examples for the schemas of what lies beside the chains, and of what an operator writes: composed. */

const SITE = "https://ledger.example";
const HASH = sha256("");
const AT = "2020-01-07T18:05:00Z";

export const logEntry: LogEntry = { path: "observations/2020/sdn-20200107.json", sha256: HASH };

export const signature: SignatureFile = {
  formatVersion: "1.0",
  file: "sdn/live/head.json",
  algorithm: "ed25519",
  keyId: "0123456789abcdef",
  signature: `${"A".repeat(86)}==`,
};

export const sourceCheck: SourceCheck = {
  formatVersion: "1.0",
  source: "sdn",
  at: AT,
  health: {
    state: "current",
    since: AT,
    lastLook: AT,
    lastSuccess: AT,
    lastChange: null,
    consecutiveFailures: 0,
    failure: null,
    nextLook: null,
  },
  trouble: null,
  receipts: [],
};

export const heldRemovals: HeldRemovals = {
  formatVersion: "1.0",
  list: "sdn",
  source: HASH,
  sourceSince: AT,
  waiting: [{ since: AT, uids: [100, 2000] }],
  reason: "2 of 4 parties are missing",
};

export const checkCommits: CheckCommits = { formatVersion: "1.0", at: [AT] };

export const looks: LooksFile = {
  formatVersion: "1.0",
  month: "2020-01",
  stretches: [
    {
      found: [{ source: "sdn", state: "current", failure: null, hash: HASH, publication: 12 }],
      looks: [
        { at: AT, count: 1, gap: null },
        { at: "2020-01-08T02:05:00Z", count: 16, gap: 1_860 },
      ],
    },
  ],
};

const marks = { id: "sdn-20200107", committed: "2020-01-07T18:06:10Z", deployed: "2020-01-07T18:08:00Z" };
export const latencyMonth: LatencyMonth = { formatVersion: "1.0", month: "2020-01", publications: [marks] };

export const latency: LatencyFile = {
  formatVersion: "1.0",
  months: [
    {
      month: "2020-01",
      publications: 1,
      times: [{ from: "published", to: "firstSeen", count: 1, p50: 300, p95: 300 }],
    },
  ],
  publications: [
    { ...marks, list: "sdn", date: "2020-01-07", published: "2020-01-07T18:00:00Z", firstSeen: AT },
  ],
};

export const watchMemory: WatchMemory = {
  formatVersion: "1.0",
  alarms: [
    {
      key: "source:sdn",
      state: "failing",
      found: AT,
      title: "sdn: every look fails",
      lines: ["The last look ended with: unreachable."],
      since: AT,
      told: [{ channel: "mail-1", state: "failing", at: AT }],
    },
  ],
};

export const alarmIssues: readonly AlarmIssue[] = [
  {
    key: "source:sdn",
    state: "firing",
    title: "sdn: every look fails",
    body: "The last look ended with: unreachable.",
  },
];

const batch = { formatVersion: "1.0", id: "000001-20200107T180500Z", at: AT } as const;
export const intents: IntentBatch = {
  ...batch,
  kind: "intents",
  keyId: "k1",
  context: { [HASH]: HASH },
  intents: [{ key: "a keyed hash", recipient: "a keyed hash", attempt: 1 }],
};
export const results: ResultBatch = {
  ...batch,
  kind: "results",
  sent: 0,
  exceptions: [
    { key: "a keyed hash", outcome: "failed-temporary", code: "connection-failed", cause: "ours" },
  ],
};

export const configs: readonly ConfigFile[] = [
  {},
  { lists: ["sdn"], profile: "legacy", site: { title: "Our ledger", baseUrl: SITE } },
];

export const subscriptions = {
  formatVersion: "1.0",
  subscriptions: [
    { id: "compliance", address: "compliance@bank.example", since: "2020-01-01" },
    {
      id: "weekly",
      address: "weekly@bank.example",
      since: "2020-01-01",
      cadence: { kind: "weekly", weekday: "monday", hour: 8, timeZone: "America/New_York" },
      filters: { programs: ["SDGT"], minimumMateriality: "major" },
      format: "text",
    },
  ],
};

export const rawEntry: RawEntry = sealed({
  formatVersion: "1.0",
  list: "sdn",
  segment: "live",
  id: "sdn-20200107",
  record: HASH,
  keptAt: AT,
  files: [
    {
      file: "SDN.XML",
      sha256: HASH,
      bytes: 0,
      provenance: "composed",
      receipt: null,
      object: { path: objectPath(HASH, true), sha256: HASH, bytes: 1, base: null, place: 0 },
    },
  ],
});
