export { parseRecentActions, type RecentAction, type RecentActionsPage } from "./listing.ts";
export { type ParsedNotice, parseNotice } from "./notice.ts";
export { type ParsedPressRelease, parsePressRelease } from "./press.ts";
