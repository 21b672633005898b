/** One function per command; `cli` knows nothing else. */
export { LedgerError } from "../domain/index.ts";
export { type LedgerFiles, nodeLedgerFiles, recover, UNKNOWN_FORMAT } from "../ledger/index.ts";
export {
  doubtLine,
  type EmlFolder,
  type HookPort,
  keyRing,
  type SendReport,
  verifyUnsubscribeToken,
} from "../notify/index.ts";
export { nodeFiles } from "../publish/index.ts";
export { SCRIPT_NAMES, TEMPLATE_NAMES } from "../render/index.ts";
export { createFetcher, DEFAULT_SOURCE_SETTINGS } from "../sources/index.ts";
export { build } from "./build.ts";
export { type CheckReport, check } from "./check.ts";
export { composeRange } from "./compose.ts";
export { type ConfigFile, parseConfig, sourceSettings } from "./config/config.ts";
export { CONFIG_SCHEMA } from "./config/config-schema.ts";
export { type CorrectReport, correct, type RevisionPorts } from "./correct.ts";
export { type DiffOptions, diffFiles, type FileDiff } from "./diff.ts";
export { type DoctorReport, doctor } from "./doctor.ts";
export { latencies, MARKS, type Mark, mark, markMails } from "./evidence/latency.ts";
export { type EvidenceStatus, evidenceStatus } from "./evidence/status-evidence.ts";
export { stateCsv, stateNdjson } from "./export.ts";
export { type ImportedFile, type ImportedSegment, type ImportReport, importFiles } from "./import.ts";
export { type HeldRemovals, heldUids } from "./look/checks.ts";
export type { NoteFolder } from "./mail/delivery-store.ts";
export { diffPoints } from "./past/diff-points.ts";
export { findRecord, heads, history, type LogOptions, partyHistory } from "./past/history.ts";
export { findPoint, isPoint } from "./past/point.ts";
export { isComingOrGoing, type SeenChange } from "./past/read-otherwise.ts";
export type { PastReading } from "./past/reread-past.ts";
export { stateAt } from "./past/state-at.ts";
export { applyDocument, readChangeDocument, readStateFile } from "./past/state-file.ts";
export { type ApiReport, isUnproven, verifyApi } from "./past/verify-api.ts";
export { type StateReport, verifyState } from "./past/verify-state.ts";
export { type AppPorts, judgeConfig } from "./ports.ts";
export { PREVIEW_KINDS, type Preview, type PreviewKind, previewDigest } from "./preview.ts";
export { type Progress, SILENT } from "./progress.ts";
export { openRawStore, type RawStore } from "./raw/store.ts";
export { type RawReport, verifyRaw } from "./raw/verify.ts";
export { type ReconcileOptions, reconcilePublication } from "./reconcile.ts";
export { type ReinterpretReport, reinterpret } from "./reinterpret.ts";
export { type SendPorts, type SendSecrets, sendDue, sendExit } from "./send.ts";
export { createSigner, createVerifier, type Signer, type Verifier } from "./signature.ts";
export { readPublished } from "./site/published.ts";
export {
  type ListStatus,
  type SourceStatus,
  type StatusReport,
  status,
} from "./status.ts";
export { changeLines, changeSetLines, recordLines } from "./text.ts";
export { LIVE, type ListOutcome, type UpdateReport, update } from "./update.ts";
export { type VerifyReport, verifyExit, verifyLedger } from "./verify.ts";
export {
  factsOfLedger,
  factsOfSite,
  fileStore,
  messageLine,
  type WatchReport,
  watch,
  watchChannels,
} from "./watchdog/index.ts";
export { reconciliationLines } from "./witnesses/reconcile-text.ts";
