import type { Options } from "minisearch";

/** What is searched: a party, a publication or a program, with what a result shows of it. Names are short: every shard repeats them. */
export interface SearchDocument {
  /** `u43379`, `rsdn-20230523`, `gDPRK2`. */
  readonly id: string;
  /** Folded words of names, and of everything else, divided by spaces. */
  readonly name: string;
  readonly more: string;
  /** What the result is called. */
  readonly n: string;
  /** Of a party its type, in OFAC's word. */
  readonly t?: string;
  /** Of a party: `l` listed, `r` removed, `u` not known. */
  readonly s?: "l" | "r" | "u";
  /** Date of the last change, or of the publication. */
  readonly d?: string;
  /** Record of the last change; without one a party has no page here. */
  readonly r?: string;
  /** Page of a program. */
  readonly p?: string;
}

/** A result as the index gives it back. */
export type SearchHit = Pick<SearchDocument, "id" | "n" | "t" | "s" | "d" | "r" | "p">;

/** Words are folded and divided before the library sees them, on both sides. */
export const SEARCH_OPTIONS: Options<SearchDocument> = {
  idField: "id",
  fields: ["name", "more"],
  storeFields: ["n", "t", "s", "d", "r", "p"],
  tokenize: (text) => (text === "" ? [] : text.split(" ")),
  processTerm: (term) => term,
  searchOptions: { boost: { name: 3 } },
};

/** Files of the index. A fixed number, so that the plan of a site does not depend on names. */
export const SHARDS = 512;

/** So many first characters decide the shard: with as many typed, one file answers. */
export const SHARD_PREFIX = 3;

/** Which file has a word, and every word that begins with the same characters. FNV-1a, 32 bits. */
export function shardOf(word: string): number {
  let hash = 0x811c9dc5;
  for (const character of [...word].slice(0, SHARD_PREFIX)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return ((hash ^ (hash >>> 16)) >>> 0) % SHARDS;
}

/** Where a shard stands, relative to the site. */
export const shardPath = (shard: number): string =>
  `search/index/${shard.toString(16).padStart(3, "0")}.json`;

/** Where the words stand that are too common to be indexed. */
export const COMMON_PATH = "search/index/common.json";

/** `common.json`. */
export interface CommonWords {
  readonly formatVersion: string;
  readonly documents: number;
  readonly words: readonly string[];
}

/** `watch.json`: names of the newest publications, for a reader's own terms. */
export interface WatchFile {
  readonly formatVersion: string;
  /** Newest first. */
  readonly publications: readonly WatchPublication[];
}

export interface WatchPublication {
  readonly id: string;
  readonly headline: string;
  readonly parties: readonly {
    readonly uid: number;
    readonly op: "add" | "remove" | "modify" | "unknown";
    /** The primary name first. */
    readonly names: readonly string[];
  }[];
}
