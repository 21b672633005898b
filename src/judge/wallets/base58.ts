import { sha256 } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { base58, base58check, base58xmr, base58xrp } from "@scure/base";
import { type AddressFormat, decoded } from "./format.ts";

/** Version bytes and payload lengths of Base58Check addresses, as the chains' own parameters have them. */
const BASE58_VERSIONS: readonly (readonly [version: readonly number[], format: AddressFormat])[] = [
  [[0x00], "bitcoin-p2pkh"],
  [[0x05], "bitcoin-p2sh"],
  [[0x26], "bitcoin-gold"],
  [[0x17], "bitcoin-gold"],
  [[0x30], "litecoin"],
  [[0x32], "litecoin"],
  [[0x1e], "dogecoin"],
  [[0x16], "dogecoin"],
  [[0x1e], "verge"],
  [[0x21], "verge"],
  [[0x4c], "dash"],
  [[0x10], "dash"],
  [[0x1c, 0xb8], "zcash-transparent"],
  [[0x1c, 0xbd], "zcash-transparent"],
  [[0x41], "tron"],
];

const HASH160 = 20;
const checked = base58check(sha256);

export function base58CheckFormats(address: string): AddressFormat[] {
  const bytes = decoded(() => checked.decode(address));
  if (bytes === undefined) return [];
  return BASE58_VERSIONS.filter(
    ([version]) =>
      bytes.length === version.length + HASH160 && version.every((byte, at) => bytes[at] === byte),
  ).map(([, format]) => format);
}

const xrpChecked = { decode: (text: string) => verified(base58xrp.decode(text)) };

/** XRP Ledger: Base58 with its own alphabet; X-addresses (XLS-5) carry a tag. */
export function xrpFormats(address: string): AddressFormat[] {
  const bytes = decoded(() => xrpChecked.decode(address));
  if (bytes === undefined) return [];
  if (bytes.length === 1 + HASH160 && bytes[0] === 0) return ["xrp"];
  return bytes.length === 31 && bytes[0] === 0x05 && bytes[1] === 0x44 ? ["xrp-x-address"] : [];
}

/** Payload of Base58Check bytes: the last four are the beginning of the double SHA-256 of the rest. */
function verified(bytes: Uint8Array): Uint8Array {
  const payload = bytes.subarray(0, -4);
  const digest = sha256(sha256(payload));
  if (bytes.length < 5 || !bytes.subarray(-4).every((byte, at) => byte === digest[at]))
    throw new Error("checksum");
  return payload;
}

/** A Solana address is a bare 32-byte key: there is no checksum to fail. */
export function solanaFormats(address: string): AddressFormat[] {
  if (address.length < 32 || address.length > 44) return [];
  return decoded(() => base58.decode(address))?.length === 32 ? ["solana"] : [];
}

/** Network bytes of Monero's main net: standard, integrated, subaddress. */
const MONERO_LENGTHS: Readonly<Record<number, number>> = { 18: 69, 19: 77, 42: 69 };

/** Monero: Base58 in blocks, the last four bytes the beginning of the Keccak-256 of the rest. */
export function moneroFormats(address: string): AddressFormat[] {
  if (address.length !== 95 && address.length !== 106) return [];
  const bytes = decoded(() => base58xmr.decode(address));
  if (bytes === undefined || MONERO_LENGTHS[bytes[0] ?? -1] !== bytes.length) return [];
  const digest = keccak_256(bytes.subarray(0, -4));
  return bytes.subarray(-4).every((byte, at) => byte === digest[at]) ? ["monero"] : [];
}
