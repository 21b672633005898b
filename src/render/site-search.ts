import MiniSearch from "minisearch";
import {
  compareText,
  FORMAT_VERSION,
  type Hash,
  once,
  type PlannedArtifact,
  sha256,
  stateHash,
} from "../domain/index.ts";
import { json } from "./api.ts";
import { type Bench, factsHash, plan } from "./plan.ts";
import { namesInField, namesOf, searchDocuments, type WordedDocument } from "./search-documents.ts";
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

/** A word of more documents than this would make its shard heavy; only programs are found by it. */
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
  // A build that changes nothing never asks.
  const index = once(() => indexOf(searchDocuments(bench)));
  const hashes = once(() => shardHashes(index()));
  return [
    ...Array.from({ length: SHARDS }, (_, shard) =>
      plan(
        bench,
        shardPath(shard),
        JSON_TYPE,
        // Any name may be in any shard, and one more publication changes few of them.
        { facts, own: () => hashes()[shard] ?? null },
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

/** A document while its words are put together. */
interface MutableDocument extends WordedDocument {
  readonly name: string[];
  readonly more: string[];
}

interface SearchIndex {
  readonly common: CommonWords;
  readonly shards: readonly (readonly WordedDocument[])[];
}

function indexOf(documents: readonly WordedDocument[]): SearchIndex {
  const counts = new Map<string, number>();
  for (const { name, more } of documents) {
    for (const word of name) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const word of more) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  // Which shard each word is in, worked out once for all documents that have it; none for a common one.
  const places = new Map<string, number | null>();
  for (const [word, count] of counts) places.set(word, count > COMMON ? null : shardOf(word));
  const shards: MutableDocument[][] = Array.from({ length: SHARDS }, () => []);
  for (const { shown, name, more } of documents) {
    // A document's words come one after the other, so its part of a shard is the last there, or not there yet.
    const put = (field: "name" | "more", word: string): void => {
      // A program is one of few, and is found by its tag however many parties have that.
      const place = places.get(word) ?? (shown.id.startsWith("g") ? shardOf(word) : -1);
      const shard = shards[place];
      if (shard === undefined) return;
      const last = shard.at(-1);
      if (last?.shown === shown) last[field].push(word);
      else shard.push({ shown, name: [], more: [], [field]: [word] });
    };
    for (const word of name) put("name", word);
    for (const word of more) put("more", word);
  }
  const common = [...counts.keys()].filter((word) => places.get(word) === null).sort(compareText);
  return { common: { formatVersion: FORMAT_VERSION, documents: documents.length, words: common }, shards };
}

/** A document a line, by the hash of what it shows, and its words: these have neither commas nor line feeds. */
function shardHashes({ shards }: SearchIndex): Hash[] {
  const known = new Map<WordedDocument["shown"], string>();
  const hashOf = (shown: WordedDocument["shown"]): string => {
    const found = known.get(shown) ?? sha256(JSON.stringify(shown));
    known.set(shown, found);
    return found;
  };
  return shards.map((documents) =>
    sha256(documents.map(({ shown, name, more }) => `${hashOf(shown)} ${name} ${more}\n`).join("")),
  );
}

function renderShard(documents: readonly WordedDocument[]): Uint8Array {
  const index = new MiniSearch<SearchDocument>(SEARCH_OPTIONS);
  for (const { shown, name, more } of documents) {
    index.add({ ...shown, name: name.join(" "), more: more.join(" ") });
  }
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
