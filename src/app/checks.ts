import { type Hash, type Instant, LISTS, type ListId, type Receipt } from "../domain/index.ts";
import { type LedgerFiles, type LedgerWriter, parseFile } from "../ledger/index.ts";
import type { SourceHealth } from "../sources/index.ts";

/** What we know of a list's source: committed on a change of state, and at most four times a day. */
export interface ListCheck {
  readonly formatVersion: string;
  readonly list: ListId;
  /** When this was written. */
  readonly at: Instant;
  readonly health: SourceHealth;
  /** Of the documents that the head's state was last compared with. */
  readonly receipts: readonly Receipt[];
}

/** Removals that wait for confirmation. */
export interface HeldRemovals {
  readonly formatVersion: string;
  readonly list: ListId;
  /** The file that no longer holds them. */
  readonly source: Hash;
  /** First seen missing. */
  readonly since: Instant;
  readonly uids: readonly number[];
  readonly reason: string;
}

const QUARTER_DAY_MS = 6 * 3_600_000;

export function checkName(list: ListId): string {
  return `${list}.json`;
}

export function heldName(list: ListId): string {
  return `held-${list}.json`;
}

/** The last committed check of a list. */
export function readCheck(files: LedgerFiles, list: ListId): ListCheck | undefined {
  return readIfAny<ListCheck>(files, `checks/${checkName(list)}`);
}

/** Removals of a list that wait. */
export function readHeld(files: LedgerFiles, list: ListId): HeldRemovals | undefined {
  return readIfAny<HeldRemovals>(files, `checks/${heldName(list)}`);
}

/** All removals that wait. */
export function allHeld(files: LedgerFiles): HeldRemovals[] {
  return LISTS.flatMap((list) => {
    const held = readHeld(files, list);
    return held === undefined ? [] : [held];
  });
}

function readIfAny<T>(files: LedgerFiles, path: string): T | undefined {
  const bytes = files.read(path);
  return bytes === undefined ? undefined : parseFile<T>(path, bytes);
}

/** Puts a check when the source's state changed, when something was recorded, or when the last is old. */
export function putCheck(
  writer: LedgerWriter,
  before: ListCheck | undefined,
  check: ListCheck,
  recorded: boolean,
): void {
  const changed = before === undefined || before.health.state !== check.health.state || recorded;
  const old = before !== undefined && Date.parse(check.at) - Date.parse(before.at) >= QUARTER_DAY_MS;
  if (changed || old) writer.put("checks", checkName(check.list), check);
}
