import { bech32, bech32m } from "@scure/base";
import { type AddressFormat, decoded } from "./format.ts";

/** BIP 173 and BIP 350: version 0 by Bech32, later ones by Bech32m; Zcash Sapling addresses are 43 bytes. */
export function segwitFormats(address: string): AddressFormat[] {
  const [v0, later] = [
    decoded(() => bech32.decode(lax(address), 128)),
    decoded(() => bech32m.decode(lax(address), 128)),
  ];
  if (v0 !== undefined) {
    const [version, ...data] = v0.words;
    const all = decoded(() => bech32.fromWords(v0.words));
    const program = decoded(() => bech32.fromWords(data));
    const witness = version === 0 && (program?.length === 20 || program?.length === 32);
    if (v0.prefix === "bc" && witness) return ["bitcoin-segwit"];
    if (v0.prefix === "ltc" && witness) return ["litecoin-segwit"];
    if (v0.prefix === "zs" && all?.length === 43) return ["zcash-shielded"];
    if (v0.prefix === "bnb" && all?.length === 20) return ["binance-chain"];
  }
  if (later !== undefined) {
    const [version, ...data] = later.words;
    const program = decoded(() => bech32m.fromWords(data));
    if (version === 1 && program?.length === 32) {
      if (later.prefix === "bc") return ["bitcoin-taproot"];
      if (later.prefix === "ltc") return ["litecoin-segwit"];
    }
  }
  return [];
}

/** The type the decoders want; they check the separator themselves. */
function lax(address: string): `${string}1${string}` {
  return address as `${string}1${string}`;
}

const CASH_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const CASH_GENERATORS = [0x98f2bc8e61n, 0x79b76d99e2n, 0xf33e5fb3c4n, 0xae2eabe2a8n, 0x1e4f43e470n];

/** CashAddr (Bitcoin Cash): a 40-bit BCH code over prefix and payload; the prefix may be left out. */
export function cashAddressFormats(address: string): AddressFormat[] {
  const text = address === address.toUpperCase() ? address.toLowerCase() : address;
  const [prefix, payload] = text.includes(":") ? text.split(":", 2) : ["bitcoincash", text];
  if (prefix !== "bitcoincash" || payload === undefined || !/^[qp][02-9ac-hj-np-z]{41}$/.test(payload))
    return [];
  const words = [...payload].map((letter) => CASH_ALPHABET.indexOf(letter));
  const head = [...prefix].map((letter) => letter.charCodeAt(0) & 31);
  return cashPolymod([...head, 0, ...words]) === 0n ? ["bitcoin-cash"] : [];
}

function cashPolymod(values: readonly number[]): bigint {
  let sum = 1n;
  for (const value of values) {
    const top = sum >> 35n;
    sum = ((sum & 0x07ffffffffn) << 5n) ^ BigInt(value);
    CASH_GENERATORS.forEach((generator, bit) => {
      if (((top >> BigInt(bit)) & 1n) === 1n) sum ^= generator;
    });
  }
  return sum ^ 1n;
}
