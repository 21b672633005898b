import { createHash } from "node:crypto";
import { canonicalJson, type Hash, sha256Hex } from "./canonical.ts";
import type { Coverage, Profile } from "./coverage.ts";
import type { ListId } from "./list.ts";
import type { Party } from "./party.ts";

/** One party as it is kept: its canonical JSON (no line end) and that text's SHA-256. */
export interface PartyLine {
  readonly uid: number;
  readonly line: string;
  /** Lower-case hex. */
  readonly digest: string;
}

/** All parties of a list at one publication. */
export interface ListState {
  readonly list: ListId;
  readonly profile: Profile;
  readonly coverage: Coverage;
  /** By uid, in ascending order. */
  readonly parties: ReadonlyMap<number, PartyLine>;
}

/** The canonical line of a party. */
export function partyLine(party: Party): PartyLine {
  const line = canonicalJson(party);
  return { uid: party.uid, line, digest: sha256Hex(line) };
}

/** The party in a line. Lines are only ever made by `partyLine`, or checked against a hash before use. */
export function decodeParty(line: PartyLine): Party {
  return JSON.parse(line.line) as Party;
}

/** The lines as a state's map; they may come in any order, uids must be unique. */
export function partyMap(lines: Iterable<PartyLine>): Map<number, PartyLine> {
  const sorted = [...lines].sort((a, b) => a.uid - b.uid);
  const parties = new Map(sorted.map((line) => [line.uid, line]));
  if (parties.size !== sorted.length) throw new Error("two parties of a state have the same uid");
  return parties;
}

/**
 * The state hash: SHA-256 over the lines `<uid> <sha-256 hex of the party's RFC 8785 bytes>\n` in ascending
 * uid order. Only uids and digests are needed, so a chain can be verified without its parties.
 */
export function stateHash(parties: ReadonlyMap<number, Pick<PartyLine, "digest">>): Hash {
  const hash = createHash("sha256");
  let chunk = "";
  for (const uid of ascending(parties.keys())) {
    chunk += `${uid} ${parties.get(uid)?.digest ?? ""}\n`;
    if (chunk.length > 65_536) {
      hash.update(chunk);
      chunk = "";
    }
  }
  return `sha256:${hash.update(chunk).digest("hex")}`;
}

function ascending(uids: Iterable<number>): number[] {
  const list = [...uids];
  return list.every((uid, i) => i === 0 || uid > (list[i - 1] ?? 0)) ? list : list.sort((a, b) => a - b);
}

/** Parties by type, e.g. `{ entity: 4, individual: 1 }`; types with none are left out. */
export type TypeCounts = Readonly<Record<string, number>>;

/** How many of each type. */
export function countTypes(types: Iterable<string>): TypeCounts {
  const counts: Record<string, number> = {};
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}
