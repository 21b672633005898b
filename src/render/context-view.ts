import {
  type ContextEntry,
  canonicalJson,
  compareText,
  type Hash,
  type LedgerRecord,
  type Notice,
  type Observation,
  sha256,
} from "../domain/index.ts";
import { type LinkView, linkView } from "./link.ts";
import { type ItemView, itemViews, type NoticeEntry } from "./notice-view.ts";
import { type ChecksView, checksOf, newestOf, UNCHECKED, versionOf } from "./reconciliation-view.ts";
import { instantWords } from "./words-date.ts";

/** Notices, press releases and observations, ready to be asked by record. */
export interface ContextIndex {
  /** Newest versions only. */
  readonly byDate: ReadonlyMap<string, readonly ContextEntry[]>;
  /** Every version of every notice by its id, the first one first; ids ascend. */
  readonly notices: ReadonlyMap<string, readonly NoticeEntry[]>;
  /** Reconciliations by the record they are about. */
  readonly byRecord: ReadonlyMap<string, readonly ContextEntry[]>;
  readonly observations: ReadonlyMap<string, Observation>;
  /** Titles of press releases by their address. */
  readonly pressTitles: ReadonlyMap<string, string>;
}

export interface ContextView {
  readonly notices: readonly LinkView[];
  readonly pressReleases: readonly LinkView[];
  /** What the notices announce besides list changes. */
  readonly items: readonly ItemView[];
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
  const notices = new Map<string, NoticeEntry[]>();
  const sorted = [...context].sort(
    (a, b) =>
      compareText(a.kind, b.kind) ||
      versionOf(a.id) - versionOf(b.id) ||
      compareText(a.id, b.id) ||
      compareText(hashOf(a), hashOf(b)),
  );
  for (const entry of sorted) {
    const { notice, reconciliation } = entry;
    if (reconciliation !== undefined) {
      const { publication } = reconciliation;
      byRecord.set(publication, [...(byRecord.get(publication) ?? []), entry]);
      continue;
    }
    if (notice !== undefined) {
      notices.set(notice.id, [...(notices.get(notice.id) ?? []), { ...entry, notice }]);
      continue;
    }
    put(byDate, entry.date ?? entry.pressRelease?.date ?? null, entry);
  }
  for (const versions of notices.values()) {
    const newest = versions.at(-1);
    if (newest !== undefined) put(byDate, newest.notice.date, newest);
  }
  return {
    byDate,
    byRecord,
    notices: new Map([...notices].sort(([a], [b]) => compareText(a, b))),
    observations: new Map(observations.map((seen) => [seen.id, seen])),
    pressTitles: new Map(
      context.flatMap(({ pressRelease: press }) => (press === undefined ? [] : [[press.url, press.title]])),
    ),
  };
}

function put(byDate: Map<string, ContextEntry[]>, date: string | null, entry: ContextEntry): void {
  if (date !== null) byDate.set(date, [...(byDate.get(date) ?? []), entry]);
}

/**
 * Context of the days a record stands for: its own date, and those OFAC gives its publications (US Eastern, without
 * offset); and of the notices it was compared with, whatever their day.
 */
export function contextOf(record: LedgerRecord, index: ContextIndex): readonly ContextEntry[] {
  const dates = new Set(record.ofacPublications.map(({ datePublished }) => datePublished.slice(0, 10)));
  if (record.date !== null) dates.add(record.date);
  const dated = [...dates].sort(compareText).flatMap((date) => index.byDate.get(date) ?? []);
  const compared = index.byRecord.get(record.id) ?? [];
  const others = (newestOf(record.id, compared)?.times.notices ?? [])
    .flatMap(({ id }) => index.notices.get(id)?.at(-1) ?? [])
    .filter((entry) => !dated.includes(entry));
  return [...dated, ...others, ...compared];
}

/** The notices of a record's days, each as it was last read. */
export function noticesOf(record: LedgerRecord, index: ContextIndex): Notice[] {
  return contextOf(record, index).flatMap(({ notice }) => notice ?? []);
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
  const items: ItemView[] = [];
  const releases = new Map<string, LinkView>();
  for (const { pressRelease } of entries) {
    if (pressRelease !== undefined) {
      releases.set(pressRelease.url, linkView(pressRelease.title, pressRelease.url));
    }
  }
  for (const { notice } of entries) {
    if (notice === undefined) continue;
    notices.set(notice.url, linkView(notice.title, notice.url));
    items.push(...itemViews(notice));
    for (const link of notice.pressReleases) {
      if (!releases.has(link.url)) releases.set(link.url, linkView(link.title, link.url));
    }
  }
  return {
    notices: [...notices.values()],
    pressReleases: [...releases.values()],
    items,
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
