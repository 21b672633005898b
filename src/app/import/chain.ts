import { diffStates } from "../../diff/index.ts";
import {
  type Hash,
  type Head,
  type Instant,
  type LedgerRecord,
  type ListId,
  type ListState,
  type Profile,
  type SourceRef,
  stateHash,
  UsageError,
} from "../../domain/index.ts";
import { createJudgeMemo, type FormerParty, type JudgeConfig, type JudgeMemo } from "../../judge/index.ts";
import { chain, type LedgerFiles, type LedgerWriter, readHead, readState } from "../../ledger/index.ts";
import { isSameFile } from "../files.ts";
import { removedBy } from "../look/former.ts";
import { keepMemory, recallList } from "../look/list-memory.ts";
import { fileHash, type ListMemory, type ListReading, readList } from "../look/read-list.ts";
import { makeRecord, publicationOf } from "../look/record.ts";
import { requireSameReader } from "../look/same-reader.ts";
import type { Sequences } from "../look/sequence.ts";
import type { Candidate } from "./candidates.ts";
import { isCovered, type Past, pastOf, pastsOf, standingAt } from "./past.ts";

/** What became of the file or files of one publication. */
export interface Added {
  readonly outcome: "baseline" | "publication" | "unchanged" | "already imported";
  /** What was recorded; missing where nothing was. */
  readonly record?: LedgerRecord;
  readonly hash?: Hash;
}

/** What the records of a chain say together. */
interface Recorded {
  former: readonly FormerParty[];
  /** Publications, oldest first. */
  readonly past: Past[];
  /** Files of which it is known that the chain's end says what they say. */
  ending: readonly SourceRef[];
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
    const past = pastsOf(records);
    // What corrects an earlier publication brings that one's files along, not those of the end.
    const [last, end] = [past.at(-1), records.at(-1)];
    this.told ??= {
      former: records.flatMap(removedBy),
      past,
      ending: end !== undefined && publicationOf(end.id) === last?.id ? end.sources : [],
      seen: past.at(-1)?.until ?? null,
    };
    return this.told;
  }

  /** Publications of the chain, oldest first. */
  get publications(): readonly Past[] {
    return this.recorded.past;
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
    const { past, ending } = this.recorded;
    const isLate = isCovered(past, candidate);
    if (!isLate && candidate.paths.length === 1 && (await isSameFile(path, ending))) {
      const isNoNews = candidate.captured === undefined && this.isOfPastDay(candidate);
      return { outcome: isNoNews ? "already imported" : this.unchanged(candidate) };
    }
    const standing = isLate || this.isOfPastDay(candidate) ? standingAt(past, candidate) : [];
    if (await isOneOf(candidate, standing)) return { outcome: "already imported" };
    const reading = await readList(candidate.paths, {
      list: this.list,
      provenance: candidate.provenance,
      memory: () => bench.memories.recall(this),
    });
    bench.memories.keep(this, reading.memory);
    requireSameReader(this.head, reading);
    const known = standing.find(({ state }) => state.hash === stateHash(reading.state.parties));
    if (known !== undefined && (isLate || known !== past.at(-1))) return { outcome: "unchanged" };
    if (isLate) throw this.outOfOrder(candidate, standing.at(-1));
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
    recorded.ending = record.sources;
    recorded.seen = captured?.to ?? null;
    return { outcome: kind, record, hash: stored.hash };
  }

  /** The list still stood as it is when this file was captured. */
  private unchanged({ captured }: Candidate): "unchanged" {
    const { recorded } = this;
    if (captured !== undefined && captured.from > (recorded.seen ?? "")) recorded.seen = captured.from;
    return "unchanged";
  }

  /** True for a file of a day that the chain has come to: it may be one of those it has. */
  private isOfPastDay({ date }: Candidate): boolean {
    const last = this.recorded.past.at(-1);
    return last !== undefined && date.date <= (last.date ?? "");
  }

  /** The refusal of a file of a time that the chain has passed, and that does not say what the chain says of it. */
  private outOfOrder({ paths, date }: Candidate, then: Past | undefined): UsageError {
    const last = this.recorded.past.at(-1);
    const { list, segment } = this;
    return new UsageError(
      "out-of-order",
      `${paths[0]}: expected a file of ${last?.date ?? "the newest day"} or later, with which ${list}/${segment} ends ` +
        `(${last?.id}), found one of ${date.date} that the segment does not have` +
        `${then === undefined ? "" : ` and that says something else than ${then.id}, which stood then`}. A chain grows ` +
        "at its end only: to have this file, import all files of the segment together with it, from the oldest on, " +
        "under a new --segment or into another ledger.",
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

/** True where the chain read one of these publications from that file or those files. */
async function isOneOf({ paths }: Candidate, pasts: readonly Past[]): Promise<boolean> {
  if (pasts.length === 0) return false;
  const hashes: Hash[] = [];
  for (const path of paths) hashes.push(await fileHash(path));
  return pasts.some((past) => hashes.every((hash) => past.hashes.has(hash)));
}
