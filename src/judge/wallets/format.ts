/**
 * Formats a digital-currency address can be valid for. A format is a spelling with a checksum or a fixed
 * length, not a chain: one spelling serves several chains, and the same key may be used on all of them.
 */
export type AddressFormat =
  | "bitcoin-p2pkh"
  | "bitcoin-p2sh"
  | "bitcoin-segwit"
  | "bitcoin-taproot"
  | "bitcoin-gold"
  | "bitcoin-cash"
  | "litecoin"
  | "litecoin-segwit"
  | "dogecoin"
  | "verge"
  | "dash"
  | "zcash-transparent"
  | "zcash-shielded"
  | "evm"
  | "evm-without-checksum"
  | "tron"
  | "xrp"
  | "xrp-x-address"
  | "solana"
  | "monero"
  | "binance-chain";

export const ADDRESS_FORMATS: readonly AddressFormat[] = [
  "bitcoin-p2pkh",
  "bitcoin-p2sh",
  "bitcoin-segwit",
  "bitcoin-taproot",
  "bitcoin-gold",
  "bitcoin-cash",
  "litecoin",
  "litecoin-segwit",
  "dogecoin",
  "verge",
  "dash",
  "zcash-transparent",
  "zcash-shielded",
  "evm",
  "evm-without-checksum",
  "tron",
  "xrp",
  "xrp-x-address",
  "solana",
  "monero",
  "binance-chain",
];

/** The value, or undefined when a decoder refuses the text: not being of a format is no error here. */
export function decoded<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
