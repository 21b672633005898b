import { canonicalJson, compareText, FORMAT_VERSION, type Hash } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import { type ContextIndex, contextHash } from "./context-view.ts";
import type { SiteInput } from "./input.ts";
import { absolute, publicationPath, recordPath } from "./page.ts";
import { utf8 } from "./text.ts";

/** One record in the index: enough to choose, order, fetch and check it. */
interface IndexRow {
  readonly id: string;
  readonly list: string;
  readonly segment: string;
  readonly origin: string;
  readonly kind: string;
  readonly date: string | null;
  readonly headline: string;
  readonly counts: unknown;
  readonly materiality: string;
  readonly legalEffect: string;
  readonly screeningEffect: string;
  readonly hash: Hash;
  readonly contextHash: string;
  readonly url: string;
  readonly page: string;
}

function indexRow(input: SiteInput, { stored }: Placed, context: ContextIndex): IndexRow {
  const { record, hash } = stored;
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
    contextHash: contextHash(record, context),
    url: absolute(input.site, recordPath(record.id)),
    page: absolute(input.site, publicationPath(record.id)),
  };
}

/** `/api/v1/index.json`: every record, oldest first. */
export function renderApiIndex(
  input: SiteInput,
  placed: readonly Placed[],
  context: ContextIndex,
): Uint8Array {
  return json({
    formatVersion: FORMAT_VERSION,
    records: placed.map((place) => indexRow(input, place, context)),
  });
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
        record: place === undefined ? null : indexRow(input, place, context),
      };
    });
  return json({ formatVersion: FORMAT_VERSION, lists });
}

/** RFC 8785 and a final LF, as every JSON file of the ledger. */
export function json(value: unknown): Uint8Array {
  return utf8(`${canonicalJson(value)}\n`);
}
