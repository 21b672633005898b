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
  let earlier: Known | undefined;
  for (const { record, hash } of chain(files, head)) {
    if (hash === known?.upTo) {
      earlier = known;
      break;
    }
    later.push(removedBy(record));
  }
  const fresh = later.reverse().flat();
  if (later.length > 0) cache?.write(path, writeKnown(head.hash, earlier, fresh));
  return [...(earlier?.former ?? []), ...fresh];
}

/** Who left a list up to and with the record of this hash. */
interface Known {
  readonly upTo: Hash;
  readonly former: readonly FormerParty[];
  /** A line each, as they are kept: they are many, and written anew with every publication. */
  readonly lines: string;
}

const FORMAT = "ofac-ledger former 2";

function writeKnown(upTo: Hash, earlier: Known | undefined, fresh: readonly FormerParty[]): Uint8Array {
  const body = `${upTo}\n${earlier?.lines ?? ""}${fresh.map((one) => `${canonicalJson(one)}\n`).join("")}`;
  return new TextEncoder().encode(`${FORMAT} ${sha256Hex(body)}\n${body}`);
}

/** Undefined for what is missing, damaged or of another version. */
function readKnown(bytes: Uint8Array | undefined): Known | undefined {
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  const start = text.indexOf("\n") + 1;
  const body = text.slice(start);
  // The digest proves that `writeKnown` wrote it.
  if (text.slice(0, start) !== `${FORMAT} ${sha256Hex(body)}\n`) return undefined;
  const lines = body.slice(body.indexOf("\n") + 1);
  const former = lines.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as FormerParty]));
  return { upTo: body.slice(0, body.indexOf("\n")) as Hash, former, lines };
}
