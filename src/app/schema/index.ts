import { jsonBytes } from "../../ledger/index.ts";
import { CONFIG_SCHEMA } from "../config/config-schema.ts";
import { kitChain } from "../conformance/chain.ts";
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

/** Every schema of what is published, kept or read, with examples from the conformance kit's composed chain. */
export function schemas(): readonly PublishedSchema[] {
  const chain = kitChain();
  const records = chain.map(({ stored }) => stored.record);
  const one = (name: string, schema: unknown, ...found: unknown[]): PublishedSchema => ({
    name,
    schema: asObject(schema),
    examples: found,
  });
  return [
    one("record", Record, ...records),
    one("party", Party, ...examples.parties(chain)),
    one("change-set", ChangeSet, ...records.slice(1).map(({ changes, unknown }) => ({ changes, unknown }))),
    one("catch-up", CatchUp, examples.catchUpFile(chain)),
    one("head", Head, examples.head(chain)),
    one("index", IndexFile, examples.indexFile(chain)),
    one("index-year", IndexYearFile, examples.indexYearFile(chain)),
    one("latest", LatestFile, examples.latestFile(chain)),
    one("sync", SyncFile, examples.syncFile(chain)),
    one("segments", SegmentsFile, examples.segmentsFile(chain)),
    one("party-history", PartyFile, examples.partyFile(chain)),
    one("status", StatusFile, examples.statusFile(chain)),
    one("rescreen", Rescreen, examples.rescreen(chain)),
    one("wallets", Wallets, examples.wallets),
    one("wallet-changes", WalletChangesSchema, examples.walletChanges(chain)),
    one("observation", Observation, examples.observation(chain)),
    one("context-entry", ContextEntry, ...examples.contextEntries),
    one("manifest", ManifestSchema, examples.manifest(chain)),
    one("log-entry", LogLine, kept.logEntry),
    one("signature", Signature, kept.signature),
    one("source-check", SourceCheckFile, kept.sourceCheck),
    one("held-removals", HeldRemovalsFile, kept.heldRemovals),
    one("check-commits", CheckCommitsFile, kept.checkCommits),
    one("looks", LooksMonth, kept.looks),
    one("latency-month", LatencyMonthFile, kept.latencyMonth),
    one("latency", LatencyReport, kept.latency),
    one("watchdog-memory", WatchMemoryFile, kept.watchMemory),
    one("watchdog-issues", AlarmIssues, kept.alarmIssues),
    one("delivery-intents", Intents, kept.intents),
    one("delivery-results", Results, kept.results),
    one("raw-entry", RawEntry, kept.rawEntry),
    one("config", CONFIG_SCHEMA, ...kept.configs),
    one("subscriptions", Subscriptions, kept.subscriptions),
  ];
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
