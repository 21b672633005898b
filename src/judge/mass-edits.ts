import {
  type AreaValue,
  canonicalJson,
  compareText,
  countTypes,
  type FieldChange,
  type JudgedChange,
  type JudgedField,
  type MassEdit,
  type ModifiedParty,
  type PartyChange,
} from "../domain/index.ts";
import { withoutIds } from "./keys/fold.ts";
import type { Rule } from "./rule.ts";

/** From this many parties on, the identical edit is one administrative act. */
export const MASS_EDIT_FLOOR = 10;

interface Edit {
  readonly change: ModifiedParty;
  readonly field: FieldChange;
  readonly judged: JudgedField;
}

/**
 * Folds the identical edit — area, action, what it was and what it is, OFAC's ids aside — on ten or more
 * parties, all judged alike. Whatever else changed on those parties stays as it is. Gives the groups, largest
 * first, and the judged changes with each folded field naming its group.
 */
export function massEdits(
  changes: readonly PartyChange[],
  judged: readonly JudgedChange[],
  rules: readonly Rule[],
): { groups: MassEdit[]; changes: JudgedChange[] } {
  if (!rules.some((rule) => rule.id === "mass-edit")) return { groups: [], changes: [...judged] };
  const byEdit = new Map<string, Edit[]>();
  changes.forEach((change, at) => {
    if (change.op !== "modify") return;
    const fields = judged[at]?.fields ?? [];
    change.fields.forEach((field, nth) => {
      const own = fields[nth];
      if (own === undefined) return;
      const id = editId(field, own.rule);
      byEdit.set(id, [...(byEdit.get(id) ?? []), { change, field, judged: own }]);
    });
  });
  const large = [...byEdit]
    .filter(([, edits]) => partyCount(edits) >= MASS_EDIT_FLOOR)
    .sort((a, b) => partyCount(b[1]) - partyCount(a[1]) || compareText(a[0], b[0]));
  const groupOf = new Map(large.map(([id], at) => [id, at]));
  return {
    groups: large.map(([, edits]) => groupFrom(edits)),
    changes: changes
      .map((change, at) => marked(change, judged[at], groupOf))
      .filter((one) => one !== undefined),
  };
}

function editId(field: FieldChange, rule: string): string {
  return canonicalJson([field.area, field.action, bare(field.before), bare(field.after), rule]);
}

function bare(value: AreaValue | undefined): string {
  return value === undefined ? "" : withoutIds(value);
}

function partyCount(edits: readonly Edit[]): number {
  return new Set(edits.map((edit) => edit.change.uid)).size;
}

function groupFrom(edits: readonly Edit[]): MassEdit {
  const parties = [...new Map(edits.map(({ change }) => [change.uid, change])).values()].sort(
    (a, b) => a.uid - b.uid,
  );
  const sample = edits.reduce((least, edit) => (edit.change.uid < least.change.uid ? edit : least));
  const { area, action, before, after } = sample.field;
  return {
    area,
    action,
    before: bareValue(before),
    after: bareValue(after),
    count: parties.length,
    counts: countTypes(parties.map((party) => party.type)),
    uids: parties.map((party) => party.uid),
    legalEffect: sample.judged.legalEffect,
    screeningEffect: sample.judged.screeningEffect,
    rule: sample.judged.rule,
  };
}

function bareValue(value: AreaValue | undefined): AreaValue | null {
  if (value === undefined) return null;
  if (typeof value === "string") return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== "uid"));
}

function marked(
  change: PartyChange,
  judged: JudgedChange | undefined,
  groupOf: ReadonlyMap<string, number>,
): JudgedChange | undefined {
  if (change.op !== "modify" || judged?.fields === undefined || groupOf.size === 0) return judged;
  return {
    ...judged,
    fields: judged.fields.map((own, nth) => {
      const field = change.fields[nth];
      const group = field === undefined ? undefined : groupOf.get(editId(field, own.rule));
      return group === undefined ? own : { ...own, group };
    }),
  };
}
