import { createSigner, type Signer } from "../app/index.ts";

/** The operator's signing key, where there is one: the environment is the only place for it. */
export function signing(): { readonly signer?: Signer } {
  const key = process.env["OFAC_LEDGER_SIGNING_KEY"];
  return key === undefined || key.trim() === "" ? {} : { signer: createSigner(key) };
}
