import { type LedgerFiles, type LedgerWriter, parseFile, readLog, recover } from "../../ledger/index.ts";
import { openLedger } from "../ledger-writer.ts";
import { type AppPorts, evidenceIn } from "../ports.ts";

/** The writers of a run: one for the chains, one for the evidence, which can be the same. */
export interface Writers {
  readonly chains: LedgerWriter;
  readonly evidence: LedgerWriter;
  /**
   * Chains first: a crash between the two leaves a look unnoted, and the same files are read once more. The other way
   * round the ledger would believe that it has read what it has not.
   */
  commit(): { readonly written: readonly string[]; readonly evidence: readonly string[] };
}

type Folders = Pick<AppPorts, "files" | "evidence" | "signer">;

/** The writers of a run that may have nothing to write: what they check is loaded when they are opened. */
export interface WritersWanted {
  open(): Promise<Writers>;
  /** As that of the writers; nothing where they were not opened. */
  commit(): ReturnType<Writers["commit"]>;
}

export function writersOf(folders: Folders): WritersWanted {
  let opened: Writers | undefined;
  return {
    open: async () => {
      opened ??= await openWriters(folders);
      return opened;
    },
    commit: () => opened?.commit() ?? { written: [], evidence: [] },
  };
}

/** Opens both, after finishing or clearing what a crash left in either. */
async function openWriters(folders: Folders): Promise<Writers> {
  const { files, signer } = folders;
  const chains = await openLedger(files, signer);
  const own = evidenceIn(folders);
  if (own === files) {
    return { chains, evidence: chains, commit: () => ({ written: chains.commit(), evidence: [] }) };
  }
  const evidence = await openLedger(own);
  return {
    chains,
    evidence,
    commit: () => ({ written: chains.commit(), evidence: evidence.commit() }),
  };
}

/**
 * Makes both folders whole. What a ledger kept of its looks before it had a folder for evidence moves over once: lost
 * receipts would only cost a transfer, but removals that wait would wait anew.
 */
export async function recoverFolders(folders: Folders): Promise<void> {
  const { files } = folders;
  recover(files);
  const evidence = evidenceIn(folders);
  if (evidence === files) return;
  recover(evidence);
  const before = readLog(files, "checks");
  if (before.length === 0 || readLog(evidence, "checks").length > 0) return;
  const writer = await openLedger(evidence);
  for (const { path } of before) {
    const bytes = files.read(path);
    if (bytes !== undefined) writer.put("checks", path.slice("checks/".length), parseFile(path, bytes));
  }
  writer.commit();
}

/** Takes out of the ledger what has moved to a folder of its own; rides along with a record, never by itself. */
export function dropMoved(writer: LedgerWriter, files: LedgerFiles, evidence: LedgerFiles): void {
  if (files === evidence) return;
  for (const { path } of readLog(files, "checks")) writer.drop("checks", path.slice("checks/".length));
}
