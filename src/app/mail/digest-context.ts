import {
  type ContextEntry,
  canonicalJson,
  compareText,
  type Notice,
  type Reconciliation,
  sha256,
} from "../../domain/index.ts";
import type { ContextVersion, NoticeNews } from "../../notify/index.ts";

/** What others said of each record, by its id: one entry for each comparison that was kept, the first one first. */
export function contextVersions(
  context: readonly ContextEntry[],
): ReadonlyMap<string, readonly ContextVersion[]> {
  const versions = new Map<string, ContextVersion[]>();
  for (const { reconciliation, firstSeen } of context) {
    if (reconciliation === undefined || firstSeen === undefined) continue;
    const { publication } = reconciliation;
    const own = versions.get(publication) ?? [];
    own.push({ at: wholeSeconds(firstSeen), fingerprint: storyOf(reconciliation) });
    versions.set(publication, own);
  }
  for (const own of versions.values()) own.sort((a, b) => compareText(a.at, b.at));
  return versions;
}

/**
 * What a reader wants to hear of anew: a notice or press release that was not there, and whatever does not agree. That
 * OFAC's delta agrees, too, is no news.
 */
function storyOf({ notices, pressReleases, verdict, parties, press, delta }: Reconciliation) {
  const urls = (links: Reconciliation["notices"]) => links.map(({ url }) => url).sort(compareText);
  return sha256(
    canonicalJson({
      notices: urls(notices),
      press: urls(pressReleases),
      disagrees: verdict === "disagrees",
      parties: parties
        .filter(({ status }) => status !== "announced and listed")
        .map(({ uid, name, status }) => [uid ?? name, status]),
      claims: press.map(({ url, claim, verdict: says }) => [url, claim, says]),
      delta: delta.verdict === "differs" ? { ...delta, publications: [] } : null,
    }),
  );
}

/** Notices whose lines were looked for, and which have none: licences, FAQs, enforcement. */
export function noticeNews(context: readonly ContextEntry[]): NoticeNews[] {
  const found = new Map<string, NoticeNews>();
  for (const { notice, firstSeen } of context) {
    if (notice === undefined || firstSeen === undefined || !isWithoutChange(notice)) continue;
    const known = found.get(notice.id);
    const at = wholeSeconds(firstSeen);
    if (known === undefined || at < known.firstSeen) {
      found.set(notice.id, { id: notice.id, date: notice.date, firstSeen: at });
    }
  }
  return [...found.values()];
}

function isWithoutChange({ sections }: Notice): boolean {
  return sections?.every(({ entries }) => entries.length === 0) ?? false;
}

/** One form for all instants, so that their texts compare as they do. */
const wholeSeconds = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
