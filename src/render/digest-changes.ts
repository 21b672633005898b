import {
  countTypes,
  type Effect,
  type FieldChange,
  type LedgerRecord,
  type ModifiedParty,
  maxEffect,
  type UnknownChange,
} from "../domain/index.ts";
import { type FieldView, fieldView } from "./change-view.ts";
import {
  type Block,
  type ChangeRow,
  flags,
  type GlanceRow,
  type PartyBlock,
  type Place,
  type Room,
  type Section,
  section,
  text,
} from "./digest-blocks.ts";
import { countedParties, countsIn } from "./digest-counts.ts";
import { leftBlock, SIGNS, underOf } from "./digest-parties.ts";
import { ENGLISH, type Language } from "./language.ts";
import { foldMassEdits } from "./mass-edit.ts";

export interface Changed {
  readonly record: LedgerRecord;
  /** Parties the reader hears of. */
  readonly uids: ReadonlySet<number>;
  readonly room: Room;
  readonly place: Place;
  readonly language: Language;
}

/** Identical edits once, then what is material party by party, then what is not in one breath. */
export function changedSections(changed: Changed): { sections: Section[]; glance: GlanceRow[] } {
  const { record, uids, language, room, place } = changed;
  const { mail } = language.words;
  const wanted = ({ uid }: { readonly uid: number }) => uids.has(uid);
  const unknown = record.unknown.filter(wanted);
  const folded = foldMassEdits(record.changes.filter(wanted), unknown, record.judgement.groups, language);
  const residual = folded.residual
    .map((one) => ({ ...one, ...weigh(record, one.change, one.fields) }))
    .sort((a, b) => a.rank - b.rank || a.change.uid - b.change.uid);
  const material = residual.filter(({ material: fields }) => fields.length > 0);
  const administrative = residual.filter(({ other }) => other.length > 0);
  const members = (all: readonly { readonly change: ModifiedParty }[]) => all.map(({ change }) => change);
  const counted = (title: string, all: readonly { readonly change: ModifiedParty }[]) =>
    language.say(mail.counted, { title, counts: countedParties(language, members(all)) });
  const types = new Map([...record.changes, ...record.unknown].map(({ uid, type }) => [uid, type]));
  const massEdits = folded.massEdits.map((edit) => ({
    title: language.count(mail.massEdit, edit.count, {
      counts: countsIn(language, countTypes(edit.members.map(({ uid }) => types.get(uid) ?? ""))),
    }),
    row: changeRow(edit.edit),
    count: edit.count,
  }));
  return {
    sections: [
      ...section(
        mail.massEdits,
        [
          ...massEdits
            .slice(0, room.lines)
            .map(({ title, row }): Block => ({ partial: "mail-changes", title, changes: [row] })),
          ...leftBlock(
            massEdits.slice(room.lines).reduce((sum, { count }) => sum + count, 0),
            "mass-edits",
            place,
            language,
          ),
        ],
        "changed",
      ),
      ...section(
        counted(massEdits.length === 0 ? mail.material : mail.changedBeside, material),
        materialBlocks(material, changed),
        "changed",
      ),
      ...section(counted(mail.administrative, administrative), tail(administrative, changed)),
      ...section(mail.unknown, unknownBlocks(unknown, changed)),
    ],
    glance: [
      ...massEdits.map(({ title, row }) => glance(title, row.label)),
      ...(material.length === 0
        ? []
        : [glance(mail.material, countedParties(language, members(material)), material.map(nameOf))]),
      ...(administrative.length === 0
        ? []
        : [glance(mail.administrative, countedParties(language, members(administrative)))]),
    ],
  };
}

const nameOf = ({ change }: { readonly change: ModifiedParty }): string => change.name;

function glance(title: string, counts: string, names: readonly string[] = []): GlanceRow {
  return { is: flags("changed"), sign: SIGNS.changed, title, counts, names: names.length > 6 ? [] : names };
}

interface Weighed {
  readonly change: ModifiedParty;
  /** Fields that change what a listing or a screening rests on, or that nobody has judged. */
  readonly material: readonly FieldChange[];
  readonly other: readonly FieldChange[];
}

/** Parts the fields of a party by what the judge said of each; the weightier parties come first. */
function weigh(record: LedgerRecord, change: ModifiedParty, fields: readonly FieldChange[]) {
  const judged = record.judgement.changes.find((one) => one.uid === change.uid && one.op === "modify");
  const levels = new Map(
    (judged?.fields ?? []).map((field) => [field.key, maxEffect([field.legalEffect, field.screeningEffect])]),
  );
  const whole = judged === undefined ? null : maxEffect([judged.legalEffect, judged.screeningEffect]);
  const levelOf = ({ key }: FieldChange): Effect | null => levels.get(key) ?? whole;
  const isAdministrative = (field: FieldChange) => ["cosmetic", "none"].includes(levelOf(field) ?? "");
  return {
    material: fields.filter((field) => !isAdministrative(field)),
    other: fields.filter(isAdministrative),
    // What no one judged comes first of all, so that it is not overlooked.
    rank: whole === null ? -1 : RANK.indexOf(whole),
  };
}

const RANK: readonly Effect[] = ["critical", "major", "minor", "cosmetic", "none"];

function materialBlocks(members: readonly Weighed[], { room, place, language }: Changed): Block[] {
  const shown = members.slice(0, room.changed);
  const brief = members.slice(shown.length, shown.length + Math.min(room.named, BRIEF));
  return [
    ...shown.map(({ change, material }) => partyOf(change, rowsOf(change.uid, material, language), language)),
    ...namesBlock(brief, language, ({ material }) => material),
    ...leftBlock(members.length - shown.length - brief.length, "changed", place, language),
  ];
}

/** Parties named after those told in full. */
const BRIEF = 200;
/** Parties of the administrative tail that are named. */
const TAIL = 60;

/** Names and what kind of fact was touched; the words stand on the page. */
function tail(members: readonly Weighed[], { room, place, language }: Changed): Block[] {
  const shown = members.slice(0, Math.min(room.named, TAIL));
  if (members.length === 0) return [];
  return [
    text(language.words.mail.administrativeNote, "quiet"),
    ...namesBlock(shown, language, ({ other }) => other),
    ...leftBlock(members.length - shown.length, "changed", place, language),
  ];
}

function namesBlock(
  members: readonly Weighed[],
  language: Language,
  fieldsOf: (one: Weighed) => readonly FieldChange[],
): Block[] {
  if (members.length === 0) return [];
  const { areas, mail } = language.words;
  return [
    {
      partial: "mail-names",
      items: members.map((one) => ({
        name: one.change.name,
        note: [
          language.say(mail.briefUid, { uid: one.change.uid }),
          ...new Set(fieldsOf(one).map(({ area }) => areas[area].one)),
        ].join(", "),
      })),
    },
  ];
}

function partyOf(
  party: { readonly uid: number; readonly name: string; readonly type: string },
  changes: readonly ChangeRow[],
  language: Language,
): PartyBlock {
  return {
    partial: "mail-party",
    name: party.name,
    under: underOf(party, language),
    said: [],
    facts: [],
    changes,
    quotes: [],
    notes: [],
  };
}

function rowsOf(uid: number, fields: readonly FieldChange[], language: Language): ChangeRow[] {
  const anchors = new Set<string>();
  return fields.map((field) => changeRow(fieldView(uid, field, anchors, language)));
}

function changeRow({ label, actionWords, before, after, note }: FieldView): ChangeRow {
  return { label: `${label} ${actionWords}`, before: note === null ? before : null, after, gone: true, note };
}

/** Differences the source cannot prove, by party. */
function unknownBlocks(unknown: readonly UnknownChange[], { room, place, language }: Changed): Block[] {
  if (unknown.length === 0) return [];
  const byUid = new Map<number, UnknownChange[]>();
  for (const change of unknown) byUid.set(change.uid, [...(byUid.get(change.uid) ?? []), change]);
  const parties = [...byUid.values()];
  return [
    text(language.words.mail.unknownNote, "quiet"),
    ...parties.slice(0, room.unknown).flatMap((changes) => {
      const [first] = changes;
      return first === undefined ? [] : [partyOf(first, unknownRows(changes, language), language)];
    }),
    ...leftBlock(parties.length - room.unknown, "unknown", place, language),
  ];
}

function unknownRows(changes: readonly UnknownChange[], language: Language): ChangeRow[] {
  const { unproven } = language.words;
  const anchors = new Set<string>();
  return changes.map((change) => {
    const { label, before, after } = fieldView(change.uid, change, anchors, language);
    return {
      label: `${label} ${unproven[change.action]}`,
      before,
      after,
      gone: false,
      // The record's own words are English.
      note: `(${language.tag === ENGLISH.tag ? change.detail : unproven[change.reason]})`,
    };
  });
}
