export { parseDelta } from "./delta-xml.ts";
export { DETECT_BYTES, type DocumentKind, detect } from "./detect.ts";
export { openList } from "./list.ts";
export { type ListFile, listOfName } from "./list-file.ts";
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
