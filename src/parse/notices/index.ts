export { parseEntry } from "./entry/entry.ts";
export { readNotice } from "./entry/read-notice.ts";
export { parseRecentActions, type RecentAction, type RecentActionsPage } from "./listing.ts";
export { type ParsedNotice, parseNotice } from "./notice.ts";
export { type ParsedPressRelease, parsePressRelease } from "./press.ts";
export { pressReleaseId } from "./press-id.ts";
