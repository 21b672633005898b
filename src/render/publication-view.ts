import {
  type Area,
  type CoverageLevel,
  countList,
  type Effect,
  type LedgerRecord,
  type StoredRecord,
  typesInOrder,
} from "../domain/index.ts";
import { type ModifiedView, modifiedView, type UnknownView, unknownViews } from "./change-view.ts";
import { type EventView, eventViews, partyEvents } from "./event-view.ts";
import { foldMassEdits, type MassEditView } from "./mass-edit.ts";
import { meaningLine } from "./meaning.ts";
import { type JudgedView, judgedByUid, type PartyView, partyView } from "./party-view.ts";
import {
  AREA_WORDS,
  COVERAGE_WORDS,
  countsOrNone,
  joinAnd,
  kindNote,
  listWords,
  segmentNote,
} from "./words.ts";
import { dateWords, longDateWords } from "./words-date.ts";

/** Parties of one program and type. */
export interface PartyGroup {
  readonly program: string;
  readonly countWords: string;
  readonly parties: readonly PartyView[];
}

/** One publication in words: what page, feed, Markdown and mail are all made from. */
export interface PublicationView {
  readonly id: string;
  readonly headline: string;
  readonly list: string;
  readonly date: string | null;
  readonly dateWords: string;
  readonly longDate: string;
  readonly kindNote: string | null;
  readonly segmentNote: string | null;
  readonly meaning: string;
  readonly materiality: Effect;
  readonly legal: Effect;
  readonly screening: Effect;
  readonly added: readonly PartyGroup[];
  readonly addedWords: string;
  readonly removed: readonly PartyGroup[];
  readonly removedWords: string;
  readonly massEdits: readonly MassEditView[];
  readonly changed: readonly ModifiedView[];
  readonly changedWords: string;
  /** Of `changed` alone: parties with more than a mass edit. */
  readonly residualWords: string;
  readonly unknown: readonly UnknownView[];
  readonly events: readonly EventView[];
  readonly notCovered: readonly string[];
  readonly unconfirmedRemovals: boolean;
  readonly hash: string;
  readonly composed: boolean;
}

/** True when any of a record's sources was composed as an example. */
export function isComposed(record: LedgerRecord): boolean {
  return record.sources.some((source) => source.provenance === "composed");
}

/** The view of a record, or of those parties of it that `uids` names. */
export function publicationView(stored: StoredRecord, uids?: ReadonlySet<number>): PublicationView {
  const { record } = stored;
  const wanted = (item: { readonly uid: number }) => uids === undefined || uids.has(item.uid);
  const changes = record.changes.filter(wanted);
  const told = partyEvents(record);
  const judged = judgedByUid(record.judgement);
  const judgedOf = (op: string, uid: number): JudgedView | null => judged.get(`${op} ${uid}`) ?? null;
  const added = changes.flatMap((c) =>
    c.op === "add" ? [partyView(c.after, judgedOf("add", c.uid), told.get(c.uid))] : [],
  );
  const removed = changes.flatMap((c) =>
    c.op === "remove" ? [partyView(c.before, judgedOf("remove", c.uid), told.get(c.uid))] : [],
  );
  const modified = changes.filter((c) => c.op === "modify");
  const folded = foldMassEdits(changes, record.unknown.filter(wanted), record.judgement.groups);
  return {
    id: record.id,
    headline: record.headline,
    list: listWords(record),
    date: record.date,
    dateWords: dateWords(record.date),
    longDate: longDateWords(record.date),
    kindNote: kindNote(record),
    segmentNote: segmentNote(record),
    meaning: meaningLine(record),
    materiality: record.judgement.materiality,
    legal: record.judgement.legalEffect,
    screening: record.judgement.screeningEffect,
    added: byProgramAndType(added),
    addedWords: typeWords(added),
    removed: byProgramAndType(removed),
    removedWords: typeWords(removed),
    massEdits: folded.massEdits,
    changed: folded.residual
      .map(({ change, fields }) => modifiedView(change, fields, judgedOf("modify", change.uid)))
      .sort((a, b) => rank(a) - rank(b) || a.uid - b.uid),
    changedWords: typeWords(modified),
    residualWords: typeWords(folded.residual.map(({ change }) => change)),
    unknown: unknownViews(
      record.unknown.filter(wanted),
      new Set([
        ...changes.map(({ uid }) => uid),
        ...folded.massEdits.flatMap(({ members }) => members.map(({ uid }) => uid)),
      ]),
    ),
    events: eventViews(record, uids),
    notCovered: notCovered(record),
    unconfirmedRemovals: record.unconfirmedRemovals === true,
    hash: stored.hash,
    composed: isComposed(record),
  };
}

/** `Aliases: not in this source`, one per area the source does not show in full. */
export function notCovered(record: LedgerRecord): string[] {
  const limited = (level: CoverageLevel | undefined): level is "absent" | "truncated" =>
    level === "absent" || level === "truncated";
  return (Object.keys(AREA_WORDS) as Area[]).flatMap((area) => {
    const level = record.coverage[area];
    return limited(level) ? [`${AREA_WORDS[area].many}: ${COVERAGE_WORDS[level]}`] : [];
  });
}

/** `aliases and addresses`: of what a reader looks for first, what a source does not show; null where it has both. */
export function notShownWords({ coverage }: Pick<LedgerRecord, "coverage">): string | null {
  const absent = (["alias", "address"] as const).filter((area) => coverage[area] === "absent");
  return absent.length === 0 ? null : joinAnd(absent.map((area) => AREA_WORDS[area].many.toLowerCase()));
}

/** By program, then type in the headline's order, then uid. A party with several programs stands once. */
function byProgramAndType(members: readonly PartyView[]): PartyGroup[] {
  const byProgram = new Map<string, PartyView[]>();
  for (const party of members) {
    const program = party.programs === "" ? "No program given" : party.programs;
    byProgram.set(program, [...(byProgram.get(program) ?? []), party]);
  }
  const programs = [...byProgram.keys()].sort();
  return programs.flatMap((program) => {
    const own = byProgram.get(program) ?? [];
    const types = typesInOrder(tally(own));
    return types.map((type) => {
      const parties = own.filter((party) => party.type === type);
      return { program, countWords: countList({ [type]: parties.length }), parties };
    });
  });
}

function tally(members: readonly { readonly type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of members) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

const typeWords = (members: readonly { readonly type: string }[]): string => countsOrNone(tally(members));

const ORDER: readonly Effect[] = ["critical", "major", "minor", "cosmetic", "none"];

/** The weightier first; what no one judged comes first of all, so that it is not overlooked. */
function rank(view: ModifiedView): number {
  if (view.judged === null) return -1;
  return Math.min(ORDER.indexOf(view.judged.legal), ORDER.indexOf(view.judged.screening));
}
