import type { Placed } from "./chain.ts";
import { type ContextIndex, type ContextView, contextViewOf } from "./context-view.ts";
import type { SiteInput } from "./input.ts";
import { meaningLine } from "./meaning.ts";
import { publicationPath, renderPage } from "./page.ts";
import { isComposed } from "./publication-view.ts";
import type { Templates } from "./templates.ts";
import { kindNote, listWords, parties, segmentNote } from "./words.ts";
import { dateWords, monthWords } from "./words-date.ts";

/** One line of the changelog. */
export interface EntryView {
  readonly id: string;
  readonly path: string;
  readonly headline: string;
  readonly day: string;
  readonly isoDate: string | null;
  readonly list: string;
  readonly meaning: string;
  readonly materiality: string;
  readonly legal: string;
  readonly screening: string;
  readonly note: string | null;
  readonly segmentNote: string | null;
  readonly context: ContextView;
}

/** The changelog's line of a record. */
export function entryView({ stored }: Placed, context: ContextIndex): EntryView {
  const { record } = stored;
  return {
    id: record.id,
    path: publicationPath(record.id),
    headline: record.headline,
    day: dateWords(record.date),
    isoDate: record.date,
    list: listWords(record),
    meaning: meaningLine(record),
    materiality: record.judgement.materiality,
    legal: record.judgement.legalEffect,
    screening: record.judgement.screeningEffect,
    note: kindNote(record),
    segmentNote: segmentNote(record),
    context: contextViewOf(record, context),
  };
}

/** The front page: the changelog, newest first, by month; and how many parties each list has now. */
export function renderIndex(
  templates: Templates,
  input: SiteInput,
  placed: readonly Placed[],
  context: ContextIndex,
): Uint8Array {
  const months: { name: string; entries: EntryView[] }[] = [];
  for (const place of [...placed].reverse()) {
    const { date } = place.stored.record;
    const name = date === null ? "Undated" : monthWords(date);
    const month = months.at(-1);
    if (month?.name === name) month.entries.push(entryView(place, context));
    else months.push({ name, entries: [entryView(place, context)] });
  }
  const lists = input.heads
    .filter((head) => head.origin === "live")
    .map((head) => ({
      name: listWords(head),
      parties: parties(head.state.parties),
      since: dateWords(head.date),
      path: publicationPath(head.id),
    }));
  const page = {
    path: "",
    title: input.site.title,
    description: "Every change of OFAC's sanctions lists, publication by publication.",
    composed: placed.some(({ stored }) => isComposed(stored.record)),
  };
  return renderPage(templates, "site/index.hbs", input.site, page, { months, lists });
}
