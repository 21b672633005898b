import { LIST_TITLE, LISTS } from "../domain/index.ts";
import { type PageFacts, renderPage } from "./page.ts";
import type { Bench } from "./plan.ts";
import { notShownWords } from "./publication-view.ts";
import { capital, listWords } from "./words.ts";

/** Feeds there are beside the whole one: what a reader can choose among. */
export interface FeedDoors {
  readonly types: readonly { readonly type: string; readonly path: string }[];
  readonly programs: readonly { readonly tag: string; readonly path: string }[];
}

/** How to hear of changes: feeds, mail, JSON, watch terms. */
export function renderSubscribe({ input, templates, composed }: Bench, doors: FeedDoors): Uint8Array {
  const page: PageFacts = {
    path: "subscribe/",
    title: "Subscribe",
    description: "Feeds, mail and JSON of every change of OFAC's lists, and how to filter them.",
    composed,
    feed: null,
  };
  return renderPage(templates, "site/subscribe.hbs", input.site, page, {
    lists: LISTS.map((list) => ({ name: LIST_TITLE[list], path: `lists/${list}/` })),
    types: doors.types.map(({ type, path }) => ({ name: capital(type), path })),
    programs: doors.programs,
  });
}

/** Search over the whole history; its index lies beside it and is searched in the browser. */
export function renderSearch({ input, templates, composed }: Bench): Uint8Array {
  const page: PageFacts = {
    path: "search/",
    title: "Search",
    description: "Find a party or a publication in the whole recorded history of OFAC's lists.",
    composed,
    feed: null,
    script: "search",
  };
  return renderPage(templates, "site/search.hbs", input.site, page, {
    notShown: notShownInSearch(input.heads),
  });
}

/** What the search cannot find because a segment's source does not show it, a sentence for each segment. */
export function notShownInSearch(heads: Bench["input"]["heads"]): string[] {
  return heads.flatMap((head) => {
    const words = notShownWords(head);
    return words === null
      ? []
      : [`The source of segment “${head.segment}” of the ${listWords(head)} does not show ${words}.`];
  });
}

/** A reader's own names; they never leave the browser. */
export function renderWatch({ input, templates, composed }: Bench): Uint8Array {
  const page: PageFacts = {
    path: "watch/",
    title: "Watch terms",
    description: "Names of your own, kept in your browser alone, marked on every page here.",
    composed,
    feed: null,
    script: "watch",
  };
  return renderPage(templates, "site/watch.hbs", input.site, page, {});
}
