import { compareText, type Hash, type PlannedArtifact, sha256 } from "../domain/index.ts";
import { correctionsIn, inOrder, type Placed } from "./chain.ts";
import { type ContextIndex, contextHash, indexContext } from "./context-view.ts";
import { type FeedEntry, feedEntry } from "./feed-entries.ts";
import type { SiteInput } from "./input.ts";
import { partyHistories, type Touch } from "./party-history.ts";
import { programsListed, programsOf } from "./programs.ts";
import { isComposed } from "./publication-view.ts";
import { type Relations, relationsIn } from "./relations.ts";
import type { Templates } from "./templates.ts";

/** What a plan is made with: everything in order and indexed once. */
export interface Bench {
  readonly input: SiteInput;
  readonly templates: Templates;
  /** Oldest first. */
  readonly placed: readonly Placed[];
  /** Ids of the corrections of each record that has any. */
  readonly corrections: ReadonlyMap<string, readonly string[]>;
  readonly context: ContextIndex;
  /** Something of the site is composed, so that every overview says so. */
  readonly composed: boolean;
  /** What each party met, oldest first. Those that a record touched have a page of their own. */
  readonly histories: ReadonlyMap<number, readonly Touch[]>;
  /** Who names whom among the parties listed now. */
  readonly relations: Relations;
  /** Programs that have a page: each that a record touched or a listed party has, in order. */
  readonly programTags: readonly string[];
  /** What every file depends on: the operator's facts and the partials. */
  readonly common: Hash;
  /** A record with its context, as inputs; hashed once for all files that show it. */
  facts(place: Placed): Hash;
  /** The feed entry of a record, rendered once for all feeds. */
  entry(place: Placed): FeedEntry;
}

/** Lays everything out for planning. */
export function bench(input: SiteInput, templates: Templates): Bench {
  const context = indexContext(input.context, input.observations);
  const entries = new Map<string, FeedEntry>();
  const facts = new Map<string, Hash>();
  const placed = inOrder(input.records);
  return {
    input,
    templates,
    placed,
    corrections: correctionsIn(placed),
    context,
    histories: partyHistories(placed),
    relations: relationsIn(input.states ?? []),
    programTags: [
      ...new Set([
        ...placed.flatMap(({ stored }) => [...programsOf(stored.record).keys()]),
        ...programsListed(input.states ?? []),
      ]),
    ].sort(compareText),
    common: factsHash([input.site, templates.partials]),
    composed:
      input.records.some(({ record }) => isComposed(record)) ||
      input.context.some(({ provenance }) => provenance === "composed"),
    facts({ stored }) {
      const { record, hash } = stored;
      const found = facts.get(hash) ?? factsHash([hash, contextHash(record, context)]);
      facts.set(hash, found);
      return found;
    },
    entry(place) {
      const { id } = place.stored.record;
      const entry = entries.get(id) ?? feedEntry(templates, input.site, place, context);
      entries.set(id, entry);
      return entry;
    },
  };
}

/** What a file is made from: a template where it has one, and everything else that its bytes depend on. */
export interface Inputs {
  readonly template?: string;
  readonly facts: unknown;
  /** What of the facts this very file takes (`PlannedArtifact.ownHash`). */
  readonly own?: () => unknown;
}

/** A planned file: its inputs are hashed together with what every file depends on. */
export function plan(
  { common, templates }: Bench,
  path: string,
  mediaType: string,
  inputs: Inputs,
  render: () => Uint8Array,
): PlannedArtifact {
  const template = inputs.template === undefined ? null : templates.hash(inputs.template);
  // One to a line, the facts last: neither paths nor hashes have line feeds, so no two files' inputs read alike.
  const over = (facts: unknown): Hash => sha256([path, common, template ?? "", textOf(facts)].join("\n"));
  const { facts, own } = inputs;
  const planned = { path, mediaType, inputsHash: over(facts), render };
  return own === undefined ? planned : { ...planned, ownHash: () => over(own()) };
}

/** Facts as one hash: what many files depend on is hashed once and handed to each of them. */
export function factsHash(facts: unknown): Hash {
  return sha256(textOf(facts));
}

/** Facts are hashes, texts and lists that code of ours puts together: equal ones are written alike. */
const textOf = (facts: unknown): string => (typeof facts === "string" ? facts : JSON.stringify(facts));
