import {
  type ContextEntry,
  canonicalJson,
  compareText,
  easternDate,
  type Hash,
  type LedgerRecord,
  type Observation,
  sha256,
} from "../domain/index.ts";
import { type LinkView, linkView } from "./link.ts";
import { type ChecksView, checksOf, UNCHECKED } from "./reconciliation-view.ts";
import { instantWords } from "./words-date.ts";

/** Notices, press releases and observations, ready to be asked by record. */
export interface ContextIndex {
  readonly byDate: ReadonlyMap<string, readonly ContextEntry[]>;
  /** Reconciliations by the record they are about. */
  readonly byRecord: ReadonlyMap<string, readonly ContextEntry[]>;
  readonly observations: ReadonlyMap<string, Observation>;
}

export interface ContextView {
  readonly notices: readonly LinkView[];
  readonly pressReleases: readonly LinkView[];
  readonly checks: ChecksView | null;
  readonly composed: boolean;
}

/** Context by date and observations by record id. */
export function indexContext(
  context: readonly ContextEntry[],
  observations: readonly Observation[],
): ContextIndex {
  const byRecord = new Map<string, ContextEntry[]>();
  const byDate = new Map<string, ContextEntry[]>();
  for (const entry of [...context].sort(
    (a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id) || compareText(hashOf(a), hashOf(b)),
  )) {
    if (entry.reconciliation !== undefined) {
      const { publication } = entry.reconciliation;
      byRecord.set(publication, [...(byRecord.get(publication) ?? []), entry]);
      continue;
    }
    const date = entry.date ?? entry.notice?.date ?? entry.pressRelease?.date ?? null;
    if (date === null) continue;
    const entries = byDate.get(date) ?? [];
    entries.push(entry);
    byDate.set(date, entries);
  }
  return { byDate, byRecord, observations: new Map(observations.map((seen) => [seen.id, seen])) };
}

/** Context of the days a record stands for: its own date, and those OFAC gives its publications. */
export function contextOf(record: LedgerRecord, index: ContextIndex): readonly ContextEntry[] {
  const dates = new Set<string>();
  if (record.date !== null) dates.add(record.date);
  for (const publication of record.ofacPublications) {
    const instant = publication.datePublished;
    dates.add(/^\d{4}-\d{2}-\d{2}$/.test(instant) ? instant : easternDateOr(instant));
  }
  const dated = [...dates].sort(compareText).flatMap((date) => index.byDate.get(date) ?? []);
  return [...dated, ...(index.byRecord.get(record.id) ?? [])];
}

function easternDateOr(instant: string): string {
  return Number.isNaN(Date.parse(instant)) ? instant : easternDate(instant);
}

/** What is told of a record beside its facts. */
export function contextViewOf(record: LedgerRecord, index: ContextIndex): ContextView {
  const entries = contextOf(record, index);
  const checks = checksOf(record.id, entries);
  const news = record.origin === "live" && record.kind === "publication";
  return { ...links(entries), checks: checks ?? (news ? UNCHECKED : null) };
}

/** Titles and links; a press release that only a notice names is shown by the notice's title for it. */
function links(entries: readonly ContextEntry[]): Omit<ContextView, "checks"> {
  const notices = new Map<string, LinkView>();
  const releases = new Map<string, LinkView>();
  for (const { pressRelease } of entries) {
    if (pressRelease !== undefined) {
      releases.set(pressRelease.url, linkView(pressRelease.title, pressRelease.url));
    }
  }
  for (const { notice } of entries) {
    if (notice === undefined) continue;
    notices.set(notice.url, linkView(notice.title, notice.url));
    for (const link of notice.pressReleases) {
      if (!releases.has(link.url)) releases.set(link.url, linkView(link.title, link.url));
    }
  }
  return {
    notices: [...notices.values()],
    pressReleases: [...releases.values()],
    composed: entries.some((entry) => entry.provenance === "composed"),
  };
}

/** Over what a page takes from context and observation. */
export function contextHash(record: LedgerRecord, index: ContextIndex): Hash {
  return sha256(canonicalJson([contextOf(record, index), index.observations.get(record.id) ?? null]));
}

/** When we first saw it, in words; null where that was not recorded. */
export function firstSeenWords(record: LedgerRecord, index: ContextIndex): string | null {
  const seen = index.observations.get(record.id);
  return seen === undefined ? null : instantWords(seen.firstSeen);
}

function hashOf(entry: ContextEntry): string {
  return sha256(canonicalJson(entry));
}
