import {
  compareText,
  type Effect,
  type JudgedChange,
  type JudgedField,
  type Judgement,
  type ModifiedParty,
  maxEffect,
  type PartyChange,
} from "../domain/index.ts";
import { type JudgeConfig, rulesInForce } from "./config.ts";
import { programInfo } from "./data/programs.ts";
import { eventsOf } from "./events/index.ts";
import { type Fate, fatesOf } from "./fates.ts";
import { type JudgeInput, type Sight, sightOf } from "./input.ts";
import { massEdits } from "./mass-edits.ts";
import { meaningLine } from "./meaning.ts";
import type { FieldRule, FieldView, PartyRule, Rule } from "./rule.ts";
import { tagOf, valuesOf } from "./view.ts";

/**
 * What a publication means and how much it matters. Facts are only read; every change, and every field of a
 * modified party, is judged by exactly one rule. Pure: shuffling any list of the input changes nothing but the
 * order of `changes`, which is the change set's.
 * @throws UsageError when the configuration names a rule or a level that does not exist.
 */
export function judge(input: JudgeInput, config: JudgeConfig = {}): Judgement {
  return judgeBy(rulesInForce(config), input);
}

/** As `judge`, by any table. */
export function judgeBy(rules: readonly Rule[], input: JudgeInput): Judgement {
  const sight = sightOf(input);
  const fates = fatesOf(input, sight);
  const judged = input.set.changes.map((change) => judgeChange(change, rules, fates, sight));
  const { groups, changes } = massEdits(input.set, judged, rules);
  const events = eventsOf({ input, sight, fates, rules, changes, groups });
  const legalEffect = maxEffect(changes.map((change) => change.legalEffect));
  const screeningEffect = maxEffect(changes.map((change) => change.screeningEffect));
  const unknownPrograms = unknownTags(input.set.changes);
  const meaning = meaningLine({ events, groups }, input.set);
  return {
    materiality: maxEffect([legalEffect, screeningEffect]),
    legalEffect,
    screeningEffect,
    changes,
    events,
    groups,
    ...(meaning === "" ? {} : { meaning }),
    ...(unknownPrograms.length === 0 ? {} : { unknownPrograms }),
  };
}

function judgeChange(
  change: PartyChange,
  rules: readonly Rule[],
  fates: ReadonlyMap<number, Fate>,
  sight: Sight,
): JudgedChange {
  if (change.op === "modify") return judgeModified(change, rules, sight);
  const fate = fates.get(change.uid);
  const rule = rules.find(
    (one): one is PartyRule =>
      one.scope === "party" && one.fate === fate?.kind && one.actions.includes(change.op),
  );
  if (rule === undefined)
    throw new Error(`no rule for ${change.op} of ${change.uid} (${fate?.kind ?? "no fate"})`);
  return {
    uid: change.uid,
    op: change.op,
    legalEffect: rule.legalEffect,
    screeningEffect: rule.screeningEffect,
    rule: rule.id,
    reason: rule.title,
  };
}

function judgeModified(change: ModifiedParty, rules: readonly Rule[], sight: Sight): JudgedChange {
  const before = sight.before(change.uid);
  const after = sight.after(change.uid);
  if (before === undefined || after === undefined) {
    throw new Error(`party ${change.uid} is modified, but the states at hand have it not on both sides`);
  }
  const judged = change.fields.map((field) => {
    const rule = fieldRuleFor({ field, fields: change.fields, change, before, after }, rules);
    return { rule, action: field.action, key: field.key };
  });
  const fields: JudgedField[] = judged.map(({ rule, key }) => ({
    key,
    legalEffect: rule.legalEffect,
    screeningEffect: rule.screeningEffect,
    rule: rule.id,
  }));
  const leading = leadingField(judged, rules);
  return {
    uid: change.uid,
    op: "modify",
    legalEffect: maxEffect(fields.map((field) => field.legalEffect)),
    screeningEffect: maxEffect(fields.map((field) => field.screeningEffect)),
    rule: leading.rule.id,
    reason: reasonOf(leading.rule, leading.action),
    fields,
  };
}

function fieldRuleFor(view: FieldView, rules: readonly Rule[]): FieldRule {
  const { area, action } = view.field;
  const found = rules.find(
    (rule): rule is FieldRule =>
      rule.scope === "field" &&
      rule.areas.includes(area) &&
      rule.actions.includes(action) &&
      (rule.applies === undefined || rule.applies(view)),
  );
  if (found === undefined)
    throw new Error(`no rule for ${action} in area ${area} of party ${view.change.uid}`);
  return found;
}

interface Ruled {
  readonly rule: FieldRule;
  readonly action: FieldRule["actions"][number];
}

/** The field with the highest materiality; of equals the one of more legal weight, then the earlier rule. */
function leadingField(judged: readonly Ruled[], rules: readonly Rule[]): Ruled {
  const order = (effect: Effect) => ["critical", "major", "minor", "cosmetic", "none"].indexOf(effect);
  const [first] = [...judged].sort(
    (a, b) =>
      order(materialityOf(a.rule)) - order(materialityOf(b.rule)) ||
      order(a.rule.legalEffect) - order(b.rule.legalEffect) ||
      rules.indexOf(a.rule) - rules.indexOf(b.rule) ||
      compareText(a.action, b.action),
  );
  if (first === undefined) throw new Error("a modified party without a changed field");
  return first;
}

function materialityOf(rule: FieldRule): Effect {
  return maxEffect([rule.legalEffect, rule.screeningEffect]);
}

const DONE = { add: "added", remove: "removed", change: "changed" } as const;

/** The rule's title; where the rule does not say it itself, whether something came, went or changed. */
function reasonOf(rule: FieldRule, action: Ruled["action"]): string {
  return rule.actions.length > 1 && rule.screeningEffect !== "cosmetic" && rule.legalEffect === "none"
    ? `${DONE[action]}: ${rule.title}`
    : rule.title;
}

/** Program tags among the changes that are in no table: kept, told, never dropped. */
function unknownTags(changes: readonly PartyChange[]): string[] {
  const tags = changes.flatMap((change) => {
    if (change.op === "add") return (change.after.programs ?? []).map((program) => program.code);
    if (change.op === "remove") return [];
    return change.fields.flatMap((field) => valuesOf(field).map((value) => tagOf(field.area, value)));
  });
  return [...new Set(tags)]
    .filter((tag) => tag !== undefined)
    .filter((tag) => programInfo(tag) === undefined)
    .sort(compareText);
}
