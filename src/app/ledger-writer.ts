import { type LedgerFiles, type LedgerWriter, openWriter } from "../ledger/index.ts";
import type { Signer } from "./signature.ts";

/**
 * A writer whose files are held against their schemas before they are written, and signed where there is a key.
 * The schemas are loaded here and not before: a command that writes nothing does not wait for them.
 */
export async function openLedger(files: LedgerFiles, signer?: Signer): Promise<LedgerWriter> {
  const { guardShape } = await import("./schema/guard.ts");
  return openWriter(files, { guard: guardShape, ...(signer === undefined ? {} : { sign: signer.sign }) });
}
