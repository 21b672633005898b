export { parseDelta } from "./delta-xml.ts";
export { openList } from "./list.ts";
export type { ListFile } from "./list-file.ts";
export {
  type ParsedNotice,
  type ParsedPressRelease,
  parseEntry,
  parseNotice,
  parsePressRelease,
  parseRecentActions,
  pressReleaseId,
  type RecentAction,
  type RecentActionsPage,
  readNotice,
} from "./notices/index.ts";
