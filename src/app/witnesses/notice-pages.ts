import {
  addDays,
  type ContextEntry,
  canonicalJson,
  type Issue,
  LedgerError,
  type Notice,
  type PressRelease,
  type Provenance,
} from "../../domain/index.ts";
import { parseNotice, parsePressRelease, pressReleaseId, type RecentAction } from "../../parse/index.ts";
import type { Pages } from "../../sources/index.ts";
import { issueOf } from "../look/health.ts";
import type { AppPorts } from "../ports.ts";
import type { ContextStore } from "./context-store.ts";

/** What pages are read with, and what has come of it so far. */
export interface Reading {
  readonly ports: AppPorts;
  readonly pages: Pages;
  readonly store: ContextStore;
  readonly issues: Issue[];
  readonly entries: ContextEntry[];
  readonly pressRead: Set<string>;
}

/** A notice that the ledger holds, with when it came. */
export type KnownNotice = ContextEntry & { readonly notice: Notice };

/** The notice of a row, where the ledger has it. Some rows link a page by its number (ofac-formats §6.1). */
export function knownNotice({ slug, url, date }: RecentAction, store: ContextStore): KnownNotice | undefined {
  if (slug !== null) return withNotice(store.notice(slug));
  const nodeId = NODE.exec(url)?.[1];
  if (nodeId === undefined || date === null) return undefined;
  const near = store.notices(addDays(date, -1), addDays(date, 1));
  return withNotice(near.find(({ notice }) => notice?.nodeId === nodeId));
}

function withNotice(entry: ContextEntry | undefined): KnownNotice | undefined {
  return entry?.notice === undefined ? undefined : { ...entry, notice: entry.notice };
}

const NODE = /\/node\/(\d+)(?:$|[/?#])/;

export async function readRow(row: RecentAction, reading: Reading): Promise<void> {
  if (row.slug === null && !NODE.test(row.url)) {
    reading.issues.push({
      severity: "warning",
      code: "row-without-page",
      message: `the listing has a row that leads to no page of a recent action; it was not read: ${row.title}`,
      where: "recent-actions",
      examples: [row.url],
    });
    return;
  }
  reading.ports.progress.line(`reading notice ${row.slug ?? row.url}`);
  const read = await guarded(row.url, reading.issues, () => readNotice(reading.pages, row));
  if (read === undefined) return;
  const isSame = ({ notice }: ContextEntry) => notice?.id === read.value.id;
  const other = (reading.entries.find(isSame) ?? reading.store.notice(read.value.id))?.notice;
  if (other === undefined) await keepNotice(read, reading);
  // Two pages of one day, one of them known by its number alone.
  else if (other.nodeId !== read.value.nodeId) {
    await keepNotice(
      { ...read, value: { ...read.value, id: `${read.value.id}_${read.value.nodeId}` } },
      reading,
    );
  }
}

/** Reads a known page again; one that says nothing new leaves no trace. */
export async function readAgain(row: RecentAction, known: Notice, reading: Reading): Promise<void> {
  reading.ports.progress.line(`reading notice ${known.id} again: it has no press release yet`);
  const read = await guarded(row.url, reading.issues, () => readNotice(reading.pages, row));
  if (read === undefined) return;
  if (contentOf(read.value) === contentOf(known)) await keepPress(known, reading);
  else await keepNotice({ ...read, value: { ...read.value, id: known.id } }, reading);
}

/** A page's frame changes with every visit; what counts is what was read from it. */
function contentOf({ sha256: _hash, categories: _categories, ...content }: Notice): string {
  return canonicalJson(content);
}

async function keepNotice({ value, provenance }: Read<Notice>, reading: Reading): Promise<void> {
  const { store, ports, entries, issues } = reading;
  issues.push(...value.issues);
  entries.push({
    formatVersion: "1.0",
    kind: "notice",
    id: store.nextId("notice", value.id),
    date: value.date,
    notice: value,
    firstSeen: ports.now,
    provenance: pageProvenance(provenance),
  });
  await keepPress(value, reading);
}

/** Reads the press releases of a notice that the ledger does not hold. */
async function keepPress(notice: Notice, reading: Reading): Promise<void> {
  const { store, ports, entries, issues, pages, pressRead } = reading;
  for (const { url } of notice.pressReleases) {
    const id = pressReleaseId(url);
    if (id === undefined || pressRead.has(id) || store.press(id) !== undefined) continue;
    pressRead.add(id);
    const press = await guarded(url, issues, () => readPress(pages, url));
    if (press === undefined) continue;
    issues.push(...press.value.issues);
    entries.push({
      formatVersion: "1.0",
      kind: "press-release",
      id: press.value.id,
      date: press.value.date,
      pressRelease: press.value,
      firstSeen: ports.now,
      provenance: pageProvenance(press.provenance),
    });
  }
}

/** True for a notice that names no press release, or one of Treasury's that could not be read. */
export function lacksPress({ pressReleases }: Notice, store: ContextStore): boolean {
  if (pressReleases.length === 0) return true;
  return pressReleases.some(({ url }) => {
    const id = pressReleaseId(url);
    return (
      id !== undefined && /^https?:\/\/home\.treasury\.gov\//i.test(url) && store.press(id) === undefined
    );
  });
}

interface Read<T> {
  readonly value: T;
  readonly provenance: Provenance;
}

async function readNotice(pages: Pages, { url, slug, categories }: RecentAction): Promise<Read<Notice>> {
  const document = await pages.notice(url);
  // An address by number says nothing of the page's own.
  const value = parseNotice(document.bytes, { categories, ...(slug === null ? {} : { url }) });
  return { value, provenance: document.provenance };
}

async function readPress(pages: Pages, url: string): Promise<Read<PressRelease>> {
  const document = await pages.pressRelease(url);
  return { value: parsePressRelease(document.bytes, { url }), provenance: document.provenance };
}

/** Context is annotation: what cannot be had is a warning, and never stops the lists. */
async function guarded<T>(where: string, issues: Issue[], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    issues.push(issueOf(error, where));
    return undefined;
  }
}

function pageProvenance(provenance: Provenance): ContextEntry["provenance"] {
  return provenance === "composed" ? "composed" : "official page";
}
