import type { Head, LedgerRecord } from "../domain/index.ts";
import type { FormerParty } from "../judge/index.ts";
import { chain, type LedgerFiles } from "../ledger/index.ts";

/** Parties that a record took off its list. */
export function removedBy(record: LedgerRecord): FormerParty[] {
  return record.changes.flatMap((change) =>
    change.op === "remove" ? [{ publication: record.id, party: change.before }] : [],
  );
}

/** Everybody who once left the list of this chain, so that one who comes back is told as a re-listing. */
export function formerParties(files: LedgerFiles, head: Head | undefined): FormerParty[] {
  if (head === undefined) return [];
  return [...chain(files, head)].reverse().flatMap(({ record }) => removedBy(record));
}
