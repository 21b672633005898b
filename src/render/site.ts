import type { StoredRecord } from "../domain/index.ts";
import { type Artifact, canonicalJson, type PlannedArtifact, sha256 } from "../domain/index.ts";
import { renderApiIndex, renderApiLatest } from "./api.ts";
import { inOrder, type Placed } from "./chain.ts";
import { type ContextIndex, contextHash, indexContext } from "./context-view.ts";
import { ATOM, atomFeed } from "./feed-atom.ts";
import { entryUpdated, feedEntry, feedEpoch, isNews, tagUri } from "./feed-entries.ts";
import { feedPages } from "./feed-pages.ts";
import type { SiteInput } from "./input.ts";
import { renderMarkdown } from "./markdown.ts";
import { absolute, HTML, publicationPath, recordPath } from "./page.ts";
import { renderAbout, renderNotFound } from "./page-about.ts";
import { renderIndex } from "./page-index.ts";
import { renderPublication } from "./page-publication.ts";
import { isComposed } from "./publication-view.ts";
import type { Templates } from "./templates.ts";
import { utf8 } from "./text.ts";
import { COMPOSED_BANNER } from "./words.ts";

const JSON_TYPE = "application/json";
const CSS = "text/css; charset=utf-8";
const MARKDOWN = "text/markdown; charset=utf-8";

/** What a plan is made with: everything in order and indexed once. */
interface Bench {
  readonly input: SiteInput;
  readonly templates: Templates;
  readonly placed: readonly Placed[];
  readonly context: ContextIndex;
}

/**
 * Every file of the site, each with the hash of what it is made from, none rendered yet. The plan and the
 * bytes depend on the input and the templates alone.
 */
export function planSite(input: SiteInput, templates: Templates): PlannedArtifact[] {
  const bench: Bench = {
    input,
    templates,
    placed: inOrder(input.records),
    context: indexContext(input.context, input.observations),
  };
  return [...assets(bench), ...overviews(bench), ...publications(bench), ...feeds(bench)];
}

/** Every file of the site, rendered. */
export function renderSite(input: SiteInput, templates: Templates): Artifact[] {
  return planSite(input, templates).map(({ path, mediaType, render }) => ({
    path,
    mediaType,
    bytes: render(),
  }));
}

/** A planned file: its inputs are named, hashed, and joined with what every file depends on. */
function plan(
  { input, templates }: Bench,
  path: string,
  mediaType: string,
  inputs: { template?: string; facts: unknown },
  render: () => Uint8Array,
): PlannedArtifact {
  const template = inputs.template === undefined ? null : templates.hash(inputs.template);
  const parts = [path, input.site, template, templates.partials, inputs.facts];
  return { path, mediaType, inputsHash: sha256(canonicalJson(parts)), render };
}

function assets(bench: Bench): PlannedArtifact[] {
  const css = "assets/site.css";
  return [plan(bench, css, CSS, { template: css, facts: null }, () => utf8(bench.templates.asset(css)))];
}

function overviews(bench: Bench): PlannedArtifact[] {
  const { input, templates, placed, context } = bench;
  const all = [placed.map((place) => placedFacts(place, context)), input.heads];
  const composed = placed.some(({ stored }) => isComposed(stored.record));
  return [
    plan(bench, "index.html", HTML, { template: "site/index.hbs", facts: all }, () =>
      renderIndex(templates, input, placed, context),
    ),
    plan(bench, "about/index.html", HTML, { template: "site/about.hbs", facts: composed }, () =>
      renderAbout(templates, input.site, composed),
    ),
    plan(bench, "404.html", HTML, { template: "site/404.hbs", facts: composed }, () =>
      renderNotFound(templates, input.site, composed),
    ),
    plan(bench, "changelog.md", MARKDOWN, { facts: all }, () => renderMarkdown(input, placed, context)),
    plan(bench, "api/v1/index.json", JSON_TYPE, { facts: all }, () => renderApiIndex(input, placed, context)),
    plan(bench, "api/v1/latest.json", JSON_TYPE, { facts: all }, () =>
      renderApiLatest(input, placed, context),
    ),
  ];
}

function publications(bench: Bench): PlannedArtifact[] {
  const { input, templates, context } = bench;
  return bench.placed.flatMap((place) => {
    const { stored, previous, next } = place;
    const facts = [placedFacts(place, context), neighbour(previous), neighbour(next)];
    return [
      plan(
        bench,
        `${publicationPath(stored.record.id)}index.html`,
        HTML,
        { template: "site/publication.hbs", facts },
        () => renderPublication(templates, input, place, context),
      ),
      plan(bench, recordPath(stored.record.id), JSON_TYPE, { facts: stored.hash }, () => stored.bytes),
    ];
  });
}

function feeds(bench: Bench): PlannedArtifact[] {
  const { input, templates, placed, context } = bench;
  const { site } = input;
  const news = placed.filter(isNews);
  const { current, archives } = feedPages(news);
  const archivePath = (at: number): string => `feed/archive/${at + 1}.atom`;
  const archiveUrl = (at: number): string | null =>
    archives[at] === undefined ? null : absolute(site, archivePath(at));
  const feed = (members: readonly Placed[], self: string, at: number | null) => {
    const entries = members.map((place) => feedEntry(templates, site, place, context));
    const composed = members.some(({ stored }) => isComposed(stored.record));
    return atomFeed(
      {
        id: tagUri(site, "feed"),
        title: site.title,
        subtitle: composed ? COMPOSED_BANNER : "Every change of OFAC's sanctions lists",
        author: site.author,
        updated:
          members
            .map((place) => entryUpdated(place, site, context))
            .sort()
            .at(-1) ?? feedEpoch(site),
        home: absolute(site, ""),
        self: absolute(site, self),
        previousArchive: archiveUrl((at ?? archives.length) - 1),
        nextArchive: at === null ? null : archiveUrl(at + 1),
        current: at === null ? null : absolute(site, "feed.atom"),
      },
      entries,
    );
  };
  const facts = (members: readonly Placed[]) => [
    members.map((place) => [place.stored.hash, entryUpdated(place, site, context)]),
    archives.length,
  ];
  const entry = "feed/entry.hbs";
  return [
    plan(bench, "feed.atom", ATOM, { template: entry, facts: facts(current) }, () =>
      feed(current, "feed.atom", null),
    ),
    ...archives.map((members, at) =>
      plan(
        bench,
        archivePath(at),
        ATOM,
        { template: entry, facts: [facts(members), at + 1 < archives.length] },
        () => feed(members, archivePath(at), at),
      ),
    ),
  ];
}

const placedFacts = ({ stored }: Placed, context: ContextIndex): unknown => [
  stored.hash,
  contextHash(stored.record, context),
];

const neighbour = (stored: StoredRecord | null): unknown => (stored === null ? null : stored.hash);
