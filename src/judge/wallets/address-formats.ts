import { base58CheckFormats, moneroFormats, solanaFormats, xrpFormats } from "./base58.ts";
import { cashAddressFormats, segwitFormats } from "./bech32.ts";
import { evmFormats } from "./evm.ts";
import { ADDRESS_FORMATS, type AddressFormat } from "./format.ts";

/**
 * The formats an address is valid for, checksum and all; empty for none. Several where spellings coincide: the
 * addresses of Bitcoin, Bitcoin Cash and Bitcoin SV in their old form are one and the same.
 */
export function walletFormats(address: string): AddressFormat[] {
  // No address of any of these formats is longer; untrusted text must not cost more than it can be worth.
  if (address.length < 20 || address.length > 256 || !/^[\x21-\x7e]+$/.test(address)) return [];
  const found = [
    ...base58CheckFormats(address),
    ...segwitFormats(address),
    ...cashAddressFormats(address),
    ...evmFormats(address),
    ...xrpFormats(address),
    ...solanaFormats(address),
    ...moneroFormats(address),
  ];
  return ADDRESS_FORMATS.filter((format) => found.includes(format));
}
