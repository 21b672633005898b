import {
  atLeast,
  compareText,
  countryIso,
  coverageOf,
  type Effect,
  type FieldChange,
  type LedgerRecord,
  maxEffect,
  type PartyChange,
} from "../domain/index.ts";
import { countriesOf, type KnownValues, listsOf, type PartyLookup, programsOf } from "./facts.ts";
import { foldProgram } from "./programs.ts";
import { type Filters, LIST_CODES } from "./subscription.ts";

/** A filter that could not be answered, so the parties matched: shown in the mail. */
export interface OpenFilter {
  readonly filter: keyof Filters;
  /**
   * `source-silent`: the source does not show it. `not-recorded`: the record holds only what changed, and the
   * whole party is not at hand. `not-stated`: OFAC states none. `not-judged`: no judgement of this change.
   */
  readonly why: "source-silent" | "not-recorded" | "not-stated" | "not-judged";
  readonly uids: readonly number[];
}

/** Which parties of a record a subscription hears of. */
export interface RecordMatch {
  readonly uids: readonly number[];
  readonly open: readonly OpenFilter[];
}

type Answer = "yes" | "no" | OpenFilter["why"];

/** Applies filters to the changes of a record. Pure; parties ascend by uid as in the record. */
export function matchRecord(record: LedgerRecord, filters: Filters, lookup?: PartyLookup): RecordMatch {
  const uids: number[] = [];
  const open = new Map<string, { filter: keyof Filters; why: OpenFilter["why"]; uids: number[] }>();
  const ask = questions(record, filters);
  for (const change of record.changes) {
    const answers = ask.map(({ filter, answer }) => ({ filter, answer: answer(change, lookup) }));
    if (answers.some(({ answer }) => answer === "no")) continue;
    uids.push(change.uid);
    for (const { filter, answer } of answers) {
      if (answer === "yes" || answer === "no") continue;
      const key = `${filter} ${answer}`;
      const entry = open.get(key) ?? { filter, why: answer, uids: [] };
      entry.uids.push(change.uid);
      open.set(key, entry);
    }
  }
  const sorted = [...open].sort(([a], [b]) => compareText(a, b)).map(([, entry]) => entry);
  return { uids, open: sorted };
}

interface Question {
  readonly filter: keyof Filters;
  answer(change: PartyChange, lookup: PartyLookup | undefined): Answer;
}

function questions(record: LedgerRecord, filters: Filters): Question[] {
  const asked: Question[] = [];
  const { lists, programs, types, countries, events, minimumMateriality } = filters;
  if (lists !== undefined) {
    const names = new Set<string>(lists.map((code) => LIST_CODES[code]));
    asked.push({ filter: "lists", answer: (change, lookup) => onList(record, change, lookup, names) });
  }
  if (programs !== undefined) {
    const wanted = new Set(programs.map(foldProgram));
    asked.push({
      filter: "programs",
      answer: (change, lookup) =>
        anyOf(
          programsOf(change, lookup),
          (code) => wanted.has(foldProgram(code)),
          coverageOf(record.coverage, "program") === "complete",
        ),
    });
  }
  if (types !== undefined) {
    const wanted = new Set(types.map((type) => type.toLowerCase()));
    asked.push({
      filter: "types",
      answer: (change) => (typesOf(change).some((type) => wanted.has(type.toLowerCase())) ? "yes" : "no"),
    });
  }
  if (countries !== undefined) {
    const wanted = new Set(countries.flatMap(countryForms));
    const cut = new Set(record.unknown.filter(({ reason }) => reason === "truncated").map(({ uid }) => uid));
    asked.push({
      filter: "countries",
      answer: (change, lookup) => inCountry(record, change, lookup, wanted, cut),
    });
  }
  if (events !== undefined) {
    const judged = eventsByParty(record);
    const wanted = new Set(events);
    asked.push({ filter: "events", answer: (change) => hasEvent(change, judged, wanted) });
  }
  if (minimumMateriality !== undefined) {
    const levels = levelsByParty(record);
    asked.push({
      filter: "minimumMateriality",
      answer: (change) => isMaterial(record, change, levels, minimumMateriality),
    });
  }
  return asked;
}

/** Known values decide; without a known match, an incomplete source, a cut or an unknown party leaves it open. */
function anyOf(known: KnownValues, wanted: (value: string) => boolean, complete: boolean): Answer {
  if (known.values.some(wanted)) return "yes";
  if (!complete || known.cut) return "source-silent";
  return known.whole ? "no" : "not-recorded";
}

function onList(
  record: LedgerRecord,
  change: PartyChange,
  lookup: PartyLookup | undefined,
  names: ReadonlySet<string>,
): Answer {
  if (record.list === "sdn" && names.has(LIST_CODES.SDN)) return "yes";
  const known = listsOf(change, lookup);
  const complete = coverageOf(record.coverage, "list") === "complete";
  const answer = anyOf(known, (name) => names.has(name), complete);
  // A non-SDN party is on some list: none named means that the source left it out.
  return answer === "no" && known.values.length === 0 ? "not-stated" : answer;
}

const COUNTRY_AREAS = ["address", "nationality", "citizenship", "document", "vessel", "birth-place"] as const;

function inCountry(
  record: LedgerRecord,
  change: PartyChange,
  lookup: PartyLookup | undefined,
  wanted: ReadonlySet<string>,
  cut: ReadonlySet<number>,
): Answer {
  const known = countriesOf(change, lookup);
  const shown = COUNTRY_AREAS.every((area) => coverageOf(record.coverage, area) === "complete");
  // Of a change at the cut only what is proven is a change: what else it was stands under what is unknown.
  const complete = shown && !cut.has(change.uid);
  const answer = anyOf(known, (name) => countryForms(name).some((form) => wanted.has(form)), complete);
  return answer === "no" && known.values.length === 0 ? "not-stated" : answer;
}

/**
 * The forms under which a country is compared: its words in any order and case (`Korea, North` is
 * `North Korea`), and its ISO code where it has one.
 */
function countryForms(name: string): string[] {
  if (/^[A-Z]{2}$/.test(name)) return [`iso ${name}`];
  const iso = countryIso(name);
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && word !== "the" && word !== "of");
  return [words.sort(compareText).join(" "), ...(iso === null ? [] : [`iso ${iso}`])];
}

function typesOf(change: PartyChange): string[] {
  if (change.op !== "modify") return [change.type];
  const before = change.fields.filter((field) => field.area === "type").map(typeBefore);
  return [change.type, ...before.filter((type) => type !== undefined)];
}

function typeBefore(field: FieldChange): string | undefined {
  return typeof field.before === "string" ? field.before : undefined;
}

function eventsByParty(record: LedgerRecord): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, Set<string>>();
  for (const event of record.judgement.events) {
    for (const uid of event.uids) found.set(uid, (found.get(uid) ?? new Set()).add(event.kind));
  }
  return found;
}

function hasEvent(
  change: PartyChange,
  judged: ReadonlyMap<number, ReadonlySet<string>>,
  wanted: ReadonlySet<string>,
): Answer {
  const kinds = judged.get(change.uid);
  // Every addition and removal is an event of some kind; an edit may be none.
  if (kinds === undefined) return change.op === "modify" ? "no" : "not-judged";
  return [...kinds].some((kind) => wanted.has(kind)) ? "yes" : "no";
}

function levelsByParty(record: LedgerRecord): ReadonlyMap<number, Effect> {
  return new Map(
    record.judgement.changes.map((judged) => [
      judged.uid,
      maxEffect([judged.legalEffect, judged.screeningEffect]),
    ]),
  );
}

function isMaterial(
  record: LedgerRecord,
  change: PartyChange,
  levels: ReadonlyMap<number, Effect>,
  floor: Effect,
): Answer {
  if (change.op !== "modify" || record.kind === "correction") return "yes";
  const level = levels.get(change.uid);
  if (level === undefined) return "not-judged";
  return atLeast(level, floor) ? "yes" : "no";
}
