export { type CheckedSegment, checkFiles, type Problem } from "./check.ts";
export { jsonBytes, type LogEntry, readLog } from "./collection.ts";
export type { LedgerFiles } from "./files.ts";
export { type Collection, headPath, recordPath, segmentFolder, yearOf } from "./layout.ts";
export { nodeLedgerFiles } from "./node-files.ts";
export {
  chain,
  listSegments,
  parseFile,
  readHead,
  readRecord,
  readState,
  recordIds,
  type SegmentRef,
} from "./read.ts";
export { recover } from "./transaction.ts";
export { type LedgerWriter, openWriter } from "./write.ts";
