import { diffStates } from "../diff/index.ts";
import {
  compareText,
  type Head,
  type Instant,
  isSegmentName,
  LedgerError,
  type ListId,
  type ListState,
  type Profile,
  type Provenance,
  UsageError,
} from "../domain/index.ts";
import { createJudgeMemo, type FormerParty, type JudgeConfig, type JudgeMemo } from "../judge/index.ts";
import { type LedgerFiles, type LedgerWriter, readHead, readState, recover } from "../ledger/index.ts";
import { formerParties, removedBy } from "./former.ts";
import { openLedger } from "./ledger-writer.ts";
import { keepMemory, recallList } from "./list-memory.ts";
import { readManifest } from "./manifest.ts";
import type { Progress } from "./progress.ts";
import { captureInstant, importDate, type PublicationDate } from "./publication-date.ts";
import { isSameFile, type ListMemory, type ListReading, peekList, readList } from "./read-list.ts";
import { makeRecord } from "./record.ts";
import { type Sequences, sequencesOf } from "./sequence.ts";
import type { Signer } from "./signature.ts";

export interface ImportOptions {
  readonly paths: readonly string[];
  readonly segment: string;
  readonly list?: ListId | undefined;
  readonly provenance: Provenance;
  /** A JSON file `{"files": [{"file": "…", "capturedAt": "…Z"}]}`: when files were captured, where names do not tell. */
  readonly manifest?: string;
  readonly judge: JudgeConfig;
  readonly signer?: Signer;
  /** A folder for what may be thrown away: there a later import finds what this one need not read again. */
  readonly cache?: LedgerFiles;
  /** Records a commit, at most; 40 unless told. */
  readonly commitEvery?: number;
}

/** What became of one file. */
export interface ImportedFile {
  readonly path: string;
  readonly outcome: "baseline" | "publication" | "unchanged" | "already imported" | "refused";
  readonly id?: string;
  readonly headline?: string;
  readonly error?: LedgerError;
}

export interface ImportReport {
  readonly segment: string;
  readonly files: readonly ImportedFile[];
  readonly written: number;
}

/** Records are committed in batches: often enough to resume, seldom enough to be quick. */
const COMMIT_EVERY = 40;

/** A file with what orders it. */
interface Candidate {
  readonly path: string;
  readonly capturedAt: Instant | undefined;
  readonly date: PublicationDate;
  /** Which list it is, where content or name tell. */
  readonly list: ListId | null;
}

/**
 * Writes older files as a segment of its own, in date order. A file that cannot be read is refused and the
 * others still come in; files the segment already holds are passed over, so an interrupted import is resumed by
 * running it again.
 */
export async function importFiles(
  files: LedgerFiles,
  options: ImportOptions,
  progress: Progress,
): Promise<ImportReport> {
  if (!isSegmentName(options.segment) || options.segment === "live") {
    throw new UsageError(
      "bad-segment",
      `--segment: expected a name of lower-case letters, digits and hyphens other than "live", found "${options.segment}".`,
    );
  }
  recover(files);
  const captured =
    options.manifest === undefined ? new Map<string, Instant>() : readManifest(options.manifest);
  const outcomes: ImportedFile[] = [];
  const candidates: Candidate[] = [];
  for (const path of options.paths) {
    await guarded(path, outcomes, async () => {
      candidates.push(await orderOf(path, options, captured));
    });
  }
  candidates.sort(inDateOrder);
  const chain = new Chain(files, options, await openLedger(files, options.signer));
  for (const [i, candidate] of candidates.entries()) {
    progress.step(i, candidates.length, candidate.path);
    await guarded(candidate.path, outcomes, async () => {
      outcomes.push(await chain.add(candidate));
    });
  }
  chain.end();
  progress.step(candidates.length, candidates.length, "done");
  return { segment: options.segment, files: outcomes, written: chain.written };
}

/** Turns an error of one file into its outcome; a bug still ends everything. */
async function guarded(path: string, outcomes: ImportedFile[], work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code === "list-unknown") throw error;
    outcomes.push({ path, outcome: "refused", error });
  }
}

async function orderOf(
  path: string,
  options: ImportOptions,
  captured: ReadonlyMap<string, Instant>,
): Promise<Candidate> {
  const name = path.split("/").at(-1) ?? path;
  const capturedAt = captured.get(name) ?? captureInstant(name);
  const peeked = await peekList(path, options);
  return { path, capturedAt, date: importDate(path, peeked.publishDate, capturedAt), list: peeked.list };
}

function inDateOrder(a: Candidate, b: Candidate): number {
  return (
    compareText(a.date.date, b.date.date) ||
    compareText(a.capturedAt ?? "", b.capturedAt ?? "") ||
    compareText(a.path, b.path)
  );
}

/** One list's part of the segment while it grows. */
interface Growing {
  head: Pick<Head, "id" | "hash" | "date" | "window" | "sources" | "state">;
  state: ListState;
  former: readonly FormerParty[];
}

class Chain {
  private readonly lists = new Map<ListId, Growing>();
  private readonly memories = new Map<ListId, ListMemory>();
  private readonly memos = new Map<ListId, JudgeMemo>();
  private readonly writer: LedgerWriter;
  private readonly sequences: Sequences;
  private uncommitted = 0;
  written = 0;

  private readonly files: LedgerFiles;
  private readonly options: ImportOptions;

  constructor(files: LedgerFiles, options: ImportOptions, writer: LedgerWriter) {
    this.files = files;
    this.options = options;
    this.writer = writer;
    this.sequences = sequencesOf(files);
  }

  async add(candidate: Candidate): Promise<ImportedFile> {
    const { path } = candidate;
    const known = candidate.list === null ? undefined : this.head(candidate.list);
    if (known !== undefined && isCovered(candidate, known)) return { path, outcome: "already imported" };
    if (known !== undefined && (await isSameFile(path, known.sources))) return { path, outcome: "unchanged" };
    const reading = await readList([path], {
      list: this.options.list,
      provenance: this.options.provenance,
      memory: (list, profile) =>
        this.memories.get(list) ??
        recallList(this.options.cache, this.place(list, profile), () => this.growing(list)?.state),
    });
    const { list } = reading.state;
    this.memories.set(list, reading.memory);
    const before = this.growing(list);
    if (before === undefined) return this.append(candidate, reading, undefined);
    if (isCovered(candidate, before.head)) return { path, outcome: "already imported" };
    return this.append(candidate, reading, before);
  }

  private append(candidate: Candidate, reading: ListReading, before: Growing | undefined): ImportedFile {
    const { path, date, capturedAt } = candidate;
    const set = before === undefined ? { changes: [], unknown: [] } : diffStates(before.state, reading.state);
    const told = set.changes.length > 0 || set.unknown.length > 0;
    const named = date.basis === "publish-date" && before?.head.date !== date.date;
    if (before !== undefined && !told && !named) return { path, outcome: "unchanged" };
    const { list } = reading.state;
    const kind = before === undefined ? "baseline" : "publication";
    const record = makeRecord(
      {
        segment: this.options.segment,
        origin: "import",
        kind,
        date: date.date,
        dateBasis: date.basis,
        sequence: this.sequences.next(list, date.date),
        window: { after: before?.head.window.notLaterThan ?? null, notLaterThan: capturedAt ?? null },
        ofacPublications: [],
        interpreter: reading.interpreter,
        sources: reading.sources,
        issues: reading.issues,
        before: before?.state ?? null,
        from: before?.head.state ?? null,
        after: reading.state,
        set,
        otherList: this.growing(list === "sdn" ? "consolidated" : "sdn")?.state ?? null,
        previous: before === undefined ? null : { id: before.head.id, hash: before.head.hash },
        former: before?.former ?? [],
        memo: this.memoOf(list),
      },
      this.options.judge,
    );
    const stored = this.writer.append(record, reading.state);
    this.lists.set(list, {
      head: { ...record, hash: stored.hash, state: record.state.to },
      state: reading.state,
      former: [...(before?.former ?? []), ...removedBy(record)],
    });
    this.written += 1;
    this.uncommitted += 1;
    if (this.uncommitted >= (this.options.commitEvery ?? COMMIT_EVERY)) this.commit();
    return { path, outcome: kind, id: record.id, headline: record.headline };
  }

  commit(): void {
    this.writer.commit();
    this.uncommitted = 0;
  }

  /** Commits what is left, and remembers what was read. */
  end(): void {
    this.commit();
    for (const [list, memory] of this.memories) {
      const profile = this.lists.get(list)?.state.profile;
      if (profile !== undefined) keepMemory(this.options.cache, this.place(list, profile), memory);
    }
  }

  private place(list: ListId, profile: Profile) {
    return { list, profile, segment: this.options.segment };
  }

  private memoOf(list: ListId): JudgeMemo {
    const known = this.memos.get(list) ?? createJudgeMemo();
    this.memos.set(list, known);
    return known;
  }

  private head(list: ListId): Growing["head"] | undefined {
    return this.lists.get(list)?.head ?? readHead(this.files, { list, segment: this.options.segment });
  }

  private growing(list: ListId): Growing | undefined {
    const open = this.lists.get(list);
    if (open !== undefined) return open;
    const head = readHead(this.files, { list, segment: this.options.segment });
    if (head === undefined) return undefined;
    const loaded = {
      head,
      state: readState(this.files, head),
      former: formerParties(this.files, head),
    };
    this.lists.set(list, loaded);
    return loaded;
  }
}

/** True for a file that is not newer than what the segment ends with. */
function isCovered(candidate: Candidate, head: Growing["head"]): boolean {
  if (candidate.capturedAt !== undefined && head.window.notLaterThan !== null) {
    return candidate.capturedAt <= head.window.notLaterThan;
  }
  return candidate.date.date < (head.date ?? "");
}
