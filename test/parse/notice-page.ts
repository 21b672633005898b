/** Recent-action pages composed for tests in OFAC's layout; names and numbers are invented or public. */

export interface ComposedPage {
  readonly title?: string;
  readonly date?: string;
  readonly node?: string;
  readonly press?: readonly (readonly [title: string, url: string])[];
  readonly body: string;
}

/** A page as ofac.treasury.gov renders it today. */
export function noticePage(page: ComposedPage): string {
  const press = (page.press ?? [])
    .map(([title, url]) => `<div class="field__item"><a href="${url}">${title}</a></div>`)
    .join("\n");
  return `<!doctype html><html><head><title>x | Office of Foreign Assets Control</title></head><body>
<nav><a href="/recent-actions/20200101">not this one</a></nav>
<h1 class="uswds-page-title page-title"><span class="treas-page-title">${page.title ?? "Counter Terrorism Designations"}</span></h1>
<article id="node-${page.node ?? "970001"}" class="node node--type-ofac-recent-action">
  <span class="a2a_kit" data-a2a-url="https://ofac.treasury.gov/recent-actions/20230523"></span>
  <div class="field field--name-field-release-date"><div class="field__label">Release Date</div>
    <div class="field__item">${page.date ?? "05/23/2023"}</div></div>
  <div class="field field--name-field-press-release-link"><div class="field__label">Press Release Link</div>
    <div class="field__items">${press}</div></div>
  <div class="clearfix text-formatted field field--name-field-body"><div class="field__label">Recent Actions Body</div>
    <div class="field__item">${page.body}</div></div>
</article><footer>footer</footer></body></html>`;
}

export const H3 = "<h3>SPECIALLY DESIGNATED NATIONALS LIST UPDATE</h3>";
export const ADDED = "<h4>The following individuals have been added to OFAC's SDN List:</h4>";
export const DELETED = "<h4>The following deletions have been made to OFAC's SDN List:</h4>";
export const CHANGED = "<h4>The following changes have been made to OFAC's SDN List:</h4>";
export const URL = "https://ofac.treasury.gov/recent-actions/20230523";
