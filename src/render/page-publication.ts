import { cardPath } from "./card.ts";
import type { Placed } from "./chain.ts";
import { contextViewOf, noticesOf } from "./context-view.ts";
import { noticeLink } from "./notice-view.ts";
import { absolute, fullPublicationPath, publicationPath, renderPage } from "./page.ts";
import { certainlyFits, withinBudget } from "./page-budget.ts";
import type { Bench } from "./plan.ts";
import { downloads, neighbours, provenanceView } from "./provenance-view.ts";
import { publicationView } from "./publication-view.ts";
import { withWhy } from "./why-view.ts";
import { REMOVAL_NOTE } from "./words.ts";

/** True when a publication's own page cannot hold every fact. */
export function isLarge({ context }: Bench, { stored }: Placed): boolean {
  const { checks } = contextViewOf(stored.record, context);
  if ((checks?.why ?? null) === null && certainlyFits(stored)) return false;
  return withinBudget(withWhy(publicationView(stored), checks?.why, false), false).isCut;
}

/** One publication's page; `whole` is the page with every fact of one that is large. */
export function renderPublication(
  { templates, input, context, corrections }: Bench,
  place: Placed,
  whole: boolean,
): Uint8Array {
  const own = contextViewOf(place.stored.record, context);
  const publication = withinBudget(withWhy(publicationView(place.stored), own.checks?.why, false), whole);
  const page = {
    path: whole ? fullPublicationPath(publication.id) : publicationPath(publication.id),
    title: publication.headline,
    description: publication.meaning,
    composed: publication.composed || own.composed,
    feed: null,
    ...(input.cards === undefined ? {} : { card: cardPath(publication.id) }),
    linked: {
      "@context": "https://schema.org",
      "@type": "Report",
      name: publication.headline,
      abstract: publication.meaning,
      url: absolute(input.site, publicationPath(publication.id)),
      inLanguage: "en",
      ...(publication.date === null ? {} : { temporalCoverage: publication.date }),
      author: { "@type": "Organization", name: input.site.author },
      isBasedOn: [...own.notices, ...own.pressReleases].flatMap(({ href }) => (href === null ? [] : [href])),
      encoding: downloads(place).map(({ title, path }) => ({
        "@type": "MediaObject",
        name: title,
        contentUrl: absolute(input.site, path),
        encodingFormat: path.endsWith(".csv") ? "text/csv" : "application/json",
      })),
    },
  };
  return renderPage(templates, "site/publication.hbs", input.site, page, {
    publication,
    corrections: (corrections.get(publication.id) ?? []).map((id) => ({ id, path: publicationPath(id) })),
    context: own,
    notices: noticesOf(place.stored.record, context).map(noticeLink),
    provenance: provenanceView(place, context),
    neighbours: neighbours(place),
    downloads: downloads(place),
    removalNote: REMOVAL_NOTE,
    fullPath: publication.isCut ? fullPublicationPath(publication.id) : null,
  });
}
