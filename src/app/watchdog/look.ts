import { type Instant, LedgerError } from "../../domain/index.ts";
import type { LedgerFiles, Problem } from "../../ledger/index.ts";
import { createFetcher } from "../../sources/index.ts";
import { type ConfigFile, sourceSettings } from "../config/config.ts";
import { ledgerDeliveries } from "../mail/delivery-store.ts";
import { verifyLedger } from "../verify.ts";
import { watchPolicy } from "./conditions.ts";
import { looksOfLedger, looksOfSite, type WatchFacts } from "./facts.ts";
import { mailTrouble } from "./mail-trouble.ts";
import { fetchStatus, siteSettings } from "./published-status.ts";

export interface LedgerWatch {
  readonly files: LedgerFiles;
  readonly evidence: LedgerFiles;
  readonly config: ConfigFile;
  readonly now: Instant;
  /** Recompute every hash; it takes as long as `verify`. */
  readonly verify: boolean;
}

/**
 * What a ledger on this machine tells. A ledger that cannot even be read is one that does not verify: the watchdog
 * says so, and does not fall over it.
 */
export async function factsOfLedger(ports: LedgerWatch): Promise<WatchFacts> {
  const { files, evidence, config, now } = ports;
  const problems: Problem[] = [];
  const attempt = async <T>(file: string, work: () => T | Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      problems.push({ file, code: error.code, message: error.message });
      return null;
    }
  };
  const looks = await attempt("checks", () => looksOfLedger(files, evidence, config, now));
  const mail = await attempt("deliveries", async () =>
    mailTrouble(await ledgerDeliveries(files, {}).load(), now, watchPolicy(config).mailDays),
  );
  const verified = ports.verify ? verifyAll(files, evidence) : [];
  const all = [...verified, ...problems.filter(({ code }) => !verified.some((one) => one.code === code))];
  return { unreadable: null, looks, mail, problems: ports.verify || all.length > 0 ? all : null };
}

function verifyAll(files: LedgerFiles, evidence: LedgerFiles): Problem[] {
  const own = [...verifyLedger(files, () => undefined).problems];
  if (evidence === files) return own;
  const beside = verifyLedger(evidence, () => undefined).problems;
  return [...own, ...beside.map((problem) => ({ ...problem, file: `evidence: ${problem.file}` }))];
}

/** What a published site tells, from wherever it can be reached. */
export async function factsOfSite(
  url: string,
  ports: {
    readonly config: ConfigFile;
    readonly now: Instant;
    readonly sleep: (ms: number) => Promise<void>;
  },
): Promise<WatchFacts> {
  const settings = siteSettings(sourceSettings(ports.config), url);
  const fetcher = createFetcher(settings, { now: () => ports.now, sleep: ports.sleep });
  try {
    const found = await fetchStatus(fetcher, url);
    const nothing = { problems: null, mail: null };
    if ("unreadable" in found) return { ...nothing, unreadable: found.unreadable, looks: null };
    return { ...nothing, unreadable: null, looks: looksOfSite(found.file) };
  } finally {
    await fetcher.close();
  }
}
