import type { Placed } from "./chain.ts";
import { contextViewOf } from "./context-view.ts";
import { fullPublicationPath, publicationPath, renderPage } from "./page.ts";
import { withinBudget } from "./page-budget.ts";
import type { Bench } from "./plan.ts";
import { downloads, neighbours, provenanceView } from "./provenance-view.ts";
import { publicationView } from "./publication-view.ts";
import { REMOVAL_NOTE } from "./words.ts";

/** True when a publication's own page cannot hold every fact. */
export function isLarge({ stored }: Placed): boolean {
  return withinBudget(publicationView(stored), false).isCut;
}

/** One publication's page; `whole` is the page with every fact of one that is large. */
export function renderPublication(
  { templates, input, context }: Bench,
  place: Placed,
  whole: boolean,
): Uint8Array {
  const publication = withinBudget(publicationView(place.stored), whole);
  const own = contextViewOf(place.stored.record, context);
  const page = {
    path: whole ? fullPublicationPath(publication.id) : publicationPath(publication.id),
    title: publication.headline,
    description: publication.meaning,
    composed: publication.composed || own.composed,
    feed: null,
  };
  return renderPage(templates, "site/publication.hbs", input.site, page, {
    publication,
    context: own,
    provenance: provenanceView(place, context),
    neighbours: neighbours(place),
    downloads: downloads(place),
    removalNote: REMOVAL_NOTE,
    fullPath: publication.isCut ? fullPublicationPath(publication.id) : null,
  });
}
