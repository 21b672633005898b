import type { Hash } from "../../domain/index.ts";

/** Enough for the ten ancestors of a file of SDN.CSV; of an Enhanced list, for the one before. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Unpacked files that are wanted again soon: the newest, and what they were written against. */
export class PlainCache {
  private readonly files = new Map<Hash, Uint8Array>();
  private total = 0;

  get(content: Hash): Uint8Array | undefined {
    const found = this.files.get(content);
    if (found !== undefined) this.put(content, found);
    return found;
  }

  /** The newest is kept whatever its size; the longest unused go first. */
  put(content: Hash, bytes: Uint8Array): void {
    this.drop(content);
    this.files.set(content, bytes);
    this.total += bytes.length;
    for (const oldest of this.files.keys()) {
      if (this.total <= MOST_BYTES || oldest === content) return;
      this.drop(oldest);
    }
  }

  private drop(content: Hash): void {
    this.total -= this.files.get(content)?.length ?? 0;
    this.files.delete(content);
  }
}
