export { type JudgeConfig, judgeId, ruleTable } from "./config.ts";
export { knownPrograms, type ProgramInfo, programInfo } from "./data/programs.ts";
export { createJudgeMemo, type FormerParty, type JudgeInput, type JudgeMemo } from "./input.ts";
export { judge } from "./judge.ts";
export { meaningLine } from "./meaning.ts";
export type { RuleRow } from "./rule.ts";
export { JUDGE_VERSION } from "./rules/index.ts";
