export type { Progress } from "./body.ts";
export { type SourceFile, sourceFiles } from "./catalog.ts";
export { type ClockReading, easternInstant } from "./eastern.ts";
export { type FailureFacts, FetchError } from "./failure.ts";
export {
  createFetcher,
  type FetchedDocument,
  type Fetcher,
  type FetcherPorts,
  type FetchRequest,
  type FetchResult,
  type Peek,
  type Retry,
} from "./fetcher.ts";
export {
  DEFAULT_HEALTH_POLICY,
  failedLook,
  type HealthPolicy,
  type HealthState,
  healthAfter,
  healthNow,
  type LookResult,
  mayLook,
  type SourceHealth,
} from "./health.ts";
export { fetchList, type ListLook, type ListRequest, peekList } from "./list.ts";
export type { Packed, PackedBytes, PackedFile } from "./packed.ts";
export { createPublicApi, type HistoryEntry, type PublicApi } from "./public-api.ts";
export {
  createPages,
  type ListingRequest,
  listingUrl,
  NOTICE_CATEGORIES,
  type NoticeCategory,
  type Pages,
} from "./recent-actions.ts";
export { DEFAULT_SOURCE_SETTINGS, type SourceSettings } from "./settings.ts";
export { type Packing, packingOf, unpack, unpackStream } from "./unpack.ts";
