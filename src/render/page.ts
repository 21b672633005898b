import { canonicalJson } from "../domain/index.ts";
import type { SiteFacts } from "./input.ts";
import type { Templates } from "./templates.ts";
import { utf8 } from "./text.ts";
import { COMPOSED_BANNER, DISCLAIMERS } from "./words.ts";

/** What every page says of itself. */
export interface PageFacts {
  /** Relative to the site, `publications/sdn-20230523/`; empty for the front page. */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly composed: boolean;
  /** A feed of just what the page is about. */
  readonly feed: string | null;
  /** Where links start from, when the page may be shown at any address. */
  readonly root?: string;
  /** Its own script, beside the one that every page has. */
  readonly script?: "changelog" | "search" | "status" | "watch";
  /** Its picture for links shared elsewhere, relative to the site. */
  readonly card?: string;
  /** What it is, for search engines (https://schema.org); JSON-LD. */
  readonly linked?: object;
}

export const HTML = "text/html; charset=utf-8";

/** Nothing but our own files; no frame, no form that goes anywhere, nothing inline. */
const CSP =
  "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/** A page's bytes: its own view inside the layout's. Links are relative, so a site works below any path. */
export function renderPage(
  templates: Templates,
  template: string,
  site: SiteFacts,
  page: PageFacts,
  view: object,
): Uint8Array {
  // A page is a folder with an index.html, so its path ends in a slash.
  const depth = page.path.split("/").length - 1;
  return utf8(
    templates.render(template, {
      ...view,
      page: {
        title: page.path === "" ? site.title : `${page.title} \u2013 ${site.title}`,
        description: page.description,
        canonical: absolute(site, page.path),
        root: page.root ?? (depth === 0 ? "./" : "../".repeat(depth)),
        csp: CSP,
        feed: page.feed,
        script: page.script ?? null,
        card: page.card === undefined ? null : absolute(site, page.card),
        linked: page.linked === undefined ? null : scriptJson(page.linked),
        siteTitle: site.title,
        composedBanner: page.composed ? COMPOSED_BANNER : null,
        disclaimers: DISCLAIMERS,
        repositoryUrl: site.repositoryUrl,
      },
    }),
  );
}

/**
 * JSON as the content of a script element that is not run. Nothing in it can end the element or begin a comment
 * (HTML, "Restrictions for contents of script elements"), so a template may put it there unescaped.
 */
export function scriptJson(value: object): string {
  return canonicalJson(value).replaceAll(/[<>&\u2028\u2029]/gu, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The absolute address of a path of the site. */
export function absolute(site: SiteFacts, path: string): string {
  return `${site.baseUrl.replace(/\/+$/, "")}/${path}`;
}

/** Where a publication's page stands, relative to the site. */
export const publicationPath = (id: string): string => `publications/${id}/`;

/** Where a publication's page with every fact stands, when its own page is cut. */
export const fullPublicationPath = (id: string): string => `${publicationPath(id)}all/`;

/** Where a party's page stands. */
export const partyPath = (uid: number): string => `parties/${uid}/`;

/** OFAC's own search shows one party under this address and its uid. */
export const OFAC_SEARCH = "https://sanctionssearch.ofac.treas.gov/Details.aspx?id=";

/** Where a party's history stands. */
export const partyJsonPath = (uid: number): string => `api/v1/parties/${uid}.json`;

/** Where a record's changes stand as rows. */
export const recordCsvPath = (id: string): string => `api/v1/records/${id}.csv`;

/** Where a record's bytes stand. */
export const recordPath = (id: string): string => `api/v1/records/${id}.json`;

/** Where the pack of new and lost match keys stands; made beside the pages, of every publication and correction. */
export const rescreenPath = (id: string, ending: "json" | "csv"): string =>
  `api/v1/records/${id}.rescreen.${ending}`;
