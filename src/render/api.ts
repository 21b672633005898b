import {
  canonicalJson,
  compareText,
  FORMAT_VERSION,
  type IndexEntry,
  type IndexFile,
  type IndexYearFile,
  type LatestFile,
  sha256,
} from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { type ContextIndex, contextHash } from "./context-view.ts";
import type { SiteInput } from "./input.ts";
import { absolute, publicationPath, recordPath } from "./page.ts";
import { utf8 } from "./text.ts";

function indexEntry(input: SiteInput, { stored }: Placed, context: ContextIndex): IndexEntry {
  const { record, hash, bytes } = stored;
  return {
    id: record.id,
    list: record.list,
    segment: record.segment,
    origin: record.origin,
    kind: record.kind,
    date: record.date,
    headline: record.headline,
    counts: record.counts,
    materiality: record.judgement.materiality,
    legalEffect: record.judgement.legalEffect,
    screeningEffect: record.judgement.screeningEffect,
    hash,
    bytes: bytes.length,
    contextHash: contextHash(record, context),
    state: record.state,
    previous: record.previous,
    ...(record.supersedes === undefined ? {} : { supersedes: record.supersedes }),
    url: absolute(input.site, recordPath(record.id)),
    page: absolute(input.site, publicationPath(record.id)),
  };
}

/** More records than this, and the index names only the newest; the others stand in the files of their years. */
const INDEX_RECORDS = 500;

/** `/api/v1/index.json`: the newest records, newest first, and where all of them stand by year. */
export function renderApiIndex(
  input: SiteInput,
  placed: readonly Placed[],
  context: ContextIndex,
): Uint8Array {
  const years = indexYears(placed).map(({ year, records }) => {
    const file = renderApiYear(input, year, records, context);
    const url = absolute(input.site, indexYearPath(year));
    return { year, records: records.length, url, hash: sha256(file), bytes: file.length };
  });
  return json({
    formatVersion: FORMAT_VERSION,
    total: placed.length,
    records: placed
      .slice(-INDEX_RECORDS)
      .reverse()
      .map((place) => indexEntry(input, place, context)),
    years,
  } satisfies IndexFile);
}

/** `/api/v1/index/<year>.json`: every record of a year, newest first. */
export function renderApiYear(
  input: SiteInput,
  year: string,
  records: readonly Placed[],
  context: ContextIndex,
): Uint8Array {
  return json({
    formatVersion: FORMAT_VERSION,
    year,
    records: records.toReversed().map((place) => indexEntry(input, place, context)),
  } satisfies IndexYearFile);
}

/** Where the index of a year stands. */
export const indexYearPath = (year: string): string => `api/v1/index/${year}.json`;

/** Records by the year of their Eastern date, the newest year first, undated ones last. */
export function indexYears(placed: readonly Placed[]): { year: string; records: Placed[] }[] {
  const years = new Map<string, Placed[]>();
  for (const place of placed) {
    const year = place.stored.record.date?.slice(0, 4) ?? "undated";
    years.set(year, [...(years.get(year) ?? []), place]);
  }
  return [...years]
    .map(([year, records]) => ({ year, records }))
    .sort(
      (a, b) => Number(a.year === "undated") - Number(b.year === "undated") || compareText(b.year, a.year),
    );
}

/** `/api/v1/latest.json`: the head of each live segment with its newest record's row. */
export function renderApiLatest(
  input: SiteInput,
  placed: readonly Placed[],
  context: ContextIndex,
): Uint8Array {
  const lists = input.heads
    .filter((head) => head.origin === "live")
    .sort((a, b) => compareText(a.list, b.list) || compareText(a.segment, b.segment))
    .map((head) => {
      const place = placed.find(({ stored }) => stored.record.id === head.id);
      return {
        list: head.list,
        segment: head.segment,
        state: head.state,
        counts: head.counts,
        coverage: head.coverage,
        record: place === undefined ? null : indexEntry(input, place, context),
      };
    });
  return json({ formatVersion: FORMAT_VERSION, lists } satisfies LatestFile);
}

/** RFC 8785 and a final LF, as every JSON file of the ledger. */
export function json(value: unknown): Uint8Array {
  return utf8(`${canonicalJson(value)}\n`);
}
