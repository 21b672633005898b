export {
  type ParsedNotice,
  type ParsedPressRelease,
  parseNotice,
  parsePressRelease,
  parseRecentActions,
  type RecentAction,
  type RecentActionsPage,
} from "./notices/index.ts";
