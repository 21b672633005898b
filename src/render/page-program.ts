import type { Placed } from "./chain.ts";
import { safeHref } from "./link.ts";
import { partyPath, publicationPath, renderPage } from "./page.ts";
import type { Bench } from "./plan.ts";
import { type ProgramTouch, programPath } from "./programs.ts";
import { isComposed } from "./publication-view.ts";
import { grouped, plural } from "./words.ts";
import { dateWords } from "./words-date.ts";

/** A program and every record that touched it, oldest first; none where listed parties have it all along. */
export interface ProgramHistory {
  readonly tag: string;
  readonly touches: readonly { readonly place: Placed; readonly touch: ProgramTouch }[];
  /** Live news is among them, so that there is a feed. */
  readonly hasFeed: boolean;
}

/** Parties named per record and verb; the publication's page has all. */
const NAMED = 12;

const VERBS = [
  { verb: "Added", key: "added" },
  { verb: "Removed", key: "removed" },
  { verb: "Gained the program", key: "gained" },
  { verb: "Lost the program", key: "lost" },
] as const;

/** A program's page: what it is, and who came and went under it. */
export function renderProgram(bench: Bench, { tag, touches, hasFeed }: ProgramHistory): Uint8Array {
  const { input, templates } = bench;
  const known = input.programs?.find((facts) => facts.tag === tag);
  const path = programPath(tag);
  const page = {
    path,
    title: tag,
    description: `Who was added to, removed from or changed under ${tag}.`,
    composed: touches.some(({ place }) => isComposed(place.stored.record)),
    feed: hasFeed ? `${path}feed.atom` : null,
  };
  return renderPage(templates, "site/program.hbs", input.site, page, {
    tag,
    title: known?.title ?? null,
    authority: known?.authority ?? null,
    href: known === undefined ? null : safeHref(known.page),
    totals: VERBS.map(({ verb, key }) => ({
      verb,
      count: grouped(touches.reduce((sum, { touch }) => sum + touch[key].length, 0)),
    })),
    entries: [...touches].reverse().map(({ place, touch }) => entry(place, touch)),
  });
}

function entry({ stored: { record } }: Placed, touch: ProgramTouch): object {
  const names = new Map(record.changes.map((change) => [change.uid, change.name]));
  return {
    day: dateWords(record.date),
    isoDate: record.date,
    headline: record.headline,
    path: publicationPath(record.id),
    groups: VERBS.filter(({ key }) => touch[key].length > 0).map(({ verb, key }) => ({
      verb,
      count: grouped(touch[key].length),
      parties: touch[key]
        .slice(0, NAMED)
        .map((uid) => ({ path: partyPath(uid), name: names.get(uid) ?? String(uid) })),
      more: touch[key].length > NAMED ? `${grouped(touch[key].length - NAMED)} more` : null,
    })),
  };
}

/** All programs that have a page. */
export function renderPrograms(bench: Bench, programs: readonly ProgramHistory[]): Uint8Array {
  const { input, templates, composed } = bench;
  const page = {
    path: "programs/",
    title: "Programs",
    description: "Every sanctions program of a listed party or a recorded change.",
    composed,
    feed: null,
  };
  return renderPage(templates, "site/programs.hbs", input.site, page, {
    programs: programs.map(({ tag, touches }) => ({
      tag,
      path: programPath(tag),
      title: input.programs?.find((facts) => facts.tag === tag)?.title ?? null,
      publications: touches.length === 0 ? null : plural(touches.length, "publication", "publications"),
      last: touches.length === 0 ? null : dateWords(touches.at(-1)?.place.stored.record.date ?? null),
    })),
  });
}
