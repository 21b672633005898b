import {
  canonicalJson,
  decodeParty,
  LISTS,
  type ListId,
  type PartyLine,
  type PlannedArtifact,
  type StoredRecord,
  sha256,
} from "../../domain/index.ts";
import {
  hasWalletChanges,
  JUDGE_VERSION,
  type WalletEntry,
  walletChanges,
  walletEntries,
  walletLists,
} from "../../judge/index.ts";
import { jsonBytes } from "../../ledger/index.ts";

/** The current state of a segment. */
export interface CurrentState {
  readonly list: ListId;
  readonly segment: string;
  readonly origin: "live" | "import";
  readonly parties: ReadonlyMap<number, PartyLine>;
}

const TEXT = "text/plain; charset=utf-8";

/**
 * Digital-currency addresses for those who screen them: what each publication changed, everything that is listed
 * now, and plain sorted files per label of OFAC's and per format that the address is valid for.
 */
export function planWallets(
  states: readonly CurrentState[],
  records: readonly StoredRecord[],
): PlannedArtifact[] {
  return [...records.flatMap(planChanges), ...planCurrent(currentWallets(states))];
}

function planChanges({ record, hash }: StoredRecord): PlannedArtifact[] {
  if (record.kind === "baseline" || record.kind === "reinterpretation") return [];
  if (!hasWalletChanges(record.changes)) return [];
  const inputsHash = sha256(canonicalJson(["wallets", 1, JUDGE_VERSION, hash]));
  return [
    {
      path: `api/v1/records/${record.id}.wallets.json`,
      mediaType: "application/json",
      inputsHash,
      render: () =>
        jsonBytes({
          formatVersion: "1.0",
          id: record.id,
          recordHash: hash,
          ...walletChanges(record.changes),
        }),
    },
  ];
}

function planCurrent(entries: readonly WalletEntry[]): PlannedArtifact[] {
  const { byLabel, byFormat } = walletLists(entries);
  const files = [
    ...Object.entries(byLabel).map(([label, addresses]) => plain(`by-label/${fileName(label)}`, addresses)),
    ...Object.entries(byFormat).map(([format, addresses]) =>
      plain(`by-format/${fileName(format)}`, addresses),
    ),
  ];
  const whole = { formatVersion: "1.0", addresses: entries };
  const path = "api/v1/wallets/index.json";
  const inputsHash = sha256(canonicalJson(whole));
  return [{ path, mediaType: "application/json", inputsHash, render: () => jsonBytes(whole) }, ...files];
}

/** One address a line, sorted: the form that consumers of address lists read. */
function plain(name: string, addresses: readonly string[]): PlannedArtifact {
  const bytes = () => new TextEncoder().encode(addresses.map((address) => `${address}\n`).join(""));
  const inputsHash = sha256(canonicalJson(addresses));
  return { path: `api/v1/wallets/${name}.txt`, mediaType: TEXT, inputsHash, render: bytes };
}

/** A label of OFAC's as a file name: what is not a letter, digit or hyphen becomes its code point. */
function fileName(label: string): string {
  return label.replace(/[^A-Za-z0-9-]/gu, (character) => `_${character.codePointAt(0)?.toString(16) ?? ""}_`);
}

/** Addresses listed now: of each list its live segment, else the imported one that reaches furthest. */
function currentWallets(states: readonly CurrentState[]): WalletEntry[] {
  const current = LISTS.flatMap((list) => {
    const own = states.filter((state) => state.list === list);
    return own.find((state) => state.origin === "live") ?? own.at(-1) ?? [];
  });
  const holders = current.flatMap(({ parties }) =>
    [...parties.values()].filter(({ line }) => line.includes('"wallets":')).map(decodeParty),
  );
  return walletEntries(holders);
}
