import {
  type AreaValue,
  type ChangeSet,
  canonicalJson,
  compareText,
  countTypes,
  type FieldChange,
  type JudgedChange,
  type JudgedField,
  type MassEdit,
  type PartyChange,
  type UnknownChange,
} from "../domain/index.ts";
import { withoutIds } from "./keys/fold.ts";
import type { Rule } from "./rule.ts";

/** From this many parties on, the identical edit is one administrative act. */
export const MASS_EDIT_FLOOR = 10;

/** One edit on one party; without a rule where the source cannot prove it. */
interface Edit {
  readonly party: { readonly uid: number; readonly type: string };
  readonly field: FieldChange;
  readonly judged: JudgedField | undefined;
}

/**
 * Folds the identical edit — area, action, what it was and what it is, OFAC's ids aside — on ten or more
 * parties, all judged alike. Whatever else changed on those parties stays as it is. Parties on which the same
 * edit is seen but not proven are counted and named, so that the count is that of OFAC's act. Gives the groups,
 * largest first, and the judged changes with each folded field naming its group.
 */
export function massEdits(
  set: ChangeSet,
  judged: readonly JudgedChange[],
  rules: readonly Rule[],
): { groups: MassEdit[]; changes: JudgedChange[] } {
  if (!rules.some((rule) => rule.id === "mass-edit")) return { groups: [], changes: [...judged] };
  const byEdit = provenEdits(set.changes, judged);
  addUnproven(byEdit, set.unknown);
  const large = [...byEdit]
    .filter(([, edits]) => uidsOf(edits).length >= MASS_EDIT_FLOOR)
    .sort((a, b) => uidsOf(b[1]).length - uidsOf(a[1]).length || compareText(a[0], b[0]));
  const groupOf = new Map(large.map(([id], at) => [id, at]));
  return {
    groups: large.map(([, edits]) => groupFrom(edits)),
    changes: judged.map((own, at) => marked(set.changes[at], own, groupOf)),
  };
}

function provenEdits(changes: readonly PartyChange[], judged: readonly JudgedChange[]): Map<string, Edit[]> {
  const byEdit = new Map<string, Edit[]>();
  changes.forEach((change, at) => {
    if (change.op !== "modify") return;
    change.fields.forEach((field, nth) => {
      const own = judged[at]?.fields?.[nth];
      if (own === undefined) return;
      const id = editId(field, own.rule);
      const edits = byEdit.get(id);
      const edit = { party: change, field, judged: own };
      if (edits === undefined) byEdit.set(id, [edit]);
      else edits.push(edit);
    });
  });
  return byEdit;
}

/** An unproven edit joins the largest group of the same edit; by itself it makes none. */
function addUnproven(byEdit: ReadonlyMap<string, Edit[]>, unknown: readonly UnknownChange[]): void {
  const best = new Map<string, Edit[]>();
  for (const [, edits] of [...byEdit].sort((a, b) => compareText(a[0], b[0]))) {
    const [first] = edits;
    if (first === undefined) continue;
    const id = editId(first.field, "");
    const other = best.get(id);
    if (other === undefined || edits.length > other.length) best.set(id, edits);
  }
  for (const entry of unknown) {
    best.get(editId(entry, ""))?.push({ party: entry, field: entry, judged: undefined });
  }
}

function editId(field: FieldChange, rule: string): string {
  return canonicalJson([field.area, field.action, bare(field.before), bare(field.after), rule]);
}

function bare(value: AreaValue | undefined): string {
  return value === undefined ? "" : withoutIds(value);
}

function uidsOf(edits: readonly Edit[]): number[] {
  return [...new Set(edits.map((edit) => edit.party.uid))].sort((a, b) => a - b);
}

function groupFrom(edits: readonly Edit[]): MassEdit {
  const parties = new Map(edits.map(({ party }) => [party.uid, party]));
  const proven = edits.filter((edit) => edit.judged !== undefined);
  const sample = proven.reduce((least, edit) => (edit.party.uid < least.party.uid ? edit : least));
  const seen = new Set(proven.map((edit) => edit.party.uid));
  const unproven = uidsOf(edits).filter((uid) => !seen.has(uid));
  const { area, action, before, after } = sample.field;
  return {
    area,
    action,
    before: bareValue(before),
    after: bareValue(after),
    count: parties.size,
    counts: countTypes([...parties.values()].map((party) => party.type)),
    uids: uidsOf(edits),
    ...(unproven.length === 0 ? {} : { unproven }),
    ...(sample.judged === undefined
      ? {}
      : {
          legalEffect: sample.judged.legalEffect,
          screeningEffect: sample.judged.screeningEffect,
          rule: sample.judged.rule,
        }),
  };
}

function bareValue(value: AreaValue | undefined): AreaValue | null {
  if (value === undefined) return null;
  if (typeof value === "string") return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "uid"));
}

function marked(
  change: PartyChange | undefined,
  judged: JudgedChange,
  groupOf: ReadonlyMap<string, number>,
): JudgedChange {
  if (change?.op !== "modify" || judged.fields === undefined || groupOf.size === 0) return judged;
  return {
    ...judged,
    fields: judged.fields.map((own, nth) => {
      const field = change.fields[nth];
      const group = field === undefined ? undefined : groupOf.get(editId(field, own.rule));
      return group === undefined ? own : { ...own, group };
    }),
  };
}
