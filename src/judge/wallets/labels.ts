import type { AddressFormat } from "./format.ts";

const EVM: readonly AddressFormat[] = ["evm", "evm-without-checksum"];
const BITCOIN: readonly AddressFormat[] = [
  "bitcoin-p2pkh",
  "bitcoin-p2sh",
  "bitcoin-segwit",
  "bitcoin-taproot",
];
/** Forks that kept Bitcoin's old spelling. */
const BITCOIN_OLD: readonly AddressFormat[] = ["bitcoin-p2pkh", "bitcoin-p2sh"];
/** Stablecoins are issued on several chains; OFAC's label names the coin. */
const TOKEN: readonly AddressFormat[] = [...EVM, "tron", "solana"];
/** The first USDT lived on Bitcoin (Omni Layer), under addresses of the old form. */
const OMNI: readonly AddressFormat[] = [...TOKEN, ...BITCOIN_OLD];

/** The formats an address under OFAC's label can have, as far as the label tells. */
const EXPECTED: Readonly<Record<string, readonly AddressFormat[]>> = {
  XBT: BITCOIN,
  BTC: BITCOIN,
  BCH: [...BITCOIN_OLD, "bitcoin-cash"],
  BSV: BITCOIN_OLD,
  BTG: ["bitcoin-gold"],
  LTC: ["litecoin", "litecoin-segwit", "bitcoin-p2sh"],
  DOGE: ["dogecoin"],
  XVG: ["verge"],
  DASH: ["dash"],
  ZEC: ["zcash-transparent", "zcash-shielded"],
  ETH: EVM,
  ETC: EVM,
  ARB: EVM,
  BSC: EVM,
  BNB: [...EVM, "binance-chain"],
  USDT: OMNI,
  USDC: TOKEN,
  TRX: ["tron"],
  XRP: ["xrp", "xrp-x-address"],
  SOL: ["solana"],
  XMR: ["monero"],
};

/**
 * What is odd about an address under a label; undefined where nothing is. OFAC's data is recorded as it is and
 * annotated: an invalid address and one filed under another coin's label have both been published.
 */
export function labelNote(label: string, formats: readonly AddressFormat[]): string | undefined {
  if (formats.length === 0) {
    return `${label}: the address is of no format known here, or its checksum fails`;
  }
  const expected = EXPECTED[label];
  if (expected === undefined) return `${label}: a label no table of ours knows`;
  if (expected.some((format) => formats.includes(format))) return undefined;
  return `${label}: the address has the format ${formats.join(" or ")}, which this label does not use`;
}
