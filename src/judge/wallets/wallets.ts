import { compareText, type Party, type PartyChange, type Wallet } from "../../domain/index.ts";
import { normaliseWallet } from "../keys/normalise.ts";
import { walletFormats } from "./address-formats.ts";
import type { AddressFormat } from "./format.ts";
import { labelNote } from "./labels.ts";

/** One digital-currency address, whoever holds it and however OFAC labels it. */
export interface WalletEntry {
  /** As OFAC writes it; of several spellings the first in byte order. */
  readonly address: string;
  /** Other spellings of the same address (case, where the format is blind to it). */
  readonly spellings?: readonly string[];
  /** OFAC's labels: its word, not the chain. */
  readonly labels: readonly string[];
  readonly uids: readonly number[];
  /** Formats the address is valid for, checksum and all. */
  readonly formats: readonly AddressFormat[];
  /** Where label and format disagree, or no checksum fits. */
  readonly notes: readonly string[];
}

/** The addresses of some parties: one entry per address, sorted by it. */
export function walletEntries(parties: Iterable<Party>): WalletEntry[] {
  const held = new Map<string, { wallet: Wallet; uid: number }[]>();
  for (const party of parties) {
    for (const wallet of party.wallets ?? []) {
      const id = normaliseWallet(wallet.address);
      const own = held.get(id);
      if (own === undefined) held.set(id, [{ wallet, uid: party.uid }]);
      else own.push({ wallet, uid: party.uid });
    }
  }
  return [...held.values()].map((own) => entry(own)).sort((a, b) => compareText(a.address, b.address));
}

function entry(own: readonly { readonly wallet: Wallet; readonly uid: number }[]): WalletEntry {
  const spellings = sortedTexts(own.map(({ wallet }) => wallet.address));
  const [address = "", ...others] = spellings;
  const labels = sortedTexts(own.map(({ wallet }) => wallet.currency));
  const formats = walletFormats(address);
  return {
    address,
    ...(others.length === 0 ? {} : { spellings: others }),
    labels,
    uids: [...new Set(own.map(({ uid }) => uid))].sort((a, b) => a - b),
    formats,
    notes: labels.flatMap((label) => labelNote(label, formats) ?? []),
  };
}

/** What of a publication is new and what is gone, as entries. */
export interface WalletChanges {
  readonly added: readonly WalletEntry[];
  /** Gone from these parties; another party may still hold it: the re-screen pack tells. */
  readonly removed: readonly WalletEntry[];
}

/** Addresses that came and went in a publication. A mere change of OFAC's id or comment is neither. */
export function walletChanges(changes: readonly PartyChange[]): WalletChanges {
  const { came, went } = moved(changes);
  return { added: walletEntries(came), removed: walletEntries(went) };
}

/** Whether a publication has any such change. What format an address has takes longer to tell. */
export function hasWalletChanges(changes: readonly PartyChange[]): boolean {
  const { came, went } = moved(changes);
  return [...came, ...went].some(({ wallets = [] }) => wallets.length > 0);
}

/** Who came to hold addresses, and who no longer holds them. */
function moved(changes: readonly PartyChange[]): { readonly came: Party[]; readonly went: Party[] } {
  const came: Party[] = [];
  const went: Party[] = [];
  for (const change of changes) {
    if (change.op === "add") came.push(change.after);
    else if (change.op === "remove") went.push(change.before);
    else {
      const old = holder(change.uid, change.type, change.name, change.fields, "before");
      const now = holder(change.uid, change.type, change.name, change.fields, "after");
      came.push(without(now, old));
      went.push(without(old, now));
    }
  }
  return { came, went };
}

function holder(
  uid: number,
  type: string,
  name: string,
  fields: Extract<PartyChange, { op: "modify" }>["fields"],
  side: "before" | "after",
): Party {
  const wallets = fields.flatMap((field) => {
    const value = field.area === "wallet" ? field[side] : undefined;
    return typeof value === "object" ? [value as Wallet] : [];
  });
  return { uid, type, name: { full: name }, blocking: "unknown", wallets };
}

function without(party: Party, other: Party): Party {
  const held = new Set((other.wallets ?? []).map(walletId));
  return { ...party, wallets: (party.wallets ?? []).filter((wallet) => !held.has(walletId(wallet))) };
}

function walletId(wallet: Wallet): string {
  return `${wallet.currency}\n${normaliseWallet(wallet.address)}`;
}

/** The addresses of each label and of each format, sorted; unknown labels stand there by themselves. */
export interface WalletLists {
  readonly byLabel: Readonly<Record<string, readonly string[]>>;
  readonly byFormat: Readonly<Record<string, readonly string[]>>;
}

/** Sorts entries into lists, as consumers of plain address files want them. */
export function walletLists(entries: readonly WalletEntry[]): WalletLists {
  return {
    byLabel: listed(entries, (one) => one.labels),
    byFormat: listed(entries, (one) => (one.formats.length === 0 ? ["unrecognised"] : one.formats)),
  };
}

function listed(entries: readonly WalletEntry[], keysOf: (entry: WalletEntry) => readonly string[]) {
  const lists = new Map<string, string[]>();
  for (const one of entries) {
    for (const key of keysOf(one)) lists.set(key, [...(lists.get(key) ?? []), one.address]);
  }
  return Object.fromEntries(
    [...lists]
      .sort((a, b) => compareText(a[0], b[0]))
      .map(([key, addresses]) => [key, sortedTexts(addresses)]),
  );
}

function sortedTexts(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}
