import {
  type Density,
  densityOf,
  type Instant,
  isSegmentName,
  LedgerError,
  type ListId,
  type Profile,
  type Provenance,
  UsageError,
} from "../domain/index.ts";
import type { JudgeConfig } from "../judge/index.ts";
import { chain, type LedgerFiles, readHead, recover } from "../ledger/index.ts";
import { type Candidate, findCandidates } from "./import/candidates.ts";
import { type Added, type ImportBench, ImportChain, Memories } from "./import/chain.ts";
import { timeOf, withCovering } from "./import/covered.ts";
import { readManifest } from "./import/manifest.ts";
import type { When } from "./import/past.ts";
import { openLedger } from "./ledger-writer.ts";
import { sequencesOf } from "./look/sequence.ts";
import type { Progress } from "./progress.ts";
import type { RawStore } from "./raw/store.ts";
import { keepSupplied } from "./raw/supplied.ts";
import type { Signer } from "./signature.ts";

export interface ImportOptions {
  readonly paths: readonly string[];
  /** Name of the segment; without one, each format has a segment of its own, named after it. */
  readonly segment?: string | undefined;
  readonly list?: ListId | undefined;
  readonly provenance: Provenance;
  /** A JSON file that says of files what neither they nor their names do; see `readManifest`. */
  readonly manifest?: string;
  readonly judge: JudgeConfig;
  readonly signer?: Signer;
  /** A folder for what may be thrown away: there a later import finds what this one need not read again. */
  readonly cache?: LedgerFiles;
  /** Where the imported files are kept; missing: they are not. */
  readonly raw?: RawStore;
  readonly now?: Instant;
  /** Records a commit, at most; 40 unless told. */
  readonly commitEvery?: number;
}

/** What became of the file or files of one publication. */
export interface ImportedFile {
  /** The primary file of a set stands for all of it. */
  readonly path: string;
  readonly outcome: Added["outcome"] | "refused";
  readonly list?: ListId;
  readonly segment?: string;
  readonly id?: string;
  readonly headline?: string;
  /** Of a file that could not be read: the record that now holds what it would have shown. */
  readonly coveredBy?: string;
  readonly error?: LedgerError;
}

/** A segment as it stands after the import: how dense it is, and what vouches for it. */
export interface ImportedSegment extends Density {
  readonly list: ListId;
  readonly segment: string;
  readonly profile: Profile;
  readonly records: number;
}

export interface ImportReport {
  readonly files: readonly ImportedFile[];
  /** Every segment that a file was for. */
  readonly segments: readonly ImportedSegment[];
  readonly written: number;
  /** Files that entries of the manifest name and that were not among the files given. */
  readonly unmatched: readonly string[];
}

/** Records are committed in batches: often enough to resume, seldom enough to be quick. */
const COMMIT_EVERY = 40;

/**
 * Writes older files as segments of their own, in date order. A file that cannot be read is refused and the others
 * still come in; files that a segment has already are passed over, so an interrupted import is resumed by running it
 * again.
 * @throws UsageError `bad-segment`, `bad-manifest`
 */
export async function importFiles(
  files: LedgerFiles,
  options: ImportOptions,
  progress: Progress,
): Promise<ImportReport> {
  requireSegmentName(options.segment);
  recover(files);
  const manifest = options.manifest === undefined ? undefined : readManifest(options.manifest, options.now);
  const { candidates, refused } = await findCandidates(
    options.paths,
    { list: options.list, provenance: options.provenance, manifest, now: options.now },
    (done, path) => progress.step(done, options.paths.length, `looking at ${path}`),
  );
  const unmatched = manifest?.unmatched(options.paths) ?? [];
  const outcomes: { file: ImportedFile; when: When | undefined }[] = refused.map(({ path, error }) => ({
    file: { path, outcome: "refused", error },
    when: timeOf(path, manifest),
  }));
  const work = await openImport(files, options);
  for (const [i, candidate] of candidates.entries()) {
    progress.step(i, candidates.length, candidate.paths[0] ?? "");
    outcomes.push({ file: await work.add(candidate), when: candidate });
  }
  work.end();
  progress.step(candidates.length, candidates.length, "done");
  return {
    files: outcomes.map(({ file, when }) => withCovering(file, when, work.places())),
    segments: work.places().map((place) => segmentOf(files, place)),
    written: work.written(),
    unmatched,
  };
}

function requireSegmentName(segment: string | undefined): void {
  if (segment === undefined || (isSegmentName(segment) && segment !== "live")) return;
  throw new UsageError(
    "bad-segment",
    `--segment: expected a name of lower-case letters, digits and hyphens other than "live", found "${segment}".`,
  );
}

type Place = { readonly list: ListId; readonly segment: string };

async function openImport(files: LedgerFiles, options: ImportOptions) {
  const writer = await openLedger(files, options.signer);
  const chains = new Map<string, ImportChain>();
  const open = (place: Place): ImportChain => {
    const key = `${place.list}/${place.segment}`;
    const found = chains.get(key) ?? new ImportChain(files, place);
    chains.set(key, found);
    return found;
  };
  const bench: ImportBench = {
    writer,
    sequences: sequencesOf(files),
    judge: options.judge,
    memories: new Memories(options.cache),
    otherList: ({ list, segment }) => open({ list: list === "sdn" ? "consolidated" : "sdn", segment }).newest,
  };
  let uncommitted = 0;
  let written = 0;
  const commit = () => {
    // Evidence before the records that name it.
    options.raw?.commit();
    writer.commit();
    uncommitted = 0;
  };
  return {
    /** Commits what is left, and remembers what was read. */
    end: () => {
      commit();
      bench.memories.end();
    },
    written: () => written,
    /** Chains that a file was for, in the order in which they began. */
    places: () => [...chains.values()].filter((one) => one.begun),
    async add(candidate: Candidate): Promise<ImportedFile> {
      const place = { list: candidate.list, segment: options.segment ?? candidate.profile };
      const told = { path: candidate.paths[0] ?? "", ...place };
      try {
        const { outcome, record, hash } = await open(place).add(candidate, bench);
        if (record === undefined || hash === undefined) return { ...told, outcome };
        if (options.raw !== undefined) {
          await keepSupplied(options.raw, { record, hash }, candidate.paths, keptAt(candidate, options));
        }
        written += 1;
        uncommitted += 1;
        if (uncommitted >= (options.commitEvery ?? COMMIT_EVERY)) commit();
        return { ...told, outcome, id: record.id, headline: record.headline };
      } catch (error) {
        if (!(error instanceof LedgerError)) throw error;
        return { ...told, outcome: "refused", error };
      }
    },
  };
}

function keptAt(candidate: Candidate, { now }: ImportOptions): Instant {
  const instant = now ?? candidate.captured?.to;
  if (instant === undefined) throw new Error("an import that keeps files needs the present instant");
  return instant;
}

function segmentOf(files: LedgerFiles, { list, segment }: Place): ImportedSegment {
  const head = readHead(files, { list, segment });
  if (head === undefined) throw new Error(`${list}/${segment} was not written`);
  const records = [...chain(files, head)].map(({ record }) => record).reverse();
  return { list, segment, profile: head.profile, records: records.length, ...densityOf(records) };
}
