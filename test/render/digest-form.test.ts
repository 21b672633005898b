import { load } from "cheerio";
import { describe, expect, it } from "vitest";
import { renderDigest } from "../../src/render/index.ts";
import { showcase } from "../support/showcase.ts";
import { SITE, TEMPLATES } from "../support/site.ts";

const SHOW = showcase();
const { html } = renderDigest(
  {
    publications: SHOW.records.slice(1),
    context: SHOW.context,
    observations: SHOW.observations,
    site: SITE,
    subscription: { id: "desk", filters: [], unsubscribe: ["https://x.example/u"] },
  },
  TEMPLATES,
);

/** What mail programs drop, block or get wrong. */
function faults(document: string): string[] {
  const page = load(document);
  const found: string[] = [];
  const note = (what: string, selector: string) => {
    if (page(selector).length > 0) found.push(what);
  };
  note("scripts", "script, [onclick], [onload]");
  note("style sheets from elsewhere", "link");
  if (/@import|url\(/u.test(page("style").text())) found.push("style sheets from elsewhere");
  note("images", "img, svg, picture, [background]");
  note("forms and frames", "form, input, button, iframe, object, embed, video");
  note("tables that a screen reader reads as data", "table:not([role=presentation])");
  note(
    "a link that is not absolute",
    "a:not([href^='https://']):not([href^='http://']):not([href^='mailto:'])",
  );
  const styles = page("[style]")
    .map((_, element) => page(element).attr("style") ?? "")
    .get();
  const forbidden = /display:\s*(?:flex|grid)|position:|float:|var\(|calc\(|url\(|@import/u;
  if (styles.some((style) => forbidden.test(style))) found.push("styles that Outlook does not know");
  if (/display:\s*(?:flex|grid)|position:\s*(?:fixed|absolute)/u.test(page("style").text()))
    found.push("modern layout");
  for (const width of page("[width]")
    .map((_, element) => page(element).attr("width") ?? "")
    .get()) {
    if (!width.endsWith("%") && Number(width) > 600) found.push(`wider than 600: ${width}`);
  }
  if (page("html").attr("lang") === undefined) found.push("no language");
  if (page('meta[name="color-scheme"]').attr("content") !== "light dark") found.push("no color scheme");
  if (page('meta[name="viewport"]').length === 0) found.push("no viewport");
  return found;
}

describe("the HTML of a digest", () => {
  it("holds nothing that mail programs drop or get wrong", () => {
    expect(faults(html)).toEqual([]);
  });

  it.each([
    ["scripts", "<script>1</script>"],
    ["style sheets from elsewhere", '<link rel="stylesheet" href="https://x.example/a.css">'],
    ["style sheets from elsewhere", "<style>@import 'a.css';</style>"],
    ["images", '<img src="https://x.example/a.png">'],
    ["forms and frames", "<form></form>"],
    ["tables that a screen reader reads as data", "<table></table>"],
    ["a link that is not absolute", '<a href="/x">x</a>'],
    ["styles that Outlook does not know", '<p style="display: flex">x</p>'],
    ["modern layout", "<style>p { display: grid }</style>"],
    ["wider than 600: 700", '<table role="presentation" width="700"></table>'],
  ])("would be caught with %s", (fault, planted) => {
    expect(faults(html.replace("</body>", `${planted}</body>`))).toContain(fault);
  });

  it("would be caught without its language or colour scheme", () => {
    expect(faults(html.replace(' lang="en"', ""))).toContain("no language");
    expect(faults(html.replace('content="light dark"', 'content="light"'))).toContain("no color scheme");
  });

  it("has its styles on the elements, so that it is whole where style sheets are dropped", () => {
    const page = load(html);
    const bare = page("h1, h2, h3, p, td")
      .toArray()
      .filter(
        (element) => page(element).attr("style") === undefined && page(element).closest(".foot").length === 0,
      )
      .map((element) => page.html(element).slice(0, 60));
    expect(bare.filter((one) => !/^<td(?: align="center")?>/u.test(one))).toEqual([]);
    expect(page("h2.t-added").attr("style")).toContain("color: #17633a");
    expect(page("h2.t-removed").attr("style")).toContain("color: #9c2327");
    expect(page("p.alert").first().attr("style")).toContain("background-color");
    expect(page(".sheet").attr("style")).toContain("max-width: 600px");
  });

  it("changes its colours in dark mode and its columns on a phone", () => {
    const css = load(html)("style").text();
    expect(css).toContain("@media (prefers-color-scheme: dark)");
    expect(css).toContain("@media (max-width: 520px)");
    expect(html).toContain("<!--[if mso]>");
  });
});
