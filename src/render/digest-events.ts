import { type JudgedEvent, type LedgerRecord, LIST_TITLE } from "../domain/index.ts";
import { ENGLISH, type Language } from "./language.ts";
import { ended, unended } from "./text.ts";
import { capital } from "./words.ts";

/** Told with its parties where they came or went: one of them, or the two records of one party. */
const PAIR = 2;

/** Told in a section of their own. */
const APART = "mass-edit";

/** What befell one added or removed party, in sentences. */
export function saidOf(record: LedgerRecord, uid: number, language: Language): string[] {
  return record.judgement.events
    .filter((event) => toldWithParty(event, record, uid))
    .flatMap((event) => {
      const { eventWords } = language.words;
      const own = event.uids.length === 1;
      const statement =
        language.tag === ENGLISH.tag ? english(event, own) : structure(event, record, language);
      const remains = remainsOf(event, language);
      const said = event.certainty === "likely" ? eventWords.likelySaid : "{statement}.";
      return [
        ...(statement === "" ? [] : [language.say(said, { statement: unended(statement) })]),
        ...(remains === null ? [] : [remains]),
      ];
    });
}

/** Events of a record that no party of it tells, one line each. */
export function eventLines(record: LedgerRecord, uids: ReadonlySet<number>, language: Language): string[] {
  const { eventWords, mail } = language.words;
  const names = new Map(record.changes.map((change) => [change.uid, change.name]));
  return record.judgement.events
    .filter((event) => event.kind !== APART && event.uids.some((uid) => uids.has(uid)))
    .filter((event) => !event.uids.some((uid) => toldWithParty(event, record, uid)))
    .map((event) => {
      const own = event.uids.filter((uid) => uids.has(uid));
      const shown = own.length <= NAMED + 1 ? own : own.slice(0, NAMED);
      const listed = shown.map((uid) =>
        names.has(uid) ? language.say(mail.namedUid, { name: names.get(uid) ?? "", uid }) : uidWords(uid),
      );
      const rest = own.length - shown.length;
      const more = rest === 0 ? [] : [language.say(eventWords.more, { n: language.number(rest) })];
      const told = [...listed, ...more].join("; ");
      const statement = language.tag === ENGLISH.tag ? (event.statement ?? told) : told;
      const verb = event.legalVerb === undefined ? "" : `, ${verbOf(event, language)}`;
      const proof =
        language.tag === ENGLISH.tag ? event.evidence.map((one) => ` ${ended(one)}`).join("") : "";
      const remains = remainsOf(event, language);
      return `${nameOf(event.kind, language)}${verb}: ${ended(statement)} ${remains === null ? "" : `${remains} `}(${eventWords[event.certainty]})${proof}`;
    });
}

/** Parties an event names before it only counts them. */
const NAMED = 6;

const uidWords = (uid: number): string => `uid ${uid}`;

/** The record's own sentences are English; what stands before the colon is the party's heading already. */
function english(event: JudgedEvent, own: boolean): string {
  const statement = event.statement ?? "";
  const prefix = /^.*? \(\d+\): /u.exec(statement)?.[0] ?? "";
  return own && prefix.endsWith(`(${event.uids[0]}): `) ? capital(statement.slice(prefix.length)) : statement;
}

/** What an event says by its structure, in any language. */
function structure(event: JudgedEvent, record: LedgerRecord, language: Language): string {
  const { eventWords } = language.words;
  const verb = event.legalVerb === undefined ? [] : [verbOf(event, language)];
  if (event.kind === "listing" || event.kind === "delisting") {
    const list = LIST_TITLE[record.list];
    return capital([...verb, language.say(eventWords[event.kind], { list })].join("; "));
  }
  const others = event.uids.length < PAIR ? "" : `: ${event.uids.map(uidWords).join(", ")}`;
  return `${[nameOf(event.kind, language), ...verb].join(", ")}${others}`;
}

function toldWithParty(event: JudgedEvent, record: LedgerRecord, uid: number): boolean {
  if (event.kind === APART || event.uids.length > PAIR || !event.uids.includes(uid)) return false;
  return record.changes.some((change) => change.op !== "modify" && event.uids.includes(change.uid));
}

/** The event's name as a heading: `List transfer`; one that no table has by its own id. */
function nameOf(kind: string, { words: { events } }: Language): string {
  const known: Readonly<Record<string, string>> = events;
  return known[kind] ?? capital(kind.replaceAll("-", " "));
}

function verbOf({ legalVerb }: JudgedEvent, { words: { verbs } }: Language): string {
  const known: Readonly<Record<string, string>> = verbs;
  return known[legalVerb ?? ""] ?? legalVerb ?? "";
}

function remainsOf({ remainsOn }: JudgedEvent, language: Language): string | null {
  if (remainsOn === undefined || remainsOn.length === 0) return null;
  return language.say(language.words.eventWords.remainsOn, { lists: language.list(remainsOn) });
}
