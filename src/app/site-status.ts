import { compareText, type Instant } from "../domain/index.ts";
import { type LedgerFiles, parseFile } from "../ledger/index.ts";
import type { SiteStatus } from "../render/index.ts";
import { type CheckCommits, readCheck, SOURCES } from "./checks.ts";
import { status } from "./status.ts";

/**
 * How our looking stands as of the newest committed look: the clock has no part in it, so that two builds of one
 * ledger are equal. A reader's browser says how long ago that is.
 */
export function siteStatus(files: LedgerFiles): SiteStatus {
  const looks = new Set<Instant>(commitsOf(files));
  for (const source of SOURCES) {
    const look = readCheck(files, source)?.health.lastLook;
    if (look !== undefined) looks.add(look);
  }
  const sorted = [...looks].sort(compareText);
  const at = sorted.at(-1) ?? null;
  if (at === null) return { at, sources: [], held: [], looks: [] };
  const { sources, held } = status(files, at);
  return {
    at,
    sources: sources.filter(({ state }) => state !== "unknown"),
    held: held.map(({ list, since, reason, uids }) => ({ list, since, reason, parties: uids.length })),
    looks: sorted,
  };
}

function commitsOf(files: LedgerFiles): readonly Instant[] {
  const path = "checks/commits.json";
  const bytes = files.read(path);
  return bytes === undefined ? [] : parseFile<CheckCommits>(path, bytes).at;
}
