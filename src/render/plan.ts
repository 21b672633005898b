import { canonicalJson, type PlannedArtifact, sha256 } from "../domain/index.ts";
import { inOrder, type Placed } from "./chain.ts";
import { type ContextIndex, contextHash, indexContext } from "./context-view.ts";
import { type FeedEntry, feedEntry } from "./feed-entries.ts";
import type { SiteInput } from "./input.ts";
import { isComposed } from "./publication-view.ts";
import type { Templates } from "./templates.ts";

/** What a plan is made with: everything in order and indexed once. */
export interface Bench {
  readonly input: SiteInput;
  readonly templates: Templates;
  /** Oldest first. */
  readonly placed: readonly Placed[];
  readonly context: ContextIndex;
  /** Something of the site is composed, so that every overview says so. */
  readonly composed: boolean;
  /** Every uid that a record touched: those with a page of their own. */
  readonly touched: ReadonlySet<number>;
  /** The feed entry of a record, rendered once for all feeds. */
  entry(place: Placed): FeedEntry;
}

/** Lays everything out for planning. */
export function bench(input: SiteInput, templates: Templates): Bench {
  const context = indexContext(input.context, input.observations);
  const entries = new Map<string, FeedEntry>();
  return {
    input,
    templates,
    placed: inOrder(input.records),
    context,
    touched: new Set(
      input.records.flatMap(({ record }) => [...record.changes, ...record.unknown].map(({ uid }) => uid)),
    ),
    composed:
      input.records.some(({ record }) => isComposed(record)) ||
      input.context.some(({ provenance }) => provenance === "composed"),
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
}

/** A planned file: its inputs are hashed together with what every file depends on. */
export function plan(
  { input, templates }: Bench,
  path: string,
  mediaType: string,
  inputs: Inputs,
  render: () => Uint8Array,
): PlannedArtifact {
  const template = inputs.template === undefined ? null : templates.hash(inputs.template);
  const parts = [path, input.site, template, templates.partials, inputs.facts];
  return { path, mediaType, inputsHash: sha256(canonicalJson(parts)), render };
}

/** A record with its context, as inputs. */
export function placedFacts({ stored }: Placed, context: ContextIndex): unknown {
  return [stored.hash, contextHash(stored.record, context)];
}
