import { diffStates } from "../diff/index.ts";
import {
  type IsoDate,
  isIsoDate,
  type LedgerRecord,
  type ListId,
  stateHash,
  UsageError,
} from "../domain/index.ts";
import type { JudgeConfig } from "../judge/index.ts";
import { captureInstant } from "./look/publication-date.ts";
import { type ListReading, readList } from "./look/read-list.ts";
import { makeRecord } from "./look/record.ts";

export interface DiffOptions {
  readonly list?: ListId | undefined;
  /** Eastern date for the headline; by default the new file's own, else `undated`. */
  readonly date?: IsoDate | undefined;
  readonly judge: JudgeConfig;
}

/** The members of a record that a comparison of two files has: all but those of a chain. */
export type FileDiff = Omit<
  LedgerRecord,
  "id" | "segment" | "origin" | "sequence" | "releaseId" | "previous" | "window"
>;

/**
 * Compares two list files of any known formats; touches no ledger.
 * @throws ContentError, UsageError as `readList`; UsageError `different-lists`
 */
export async function diffFiles(oldPath: string, newPath: string, options: DiffOptions): Promise<FileDiff> {
  if (options.date !== undefined && !isIsoDate(options.date)) {
    throw new UsageError("bad-date", `--date: expected a date like 2023-05-23, found "${options.date}".`);
  }
  const before = await read(oldPath, options.list);
  const after = await read(newPath, options.list, before);
  if (before.state.list !== after.state.list) {
    throw new UsageError(
      "different-lists",
      `${oldPath} is the ${before.state.list} list, ${newPath} the ${after.state.list} list: expected two files of ` +
        "one list. If the names mislead, say --list sdn or --list consolidated.",
    );
  }
  const date = options.date ?? after.publishDate;
  const record = makeRecord(
    {
      segment: "files",
      origin: "import",
      kind: "publication",
      date,
      dateBasis:
        options.date === undefined ? (after.publishDate === null ? "none" : "publish-date") : "notice",
      sequence: 1,
      window: { after: captureInstant(oldPath) ?? null, notLaterThan: captureInstant(newPath) ?? null },
      ofacPublications: [],
      interpreter: after.interpreter,
      sources: after.sources,
      issues: after.issues,
      before: before.state,
      from: { hash: stateHash(before.state.parties), parties: before.state.parties.size },
      after: after.state,
      set: diffStates(before.state, after.state),
      otherList: null,
      previous: null,
    },
    options.judge,
  );
  return withoutChain(record);
}

/** What a record says of the change alone. */
export function withoutChain(record: LedgerRecord): FileDiff {
  const {
    id: _i,
    segment: _s,
    origin: _o,
    sequence: _q,
    releaseId: _r,
    previous: _p,
    window: _w,
    ...facts
  } = record;
  return facts;
}

function read(path: string, list: ListId | undefined, earlier?: ListReading): Promise<ListReading> {
  return readList([path], {
    list,
    provenance: "third-party capture",
    memory: () => earlier?.memory,
  });
}
