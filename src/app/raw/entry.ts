import {
  canonicalJson,
  type Hash,
  type Instant,
  type ListId,
  type Receipt,
  type SourceRef,
  sha256,
} from "../../domain/index.ts";
import { yearOf } from "../../ledger/index.ts";

/** The files that one record was read from, and where they lie in the store. */
export interface RawEntry {
  readonly formatVersion: string;
  readonly list: ListId;
  readonly segment: string;
  /** The record that used them, and the hash of its bytes. */
  readonly id: string;
  readonly record: Hash;
  /** When they were put here. */
  readonly keptAt: Instant;
  readonly files: readonly KeptFile[];
  /** SHA-256 of the RFC 8785 form of the other members: nothing stands above an entry. */
  readonly seal: Hash;
}

/** One kept file: unpacked, as the record names it. */
export interface KeptFile extends SourceRef {
  /** What the fetch saw: address, ETag, Last-Modified, when; null for a file that was supplied. */
  readonly receipt: Receipt | null;
  readonly object: KeptObject;
}

/** Where the bytes lie. */
export interface KeptObject {
  readonly path: string;
  /** Of the object as it lies there, and its size. */
  readonly sha256: Hash;
  readonly bytes: number;
  /** SHA-256 of the file it is written as a difference to; null: it is whole. */
  readonly base: Hash | null;
  /** Files since the last whole one of its series. */
  readonly place: number;
}

export function entryPath(of: Pick<RawEntry, "list" | "segment" | "id">): string {
  return `index/${of.list}/${of.segment}/${yearOf(of.id)}/${of.id}.json`;
}

/** By content; a whole file can be had with `brotli -d` alone. */
export function objectPath(content: Hash, isWhole: boolean): string {
  const hex = content.slice("sha256:".length);
  return `objects/${hex.slice(0, 2)}/${hex.slice(2)}.${isWhole ? "" : "delta."}br`;
}

export function sealOf({ seal: _, ...content }: RawEntry): Hash {
  return sha256(canonicalJson(content));
}

/** An entry with its seal. */
export function sealed(content: Omit<RawEntry, "seal">): RawEntry {
  return { ...content, seal: sha256(canonicalJson(content)) };
}
