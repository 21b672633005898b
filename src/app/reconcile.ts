import {
  ContentError,
  type DeltaFacts,
  LedgerError,
  type LedgerRecord,
  UsageError,
} from "../domain/index.ts";
import { chain, type LedgerFiles, readState } from "../ledger/index.ts";
import { deltaFacts } from "../normalize/index.ts";
import { parseDelta, parseNotice, parsePressRelease } from "../parse/index.ts";
import { DEFAULT_SOURCE_SETTINGS, unpack } from "../sources/index.ts";
import { readLocalFile } from "./files.ts";
import { firstSeenOf } from "./look/observation.ts";
import { findPoint, type Point } from "./past/point.ts";
import { openContextStore } from "./witnesses/context-store.ts";
import { type Reconciled, reconcileStep } from "./witnesses/reconcile-step.ts";
import { stepsBack } from "./witnesses/step.ts";
import { storedTestimony, type Testimony } from "./witnesses/testimony.ts";

/** Pages and deltas of the caller's own, each kind in place of what the ledger holds of it. */
export interface ReconcileOptions {
  /** Paths of recent-action pages (HTML). */
  readonly notices?: readonly string[];
  /** Paths of press releases (HTML, or Markdown with front matter). */
  readonly press?: readonly string[];
  /** Paths of OFAC's deltas, in publication order; plain, gzipped or zipped. */
  readonly deltas?: readonly string[];
}

/**
 * Holds one publication of the ledger against its notices, press releases and OFAC's delta, anew and offline.
 * @throws UsageError `no-such-publication`, `nothing-to-reconcile`, `no-such-file`; ContentError of a file that is no
 * notice, press release or delta
 */
export async function reconcilePublication(
  files: LedgerFiles,
  id: string,
  options: ReconcileOptions = {},
): Promise<Reconciled & { readonly record: LedgerRecord }> {
  const point = findPoint(files, id);
  const { record } = point;
  if (record.kind !== "publication" && record.kind !== "correction") {
    throw new UsageError(
      "nothing-to-reconcile",
      `Expected a publication of OFAC's, found ${record.id}, a ${record.kind}: it changed nothing that a notice could ` +
        'announce. See "ofac-ledger log" for the publications there are.',
    );
  }
  const state = readState(files, point.head);
  const [step] = stepsBack(state.parties, recordsOf(files, point), new Set([record.id]));
  if (step === undefined) throw new Error(`${record.id} was found in its chain and then not`);
  const stored = storedTestimony(record, openContextStore(files), firstSeenOf(files, record.id));
  return { record, ...reconcileStep(step, await withGiven(stored, record, options)) };
}

function* recordsOf(files: LedgerFiles, { head }: Point): Generator<LedgerRecord> {
  for (const { record } of chain(files, head)) yield record;
}

async function withGiven(
  stored: Testimony,
  record: LedgerRecord,
  { notices, press, deltas }: ReconcileOptions,
): Promise<Testimony> {
  const pages = notices?.map((path) => named(path, () => parseNotice(readLocalFile(path).bytes)));
  const releases = press?.map((path) => named(path, () => parsePressRelease(readLocalFile(path).bytes)));
  return {
    ...stored,
    ...(pages === undefined ? {} : { notices: pages, given: true }),
    ...(releases === undefined ? {} : { press: () => releases }),
    ...(deltas === undefined ? {} : { delta: await readDeltas(deltas, record) }),
  };
}

async function readDeltas(paths: readonly string[], record: LedgerRecord): Promise<DeltaFacts> {
  const read = [];
  for (const path of paths) {
    const { bytes } = readLocalFile(path);
    const { maxUnpackedBytes } = DEFAULT_SOURCE_SETTINGS;
    const xml = await unpack({ name: path, bytes }, { maxUnpackedBytes });
    read.push({ publication: 0, delta: named(path, () => parseDelta(xml, path)) });
  }
  // A delta's file does not say its publication; the record does when it covers as many.
  const covered = record.ofacPublications.map(({ id }) => id);
  return { ...deltaFacts(read), publications: covered.length === paths.length ? covered : [] };
}

/** An error of a reader with the file it is about. */
function named<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof LedgerError) || error.message.includes(path)) throw error;
    throw new ContentError(error.code, `${path}: ${error.message}`, { cause: error });
  }
}
