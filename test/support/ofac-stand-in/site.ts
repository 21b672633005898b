import type { ServerResponse } from "node:http";
import type { ComposedNotice, ComposedPressRelease } from "./composed.ts";
import { misanswer, sendBody, type Troubles } from "./misbehave.ts";

const PAGE_ROWS = 10;
const COMPOSED = "<!-- composed for tests and the demo; not a page of OFAC's or Treasury's -->";
const LABELS: Readonly<Record<string, string>> = {
  "enforcement-actions": "Enforcement Actions",
  "general-licenses": "General Licenses",
  miscellaneous: "Miscellaneous",
  "regulations-and-guidance": "Regulations and Guidance",
  "sanctions-list-updates": "Sanctions List Updates",
};

/** What the two Drupal sites show. */
export interface SiteContent {
  readonly notices: readonly ComposedNotice[];
  readonly pressReleases: readonly ComposedPressRelease[];
}

/**
 * OFAC's and Treasury's sites in one server, and the old download tree, which redirects to the service. Pages
 * have the markup the real ones have.
 */
export async function answerSite(
  url: URL,
  response: ServerResponse,
  content: SiteContent,
  serviceOrigin: string,
  troubles: Troubles,
): Promise<void> {
  if (misanswer(troubles, "site", url.pathname, response)) return;
  const old = /^\/ofac\/downloads\/(?:.*\/)?([^/]+)$/i.exec(url.pathname)?.[1];
  if (old !== undefined) {
    const location = `${serviceOrigin}/api/PublicationPreview/exports/${old.toUpperCase()}`;
    response.writeHead(302, { location }).end();
    return;
  }
  const html = pageOf(url, content);
  if (html === undefined) {
    response
      .writeHead(404, { "content-type": "text/html; charset=utf-8" })
      .end(shell("Page not found", "<p>Not found</p>"));
    return;
  }
  const half = troubles.strike("site", url.pathname, "half") !== undefined;
  const whole = Buffer.from(html, "utf8");
  const bytes = half ? whole.subarray(0, Math.floor(whole.byteLength / 2)) : whole;
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-length": String(bytes.byteLength),
  });
  await sendBody(troubles, "site", url.pathname, response, bytes);
}

function pageOf(url: URL, content: SiteContent): string | undefined {
  const node = /^\/node\/(\d+)$/.exec(url.pathname)?.[1];
  if (node !== undefined) {
    const notice = content.notices.find((one) => one.nodeId === node);
    return notice === undefined ? undefined : noticePage(notice);
  }
  const [, section, name = ""] =
    /^\/(recent-actions|news\/press-releases)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  if (section === "recent-actions") {
    if (name === "" || name in LABELS) return listing(url, content.notices, name);
    const notice = content.notices.find((one) => one.slug === name);
    return notice === undefined ? undefined : noticePage(notice);
  }
  const release = section === undefined ? undefined : content.pressReleases.find((one) => one.id === name);
  return release === undefined ? undefined : pressPage(release);
}

function listing(url: URL, notices: readonly ComposedNotice[], category: string): string {
  const from = url.searchParams.get("ra-start-date") || "0000";
  const to = url.searchParams.get("ra-end-date") || "9999";
  const page = Number(url.searchParams.get("page") ?? "0");
  const matching = notices
    .filter((notice) => category === "" || notice.category === category)
    .filter((notice) => notice.date >= from && notice.date <= to)
    .sort((a, b) => (a.slug < b.slug ? 1 : -1));
  const rows = matching.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS);
  const next = new URLSearchParams(url.searchParams);
  next.set("page", String(page + 1));
  const pager =
    matching.length > (page + 1) * PAGE_ROWS
      ? `<nav class="usa-pagination"><a class="usa-pagination__link usa-pagination__next-page" href="?${escapeHtml(next.toString())}">Next</a></nav>`
      : "";
  const first = page * PAGE_ROWS + 1;
  const count = `<div class="view-header">Displaying ${first} - ${first + rows.length - 1} of ${matching.length} results.</div>`;
  if (rows.length === 0) {
    return shell("Recent Actions", '<div class="view-empty"><p>No results found.</p></div>');
  }
  return shell(
    "Recent Actions",
    `${count}<div class="view-content">${rows.map(row).join("\n")}</div>${pager}`,
  );
}

function row(notice: ComposedNotice): string {
  const href = notice.linkedByNumber === true ? `/node/${notice.nodeId}` : `/recent-actions/${notice.slug}`;
  return `<div class="margin-bottom-4 search-result views-row">
  <div><div class="font-sans-lg margin-bottom-05 margin-top-1 text-no-underline"><a href="${href}" hreflang="en">${escapeHtml(notice.title)}</a></div></div>
  <div><div class="margin-top-1 font-sans-2xs line-height-sans-3 margin-bottom-1">${longDate(notice.date)} -
     <a href="/recent-actions/${notice.category}">${LABELS[notice.category] ?? notice.category}</a></div></div>
</div>`;
}

function noticePage(notice: ComposedNotice): string {
  const [year, month, day] = notice.date.split("-");
  const links = (notice.pressReleases ?? [])
    .map(
      (link) =>
        `<div class="field__item"><a href="${escapeHtml(link.url)}">${escapeHtml(link.title)}</a></div>`,
    )
    .join("");
  const press =
    links === ""
      ? ""
      : `<div class="field field--name-field-press-release-link field--type-link field--label-above"><div class="field__label">Press Release Link</div><div class="field__items">${links}</div></div>`;
  return shell(
    notice.title,
    `<article id="node-${notice.nodeId ?? "900001"}" class="node node--type-ofac-recent-action node--view-mode-full">
  <div class="field field--name-field-release-date field--type-datetime field--label-visually_hidden">
    <div class="field__label visually-hidden">Release Date</div>
    <div class="field__item">${month}/${day}/${year}</div>
  </div>
  ${press}
  <div class="clearfix text-formatted usa-prose field field--name-field-body field--type-text-long field--label-visually_hidden">
    <div class="field__label visually-hidden">Recent Actions Body</div>
    <div class="field__item">${notice.body}</div>
  </div>
</article>`,
  );
}

function pressPage(release: ComposedPressRelease): string {
  return `<!DOCTYPE html>
${COMPOSED}
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(release.title)} (composed)</title>
<meta property="og:title" content="${escapeHtml(release.title)}"></head><body>
<article class="entity--type-node node--type-news">
<h2 class="uswds-page-title">${escapeHtml(release.title)}</h2>
<div class="field field--name-field-news-publication-date"><time datetime="${release.published}" class="datetime">${longDate(release.published.slice(0, 10))}</time></div>
<div class="field field--name-field-news-body">${release.body}<p>###</p></div>
</article></body></html>`;
}

function shell(title: string, main: string): string {
  return `<!DOCTYPE html>
${COMPOSED}
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)} (composed)</title></head><body>
<h1 class="uswds-page-title page-title"><span class="treas-page-title">${escapeHtml(title)}</span></h1>
${main}
</body></html>`;
}

function longDate(date: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return at.toLocaleDateString("en-US", { month: "long", day: "2-digit", year: "numeric", timeZone: "UTC" });
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
