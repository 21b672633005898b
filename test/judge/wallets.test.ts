import { sha256 } from "@noble/hashes/sha2.js";
import { base58, base58check, bech32, bech32m } from "@scure/base";
import { describe, expect, it } from "vitest";
import { diffStates } from "../../src/diff/index.ts";
import type { Party, Wallet } from "../../src/domain/index.ts";
import {
  ADDRESS_FORMATS,
  type AddressFormat,
  hasWalletChanges,
  walletChanges,
  walletEntries,
  walletFormats,
  walletLists,
} from "../../src/judge/index.ts";
import { stateOf } from "./case.ts";

const hash = Uint8Array.from({ length: 20 }, (_, at) => at + 1);
const key = Uint8Array.from({ length: 32 }, (_, at) => 255 - at);
const checked = (...version: number[]) => base58check(sha256).encode(Uint8Array.from([...version, ...hash]));

/** Addresses of the formats' own specifications, and composed ones where those give none. */
const VALID: readonly (readonly [AddressFormat, string])[] = [
  ["bitcoin-p2pkh", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"],
  ["bitcoin-p2sh", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
  ["bitcoin-segwit", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
  ["bitcoin-segwit", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"],
  ["bitcoin-segwit", bech32.encode("bc", [0, ...bech32.toWords(key)])],
  ["bitcoin-taproot", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"],
  ["bitcoin-gold", checked(0x26)],
  ["bitcoin-cash", "bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"],
  ["bitcoin-cash", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"],
  ["litecoin", checked(0x30)],
  ["litecoin", checked(0x32)],
  ["litecoin-segwit", bech32.encode("ltc", [0, ...bech32.toWords(hash)])],
  ["litecoin-segwit", bech32m.encode("ltc", [1, ...bech32m.toWords(key)])],
  ["dogecoin", checked(0x1e)],
  ["verge", checked(0x1e)],
  ["dash", checked(0x4c)],
  ["zcash-transparent", checked(0x1c, 0xb8)],
  [
    "zcash-shielded",
    bech32.encode("zs", bech32.toWords(Uint8Array.from({ length: 43 }, (_, at) => at)), 128),
  ],
  ["evm", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"],
  ["evm", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359"],
  ["evm-without-checksum", "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"],
  ["tron", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"],
  ["xrp", "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh"],
  ["xrp-x-address", "X7AcgcsBL6XDcUb289X4mJ8djcdyKaB5hJDWMArnXr61cqZ"],
  ["solana", "So11111111111111111111111111111111111111112"],
  ["solana", base58.encode(key)],
  [
    "monero",
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A",
  ],
  ["binance-chain", bech32.encode("bnb", bech32.toWords(hash))],
];

describe("address formats", () => {
  it("are each recognised by a valid address", () => {
    for (const [format, address] of VALID) expect(walletFormats(address), address).toContain(format);
    expect(new Set(VALID.map(([format]) => format))).toEqual(new Set(ADDRESS_FORMATS));
  });

  it("are not mixed up: only spellings that coincide have two", () => {
    const several = VALID.filter(([, address]) => walletFormats(address).length > 1).map(
      ([format]) => format,
    );
    expect(several).toEqual(["dogecoin", "verge"]);
  });

  // A Solana address and an address in one case have no checksum: any other letter makes another address.
  const guarded = VALID.filter(([format]) => format !== "solana" && format !== "evm-without-checksum");
  it.each(guarded)("notice any wrong letter in a %s address: %s", (format, address) => {
    const alphabet = format === "evm" ? "0123456789abcdef" : "023456789acdefghjkmnpqrstuvwxyz";
    for (let at = address.indexOf(":") + 1; at < address.length; at++) {
      const old = address[at] ?? "";
      const letter = [...alphabet].find((one) => one.toLowerCase() !== old.toLowerCase()) ?? "2";
      const wrong = address.slice(0, at) + letter + address.slice(at + 1);
      const formats = walletFormats(wrong).filter(
        (one) => one !== "solana" && one !== "evm-without-checksum",
      );
      // All in one case by chance of the change is no EIP-55 address either; X and r decide over XRP's formats.
      expect(formats, `${wrong} at ${at}`).toEqual([]);
    }
  });

  it("need the whole address and nothing but it", () => {
    for (const [, address] of VALID) {
      expect(walletFormats(address.slice(0, -1)).filter((one) => one !== "solana")).toEqual([]);
      expect(walletFormats(`${address} `)).toEqual([]);
      expect(walletFormats(` ${address}`)).toEqual([]);
    }
    for (const text of ["", "0x", "bc1", "1".repeat(5000), "\u0000".repeat(34), "адрес".repeat(8)]) {
      expect(walletFormats(text)).toEqual([]);
    }
  });
});

const party = (uid: number, ...wallets: Wallet[]): Party => ({
  uid,
  type: "entity",
  name: { full: `COMPOSED ${uid}` },
  blocking: "yes",
  wallets,
});
const EVM = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
const TRON = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t";

describe("wallet entries", () => {
  it("are one per address, with every label, spelling and holder", () => {
    const entries = walletEntries([
      party(2, { currency: "USDT", address: EVM.toLowerCase() }),
      party(1, { currency: "ETH", address: EVM }, { currency: "USDC", address: EVM }),
    ]);
    expect(entries).toEqual([
      {
        address: EVM,
        spellings: [EVM.toLowerCase()],
        labels: ["ETH", "USDC", "USDT"],
        uids: [1, 2],
        formats: ["evm"],
        notes: [],
      },
    ]);
  });

  it("keep addresses that differ in case apart where the format tells them apart", () => {
    expect(
      walletEntries([
        party(1, { currency: "TRX", address: TRON }, { currency: "TRX", address: TRON.toLowerCase() }),
      ]),
    ).toHaveLength(2);
  });

  it.each([
    ["XBT", TRON, "XBT: the address has the format tron, which this label does not use"],
    ["XBT", `${TRON}x`, "XBT: the address is of no format known here, or its checksum fails"],
    ["COMPOSEDCOIN", EVM, "COMPOSEDCOIN: a label no table of ours knows"],
  ])("say what is odd about %s %s", (currency, address, note) => {
    expect(walletEntries([party(1, { currency, address })])[0]?.notes).toEqual([note]);
  });

  it("sort into lists by label and by format, unknown ones by themselves", () => {
    const entries = walletEntries([
      party(1, { currency: "USDT", address: TRON }, { currency: "ETH", address: EVM }),
      party(2, { currency: "COMPOSEDCOIN", address: "composed-address-of-no-format" }),
    ]);
    expect(walletLists(entries)).toEqual({
      byLabel: { COMPOSEDCOIN: ["composed-address-of-no-format"], ETH: [EVM], USDT: [TRON] },
      byFormat: { evm: [EVM], tron: [TRON], unrecognised: ["composed-address-of-no-format"] },
    });
  });
});

describe("wallets of a publication", () => {
  const changesOf = (before: Party[], after: Party[]) => {
    const { changes } = diffStates(stateOf("sdn", before, {}), stateOf("sdn", after, {}));
    const found = walletChanges(changes);
    expect(hasWalletChanges(changes)).toBe(found.added.length + found.removed.length > 0);
    return found;
  };
  const addresses = (entries: readonly { readonly address: string }[]) =>
    entries.map((entry) => entry.address);

  it("are those that came and went, with their parties or alone", () => {
    const { added, removed } = changesOf(
      [party(1, { currency: "ETH", address: EVM }), party(2, { currency: "TRX", address: TRON })],
      [party(1, { currency: "TRX", address: TRON }), party(3, { currency: "ETH", address: EVM })],
    );
    expect(addresses(added)).toEqual([EVM, TRON]);
    expect(addresses(removed)).toEqual([EVM, TRON]);
    expect(added.map((entry) => entry.uids)).toEqual([[3], [1]]);
  });

  it("are none when only OFAC's id, a comment or the case of an EVM address changed", () => {
    const { added, removed } = changesOf(
      [party(1, { uid: 7, currency: "ETH", address: EVM })],
      [party(1, { uid: 8, currency: "ETH", address: EVM.toLowerCase(), comments: "composed" })],
    );
    expect([added, removed]).toEqual([[], []]);
  });

  it("are told again under a new label", () => {
    const { added, removed } = changesOf(
      [party(1, { uid: 7, currency: "XBT", address: TRON })],
      [party(1, { uid: 7, currency: "TRX", address: TRON })],
    );
    expect(added).toMatchObject([{ address: TRON, labels: ["TRX"] }]);
    expect(removed).toMatchObject([{ address: TRON, labels: ["XBT"] }]);
  });
});
