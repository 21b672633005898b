import { diffStates } from "../../diff/index.ts";
import {
  type Hash,
  type Head,
  type Instant,
  type IsoDate,
  type LedgerRecord,
  type ListId,
  type ListState,
  type Profile,
  type StateRef,
  stateHash,
  UsageError,
} from "../../domain/index.ts";
import { createJudgeMemo, type FormerParty, type JudgeConfig, type JudgeMemo } from "../../judge/index.ts";
import { chain, type LedgerFiles, type LedgerWriter, readHead, readState } from "../../ledger/index.ts";
import { isSameFile } from "../files.ts";
import { removedBy } from "../look/former.ts";
import { keepMemory, recallList } from "../look/list-memory.ts";
import { fileHash, type ListMemory, type ListReading, readList } from "../look/read-list.ts";
import { makeRecord } from "../look/record.ts";
import { requireSameReader } from "../look/same-reader.ts";
import type { Sequences } from "../look/sequence.ts";
import type { Candidate } from "./candidates.ts";

/** What became of the file or files of one publication. */
export interface Added {
  readonly outcome: "baseline" | "publication" | "unchanged" | "already imported";
  /** What was recorded; missing where nothing was. */
  readonly record?: LedgerRecord;
  readonly hash?: Hash;
}

/** A publication that the chain has, as far as later files are held against it. */
interface Past {
  readonly id: string;
  readonly date: IsoDate | null;
  readonly until: Instant | null;
  readonly state: StateRef;
}

/** What the records of a chain say together. */
interface Recorded {
  former: readonly FormerParty[];
  /** Publications, oldest first. */
  readonly past: Past[];
  /** Files that records were read from. */
  readonly sources: Set<Hash>;
  /** Until when the list is known to have stood as it is. */
  seen: Instant | null;
}

type GrowingHead = Pick<
  Head,
  "list" | "segment" | "id" | "hash" | "state" | "interpreter" | "profile" | "sources"
>;

/** One chain of the import while it grows at its end. What lies on disk is read when it is needed. */
export class ImportChain {
  private head: GrowingHead | undefined;
  private known: ListState | undefined;
  private told: Recorded | undefined;
  private readonly memo: JudgeMemo = createJudgeMemo();
  private readonly files: LedgerFiles;
  private readonly onDisk: Head | undefined;

  readonly list: ListId;
  readonly segment: string;

  constructor(files: LedgerFiles, place: { readonly list: ListId; readonly segment: string }) {
    this.files = files;
    this.list = place.list;
    this.segment = place.segment;
    this.onDisk = readHead(files, place);
    this.head = this.onDisk;
  }

  get begun(): boolean {
    return this.head !== undefined;
  }

  get profile(): Profile | undefined {
    return this.head?.profile;
  }

  private get recorded(): Recorded {
    const head = this.onDisk;
    const records =
      this.told !== undefined || head === undefined
        ? []
        : [...chain(this.files, head)].map(({ record }) => record).reverse();
    const past = records.filter(isPublication).map(pastOf);
    this.told ??= {
      former: records.flatMap(removedBy),
      past,
      sources: new Set(records.flatMap((record) => record.sources.map(({ sha256 }) => sha256))),
      seen: past.at(-1)?.until ?? null,
    };
    return this.told;
  }

  /** The list as it stands at the end of the chain; null before its baseline. */
  get newest(): ListState | null {
    if (this.known === undefined && this.onDisk !== undefined)
      this.known = readState(this.files, this.onDisk);
    return this.known ?? null;
  }

  /**
   * Adds a publication at the end, or says that there is nothing to add.
   * @throws UsageError `other-profile`, `interpreter-changed`, `out-of-order`; ContentError
   */
  async add(candidate: Candidate, bench: ImportBench): Promise<Added> {
    this.requireProfile(candidate);
    const [path = ""] = candidate.paths;
    if (candidate.paths.length === 1 && (await isSameFile(path, this.head?.sources ?? []))) {
      return { outcome: this.isCovered(candidate) ? "already imported" : this.unchanged(candidate) };
    }
    if (this.isPast(candidate)) {
      const hashes: Hash[] = [];
      for (const one of candidate.paths) hashes.push(await fileHash(one));
      if (hashes.every((hash) => this.recorded.sources.has(hash))) return { outcome: "already imported" };
    }
    const reading = await readList(candidate.paths, {
      list: this.list,
      provenance: candidate.provenance,
      memory: () => bench.memories.recall(this),
    });
    bench.memories.keep(this, reading.memory);
    requireSameReader(this.head, reading);
    if (this.isCovered(candidate)) return this.requireKnown(candidate, reading);
    return this.append(candidate, reading, bench);
  }

  private append(candidate: Candidate, reading: ListReading, bench: ImportBench): Added {
    const { head, newest: before, list, segment, recorded } = this;
    const { date, captured } = candidate;
    const set = before === null ? { changes: [], unknown: [] } : diffStates(before, reading.state);
    const told = set.changes.length > 0 || set.unknown.length > 0;
    const named = date.basis === "publish-date" && recorded.past.at(-1)?.date !== date.date;
    if (before !== null && !told && !named) return { outcome: this.unchanged(candidate) };
    const kind = before === null ? "baseline" : "publication";
    const record = makeRecord(
      {
        segment,
        origin: "import",
        kind,
        date: date.date,
        dateBasis: date.basis,
        sequence: bench.sequences.next(list, date.date),
        window: { after: before === null ? null : recorded.seen, notLaterThan: captured?.to ?? null },
        ofacPublications: [],
        interpreter: reading.interpreter,
        sources: reading.sources,
        issues: reading.issues,
        before,
        from: head?.state ?? null,
        after: reading.state,
        set,
        otherList: bench.otherList(this),
        previous: head === undefined ? null : { id: head.id, hash: head.hash },
        former: recorded.former,
        memo: this.memo,
      },
      bench.judge,
    );
    const stored = bench.writer.append(record, reading.state);
    this.head = { ...record, hash: stored.hash, state: record.state.to };
    this.known = reading.state;
    recorded.former = [...recorded.former, ...removedBy(record)];
    recorded.past.push(pastOf(record));
    for (const { sha256 } of record.sources) recorded.sources.add(sha256);
    recorded.seen = captured?.to ?? null;
    return { outcome: kind, record, hash: stored.hash };
  }

  /** The list still stood as it is when this file was captured. */
  private unchanged({ captured }: Candidate): "unchanged" {
    const { recorded } = this;
    if (captured !== undefined && captured.from > (recorded.seen ?? "")) recorded.seen = captured.from;
    return "unchanged";
  }

  /** True for a file that may be one of those the chain has. */
  private isPast({ date }: Candidate): boolean {
    const last = this.recorded.past.at(-1);
    return last !== undefined && date.date <= (last.date ?? "");
  }

  /** True for a file that is not newer than what the chain ends with. */
  private isCovered({ date, captured }: Candidate): boolean {
    const last = this.recorded.past.at(-1);
    if (last === undefined) return false;
    if (captured !== undefined && last.until !== null) return captured.to <= last.until;
    return date.date < (last.date ?? "");
  }

  /** A file of a time that the chain has passed says what the chain says of it, or it comes too late. */
  private requireKnown(candidate: Candidate, reading: ListReading): Added {
    const { date, captured } = candidate;
    const then = this.recorded.past.findLast((past) =>
      captured !== undefined && past.until !== null
        ? past.until <= captured.to
        : (past.date ?? "") <= date.date,
    );
    if (then !== undefined && then.state.hash === stateHash(reading.state.parties))
      return { outcome: "unchanged" };
    const last = this.recorded.past.at(-1);
    throw new UsageError(
      "out-of-order",
      `${candidate.paths[0]}: expected a file of ${last?.date ?? "the newest day"} or later, with which ` +
        `${this.list}/${this.segment} ends (${last?.id}), found one of ${date.date} that the segment does not have` +
        `${then === undefined ? "" : ` and that says something else than ${then.id}`}. A chain grows at its end only: ` +
        "import it under another --segment, or all files together into another ledger.",
    );
  }

  private requireProfile({ profile, paths }: Candidate): void {
    if (this.head === undefined || this.head.profile === profile) return;
    throw new UsageError(
      "other-profile",
      `${paths[0]}: expected a file of the profile "${this.head.profile}", as ${this.list}/${this.segment} is read ` +
        `from, found "${profile}". Differences of format would pass for changes of the list: import it under another ` +
        "--segment, or without one, which gives each format its own.",
    );
  }
}

/** What all chains of an import share. */
export interface ImportBench {
  readonly writer: LedgerWriter;
  readonly sequences: Sequences;
  readonly judge: JudgeConfig;
  readonly memories: Memories;
  /** The other list of the same segment as it stands; null where there is none. */
  otherList(chain: ImportChain): ListState | null;
}

/** What reading remembers, by chain: equal raw texts of one chain need not be read again, in a later import neither. */
export class Memories {
  private readonly all = new Map<ImportChain, ListMemory>();
  private readonly cache: LedgerFiles | undefined;

  constructor(cache: LedgerFiles | undefined) {
    this.cache = cache;
  }

  recall(of: ImportChain): ListMemory | undefined {
    const { profile } = of;
    const known = this.all.get(of);
    if (known !== undefined || profile === undefined) return known;
    return recallList(this.cache, { list: of.list, segment: of.segment, profile }, () => of.newest);
  }

  keep(of: ImportChain, memory: ListMemory): void {
    this.all.set(of, memory);
  }

  /** Keeps all of it for a later import. */
  end(): void {
    for (const [{ list, segment, profile }, memory] of this.all) {
      if (profile !== undefined) keepMemory(this.cache, { list, segment, profile }, memory);
    }
  }
}

function isPublication({ kind }: LedgerRecord): boolean {
  return kind === "baseline" || kind === "publication";
}

function pastOf({ id, date, window, state }: LedgerRecord): Past {
  return { id, date, until: window.notLaterThan, state: state.to };
}
