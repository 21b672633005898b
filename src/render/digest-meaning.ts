import { type JudgedEvent, type LedgerRecord, type Party, total } from "../domain/index.ts";
import { countsIn, partiesIn } from "./digest-counts.ts";
import { ENGLISH, type Forms, type Language } from "./language.ts";
import { programCodes } from "./party-view.ts";
import { capital } from "./words.ts";

/** Events that the counts of a headline cannot show, in the order in which the judge tells them. */
const TOLD = [
  "program-ended",
  "redesignation",
  "duplicate-clean-up",
  "list-transfer",
  "list-removal",
  "re-listing",
  "became-blocked",
  "ceased-to-be-blocked",
  "fto-gained",
  "fto-lost",
  "restriction-gained",
  "restriction-lost",
  "restriction-changed",
  "list-gained",
  "list-lost",
  "rename",
  "primary-alias-swap",
  "program-renamed",
] as const;

/** Events of these kinds hold all their parties in one: the parties are counted, not the events. */
const BY_PARTY: ReadonlySet<string> = new Set(TOLD.slice(6, 15));

/** What the counts mean, under which programs, and what could not be told: one or two sentences. */
export function meaningIn(language: Language, record: LedgerRecord): string {
  const { meaning } = language.words;
  if (record.kind === "baseline")
    return language.say(meaning.baseline, { parties: partiesIn(language, record.state.to.parties) });
  const judged = language.tag === ENGLISH.tag ? (record.judgement.meaning ?? "").replace(/\.$/u, "") : "";
  const told = [judged === "" ? structure(language, record) : judged, programs(language, record)];
  const sentences = told.filter((sentence) => sentence !== "");
  if (sentences.length === 0) sentences.push(nothing(language, record));
  return sentences.map((sentence) => `${capital(sentence)}.`).join(" ");
}

/** The judge's line from the structure of what it found, for a language in which it has no words. */
export function structure(language: Language, { judgement, unknown }: LedgerRecord): string {
  const { meaning } = language.words;
  const cut = new Set(unknown.map(({ uid }) => uid)).size;
  return [
    ...TOLD.flatMap((kind) => phrases(language, kind, meaning[kind], judgement.events)),
    ...judgement.groups
      .filter(({ rule }) => rule !== "program-renamed")
      .map(({ count, counts }) =>
        language.count(meaning.massEdit, count, { counts: countsIn(language, counts) }),
      ),
    ...(cut === 0 ? [] : [language.count(meaning.unknown, cut)]),
  ].join("; ");
}

function phrases(language: Language, kind: string, forms: Forms, events: readonly JudgedEvent[]): string[] {
  return (["certain", "likely"] as const).flatMap((certainty) => {
    const own = events.filter((event) => event.kind === kind && event.certainty === certainty);
    const n = BY_PARTY.has(kind) ? new Set(own.flatMap(({ uids }) => uids)).size : own.length;
    if (n === 0) return [];
    const parties = partiesIn(language, new Set(own.flatMap(({ uids }) => uids)).size);
    const phrase = language.count(forms, n, { parties });
    return [certainty === "likely" ? language.say(language.words.meaning.likely, { phrase }) : phrase];
  });
}

function programs(language: Language, record: LedgerRecord): string {
  const { meaning } = language.words;
  const added = record.changes.flatMap((change) => (change.op === "add" ? [change.after] : []));
  const removed = record.changes.flatMap((change) => (change.op === "remove" ? [change.before] : []));
  return [
    programPhrase(language, meaning.addedUnder, added),
    programPhrase(language, meaning.removedFrom, removed),
  ]
    .filter((phrase) => phrase !== "")
    .join("; ");
}

/** The most frequent programs; equally frequent ones by name. */
function programPhrase(language: Language, message: string, members: readonly Party[]): string {
  const counts = new Map<string, number>();
  for (const party of members) {
    for (const code of programCodes(party)) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (counts.size === 0) return "";
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shown = ranked
    .slice(0, SHOWN)
    .map(([code, n]) => (counts.size === 1 ? code : `${code} (${language.number(n)})`));
  const more = ranked.length - shown.length;
  const rest = more > 0 ? [language.count(language.words.meaning.otherPrograms, more)] : [];
  return language.say(message, { programs: language.list([...shown, ...rest]) });
}

const SHOWN = 4;

function nothing(language: Language, record: LedgerRecord): string {
  const { meaning } = language.words;
  if (total(record.counts.changed) > 0) return meaning.existing;
  return record.kind === "reinterpretation" ? meaning.byOfac : meaning.nothing;
}
