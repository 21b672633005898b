import { createHash, type Hash as Hasher } from "node:crypto";
import type { Hash } from "./canonical.ts";
import type { PartyLine } from "./state.ts";

/** Parties a block, at first; the text of a block has some 36 KB. */
const BLOCK = 512;

interface Block {
  /** In ascending order. */
  uids: number[];
  digests: string[];
  /** Its lines, while they are as they were when they were written. */
  bytes: Buffer | undefined;
  /** The hash of everything up to and with this block, while nothing of that has changed. */
  hasher: Hasher | undefined;
}

/**
 * The state hash of a list that changes a little at a time: the same answer as `stateHash`, without writing and
 * hashing again what lies before the first party that changed, or writing again what has not changed at all.
 */
export class RunningStateHash {
  readonly #blocks: Block[] = [];
  #size = 0;

  constructor(parties: ReadonlyMap<number, Pick<PartyLine, "digest">>) {
    const uids = [...parties.keys()].sort((a, b) => a - b);
    this.#size = uids.length;
    for (let at = 0; at === 0 || at < uids.length; at += BLOCK) {
      const own = uids.slice(at, at + BLOCK);
      const digests = own.map((uid) => parties.get(uid)?.digest ?? "");
      this.#blocks.push({ uids: own, digests, bytes: undefined, hasher: undefined });
    }
  }

  /** How many parties there are. */
  get size(): number {
    return this.#size;
  }

  /** Puts a party's digest, new or in place of another; undefined takes the party away. */
  set(uid: number, digest: string | undefined): void {
    const index = this.#blockOf(uid);
    const block = this.#blocks[index];
    if (block === undefined) return;
    const at = firstNotBelow(block.uids, uid);
    const there = block.uids[at] === uid;
    if (there ? block.digests[at] === digest : digest === undefined) return;
    if (digest === undefined) {
      block.uids.splice(at, 1);
      block.digests.splice(at, 1);
      this.#size -= 1;
    } else {
      block.uids.splice(at, there ? 1 : 0, uid);
      block.digests.splice(at, there ? 1 : 0, digest);
      if (!there) this.#size += 1;
    }
    block.bytes = undefined;
    for (const later of this.#blocks.slice(index)) later.hasher = undefined;
  }

  /** SHA-256 over `<uid> <digest>\n` in ascending order of uid. */
  hash(): Hash {
    let hasher = createHash("sha256");
    for (const block of this.#blocks) {
      if (block.hasher === undefined) {
        block.bytes ??= Buffer.from(
          block.uids.map((uid, i) => `${uid} ${block.digests[i]}\n`).join(""),
          "latin1",
        );
        block.hasher = hasher.copy().update(block.bytes);
      }
      hasher = block.hasher;
    }
    return `sha256:${hasher.copy().digest("hex")}`;
  }

  /** The block that a uid lies in, or would: the last that does not begin after it. */
  #blockOf(uid: number): number {
    let index = this.#blocks.length - 1;
    while (index > 0 && (this.#blocks[index]?.uids[0] ?? Number.POSITIVE_INFINITY) > uid) index--;
    return index;
  }
}

/** Where a number stands in ascending numbers, or would. */
function firstNotBelow(numbers: readonly number[], wanted: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
