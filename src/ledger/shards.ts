import {
  compareText,
  type Hash,
  IntegrityError,
  type ListId,
  type Party,
  type PartyLine,
  sha256,
  sha256Hex,
} from "../domain/index.ts";
import type { LedgerFiles } from "./files.ts";
import { segmentFolder, shardOf, shardPath } from "./layout.ts";

/** The parties of one shard as a file: one canonical party a line, ascending uid. */
export function shardBytes(lines: readonly PartyLine[]): Uint8Array {
  const text = lines.map((line) => `${line.line}\n`).join("");
  return new TextEncoder().encode(text);
}

/** Lines by shard, in ascending order within each. */
export function byShard(parties: ReadonlyMap<number, PartyLine>): Map<number, PartyLine[]> {
  const shards = new Map<number, PartyLine[]>();
  for (const line of parties.values()) {
    const shard = shardOf(line.uid);
    const lines = shards.get(shard);
    if (lines === undefined) shards.set(shard, [line]);
    else lines.push(line);
  }
  return shards;
}

/** Numbers of the shards that a segment has on disk, ascending. */
export function shardNumbers(files: LedgerFiles, list: ListId, segment: string): number[] {
  return files
    .list(`${segmentFolder(list, segment)}/parties`)
    .map((name) => /^(\d+)\.ndjson$/.exec(name)?.[1])
    .filter((number) => number !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/**
 * Reads one shard and proves it against its hash.
 * @throws IntegrityError `shard-mismatch` naming the file
 */
export function readShard(
  files: LedgerFiles,
  list: ListId,
  segment: string,
  shard: number,
  expected: Hash | undefined,
): PartyLine[] {
  const path = shardPath(list, segment, shard);
  const bytes = files.read(path);
  const found = bytes === undefined ? "no such file" : sha256(bytes);
  if (bytes === undefined || found !== expected) {
    throw new IntegrityError(
      "shard-mismatch",
      `${path}: expected ${expected ?? "no such file"}, found ${found}. The state on disk is not the one the ` +
        "ledger recorded; restore the file from its repository.",
    );
  }
  return [...linesOf(bytes)];
}

const LF = 0x0a;

/** The parties of a proven shard. A line becomes text only when somebody reads it: most of a list never changes. */
function* linesOf(bytes: Uint8Array): Generator<PartyLine> {
  let start = 0;
  for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
    yield new ShardLine(bytes.subarray(start, end));
    start = end + 1;
  }
}

const DECODER = new TextDecoder("utf-8", { fatal: true });

class ShardLine implements PartyLine {
  readonly uid: number;
  readonly digest: string;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.digest = sha256Hex(bytes);
    this.uid = lastUid(bytes) ?? (JSON.parse(this.line) as Party).uid;
  }

  get line(): string {
    return DECODER.decode(this.#bytes);
  }
}

/**
 * The uid of a line that ends with it: in canonical order only `vessel` stands after `uid`, and a line with that
 * ends with a list. A child's uid is never followed by the end of the line.
 */
function lastUid(bytes: Uint8Array): number | undefined {
  const close = bytes.length - 1;
  let uid = 0;
  let at = close - 1;
  let power = 1;
  for (let digit = bytes[at]; digit !== undefined && digit >= ZERO && digit <= NINE; digit = bytes[at]) {
    uid += (digit - ZERO) * power;
    power *= 10;
    at--;
  }
  const isUid = bytes[close] === BRACE && at < close - 1 && power <= 1e15 && endsWith(bytes, at + 1, UID_KEY);
  return isUid ? uid : undefined;
}

const BRACE = 0x7d;
const ZERO = 0x30;
const NINE = 0x39;
const UID_KEY = new TextEncoder().encode(',"uid":');

/** Whether the bytes before an offset are these. */
function endsWith(bytes: Uint8Array, end: number, text: Uint8Array): boolean {
  const start = end - text.length;
  return start >= 0 && text.every((byte, i) => bytes[start + i] === byte);
}

/** Hashes by shard number, in the order of their text, as canonical JSON sorts them. */
export function shardHashes(entries: Iterable<readonly [number, Hash]>): Record<string, Hash> {
  const named = [...entries].map(([shard, hash]) => [String(shard), hash] as const);
  return Object.fromEntries(named.sort((a, b) => compareText(a[0], b[0])));
}
