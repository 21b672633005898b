import { canonicalJson, EFFECTS, type Effect, type JudgeId, sha256, UsageError } from "../domain/index.ts";
import type { Rule, RuleRow } from "./rule.ts";
import { JUDGE_VERSION, RULES } from "./rules/index.ts";

/** What an operator may say about the rules: other levels, by rule id. */
export interface JudgeConfig {
  readonly levels?: {
    readonly [ruleId: string]: { readonly legalEffect?: Effect; readonly screeningEffect?: Effect };
  };
}

/**
 * The rules with the operator's levels.
 * @throws UsageError `unknown-rule` for an id the table has not, `unknown-level` for a level there is none,
 *   `rule-without-level` for a rule that only names events.
 */
export function rulesInForce(config: JudgeConfig, rules: readonly Rule[] = RULES): readonly Rule[] {
  const levels = config.levels ?? {};
  for (const [id, level] of Object.entries(levels)) checkLevel(id, level, rules);
  return rules.map((rule) => ({ ...rule, ...levels[rule.id] }));
}

/** Which rules judge: version of the table, and SHA-256 over the canonical levels of every rule in force. */
export function judgeId(config: JudgeConfig = {}): JudgeId {
  const levels = rulesInForce(config).map((rule) => [rule.id, rule.legalEffect, rule.screeningEffect]);
  return { version: JUDGE_VERSION, config: sha256(canonicalJson(levels)) };
}

/** The table as plain rows, with the operator's levels, for documentation and publication. */
export function ruleTable(config: JudgeConfig = {}): readonly RuleRow[] {
  return rulesInForce(config).map((rule) => ({
    id: rule.id,
    scope: rule.scope,
    areas: rule.areas,
    actions: rule.actions,
    legalEffect: rule.legalEffect,
    screeningEffect: rule.screeningEffect,
    title: rule.title,
    why: rule.why,
    source: rule.source,
    ...(rule.twin === undefined ? {} : { twin: rule.twin }),
  }));
}

function checkLevel(id: string, level: object, rules: readonly Rule[]): void {
  const rule = rules.find((one) => one.id === id);
  if (rule === undefined) {
    throw new UsageError(
      "unknown-rule",
      `judge.levels names the rule "${id}", which does not exist. Expected one of: ` +
        `${rules.map((one) => one.id).join(", ")}. Correct the name in the configuration.`,
    );
  }
  if (rule.scope === "event") {
    throw new UsageError(
      "rule-without-level",
      `judge.levels names the rule "${id}", which only names events and has no level of its own. ` +
        "Set the levels of the rules that judge its parts instead.",
    );
  }
  for (const [axis, value] of Object.entries(level)) {
    const known = axis === "legalEffect" || axis === "screeningEffect";
    if (!known || !EFFECTS.some((effect) => effect === value)) {
      throw new UsageError(
        "unknown-level",
        `judge.levels.${id}.${axis} is ${JSON.stringify(value)}. Expected legalEffect or screeningEffect, each one ` +
          `of ${EFFECTS.join(", ")}. Correct it in the configuration.`,
      );
    }
  }
}
