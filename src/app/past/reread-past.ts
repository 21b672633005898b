import { diffStates } from "../../diff/index.ts";
import { ContentError, type LedgerRecord, type StoredRecord } from "../../domain/index.ts";
import { type ListMemory, type ListReading, readList } from "../look/read-list.ts";
import { publicationOf } from "../look/record.ts";
import type { Progress } from "../progress.ts";
import type { RawStore } from "../raw/store.ts";
import { type ReadOtherwise, readOtherwise } from "./read-otherwise.ts";
import { keptSources } from "./reread.ts";

/** What today's reader makes of the publications whose files are kept. */
export interface PastReading {
  /** Publications that were held against their files and those of the publication before. */
  readonly compared: number;
  /** Publications whose files, or those of the publication before, are not kept or not readable. */
  readonly notCompared: number;
  /** Publications whose files today's reader refuses, and why. */
  readonly refused: readonly { readonly publication: string; readonly why: string }[];
  /** Those of which it says something else than their records. */
  readonly differing: readonly ReadOtherwise[];
}

/**
 * Reads every kept file of a chain again, oldest first, and holds what each publication changed against its record: a
 * newer reader may see a coming or going that an older one missed. A record that a file has unchanged is not read
 * twice.
 * @param records of one chain, newest first
 * @throws IntegrityError naming a kept file that is damaged
 */
export async function rereadPast(
  records: Iterable<StoredRecord>,
  raw: RawStore,
  progress: Progress,
): Promise<PastReading> {
  const all = [...records].map(({ record }) => record).reverse();
  const publications = all.filter(({ kind }) => kind === "baseline" || kind === "publication");
  const waiting = new Set<number>();
  const differing: ReadOtherwise[] = [];
  const refused: { publication: string; why: string }[] = [];
  let [compared, notCompared] = [0, 0];
  let before: ListReading | undefined;
  let memory: ListMemory | undefined;
  for (const [done, record] of publications.entries()) {
    progress.step(done, publications.length, `reading ${record.id} again`);
    const { reading: now, refusal } = await readAgain(record, raw, memory);
    if (refusal !== undefined) refused.push({ publication: record.id, why: refusal });
    else if (record.kind === "baseline") {
      // A baseline changes nothing: it is only what the next publication is compared with.
    } else if (now === undefined || before === undefined) notCompared += 1;
    else {
      compared += 1;
      const corrections = all.filter((one) => one.kind === "correction" && isAbout(one, record));
      const today = diffStates(before.state, now.state);
      const found = readOtherwise({ record, corrections, today, waiting });
      if (found.missed.length + found.unseen.length > 0) differing.push(found);
    }
    before = now;
    memory = now?.memory ?? memory;
  }
  return { compared, notCompared, refused, differing };
}

function isAbout(correction: LedgerRecord, { id }: LedgerRecord): boolean {
  return publicationOf(correction.supersedes ?? "") === id;
}

/** The list in a record's kept files, or why they are no list to today's reader; neither where they are not kept. */
async function readAgain(
  record: LedgerRecord,
  raw: RawStore,
  memory: ListMemory | undefined,
): Promise<{ readonly reading?: ListReading; readonly refusal?: string }> {
  const kept = keptSources(record, raw);
  if (kept === undefined) return {};
  try {
    const reading = await readList(kept, {
      list: record.list,
      provenance: "third-party capture",
      memory: () => memory,
    });
    return { reading };
  } catch (error) {
    if (error instanceof ContentError) return { refusal: error.message };
    throw error;
  }
}
