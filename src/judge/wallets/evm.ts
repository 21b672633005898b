import { keccak_256 } from "@noble/hashes/sha3.js";
import type { AddressFormat } from "./format.ts";

/** EIP-55: the case of the letters is the checksum; all in one case has none. */
export function evmFormats(address: string): AddressFormat[] {
  const hex = /^0x([0-9a-fA-F]{40})$/.exec(address)?.[1];
  if (hex === undefined) return [];
  const lower = hex.toLowerCase();
  if (hex === lower || hex === hex.toUpperCase())
    return /[a-f]/.test(lower) ? ["evm-without-checksum"] : ["evm"];
  const digest = keccak_256(new TextEncoder().encode(lower));
  const right = [...lower].every((letter, at) => {
    const nibble = ((digest[at >> 1] ?? 0) >> (at % 2 === 0 ? 4 : 0)) & 15;
    return hex[at] === (nibble >= 8 ? letter.toUpperCase() : letter);
  });
  return right ? ["evm"] : [];
}
