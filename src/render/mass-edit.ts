import {
  type AreaValue,
  canonicalJson,
  countList,
  type FieldChange,
  type MassEdit,
  type ModifiedParty,
  type PartyChange,
  type UnknownChange,
} from "../domain/index.ts";
import { type FieldView, fieldView } from "./change-view.ts";
import { ENGLISH, type Language } from "./language.ts";
import { partyAnchor } from "./party-view.ts";
import { capital, grouped } from "./words.ts";

/** One identical edit on many parties, told once. */
export interface MassEditView {
  readonly anchor: string;
  readonly count: number;
  /** `235 entities, 253 individuals` */
  readonly countWords: string;
  readonly edit: FieldView;
  /** `1 of them not shown in full by the source`; null where all are. */
  readonly unprovenWords: string | null;
  readonly members: readonly MemberView[];
}

/** A party of a mass edit. */
export interface MemberView {
  readonly uid: number;
  readonly name: string;
  readonly typeWords: string;
  /** Its permalink stands here; null where another element of the page has it. */
  readonly anchor: string | null;
  /** The source shows too little of it to prove the edit: it is among the unknown too. */
  readonly unproven: boolean;
}

/** Mass edits apart, and what each modified party has beside them. */
export interface Folded {
  readonly massEdits: readonly MassEditView[];
  /** Parties with at least one field that no mass edit tells, and those fields. */
  readonly residual: readonly { readonly change: ModifiedParty; readonly fields: readonly FieldChange[] }[];
  /** Parties that a mass edit tells in full. */
  readonly told: number;
}

/**
 * Takes out of every modified party the fields that a judged group tells. A field is folded only when it is
 * that very edit (OFAC's own numbering aside): what does not match is printed by name, never swallowed. A party whose edit the source shows only in part is
 * counted here and stays among the unknown.
 */
export function foldMassEdits(
  changes: readonly PartyChange[],
  unknown: readonly UnknownChange[],
  groups: readonly MassEdit[],
  language: Language = ENGLISH,
): Folded {
  const modified = changes.filter((change) => change.op === "modify");
  const edits = editsOf(groups);
  const members = edits.map(() => new Map<number, Member>());
  const residual: { change: ModifiedParty; fields: readonly FieldChange[] }[] = [];
  const wanted = edits.map(({ keys, edit }) => ({ keys, uids: new Set(edit.uids) }));
  const groupOf = (uid: number, field: FieldChange): number => {
    const key = editKey(field);
    return wanted.findIndex(({ keys, uids }) => keys.includes(key) && uids.has(uid));
  };
  for (const change of modified) {
    const fields = change.fields.filter((field) => {
      const at = groupOf(change.uid, field);
      if (at >= 0) members[at]?.set(change.uid, change);
      return at < 0;
    });
    if (fields.length > 0) residual.push({ change, fields });
  }
  for (const item of unknown) {
    const at = groupOf(item.uid, item);
    if (at >= 0 && members[at]?.has(item.uid) === false)
      members[at]?.set(item.uid, { ...item, unproven: true });
  }
  // Who came, went or has more changes stands below with the permalink; of several groups the first has it.
  const elsewhere = new Set([
    ...changes.filter((change) => change.op !== "modify").map(({ uid }) => uid),
    ...residual.map(({ change }) => change.uid),
  ]);
  const massEdits = edits
    .map(({ edit, place }, at) =>
      massEditView({ edit, place }, [...(members[at]?.values() ?? [])], elsewhere, language),
    )
    .filter((view) => view.count > 0);
  return { massEdits, residual, told: modified.length - residual.length };
}

/** An edit as it is told, the groups it stands for (by what they do), and the place of the first. */
interface ToldEdit {
  readonly edit: MassEdit;
  readonly keys: readonly string[];
  readonly place: number;
}

/** A tag that was renamed is one edit, though a program went from the same parties that another came to. */
function editsOf(groups: readonly MassEdit[]): ToldEdit[] {
  const renamed = groups.filter(({ rule }) => rule === "program-renamed");
  const twin = (group: MassEdit, action: MassEdit["action"]): MassEdit | undefined => {
    const [one, ...more] = renamed.filter((other) => other.action === action && sameParties(other, group));
    return more.length === 0 ? one : undefined;
  };
  return groups.flatMap((group, place) => {
    const [gone, come] = [twin(group, "remove"), twin(group, "add")];
    if (!renamed.includes(group) || gone === undefined || come === undefined)
      return [{ edit: group, keys: [editKey(group)], place }];
    const first = place === Math.min(groups.indexOf(gone), groups.indexOf(come));
    const edit = { ...come, action: "change" as const, before: gone.before };
    return first ? [{ edit, keys: [editKey(gone), editKey(come)], place }] : [];
  });
}

function sameParties(a: MassEdit, b: MassEdit): boolean {
  return a.uids.length === b.uids.length && a.uids.every((uid, at) => uid === b.uids[at]);
}

type Member = Pick<ModifiedParty, "uid" | "type" | "name"> & { readonly unproven?: true };

function massEditView(
  { edit: group, place }: Pick<ToldEdit, "edit" | "place">,
  members: readonly Member[],
  elsewhere: Set<number>,
  language: Language,
): MassEditView {
  const found = [...members].sort((a, b) => a.uid - b.uid);
  const counts: Record<string, number> = {};
  for (const change of found) counts[change.type] = (counts[change.type] ?? 0) + 1;
  const field: FieldChange = {
    area: group.area,
    action: group.action,
    key: `group-${place + 1}`,
    ...(group.before === null ? {} : { before: group.before }),
    ...(group.after === null ? {} : { after: group.after }),
  };
  const unproven = found.filter((member) => member.unproven === true).length;
  return {
    anchor: `mass-edit-${place + 1}`,
    count: found.length,
    countWords: countList(counts),
    edit: fieldView(0, field, new Set(), language),
    unprovenWords: unproven === 0 ? null : `${grouped(unproven)} of them not shown in full by the source`,
    members: found.map((change) => {
      const anchor = elsewhere.has(change.uid) ? null : partyAnchor(change.uid);
      elsewhere.add(change.uid);
      return {
        uid: change.uid,
        name: change.name,
        typeWords: capital(change.type),
        anchor,
        unproven: change.unproven === true,
      };
    }),
  };
}

function editKey(edit: {
  area: string;
  action: string;
  before?: AreaValue | null;
  after?: AreaValue | null;
}): string {
  return canonicalJson([edit.area, edit.action, content(edit.before), content(edit.after)]);
}

/** A child without OFAC's number for it: the same text has another number on every party. */
function content(value: AreaValue | null | undefined): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "uid"));
}
