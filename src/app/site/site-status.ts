import { compareText, type Instant } from "../../domain/index.ts";
import type { LedgerFiles } from "../../ledger/index.ts";
import type { SiteStatus } from "../../render/index.ts";
import { recentLooks } from "../evidence/evidence-files.ts";
import { latencies } from "../evidence/latency.ts";
import { readLooks } from "../evidence/looks.ts";
import { readCheck, SOURCES } from "../look/checks.ts";
import { status } from "../status.ts";
import type { Published } from "./published.ts";

/**
 * How our looking stands as of the newest committed look: the clock has no part in it, so that two builds of one
 * ledger are equal. A reader's browser says how long ago that is.
 */
export function siteStatus(files: LedgerFiles, evidence: LedgerFiles, published: Published): SiteStatus {
  const months = readLooks(evidence);
  const recent = recentLooks(months);
  const looks = new Set<Instant>(recent.at);
  for (const source of SOURCES) {
    const look = readCheck(evidence, source)?.health.lastLook;
    if (look !== undefined) looks.add(look);
  }
  const sorted = [...looks].sort(compareText);
  const at = sorted.at(-1) ?? null;
  if (at === null) return { at, sources: [], held: [], looks: [] };
  const { sources, held, behind } = status(files, at, evidence);
  return {
    at,
    sources: sources.filter(({ state }) => state !== "unknown"),
    held: held.map(({ list, since, reason, uids }) => ({ list, since, reason, parties: uids.length })),
    looks: sorted,
    behind,
    stretches: recent.stretches,
    lookMonths: months.map(({ month }) => month),
    months: latencies(evidence, published).months,
  };
}
