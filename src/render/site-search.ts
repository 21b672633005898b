import MiniSearch from "minisearch";
import {
  compareText,
  FORMAT_VERSION,
  type Hash,
  type PlannedArtifact,
  sha256,
  stateHash,
} from "../domain/index.ts";
import { json } from "./api.ts";
import { type Bench, factsHash, plan } from "./plan.ts";
import { namesInField, namesOf, searchDocuments } from "./search-documents.ts";
import {
  COMMON_PATH,
  type CommonWords,
  SEARCH_OPTIONS,
  type SearchDocument,
  SHARDS,
  shardOf,
  shardPath,
  type WatchFile,
  type WatchPublication,
} from "./search-shape.ts";
import { JSON_TYPE } from "./site-api.ts";
import { cleanText, oneLine } from "./text.ts";

/** A word of more documents than this would make its shard heavy and find nothing in particular. */
const COMMON = 1200;

/** Publications whose names a reader's own terms are compared with, and how many parties of them at most. */
const WATCHED = 20;
const WATCHED_PARTIES = 1500;

/** The index of the search in its shards, and the names of the newest publications. */
export function planSearch(bench: Bench): PlannedArtifact[] {
  const { input, placed } = bench;
  const states = (input.states ?? []).map(({ list, segment, origin, parties }) => [
    list,
    segment,
    origin,
    stateHash(parties),
  ]);
  const facts = factsHash([placed.map(bench.facts), states, input.programs ?? []]);
  const index = once(() => indexOf(searchDocuments(bench)));
  return [
    ...Array.from({ length: SHARDS }, (_, shard) =>
      plan(
        bench,
        shardPath(shard),
        JSON_TYPE,
        // Any name may be in any shard, and one more publication changes few of them.
        { facts, own: () => documentsHash(index().shards[shard] ?? []) },
        () => renderShard(index().shards[shard] ?? []),
      ),
    ),
    plan(bench, COMMON_PATH, JSON_TYPE, { facts, own: () => index().common }, () => json(index().common)),
    plan(
      bench,
      "watch.json",
      JSON_TYPE,
      { facts: placed.slice(-WATCHED * 4).map(({ stored }) => stored.hash) },
      () => renderWatchFile(bench),
    ),
  ];
}

interface SearchIndex {
  readonly common: CommonWords;
  readonly shards: readonly (readonly SearchDocument[])[];
}

function indexOf(documents: readonly SearchDocument[]): SearchIndex {
  const counts = new Map<string, number>();
  for (const { name, more } of documents) {
    for (const word of [...words(name), ...words(more)]) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const isCommon = (word: string): boolean => (counts.get(word) ?? 0) > COMMON;
  const shards: SearchDocument[][] = Array.from({ length: SHARDS }, () => []);
  for (const document of documents) {
    const parts = new Map<number, { name: string[]; more: string[] }>();
    for (const field of ["name", "more"] as const) {
      for (const word of words(document[field])) {
        if (isCommon(word)) continue;
        const part = parts.get(shardOf(word)) ?? { name: [], more: [] };
        part[field].push(word);
        parts.set(shardOf(word), part);
      }
    }
    for (const [shard, { name, more }] of parts) {
      shards[shard]?.push({ ...document, name: name.join(" "), more: more.join(" ") });
    }
  }
  const common = [...counts.keys()].filter(isCommon).sort(compareText);
  return { common: { formatVersion: FORMAT_VERSION, documents: documents.length, words: common }, shards };
}

/** JSON of one document a line; documents are made in one place, so their members stand in one order. */
const documentsHash = (documents: readonly SearchDocument[]): Hash =>
  sha256(documents.map((document) => JSON.stringify(document)).join("\n"));

const words = (text: string): string[] => (text === "" ? [] : text.split(" "));

function renderShard(documents: readonly SearchDocument[]): Uint8Array {
  const index = new MiniSearch<SearchDocument>(SEARCH_OPTIONS);
  index.addAll(documents);
  return json(JSON.parse(JSON.stringify(index)));
}

function renderWatchFile({ placed }: Bench): Uint8Array {
  const publications: WatchPublication[] = [];
  let room = WATCHED_PARTIES;
  for (const { stored } of placed.toReversed()) {
    const { record } = stored;
    if (record.kind !== "publication" || record.changes.length === 0) continue;
    const parties = record.changes.map((change) => {
      const names =
        change.op === "modify"
          ? [change.name, ...change.fields.flatMap(namesInField)]
          : namesOf(change.op === "add" ? change.after : change.before);
      const plain = names.map((name) => oneLine(cleanText(name)));
      return { uid: change.uid, op: change.op, names: [...new Set(plain)] };
    });
    room -= parties.length;
    if (publications.length > 0 && room < 0) break;
    publications.push({ id: record.id, headline: record.headline, parties });
    if (publications.length === WATCHED) break;
  }
  return json({ formatVersion: FORMAT_VERSION, publications } satisfies WatchFile);
}

/** Made when it is first asked for: a build that changes nothing never asks. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
