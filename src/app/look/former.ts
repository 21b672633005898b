import { canonicalJson, type Hash, type Head, type LedgerRecord, sha256Hex } from "../../domain/index.ts";
import type { FormerParty } from "../../judge/index.ts";
import { chain, type LedgerFiles } from "../../ledger/index.ts";

/** Parties that a record took off its list. */
export function removedBy(record: LedgerRecord): FormerParty[] {
  return record.changes.flatMap((change) =>
    change.op === "remove" ? [{ publication: record.id, party: change.before }] : [],
  );
}

/**
 * Everybody who once left the list of this chain, oldest first, so that one who comes back is told as a re-listing.
 * @param cache a folder that may be thrown away: what was found up to a record holds for every chain that this record
 * is in, as its hash stands for all records before it; only those after it are read again
 */
export function formerParties(
  files: LedgerFiles,
  head: Head | undefined,
  cache?: LedgerFiles,
): readonly FormerParty[] {
  if (head === undefined) return [];
  const path = `former/${head.list}-${head.segment}.ndjson`;
  const known = readKnown(cache?.read(path));
  const later: FormerParty[][] = [];
  let earlier: readonly FormerParty[] = [];
  for (const { record, hash } of chain(files, head)) {
    if (hash === known?.upTo) {
      earlier = known.former;
      break;
    }
    later.push(removedBy(record));
  }
  const former = [...earlier, ...later.reverse().flat()];
  if (later.length > 0) cache?.write(path, writeKnown({ upTo: head.hash, former }));
  return former;
}

/** Who left a list up to and with the record of this hash. */
interface Known {
  readonly upTo: Hash;
  readonly former: readonly FormerParty[];
}

const FORMAT = "ofac-ledger former 1";

function writeKnown(known: Known): Uint8Array {
  const body = canonicalJson(known);
  return new TextEncoder().encode(`${FORMAT} ${sha256Hex(body)}\n${body}\n`);
}

/** Undefined for what is missing, damaged or of another version. */
function readKnown(bytes: Uint8Array | undefined): Known | undefined {
  if (bytes === undefined) return undefined;
  const [seal, body = ""] = new TextDecoder().decode(bytes).split("\n");
  // The digest proves that `writeKnown` wrote it.
  return seal === `${FORMAT} ${sha256Hex(body)}` ? (JSON.parse(body) as Known) : undefined;
}
