/** A small client that mirrors a published ledger and proves it; nothing but `fetch` and Web Crypto is needed. */
export type { CatchUp, IndexEntry, LedgerRecord, Party, PartyChange, SyncFile } from "../domain/index.ts";
export { type Applicable, apply } from "./apply.ts";
export { canonical, type Json, sha256 } from "./canonical.ts";
export { MirrorError, type MirrorErrorCode } from "./error.ts";
export { createMirror, type Mirror, type MirrorOptions, type Position, type SyncResult } from "./mirror.ts";
export type { Fetch } from "./site.ts";
export { type Line, readState, type State, stateHash } from "./state.ts";
export { type MirrorStore, memoryStore } from "./store.ts";
