import type { Placed } from "./chain.ts";
import { type ContextIndex, contextViewOf } from "./context-view.ts";
import type { SiteInput } from "./input.ts";
import { publicationPath, renderPage } from "./page.ts";
import { downloads, neighbours, provenanceView } from "./provenance-view.ts";
import { publicationView } from "./publication-view.ts";
import type { Templates } from "./templates.ts";
import { REMOVAL_NOTE } from "./words.ts";

/** One publication's page. */
export function renderPublication(
  templates: Templates,
  input: SiteInput,
  place: Placed,
  context: ContextIndex,
): Uint8Array {
  const publication = publicationView(place.stored);
  const own = contextViewOf(place.stored.record, context);
  const page = {
    path: publicationPath(publication.id),
    title: publication.headline,
    description: publication.meaning,
    composed: publication.composed || own.composed,
  };
  return renderPage(templates, "site/publication.hbs", input.site, page, {
    publication,
    context: own,
    provenance: provenanceView(place, context),
    neighbours: neighbours(place),
    downloads: downloads(place),
    removalNote: REMOVAL_NOTE,
  });
}
