export { type JudgeConfig, judgeId, ruleTable } from "./config.ts";
export { knownPrograms, type ProgramInfo, programInfo } from "./data/programs.ts";
export { createJudgeMemo, type FormerParty, type JudgeInput, type JudgeMemo } from "./input.ts";
export { judge } from "./judge.ts";
export { type KeySpace, type MatchKey, partyKeys } from "./keys/match-keys.ts";
export { meaningLine } from "./meaning.ts";
export { rescreenPack } from "./rescreen.ts";
export type {
  NotCovered,
  RemovedKey,
  RescreenDiscriminator,
  RescreenKey,
  RescreenPack,
  UnknownKey,
} from "./rescreen-pack.ts";
export type { RuleRow } from "./rule.ts";
export { JUDGE_VERSION } from "./rules/index.ts";
export { rulesPage } from "./rules-page.ts";
export { walletFormats } from "./wallets/address-formats.ts";
export { ADDRESS_FORMATS, type AddressFormat } from "./wallets/format.ts";
export {
  hasWalletChanges,
  type WalletChanges,
  type WalletEntry,
  type WalletLists,
  walletChanges,
  walletEntries,
  walletLists,
} from "./wallets/wallets.ts";
