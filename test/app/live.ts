import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach } from "vitest";
import {
  type AppPorts,
  type ConfigFile,
  SILENT,
  type UpdateReport,
  update,
  verifyLedger,
} from "../../src/app/index.ts";
import { type LedgerRecord, type ListId, sha256 } from "../../src/domain/index.ts";
import { chain, type LedgerFiles, nodeLedgerFiles, readHead } from "../../src/ledger/index.ts";
import {
  createFetcher,
  DEFAULT_SOURCE_SETTINGS,
  type Fetcher,
  type SourceHealth,
  type SourceSettings,
} from "../../src/sources/index.ts";
import { type ComposedParty, composeLegacyXml } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { type OfacStandIn, startOfacStandIn } from "../support/ofac-stand-in/index.ts";

/** Small limits, so that what must fail does so at once. */
const QUICK: Partial<SourceSettings> = {
  connectTimeoutMs: 400,
  headersTimeoutMs: 400,
  bodyTimeoutMs: 400,
  attemptTimeoutMs: 2_000,
  attempts: 2,
  gapMs: 0,
  backoffMs: 0,
};

const open: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A stand-in for OFAC, a clock, and a ledger in a temporary folder; over when the test is. */
export interface World {
  readonly ofac: OfacStandIn;
  readonly files: LedgerFiles;
  /** SHA-256 of every file of the ledger, by its path. */
  all(): Map<string, string>;
  /** The same of the chains: what no failure of a source may touch. */
  chains(): Map<string, string>;
  /** Sets the clock of everybody. */
  at(instant: string): void;
  /** One `update` at an instant; real HTTP, waits take no time. */
  look(instant: string, options?: LookArguments): Promise<UpdateReport>;
  /** What the commands work with, at an instant. */
  ports(instant: string, options?: LookArguments): AppPorts;
}

export interface LookArguments {
  readonly accept?: `sha256:${string}`;
  readonly force?: boolean;
  readonly config?: ConfigFile;
  readonly settings?: Partial<SourceSettings>;
  readonly files?: LedgerFiles;
  readonly cache?: LedgerFiles;
  /** A folder for evidence beside the ledger's. */
  readonly evidence?: LedgerFiles;
  /** Gets the lines of progress. */
  readonly lines?: string[];
}

/** The ledger lies in memory where a test makes hundreds of looks. */
export async function world(ledger: "on disk" | "in memory" = "on disk"): Promise<World> {
  let now = "2023-05-19T14:00:00Z";
  const ofac = await startOfacStandIn({ now: () => Date.parse(now) });
  open.push(() => ofac.close());
  const memory = memoryFiles();
  const folder = ledger === "on disk" ? temporaryFolder() : undefined;
  const files = folder === undefined ? memory : nodeLedgerFiles(folder);
  const all = () => (folder === undefined ? contentOf(memory.content) : filesBelow(folder));
  const fetchers = new Map<string, Fetcher>();
  const ports = (instant: string, options: LookArguments = {}): AppPorts => {
    now = instant;
    const settings = { ...DEFAULT_SOURCE_SETTINGS, ...ofac.settings, ...QUICK, ...options.settings };
    const key = JSON.stringify(options.settings ?? null);
    const fetcher =
      fetchers.get(key) ?? createFetcher(settings, { now: () => now, sleep: async () => undefined });
    if (!fetchers.has(key)) open.push(() => fetcher.close());
    fetchers.set(key, fetcher);
    const config = options.config ?? { profile: "legacy" as const };
    const progress = { ...SILENT, line: (text: string) => void options.lines?.push(text) };
    const cache = options.cache === undefined ? {} : { cache: options.cache };
    const evidence = options.evidence === undefined ? {} : { evidence: options.evidence };
    return { files: options.files ?? files, ...cache, ...evidence, fetcher, settings, config, now, progress };
  };
  return {
    ofac,
    files,
    all,
    chains: () => new Map([...all()].filter(([path]) => /^(sdn|consolidated)\//.test(path))),
    at: (instant) => {
      now = instant;
    },
    ports,
    look: (instant, options = {}) => update(ports(instant, options), options),
  };
}

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-"));
  open.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Composed entities with these uids, each as long as the others. */
export function entities(uids: Iterable<number>, name = "COMPOSED TRADING"): ComposedParty[] {
  return [...uids].map((uid) => ({
    uid,
    type: "Entity",
    lastName: `${name} ${uid}`,
    programs: ["NPWMD"],
    addresses: [[uid + 500_000, "Composed City", "Cuba"]],
  }));
}

/** `from`, `from + 1`, … `count` of them. */
export function run(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** Both legacy files of a day. */
export function listFiles(
  sdn: readonly [date: string, parties: readonly ComposedParty[]],
  consolidated: readonly [date: string, parties: readonly ComposedParty[]] = ["2023-04-14", NON_SDN],
): Record<string, string> {
  return {
    "SDN.XML": composeLegacyXml(...sdn),
    "CONSOLIDATED.XML": composeLegacyXml(...consolidated),
  };
}

/** A small non-SDN list. */
export const NON_SDN = entities(run(9001, 3), "COMPOSED NON-SDN");

/** SHA-256 of every file below a folder, by its path. */
export function filesBelow(folder: string): Map<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path), sha256(readFileSync(path))] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The same of a ledger in memory. */
export function contentOf(content: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  return new Map(
    [...content].map(([path, bytes]) => [path, sha256(bytes)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Health of a source as it was last committed. */
export function committedHealth(files: LedgerFiles, source: string): SourceHealth | undefined {
  const bytes = files.read(`checks/${source}.json`);
  return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes)).health;
}

/** Records of a list's live segment, oldest first. */
export function records(files: LedgerFiles, list: ListId): LedgerRecord[] {
  const head = readHead(files, { list, segment: "live" });
  return head === undefined ? [] : [...chain(files, head)].map(({ record }) => record).reverse();
}

export function headlines(files: LedgerFiles, list: ListId): string[] {
  return records(files, list).map(({ headline }) => headline);
}

/** What does not verify; nothing when all is well. */
export function problems(files: LedgerFiles): readonly unknown[] {
  return verifyLedger(files, () => undefined).problems;
}
