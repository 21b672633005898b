import { compareText, easternNoon, type Instant } from "../domain/index.ts";
import type { Placed } from "./chain.ts";
import type { ContextIndex } from "./context-view.ts";
import type { SiteFacts } from "./input.ts";
import { absolute, publicationPath, recordPath } from "./page.ts";
import { programCodes } from "./party-view.ts";
import { type PublicationView, publicationView } from "./publication-view.ts";
import type { Templates } from "./templates.ts";
import { cleanText, oneLine } from "./text.ts";
import { COMPOSED_BANNER, REMOVAL_NOTE } from "./words.ts";

/**
 * One entry of any feed. It is made of the record and of when we first saw it, of nothing that can arrive
 * later: so its bytes stay what they were when it was first published.
 */
export interface FeedEntry {
  /** RFC 4151; never changes. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly jsonUrl: string;
  readonly updated: Instant;
  readonly summary: string;
  readonly html: string;
  readonly categories: readonly string[];
}

/** More rows than this and a feed reader chokes; the entry says how many are on the page alone. */
const ROWS = 150;

/** News: live publications and corrections. Imports, baselines and reinterpretations are none. */
export function isNews({ stored }: Placed): boolean {
  const { origin, kind } = stored.record;
  return origin === "live" && (kind === "publication" || kind === "correction");
}

/** `tag:example.org,2026:sdn-20230523`. */
export function tagUri(site: SiteFacts, specific: string): string {
  return `tag:${site.tag.authority},${site.tag.date}:${specific}`;
}

/** When an entry last changed, which is when it first appeared: nothing in it changes later. */
export function entryUpdated({ stored }: Placed, site: SiteFacts, context: ContextIndex): Instant {
  const seen = context.observations.get(stored.record.id);
  if (seen !== undefined) return new Date(seen.firstSeen).toISOString().replace(/\.\d+Z$/, "Z");
  const { date, window } = stored.record;
  if (date !== null) return easternNoon(date);
  return window.notLaterThan ?? feedEpoch(site);
}

/** The date of an empty feed, or of an entry nothing is known of: when the feed's ids began. */
export function feedEpoch(site: SiteFacts): Instant {
  return easternNoon(`${site.tag.date}-01-01`.slice(0, 10));
}

/** The entry of a record. */
export function feedEntry(
  templates: Templates,
  site: SiteFacts,
  place: Placed,
  context: ContextIndex,
): FeedEntry {
  const { record } = place.stored;
  const view = publicationView(place.stored);
  return {
    id: tagUri(site, record.id),
    title: oneLine(cleanText(record.headline)),
    url: absolute(site, publicationPath(record.id)),
    jsonUrl: absolute(site, recordPath(record.id)),
    updated: entryUpdated(place, site, context),
    summary: oneLine(cleanText(view.meaning)),
    html: templates.render("feed/entry.hbs", entryBody(view, absolute(site, ""))),
    categories: categories(place),
  };
}

function entryBody(view: PublicationView, root: string): object {
  let room = ROWS;
  const take = <T>(items: readonly T[]): T[] => {
    const taken = items.slice(0, Math.max(0, room));
    room -= taken.length;
    return taken;
  };
  const flat = (groups: PublicationView["added"]) => groups.flatMap((group) => group.parties);
  const sections = [
    { title: `Added: ${view.addedWords}`, note: null, all: flat(view.added) },
    { title: `Removed: ${view.removedWords}`, note: REMOVAL_NOTE, all: flat(view.removed) },
  ]
    .filter((section) => section.all.length > 0)
    .map(({ title, note, all }) => ({ title, note, parties: take(all), left: 0, total: all.length }))
    .map((section) => ({ ...section, left: section.total - section.parties.length }));
  const changed = take(view.changed);
  return {
    ...view,
    root,
    path: publicationPath(view.id),
    composedBanner: view.composed ? COMPOSED_BANNER : null,
    sections,
    changedShown: changed,
    changedLeft: view.changed.length - changed.length,
  };
}

function categories({ stored: { record } }: Placed): string[] {
  const terms = new Set<string>([`list:${record.list}`, `materiality:${record.judgement.materiality}`]);
  for (const change of record.changes) {
    terms.add(`type:${change.type}`);
    const party = change.op === "add" ? change.after : change.op === "remove" ? change.before : null;
    for (const code of party === null ? [] : programCodes(party)) terms.add(`program:${code}`);
  }
  return [...terms].map((term) => oneLine(cleanText(term))).sort(compareText);
}
