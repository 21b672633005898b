import { jsonBytes } from "../../ledger/index.ts";
import { CONFIG_SCHEMA } from "../config/config-schema.ts";
import { type KitStep, kitChain } from "../conformance/chain.ts";
import { ChangeSet } from "./change.ts";
import { ContextEntry, Observation } from "./context.ts";
import { LatencyMonthFile, LatencyReport, LooksMonth } from "./evidence.ts";
import * as examples from "./examples.ts";
import * as kept from "./examples-kept.ts";
import { publishedForm } from "./forms.ts";
import {
  CheckCommitsFile,
  HeldRemovalsFile,
  Intents,
  LogLine,
  ManifestSchema,
  Results,
  Signature,
  SourceCheckFile,
} from "./ledger-files.ts";
import { Party } from "./party.ts";
import {
  CatchUp,
  IndexFile,
  IndexYearFile,
  LatestFile,
  PartyFile,
  StatusFile,
  SyncFile,
} from "./published.ts";
import { RawEntry } from "./raw.ts";
import { Head, Record } from "./record.ts";
import { Rescreen, WalletChangesSchema, Wallets } from "./screening.ts";
import { SegmentsFile } from "./segments.ts";
import { Subscriptions } from "./subscriptions.ts";
import { AlarmIssues, WatchMemoryFile } from "./watchdog.ts";

/** One published schema: its file is `<name>.json`. */
export interface PublishedSchema {
  readonly name: string;
  readonly schema: object;
  readonly examples: readonly unknown[];
}

type Examples = (chain: readonly KitStep[]) => readonly unknown[];

/** Every schema of what is published, kept or read, with examples from the conformance kit's composed chain. */
const TABLE: readonly (readonly [name: string, schema: unknown, examples: Examples])[] = [
  ["record", Record, (chain) => recordsOf(chain)],
  ["party", Party, (chain) => examples.parties(chain)],
  [
    "change-set",
    ChangeSet,
    (chain) =>
      recordsOf(chain)
        .slice(1)
        .map(({ changes, unknown }) => ({ changes, unknown })),
  ],
  ["catch-up", CatchUp, (chain) => [examples.catchUpFile(chain)]],
  ["head", Head, (chain) => [examples.head(chain)]],
  ["index", IndexFile, (chain) => [examples.indexFile(chain)]],
  ["index-year", IndexYearFile, (chain) => [examples.indexYearFile(chain)]],
  ["latest", LatestFile, (chain) => [examples.latestFile(chain)]],
  ["sync", SyncFile, (chain) => [examples.syncFile(chain)]],
  ["segments", SegmentsFile, (chain) => [examples.segmentsFile(chain)]],
  ["party-history", PartyFile, (chain) => [examples.partyFile(chain)]],
  ["status", StatusFile, (chain) => [examples.statusFile(chain)]],
  ["rescreen", Rescreen, (chain) => [examples.rescreen(chain)]],
  ["wallets", Wallets, () => [examples.wallets]],
  ["wallet-changes", WalletChangesSchema, (chain) => [examples.walletChanges(chain)]],
  ["observation", Observation, (chain) => [examples.observation(chain)]],
  ["context-entry", ContextEntry, () => examples.contextEntries],
  ["manifest", ManifestSchema, (chain) => [examples.manifest(chain)]],
  ["log-entry", LogLine, () => [kept.logEntry]],
  ["signature", Signature, () => [kept.signature]],
  ["source-check", SourceCheckFile, () => [kept.sourceCheck]],
  ["held-removals", HeldRemovalsFile, () => [kept.heldRemovals]],
  ["check-commits", CheckCommitsFile, () => [kept.checkCommits]],
  ["looks", LooksMonth, () => [kept.looks]],
  ["latency-month", LatencyMonthFile, () => [kept.latencyMonth]],
  ["latency", LatencyReport, () => [kept.latency]],
  ["watchdog-memory", WatchMemoryFile, () => [kept.watchMemory]],
  ["watchdog-issues", AlarmIssues, () => [kept.alarmIssues]],
  ["delivery-intents", Intents, () => [kept.intents]],
  ["delivery-results", Results, () => [kept.results]],
  ["raw-entry", RawEntry, () => [kept.rawEntry]],
  ["config", CONFIG_SCHEMA, () => kept.configs],
  ["subscriptions", Subscriptions, () => [kept.subscriptions]],
];

const recordsOf = (chain: readonly KitStep[]) => chain.map(({ stored }) => stored.record);

/** Names of the files that schemas are published in; nothing is made for it. */
export const SCHEMA_FILES: readonly string[] = TABLE.map(([name]) => `${name}.json`);

export function schemas(): readonly PublishedSchema[] {
  const chain = kitChain();
  return TABLE.map(([name, schema, examplesOf]) => ({
    name,
    schema: asObject(schema),
    examples: examplesOf(chain),
  }));
}

/** Every schema as the file it is published in, by name. */
export function schemaFiles(): Map<string, Uint8Array> {
  return new Map(
    schemas().map(({ name, schema, examples: found }) => [
      `${name}.json`,
      jsonBytes(publishedForm(schema, found)),
    ]),
  );
}

function asObject(schema: unknown): object {
  if (typeof schema !== "object" || schema === null) throw new Error("a schema is an object");
  return schema;
}
