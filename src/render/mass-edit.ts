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
): Folded {
  const modified = changes.filter((change) => change.op === "modify");
  const members = groups.map(() => new Map<number, Member>());
  const residual: { change: ModifiedParty; fields: readonly FieldChange[] }[] = [];
  const wanted = groups.map((group) => ({ key: editKey(group), uids: new Set(group.uids) }));
  const groupOf = (uid: number, field: FieldChange): number => {
    const key = editKey(field);
    return wanted.findIndex((group) => group.key === key && group.uids.has(uid));
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
  const massEdits = groups
    .map((group, at) => massEditView(group, at, [...(members[at]?.values() ?? [])], elsewhere))
    .filter((view) => view.count > 0);
  return { massEdits, residual, told: modified.length - residual.length };
}

type Member = Pick<ModifiedParty, "uid" | "type" | "name"> & { readonly unproven?: true };

function massEditView(
  group: MassEdit,
  at: number,
  members: readonly Member[],
  elsewhere: Set<number>,
): MassEditView {
  const found = [...members].sort((a, b) => a.uid - b.uid);
  const counts: Record<string, number> = {};
  for (const change of found) counts[change.type] = (counts[change.type] ?? 0) + 1;
  const field: FieldChange = {
    area: group.area,
    action: group.action,
    key: `group-${at + 1}`,
    ...(group.before === null ? {} : { before: group.before }),
    ...(group.after === null ? {} : { after: group.after }),
  };
  const unproven = found.filter((member) => member.unproven === true).length;
  return {
    anchor: `mass-edit-${at + 1}`,
    count: found.length,
    countWords: countList(counts),
    edit: fieldView(0, field, new Set()),
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
