import {
  EXIT,
  type ExitCode,
  type Instant,
  LedgerError,
  LISTS,
  type ListId,
  worstExit,
} from "../domain/index.ts";
import { mayLook, peekList } from "../sources/index.ts";
import { readCheck } from "./checks.ts";
import type { AppPorts } from "./ports.ts";

/** What a source answered to the question whether there is something new. */
export interface CheckOutcome {
  readonly list: ListId;
  /** `changed`: the bytes are others than those last read, so it is worth a look. */
  readonly answer: "changed" | "nothing new" | "not asked" | "no answer";
  readonly detail: string;
  readonly publicationId: string | null;
  readonly lastModified: string | null;
  readonly error?: LedgerError;
}

export interface CheckReport {
  readonly at: Instant;
  readonly lists: readonly CheckOutcome[];
  readonly exitCode: ExitCode;
}

/** The head of a file holds its date and number of records. */
const PEEK_BYTES = 1024;

/** Asks each source, without downloading a list and without writing anything. */
export async function check(ports: AppPorts): Promise<CheckReport> {
  const lists: CheckOutcome[] = [];
  for (const list of ports.config.lists ?? LISTS) lists.push(await checkList(list, ports));
  const exitCode = worstExit(lists.map((one) => one.error?.exitCode ?? EXIT.done));
  return { at: ports.now, lists, exitCode };
}

async function checkList(list: ListId, ports: AppPorts): Promise<CheckOutcome> {
  const known = readCheck(ports.files, list);
  const silent = { list, publicationId: null, lastModified: null };
  if (known !== undefined && !mayLook(known.health, ports.now)) {
    return { ...silent, answer: "not asked", detail: `before ${known.health.nextLook ?? "later"}` };
  }
  try {
    const peek = await peekList(
      {
        list,
        profile: ports.config.profile ?? "legacy",
        ...(known === undefined ? {} : { previous: known.receipts }),
      },
      PEEK_BYTES,
      ports.fetcher,
      ports.settings,
    );
    if (peek === "not-modified") return { ...silent, answer: "nothing new", detail: "not modified" };
    const { publicationId, lastModified, etag } = peek.seen;
    const seen = { list, publicationId, lastModified };
    const last = known?.receipts[0];
    if (last !== undefined && etag !== null && etag === last.etag) {
      return { ...seen, answer: "nothing new", detail: "the same bytes" };
    }
    return {
      ...seen,
      answer: "changed",
      detail: last === undefined ? "never read yet" : "other bytes than last time",
    };
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return { ...silent, answer: "no answer", detail: error.code, error };
  }
}
