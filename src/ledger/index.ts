export { type CheckedSegment, checkFiles, type FileKind, type Problem, type ShapeCheck } from "./check.ts";
export { type LogEntry, readEntries, readLog } from "./collection.ts";
export type { LedgerFiles } from "./files.ts";
export { headFrom } from "./head.ts";
export { jsonBytes, parseFile } from "./json.ts";
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
export { type Manifest, readManifest, requireKnownMajor, UNKNOWN_FORMAT } from "./manifest.ts";
export { nodeLedgerFiles } from "./node-files.ts";
export {
  chain,
  listSegments,
  readHead,
  readRecord,
  readState,
  recordIds,
  type SegmentRef,
} from "./read.ts";
export { alone, beginTransaction, recover } from "./transaction.ts";
export { type LedgerWriter, openWriter, type WriterOptions } from "./write.ts";
