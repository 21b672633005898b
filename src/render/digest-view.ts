import {
  type ChangeCounts,
  compactDate,
  compareText,
  countSentence,
  type LedgerRecord,
} from "../domain/index.ts";
import { inOrder } from "./chain.ts";
import { type ContextView, contextViewOf, firstSeenWords, indexContext } from "./context-view.ts";
import type { DigestInput, DigestPublication } from "./digest-input.ts";
import { absolute, publicationPath, recordPath } from "./page.ts";
import { type PublicationView, publicationView } from "./publication-view.ts";
import { cleanText, oneLine } from "./text.ts";
import { withWhy } from "./why-view.ts";
import { COMPOSED_BANNER, DISCLAIMERS, PROVENANCE_WORDS, plural, REMOVAL_NOTE } from "./words.ts";
import { windowWords } from "./words-date.ts";
import { MAIL_WORDS, type MailWords, openSentence } from "./words-mail.ts";

/** One publication of a mail, with its links. */
export interface DigestPart {
  readonly publication: PublicationView;
  readonly context: ContextView;
  readonly pageUrl: string;
  readonly jsonUrl: string;
  readonly sources: readonly string[];
  readonly firstSeen: string | null;
  readonly happened: string;
}

/** A whole mail; text and HTML are two writings of this. */
export interface DigestView {
  readonly words: MailWords;
  readonly subject: string;
  readonly preheader: string;
  readonly siteTitle: string;
  readonly homeUrl: string;
  readonly composedBanner: string | null;
  readonly disclaimers: readonly string[];
  readonly removalNote: string;
  readonly parts: readonly DigestPart[];
  readonly notes: readonly string[];
  readonly unsubscribe: readonly string[];
}

/** Decides what the mail holds; cuts nothing. */
export function digestView(input: DigestInput): DigestView {
  const context = indexContext(input.context, input.observations);
  const told = new Set<string>();
  const byId = new Map(input.publications.map((publication) => [publication.record.id, publication]));
  const parts = inOrder(input.publications).map(({ stored }): DigestPart => {
    const { record } = stored;
    const own = contextViewOf(record, context);
    const facts = publicationView(stored, firstTime(stored, byId.get(record.id)?.uids, told));
    return {
      publication: withWhy(facts, own.checks?.why, true),
      context: own,
      pageUrl: absolute(input.site, publicationPath(record.id)),
      jsonUrl: absolute(input.site, recordPath(record.id)),
      sources: record.sources.map(
        (source) =>
          `${source.file}, ${plural(source.bytes, "byte", "bytes")}, ${PROVENANCE_WORDS[source.provenance]}`,
      ),
      firstSeen: firstSeenWords(record, context),
      happened: windowWords(record.window),
    };
  });
  const composed = parts.some((part) => part.publication.composed || part.context.composed);
  return {
    words: MAIL_WORDS,
    subject: subject(input.publications),
    preheader: preheader(parts),
    siteTitle: input.site.title,
    homeUrl: absolute(input.site, ""),
    composedBanner: composed ? COMPOSED_BANNER : null,
    disclaimers: DISCLAIMERS,
    removalNote: REMOVAL_NOTE,
    parts,
    notes: [
      ...input.subscription.notes,
      ...input.publications.flatMap(({ open }) => (open ?? []).map(openSentence)),
    ],
    unsubscribe: unsubscribeLinks(input.subscription),
  };
}

/** Addresses of the configuration that a mail may link. */
export function unsubscribeLinks({ unsubscribe }: DigestInput["subscription"]): string[] {
  return unsubscribe.filter((address) => /^(?:https|mailto):/u.test(address));
}

/**
 * Of a record the parties that this mail has not told yet: one that came on both lists with the same facts in
 * one release is told once, with the first.
 */
function firstTime(
  { record }: { readonly record: LedgerRecord },
  uids: readonly number[] | undefined,
  told: Set<string>,
): ReadonlySet<number> {
  const wanted = uids === undefined ? undefined : new Set(uids);
  const repeated = new Set<number>();
  for (const change of record.changes) {
    const facts = change.op === "modify" ? [change.beforeHash, change.afterHash] : [JSON.stringify(change)];
    const key = `${record.releaseId} ${change.op} ${change.uid} ${facts.join(" ")}`;
    if (told.has(key)) repeated.add(change.uid);
    told.add(key);
  }
  const all = [...record.changes, ...record.unknown].map((item) => item.uid);
  return new Set(all.filter((uid) => (wanted?.has(uid) ?? true) && !repeated.has(uid)));
}

/** One publication: its headline. Several: their dates, how many they are, and the totals. */
export function subject(publications: readonly DigestPublication[]): string {
  const records = inOrder(publications).map(({ stored }) => stored.record);
  const [first] = records;
  if (records.length === 1 && first !== undefined) return oneLine(cleanText(first.headline));
  const dates = records.flatMap(({ date }) => (date === null ? [] : [compactDate(date)])).sort(compareText);
  const from = dates.at(0) ?? "undated";
  const to = dates.at(-1) ?? "undated";
  const when = from === to ? from : `${from} to ${to}`;
  const many = plural(records.length, "publication", "publications");
  return oneLine(cleanText(`${when}: ${many}, ${countSentence(totals(records))}`));
}

/** Counts over several records, a party once per group. */
function totals(records: readonly LedgerRecord[]): ChangeCounts {
  const group = (op: string): Record<string, number> => {
    const types = new Map<number, string>();
    for (const record of records) {
      for (const change of record.changes) if (change.op === op) types.set(change.uid, change.type);
    }
    const counts: Record<string, number> = {};
    for (const type of types.values()) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
  };
  return { added: group("add"), removed: group("remove"), changed: group("modify") };
}

/** What a mail program shows beside the subject: the meaning, then the first names. */
function preheader(parts: readonly DigestPart[]): string {
  const meanings = parts.map((part) => part.publication.meaning);
  const names = parts.flatMap(({ publication }) =>
    [...publication.added, ...publication.removed].flatMap((group) => group.parties.map((p) => p.name)),
  );
  const text = oneLine(cleanText([...new Set(meanings), names.slice(0, 3).join("; ")].join(" ")));
  return text.length <= 200 ? text : `${text.slice(0, 199).replace(/[\ud800-\udbff]$/u, "")}\u2026`;
}
