import {
  type Head,
  type LedgerRecord,
  LISTS,
  type ListId,
  type ListState,
  type Profile,
  UsageError,
} from "../../domain/index.ts";
import { chain, type LedgerFiles, readHead, readState } from "../../ledger/index.ts";
import { type AppPorts, evidenceIn } from "../ports.ts";
import { type HeldRemovals, readCheck, readHeld, type SourceCheck } from "./checks.ts";

/** The segment that follows OFAC. */
export const LIVE = "live";

/** The richest of OFAC's files, and a few MB zipped (ofac-formats §3.9). */
const DEFAULT_PROFILE: Profile = "enhanced";

/** Where a list stands in the ledger before a look. */
export interface Standing {
  readonly list: ListId;
  readonly profile: Profile;
  readonly head: Head | undefined;
  /**
   * The newest record of a publication (or the baseline): a revision after it has a day of its own, covers nothing of
   * OFAC's, and says nothing of how far the chain has come.
   */
  readonly newest: LedgerRecord | undefined;
  readonly check: SourceCheck | undefined;
  readonly held: HeldRemovals | undefined;
}

/**
 * Where each watched list stands.
 * @throws UsageError `profile-mismatch` when the settings ask for another profile than a chain has
 */
export function standings(ports: Pick<AppPorts, "files" | "evidence" | "config">): Standing[] {
  const { files, config } = ports;
  const evidence = evidenceIn(ports);
  const lists = config.lists ?? LISTS;
  const heads = new Map(lists.map((list) => [list, readHead(files, { list, segment: LIVE })]));
  const begun = [...heads.values()].find((head) => head !== undefined)?.profile;
  return lists.map((list) => {
    const head = heads.get(list);
    if (head !== undefined && config.profile !== undefined && config.profile !== head.profile) {
      throw new UsageError(
        "profile-mismatch",
        `${list}/${LIVE}: expected the profile of its chain, ${head.profile}, found "profile": ` +
          `"${config.profile}" in the settings. A chain is read from one kind of file, or changes of format would ` +
          `pass for changes of the list. Set "profile": "${head.profile}" (or leave it out), or begin another ` +
          "ledger with --ledger.",
      );
    }
    return {
      list,
      profile: head?.profile ?? config.profile ?? begun ?? DEFAULT_PROFILE,
      head,
      newest: head === undefined ? undefined : newestPublication(files, head),
      check: checkOf(evidence, list, head),
      held: readHeld(evidence, list),
    };
  });
}

/** The newest record of a chain that was read from a publication of OFAC's as it came. */
export function newestPublication(files: LedgerFiles, head: Head): LedgerRecord {
  for (const { record } of chain(files, head)) {
    if (record.kind === "publication" || record.kind === "baseline") return record;
  }
  throw new Error(`${head.list}/${head.segment} has no baseline`);
}

/** Records of a list's chain, newest first; none before its baseline. */
export function* recordsOf(files: LedgerFiles, { head }: Pick<Standing, "head">): Generator<LedgerRecord> {
  if (head === undefined) return;
  for (const { record } of chain(files, head)) yield record;
}

/**
 * The check of a list. Evidence can lie on a branch of its own and be ahead of the chain, where a run could push the
 * one and not the other: then its receipts would answer "not modified" for a publication that was never recorded.
 */
function checkOf(evidence: LedgerFiles, list: ListId, head: Head | undefined): SourceCheck | undefined {
  const check = readCheck(evidence, list);
  if (check?.chain === undefined || check.chain === head?.hash) return check;
  return { ...check, receipts: [] };
}

/**
 * The list as the ledger has it; null before its baseline. Read only when something has to be compared with it.
 * @param beside the list as it was read just now, for what both have in common
 */
export function standingState(
  files: LedgerFiles,
  standing: Pick<Standing, "head">,
  beside?: ListState,
): ListState | null {
  return standing.head === undefined ? null : readState(files, standing.head, beside?.parties);
}
