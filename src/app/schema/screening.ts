import Type from "typebox";
import type * as Domain from "../../domain/index.ts";
import {
  ADDRESS_FORMATS,
  type AddressFormat,
  type RescreenPack,
  type WalletChanges,
  type WalletEntry,
} from "../../judge/index.ts";
import { area, describes, formatVersion, hash, list, nullable, some, text, texts, uid } from "./words.ts";

const uids = (description: string) => Type.Array(uid("A party."), { description });
const partyMembers = { uid: uid("The party."), type: text("Its type."), name: text("Its name.") };

const keyMembers = {
  ...partyMembers,
  space: Type.Enum(
    [
      ...([
        "name",
        "document",
        "imo",
        "mmsi",
        "call-sign",
        "tail-number",
        "msn",
        "mode-s",
        "wallet",
      ] as const),
      ...(["swift-bic", "lei", "isin", "ticker", "identifier", "website", "email", "phone"] as const),
    ],
    { description: "What kind of key it is." },
  ),
  label: text("`primary`, the alias type, the document type, OFAC's currency label, …"),
  raw: text("As OFAC writes it."),
  normalised: text("As it is matched."),
  weak: Type.Boolean({ description: "Only of a weak alias: OFAC does not expect screening on it." }),
};

const head = {
  formatVersion,
  id: text("The record's id."),
  recordHash: hash("Of the record's bytes."),
};

/** What a re-screen pack file holds: the pack, and which record it is of. */
export interface RescreenFile extends RescreenPack {
  readonly formatVersion: string;
  readonly id: string;
  readonly recordHash: Domain.Hash;
}

export const Rescreen = describes<RescreenFile>()(
  "Rescreen",
  "What a screening team has to run again after a publication, and no more.",
  Type.Object({
    ...head,
    list: list(),
    keys: Type.Array(
      Type.Object({
        ...keyMembers,
        why: text("The rule that made it worth a run."),
        was: some(text("What stood in its place before.")),
        knownFrom: some(uids("Other records that hold or held the key.")),
      }),
      { description: "New or changed match keys." },
    ),
    removed: Type.Array(
      Type.Object({
        ...keyMembers,
        why: text("The rule."),
        stillListedUnder: uids("Who still has it; only when empty nobody has it any more."),
      }),
      { description: "Keys that a party lost." },
    ),
    discriminators: Type.Array(
      Type.Object({
        ...partyMembers,
        area: area(),
        action: Type.Enum(["add", "remove", "change"]),
        label: text(),
        before: nullable(text(), "Null on add."),
        after: nullable(text(), "Null on remove."),
        why: text("The rule."),
      }),
      { description: "Facts that tell namesakes apart: look again at hits that were cleared by them." },
    ),
    unknown: Type.Array(
      Type.Object({ ...keyMembers, sight: Type.Enum(["appeared", "disappeared"]), detail: text() }),
      {
        description:
          "Keys that came into sight or went out of it at a cut: neither new nor removed for certain.",
      },
    ),
    notCovered: Type.Array(
      Type.Object({
        area: Type.Union([area(), Type.Literal("other-list")]),
        level: Type.Enum(["complete", "truncated", "absent"]),
        note: text(),
      }),
      { description: "What the source could not show." },
    ),
  }),
);

const Wallet = describes<WalletEntry>()(
  "WalletAddress",
  "One digital-currency address with all its labels and parties.",
  Type.Object({
    address: text(),
    spellings: some(texts("Other spellings of the same address.")),
    labels: texts("OFAC's labels: what OFAC wrote, not the chain."),
    uids: uids("Who has it."),
    formats: Type.Array(Type.Unsafe<AddressFormat>(Type.Enum([...ADDRESS_FORMATS])), {
      description: "Formats the address is valid for.",
    }),
    notes: texts("Where label and format disagree, or a checksum fails."),
  }),
);

export const Wallets = describes<{
  readonly formatVersion: string;
  readonly addresses: readonly WalletEntry[];
}>()(
  "Wallets",
  "Every digital-currency address that is listed now.",
  Type.Object({ formatVersion, addresses: Type.Array(Wallet) }),
);

/** What a publication changed in addresses, and which record it is of. */
export interface WalletChangesFile extends WalletChanges {
  readonly formatVersion: string;
  readonly id: string;
  readonly recordHash: Domain.Hash;
}

export const WalletChangesSchema = describes<WalletChangesFile>()(
  "WalletChanges",
  "What a publication changed in digital-currency addresses.",
  Type.Object({ ...head, added: Type.Array(Wallet), removed: Type.Array(Wallet) }),
);
