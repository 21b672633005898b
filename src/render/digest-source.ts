import { type ContextEntry, type LedgerRecord, LIST_TITLE } from "../domain/index.ts";
import type { ContextIndex } from "./context-view.ts";
import { type FactRow, fact, facts, type Section, section } from "./digest-blocks.ts";
import { partiesIn } from "./digest-counts.ts";
import type { Freshness } from "./digest-input.ts";
import type { Language } from "./language.ts";
import { dateWords, instantWords, windowWords } from "./words-date.ts";

/** Which file a publication was read from, when each thing happened as far as anyone states it, and what we know of our looking. */
export function sourceSection(
  record: LedgerRecord,
  hash: string,
  entries: readonly ContextEntry[],
  index: ContextIndex,
  language: Language,
): Section[] {
  const { mail, counts, provenance } = language.words;
  const seen = index.observations.get(record.id);
  const dated = seen?.receipts.flatMap(({ lastModified }) => lastModified ?? []) ?? [];
  const from = [...new Set(seen?.receipts.map(({ finalHost }) => finalHost) ?? [])];
  const notices = entries.flatMap(({ notice }) => notice ?? []);
  const press = entries.flatMap(({ pressRelease }) => pressRelease?.date ?? []);
  const rows: FactRow[] = [
    fact(
      mail.fileLabel,
      ...record.sources.map((source) =>
        language.say(mail.file, {
          file: source.file,
          bytes: language.count(counts.byte, source.bytes),
          provenance: provenance[source.provenance],
        }),
      ),
    ),
    ...several(
      mail.noticeDated,
      notices.map(({ date }) => dateWords(date, language)),
    ),
    ...several(
      mail.pressDated,
      press.map((date) => dateWords(date, language)),
    ),
    fact(mail.happened, windowWords(record.window, language)),
    ...several(
      mail.dated,
      dated.flatMap((header) => httpDate(header, language)),
    ),
    ...(seen === undefined ? [] : [fact(mail.firstSeen, instantWords(seen.firstSeen, language))]),
    ...several(mail.route, from),
    { label: mail.hash, values: [hash], exact: true },
  ];
  return section(mail.source, facts(rows));
}

/** How our looking stands, in the foot of a mail. */
export function freshnessRows(freshness: Freshness | undefined, language: Language): FactRow[] {
  if (freshness === undefined) return [];
  const { mail, states } = language.words;
  const { lookedAt, sources, held } = freshness;
  const known: Readonly<Record<string, string>> = states;
  const troubled = sources.filter(({ state }) => state !== "current");
  const words = troubled.map(({ source, state }) =>
    language.say(mail.oneState, { source, state: known[state] ?? state }),
  );
  return [
    fact(mail.lookedAt, lookedAt === null ? mail.neverLooked : instantWords(lookedAt, language)),
    ...(sources.length === 0
      ? []
      : [fact(mail.sourceState, ...(words.length === 0 ? [mail.allCurrent] : words))]),
    ...held.map(({ list, parties }) =>
      fact(
        mail.sourceState,
        language.say(mail.held, { list: LIST_TITLE[list], parties: partiesIn(language, parties) }),
      ),
    ),
  ];
}

function several(label: string, values: readonly string[]): FactRow[] {
  return values.length === 0 ? [] : [fact(label, ...new Set(values))];
}

/** A `Last-Modified` header in words; left out where it is no date. */
function httpDate(header: string, language: Language): string[] {
  const at = new Date(header);
  return Number.isNaN(at.getTime()) ? [] : [instantWords(at.toISOString(), language)];
}
