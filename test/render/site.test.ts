import { load } from "cheerio";
import { expect, test } from "vitest";
import { compileTemplates, planSite, renderSite } from "../../src/render/index.ts";
import { added, composeRecord, entity } from "../support/records.ts";
import { headOf, showcase } from "../support/showcase.ts";
import { SITE, siteOf, TEMPLATES } from "../support/site.ts";

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);
const input = showcase();
const site = new Map(renderSite(input, TEMPLATES).map((artifact) => [artifact.path, artifact]));
const pages = [...site.values()].filter(({ mediaType }) => mediaType.startsWith("text/html"));

test("has a page, a record and a place in the changelog for every record", () => {
  const index = load(text(site.get("index.html")?.bytes));
  for (const { record, bytes } of input.records) {
    expect(site.get(`api/v1/records/${record.id}.json`)?.bytes).toBe(bytes);
    expect(text(site.get(`publications/${record.id}/index.html`)?.bytes)).toContain(record.headline);
    expect(index(`h3 a[href="./publications/${record.id}/"]`).text()).toBe(record.headline);
  }
  expect(index(".entry h3").first().text()).toBe("20230601: 14 entities changed");
});

test("the publication of 2023-05-23 names all five, by program and type, with notice and press release", () => {
  const page = load(text(site.get("publications/sdn-20230523/index.html")?.bytes));
  expect(page("h1").text()).toBe("20230523: 4 entities, 1 individual added");
  const groups = page("#added .group h3")
    .map((_, h) => page(h).text())
    .get();
  expect(groups).toEqual(["DPRK2 4 entities", "DPRK4 1 individual"]);
  for (const uid of [43336, 43337, 43338, 43379, 43377]) expect(page(`#party-${uid}`)).toHaveLength(1);
  expect(page("#party-43377").text()).toContain("X0000000");
  expect(page('a[href="https://ofac.treasury.gov/recent-actions/20230523"]').text()).toBe(
    "North Korea Designations",
  );
  expect(page('a[href="https://home.treasury.gov/news/press-releases/jy1498"]').text()).toContain(
    "Treasury Targets",
  );
  expect(page("[rel=prev]").attr("href")).toBe("../../publications/sdn-20230519/");
  expect(page("[rel=next]").attr("href")).toBe("../../publications/sdn-20230525/");
});

test("before and after stand side by side with the words marked", () => {
  const page = load(text(site.get("publications/sdn-20230525/index.html")?.bytes));
  const address = page("#change-90002-address-74654");
  expect(address.find(".before del").text()).toBe("12");
  expect(address.find(".after ins").first().text()).toBe("14");
});

test("what the source does not show is listed as such, and not as a removal", () => {
  const page = load(text(site.get("publications/sdn-20230525/index.html")?.bytes));
  expect(page("#unknown li").text()).toContain("no longer shown, and maybe still there");
  expect(page("#unknown li").text()).not.toContain("removed");
  expect(page("#removed").text()).not.toContain("EXAMPLE, Person");
});

test("every page says that it is composed, what it is not, and allows nothing foreign", () => {
  expect(pages.length).toBeGreaterThan(6);
  for (const { path, bytes } of pages) {
    const page = load(text(bytes));
    expect(page(".banner").text(), path).toBe("Composed example documents, not OFAC data");
    expect(page("footer").text(), path).toContain("not legal advice");
    expect(page("footer").text(), path).toContain("50 Percent Rule is not covered");
    expect(page("meta[http-equiv=Content-Security-Policy]").attr("content"), path).toContain(
      "default-src 'none'",
    );
    expect(page("style, [style], iframe, object, embed, img, form[action]"), path).toHaveLength(0);
    for (const script of page("script").toArray()) {
      const { type = "", src } = page(script).attr() ?? {};
      if (type === "application/ld+json") continue;
      expect([type, page(script).text()], path).toEqual(["module", ""]);
      const own = src?.replace(/^.*(?=assets\/)/u, "") ?? "";
      expect(site.has(own), `${path} loads ${src}`).toBe(true);
    }
    expect(page("link[rel=stylesheet]"), path).toHaveLength(1);
    expect(page("h1"), path).toHaveLength(1);
    const ids = page("[id]")
      .map((_, el) => page(el).attr("id"))
      .get();
    expect(new Set(ids).size, path).toBe(ids.length);
  }
});

/** Files that are planned beside the pages; that they are there is tested where a whole site is built. */
const BESIDE =
  /^api\/v1\/(?:sync\.json|conformance-kit\.zip|wallets\/index\.json|schema\/record\.json|records\/[^/]+\.rescreen\.(?:json|csv))$/u;

test("links between pages lead to files of the site", () => {
  for (const { path, bytes } of pages.filter(({ path }) => path !== "404.html")) {
    const page = load(text(bytes));
    for (const element of page("a[href], link[href]").toArray()) {
      const href = page(element).attr("href") ?? "";
      if (/^https?:/u.test(href)) continue;
      const target = new URL(href, `https://x.example/${path}`);
      const file = target.pathname.slice(1).replace(/(^|\/)$/u, "$1index.html");
      expect(site.has(file) || BESIDE.test(file), `${path} links to ${href}`).toBe(true);
      if (target.hash !== "" && file === path)
        expect(page(`[id="${target.hash.slice(1)}"]`), href).toHaveLength(1);
    }
  }
});

test("official records carry no banner", () => {
  const official = composeRecord({
    changes: [added(entity(1, "A"))],
    with: { sources: [{ file: "SDN.CSV", sha256: "sha256:00", bytes: 1, provenance: "official file" }] },
  });
  for (const { path, mediaType, bytes } of renderSite(siteOf([official]), TEMPLATES)) {
    if (mediaType.startsWith("text/")) expect(text(bytes), path).not.toContain("Composed example");
  }
});

test("an imported record is on the site with its segment said", () => {
  const page = text(site.get("publications/sdn-20220429/index.html")?.bytes);
  expect(page).toContain("segment csv-2021-2024");
  expect(text(site.get("index.html")?.bytes)).toContain("imported history, csv-2021-2024");
});

test("an empty ledger gives a site too", () => {
  const empty = renderSite(siteOf([]), TEMPLATES);
  expect(text(empty.find(({ path }) => path === "index.html")?.bytes)).toContain("Nothing is recorded yet");
});

test("the same facts in another order give the same bytes and the same plan", () => {
  const shuffled = { ...input, records: [...input.records].reverse(), context: [...input.context].reverse() };
  expect(renderSite(shuffled, TEMPLATES)).toEqual([...site.values()]);
  const hashes = (plan: ReturnType<typeof planSite>) =>
    plan.map(({ path, inputsHash }) => [path, inputsHash]);
  expect(hashes(planSite(shuffled, TEMPLATES))).toEqual(hashes(planSite(input, TEMPLATES)));
});

test("equal inputs hashes mean equal bytes: one more publication touches only what its hash says", () => {
  const last = input.records[3];
  const next = composeRecord({
    date: "2023-06-02",
    changes: [added(entity(95000, "NEW"))],
    previous: last ?? null,
  });
  const more = { ...input, records: [...input.records, next], heads: [headOf(next, 5)] };
  const before = new Map(planSite(input, TEMPLATES).map((planned) => [planned.path, planned]));
  const changed: string[] = [];
  for (const planned of planSite(more, TEMPLATES)) {
    const old = before.get(planned.path);
    if (old?.inputsHash === planned.inputsHash) expect(planned.render(), planned.path).toEqual(old.render());
    else changed.push(planned.path);
  }
  expect(changed).toContain("publications/sdn-20230602/index.html");
  expect(changed).toContain("publications/sdn-20230601/index.html");
  expect(changed).not.toContain("publications/sdn-20230523/index.html");
  expect(changed).not.toContain("assets/site.css");
});

test("a changed template, site title or notice changes the hashes of what shows it", () => {
  const hash = (plan: ReturnType<typeof planSite>, path: string) =>
    plan.find((p) => p.path === path)?.inputsHash;
  const path = "publications/sdn-20230523/index.html";
  const now = hash(planSite(input, TEMPLATES), path);
  expect(hash(planSite({ ...input, site: { ...SITE, title: "Other" } }, TEMPLATES), path)).not.toBe(now);
  expect(hash(planSite({ ...input, site: { ...SITE, renderer: "2" } }, TEMPLATES), path)).not.toBe(now);
  expect(hash(planSite({ ...input, context: [] }, TEMPLATES), path)).not.toBe(now);
  expect(hash(planSite({ ...input, observations: [] }, TEMPLATES), path)).not.toBe(now);
});

test("a missing template and a view without what its template names are errors", () => {
  expect(() => compileTemplates({})).toThrow(/restore templates\/partials/u);
  expect(() => TEMPLATES.render("site/404.hbs", { page: {} })).toThrow();
});
