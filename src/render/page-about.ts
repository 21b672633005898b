import type { SiteFacts } from "./input.ts";
import { absolute, renderPage } from "./page.ts";
import type { Templates } from "./templates.ts";
import { LIST_NOTES, RULE_WORDS } from "./words-lists.ts";

/** What this site is, how it works, and what it does not do. */
export function renderAbout(templates: Templates, site: SiteFacts, composed: boolean): Uint8Array {
  const page = {
    path: "about/",
    title: "About",
    description: "What this changelog records, how, and what it does not cover.",
    composed,
    feed: null,
  };
  const lists = LIST_NOTES.map((note) => ({ ...note, ruleWords: RULE_WORDS[note.rule] }));
  return renderPage(templates, "site/about.hbs", site, page, { lists });
}

/** For addresses that lead nowhere. */
export function renderNotFound(templates: Templates, site: SiteFacts, composed: boolean): Uint8Array {
  const page = {
    path: "404.html",
    title: "Not found",
    description: "No such page.",
    composed,
    feed: null,
    root: absolute(site, ""),
  };
  return renderPage(templates, "site/404.hbs", site, page, {});
}
