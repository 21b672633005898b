import {
  type ChangeCounts,
  compactDate,
  compareText,
  countTypes,
  type LedgerRecord,
  type TypeCounts,
  typesInOrder,
} from "../domain/index.ts";
import type { Forms, Language } from "./language.ts";
import { cleanText, oneLine } from "./text.ts";

const GROUPS = ["added", "removed", "changed"] as const;

/** `4 entities, 1 individual`; empty for none. Digits are not grouped, as in a headline. */
export function countsIn(language: Language, counts: TypeCounts): string {
  const known: Readonly<Record<string, string | Forms>> = language.words.counts;
  return typesInOrder(counts)
    .map((type) => {
      const n = counts[type] ?? 0;
      const forms = known[type];
      const own = typeof forms === "object" && "other" in forms ? forms : language.words.counts.otherType;
      return language.count(own, n, { n: String(n), type });
    })
    .join(language.words.lists.comma);
}

/** The counts of some parties; `none` for none. */
export function countedParties(language: Language, members: readonly { readonly type: string }[]): string {
  const words = countsIn(language, countTypes(members.map(({ type }) => type)));
  return words === "" ? language.words.counts.none : words;
}

/** `12 parties`. */
export function partiesIn(language: Language, n: number): string {
  return language.count(language.words.counts.party, n);
}

/** The headline (contract: Headline) in a language; the dated beginning is the same in all. */
export function headlineIn(language: Language, record: LedgerRecord): string {
  const at = record.headline.indexOf(": ");
  if (at < 0) return record.headline;
  return `${record.headline.slice(0, at)}: ${statement(language, record)}`;
}

function statement(language: Language, record: LedgerRecord): string {
  const { headline } = language.words;
  switch (record.kind) {
    case "publication":
      return sentenceOf(language, record.counts);
    case "baseline": {
      const n = record.state.to.parties;
      return language.say(headline.baseline, {
        parties: language.count(language.words.counts.party, n, { n: String(n) }),
      });
    }
    case "correction":
      return language.say(headline.correction, {
        id: record.supersedes ?? "",
        counts: sentenceOf(language, record.counts),
      });
    case "reinterpretation":
      return headline.reinterpretation;
  }
}

/** `4 entities, 1 individual added; 1 vessel removed`, or `no changes`. */
function sentenceOf(language: Language, counts: ChangeCounts): string {
  const { headline } = language.words;
  const told = GROUPS.map((group) => ({ group, counts: countsIn(language, counts[group]) }))
    .filter((one) => one.counts !== "")
    .map((one) => language.say(headline[one.group], { counts: one.counts }));
  return told.length === 0 ? headline.none : told.join(headline.join);
}

/** One publication: its headline. Several: their dates, how many they are, and the totals. */
export function subjectOf(language: Language, records: readonly LedgerRecord[]): string {
  const [first] = records;
  if (records.length === 1 && first !== undefined) return oneLine(cleanText(headlineIn(language, first)));
  const { dates, headline } = language.words;
  const days = records.flatMap(({ date }) => (date === null ? [] : [compactDate(date)])).sort(compareText);
  const from = days.at(0) ?? dates.undated;
  const to = days.at(-1) ?? dates.undated;
  return oneLine(
    cleanText(
      language.say(headline.several, {
        dates: from === to ? from : language.say(headline.dates, { from, to }),
        publications: language.count(language.words.counts.publication, records.length),
        counts: sentenceOf(language, totals(records)),
      }),
    ),
  );
}

/** Counts over several records, a party once per group. */
function totals(records: readonly LedgerRecord[]): ChangeCounts {
  const group = (op: string): TypeCounts => {
    const types = new Map<number, string>();
    for (const record of records) {
      for (const change of record.changes) if (change.op === op) types.set(change.uid, change.type);
    }
    return countTypes([...types.values()]);
  };
  return { added: group("add"), removed: group("remove"), changed: group("modify") };
}
