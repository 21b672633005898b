import type { PlannedArtifact } from "../domain/index.ts";
import { cardPath, renderCard } from "./card.ts";
import { renderMarkdown } from "./markdown.ts";
import { noticeRows, rowsOf, rowsSince } from "./notice-rows.ts";
import { fullPublicationPath, HTML, publicationPath } from "./page.ts";
import { renderAbout, renderNotFound } from "./page-about.ts";
import { notShownInSearch, renderSearch, renderSubscribe, renderWatch } from "./page-doors.ts";
import { renderHistory } from "./page-history.ts";
import { newest, renderIndex, renderYear, yearOf, yearPath, yearViews } from "./page-index.ts";
import { isLarge, renderPublication } from "./page-publication.ts";
import { renderStatus, renderStatusJson } from "./page-status.ts";
import { type Bench, factsHash, plan } from "./plan.ts";
import { JSON_TYPE } from "./site-api.ts";
import { feedDoors } from "./site-feeds.ts";
import { SCRIPT_NAMES } from "./templates.ts";
import { utf8 } from "./text.ts";

const CSS = "text/css; charset=utf-8";
const SVG = "image/svg+xml";
const SCRIPT = "text/javascript; charset=utf-8";
const PNG = "image/png";
const MARKDOWN = "text/markdown; charset=utf-8";

/** Style sheet, changelog, publications, and the pages that explain. */
export function planPages(bench: Bench): PlannedArtifact[] {
  const asset = (name: string, mediaType: string) =>
    plan(bench, name, mediaType, { template: name, facts: null }, () => utf8(bench.templates.asset(name)));
  return [
    asset("assets/site.css", CSS),
    asset("assets/icon.svg", SVG),
    ...SCRIPT_NAMES.map((name) => asset(name, SCRIPT)),
    ...changelog(bench),
    ...bench.placed.flatMap((place) => publicationPages(bench, place)),
    plan(bench, "about/index.html", HTML, { template: "site/about.hbs", facts: bench.composed }, () =>
      renderAbout(bench.templates, bench.input.site, bench.composed),
    ),
    ...doors(bench),
    plan(bench, "404.html", HTML, { template: "site/404.hbs", facts: bench.composed }, () =>
      renderNotFound(bench.templates, bench.input.site, bench.composed),
    ),
  ];
}

/** How to search, watch and follow, and how our looking stands. */
function doors(bench: Bench): PlannedArtifact[] {
  const { composed, placed, input } = bench;
  const feeds = feedDoors(bench);
  const status = [input.status ?? null, placed.map(bench.facts), composed];
  const page = (name: string, facts: unknown, render: () => Uint8Array) =>
    plan(bench, `${name}/index.html`, HTML, { template: `site/${name}.hbs`, facts }, render);
  return [
    page("search", [composed, notShownInSearch(input.heads)], () => renderSearch(bench)),
    page("watch", composed, () => renderWatch(bench)),
    page("subscribe", [composed, feeds], () => renderSubscribe(bench, feeds)),
    page("history", [input.heads, composed], () => renderHistory(bench)),
    page("status", status, () => renderStatus(bench)),
    plan(bench, "status.json", JSON_TYPE, { facts: status }, () => renderStatusJson(bench)),
  ];
}

function changelog(bench: Bench): PlannedArtifact[] {
  const { input, placed, composed } = bench;
  const template = "site/index.hbs";
  const years = yearViews(placed);
  const rows = noticeRows(bench);
  const since = rowsSince(rows, newest(placed));
  const facts = (members: typeof placed, own: typeof rows) => [
    members.map(bench.facts),
    own,
    years,
    composed,
  ];
  const ofYear = (year: string) => placed.filter(({ stored }) => yearOf(stored.record) === year);
  return [
    plan(
      bench,
      "index.html",
      HTML,
      { template, facts: [facts(placed, since), input.heads, input.cards !== undefined] },
      () => renderIndex(bench, rows),
    ),
    plan(bench, "changelog.md", MARKDOWN, { facts: facts(newest(placed), since) }, () =>
      renderMarkdown(bench, newest(placed), years, since),
    ),
    ...years.flatMap(({ year }) => [
      plan(
        bench,
        `${yearPath(year)}index.html`,
        HTML,
        { template, facts: facts(ofYear(year), rowsOf(rows, year)) },
        () => renderYear(bench, year, rows),
      ),
      plan(
        bench,
        `${yearPath(year)}changelog.md`,
        MARKDOWN,
        { facts: facts(ofYear(year), rowsOf(rows, year)) },
        () => renderMarkdown(bench, ofYear(year), [], rowsOf(rows, year)),
      ),
    ]),
  ];
}

function publicationPages(bench: Bench, place: Bench["placed"][number]): PlannedArtifact[] {
  const { stored, previous, next } = place;
  const template = "site/publication.hbs";
  const { cards, site } = bench.input;
  const facts = factsHash([
    bench.facts(place),
    previous?.hash ?? null,
    next?.hash ?? null,
    bench.corrections.get(stored.record.id) ?? null,
    cards !== undefined,
  ]);
  const page = (path: string, whole: boolean) =>
    plan(bench, `${path}index.html`, HTML, { template, facts }, () => renderPublication(bench, place, whole));
  const { id } = stored.record;
  const pages = [page(publicationPath(id), false)];
  if (isLarge(bench, place)) pages.push(page(fullPublicationPath(id), true));
  if (cards === undefined) return pages;
  const card = plan(bench, cardPath(id), PNG, { facts: [stored.hash, cards.hash] }, () =>
    renderCard(stored, site.title, cards.files),
  );
  return [...pages, card];
}
