import { compareText, type PlannedArtifact } from "../domain/index.ts";
import { xml } from "./feed-atom.ts";
import { absolute } from "./page.ts";
import { type Bench, plan } from "./plan.ts";
import { utf8 } from "./text.ts";
import { COMPOSED_BANNER, DISCLAIMERS } from "./words.ts";

const TEXT = "text/plain; charset=utf-8";
const XML = "application/xml; charset=utf-8";

/** sitemaps.org: at most 50,000 addresses a file. */
const PER_SITEMAP = 40_000;

/** What crawlers and language models ask for first. */
export function planMachineFiles(bench: Bench, files: readonly PlannedArtifact[]): PlannedArtifact[] {
  const pages = files
    .map(({ path }) => path)
    .filter((path) => path.endsWith("index.html"))
    .map((path) => path.slice(0, -"index.html".length))
    .sort(compareText);
  const count = Math.max(1, Math.ceil(pages.length / PER_SITEMAP));
  const sitemap = (at: number): string => (at === 0 ? "sitemap.xml" : `sitemap-${at + 1}.xml`);
  return [
    ...Array.from({ length: count }, (_, at) => {
      const own = pages.slice(at * PER_SITEMAP, (at + 1) * PER_SITEMAP);
      return plan(bench, sitemap(at), XML, { facts: own }, () => renderSitemap(bench, own));
    }),
    plan(bench, "robots.txt", TEXT, { facts: count }, () => {
      const maps = Array.from(
        { length: count },
        (_, at) => `Sitemap: ${absolute(bench.input.site, sitemap(at))}`,
      );
      return utf8(["User-agent: *", "Allow: /", "", ...maps, ""].join("\n"));
    }),
    plan(bench, "llms.txt", TEXT, { facts: bench.composed }, () => renderLlms(bench)),
  ];
}

function renderSitemap({ input }: Bench, pages: readonly string[]): Uint8Array {
  return utf8(
    [
      '<?xml version="1.0" encoding="utf-8"?>',
      '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
      ...pages.map((path) => `<url><loc>${xml(absolute(input.site, path))}</loc></url>`),
      "</urlset>",
      "",
    ].join("\n"),
  );
}

/** https://llmstxt.org */
function renderLlms({ input: { site }, composed }: Bench): Uint8Array {
  const link = (title: string, path: string, what: string) =>
    `- [${title}](${absolute(site, path)}): ${what}`;
  return utf8(
    [
      `# ${site.title}`,
      "",
      "> What changed in each publication of OFAC's sanctions lists, field by field, from a hash-chained ledger.",
      "",
      ...(composed ? [`${COMPOSED_BANNER}.`, ""] : []),
      ...DISCLAIMERS,
      "",
      "## Machine-readable",
      "",
      link("Freshness", "status.json", "small: when we last looked, and the newest publication"),
      link(
        "Index of records",
        "api/v1/index.json",
        "every publication with counts, effects and hash; also by year",
      ),
      link("Newest of each list", "api/v1/latest.json", "where each list stands"),
      link("One record", "api/v1/records/{id}.json", "byte for byte as in the ledger; also .csv"),
      link(
        "What to screen again",
        "api/v1/records/{id}.rescreen.json",
        "new, changed and lost match keys; also .csv",
      ),
      link("One party", "api/v1/parties/{uid}.json", "where it stands and all that happened to it"),
      link(
        "Synchronise",
        "api/v1/sync.json",
        "whole states, catch-up files and hashes, to hold a copy and prove it",
      ),
      link(
        "Digital-currency addresses",
        "api/v1/wallets/index.json",
        "all listed now; plain lists beside it",
      ),
      link("Schemas", "api/v1/schema/record.json", "JSON Schema 2020-12 of every file here"),
      "",
      "## To read",
      "",
      link("Changelog", "changelog.md", "the newest publications as Markdown; older ones by year"),
      link("Atom feed", "feed.atom", "with archives (RFC 5005); also feed.xml (RSS) and feed.json"),
      link("Subscribe", "subscribe/", "feeds by list, type and program; mail; how to filter"),
      link("Programs", "programs/", "what each program tag stands for, and its history"),
      link("Status", "status/", "how each source fares, and which days we looked"),
      link("About", "about/", "method and limits; what each list means, and OFAC's 50 Percent Rule"),
      "",
    ].join("\n"),
  );
}
