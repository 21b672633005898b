export { type CheckedSegment, checkFiles, type FileKind, type Problem, type ShapeCheck } from "./check.ts";
export { jsonBytes, type LogEntry, type Manifest, readLog } from "./collection.ts";
export type { LedgerFiles } from "./files.ts";
export {
  type Collection,
  headPath,
  recordPath,
  segmentFolder,
  shardOf,
  shardPath,
  signatureName,
  yearOf,
} from "./layout.ts";
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
export { alone, beginTransaction, recover } from "./transaction.ts";
export { type LedgerWriter, openWriter, type WriterOptions } from "./write.ts";
