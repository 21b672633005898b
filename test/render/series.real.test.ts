import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "cheerio";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importFiles } from "../../src/app/import.ts";
import { heads } from "../../src/app/past/history.ts";
import { SILENT } from "../../src/app/progress.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { applyChanges, invert } from "../../src/diff/index.ts";
import { decodeParty } from "../../src/domain/index.ts";
import { type LedgerFiles, nodeLedgerFiles, readState } from "../../src/ledger/index.ts";
import { nodeFiles, publish } from "../../src/publish/index.ts";
import { foldedWords } from "../../src/render/fold.ts";
import { planSite, type SiteInput } from "../../src/render/index.ts";
import { shardOf, shardPath } from "../../src/render/search-shape.ts";
import { runCli } from "../support/cli.ts";
import { csvSeriesFolder } from "../support/csv-series.ts";
import { hasSharedData } from "../support/shared-data.ts";
import { SITE, TEMPLATES } from "../support/site.ts";

interface Built {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
}

describe.skipIf(!hasSharedData)("the site of the whole real series", () => {
  const folder = mkdtempSync(join(tmpdir(), "ofac-ledger-series-"));
  const ledger = join(folder, "snapshots");
  const at = (name: string) => join(folder, name);
  let files: LedgerFiles;
  let first: Built;

  async function build(out: string, env: Record<string, string>, ...more: string[]): Promise<Built> {
    const args = ["build", "--ledger", ledger, "--out", at(out), "--json", "--quiet", ...more];
    const { code, stdout, stderr } = await runCli(args, { env });
    expect([code, stderr]).toEqual([0, ""]);
    return JSON.parse(stdout);
  }

  beforeAll(async () => {
    const captures = csvSeriesFolder();
    const paths = readdirSync(captures)
      .filter((name) => name.endsWith(".CSV"))
      .map((name) => join(captures, name));
    files = nodeLedgerFiles(ledger);
    const options = {
      paths,
      segment: "csv",
      list: "sdn",
      provenance: "third-party capture",
      judge: {},
    } as const;
    await importFiles(files, options, SILENT);
    first = await build("one", { TZ: "Asia/Kathmandu", OFAC_LEDGER_NOW: "2026-01-01T00:00:00Z" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const pathsBelow = (name: string): string[] =>
    readdirSync(at(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(at(name).length + 1))
      .sort();

  test("has a page for each of 308 records and for every party they touch, none above 300 kB", () => {
    const pages = pathsBelow("one").filter((path) => path.endsWith(".html"));
    expect(pages.filter((path) => /^publications\/[^/]+\/index\.html$/u.test(path))).toHaveLength(308);
    expect(pages.filter((path) => path.startsWith("parties/")).length).toBeGreaterThan(8000);
    for (const path of pages.filter((one) => !one.includes("/all/"))) {
      expect(statSync(join(at("one"), path)).size, path).toBeLessThan(300_000);
    }
  });

  test("every link of a page of each kind leads to a file", () => {
    const files = new Set(pathsBelow("one"));
    const kinds = [
      "index.html",
      "years/2023/index.html",
      "publications/sdn-20230523/index.html",
      "publications/sdn-20240223/index.html",
      "parties/43379/index.html",
      "parties/38499/index.html",
      "programs/index.html",
      "programs/dprk2/index.html",
      "subscribe/index.html",
      "status/index.html",
      "about/index.html",
      "search/index.html",
      "watch/index.html",
    ];
    for (const path of kinds) {
      const page = load(readFileSync(join(at("one"), path), "utf8"));
      const hrefs = page("a[href], link[href], script[src], image[href]")
        .map((_, one) => page(one).attr("href") ?? page(one).attr("src"))
        .get()
        .filter((href) => !/^https?:/u.test(href));
      expect(hrefs.length, path).toBeGreaterThan(8);
      for (const href of hrefs) {
        const target = new URL(href, `https://x.example/${path}`).pathname.slice(1);
        expect(files.has(target.replace(/(^|\/)$/u, "$1index.html")), `${path} links to ${href}`).toBe(true);
      }
    }
  });

  test("a second build writes nothing", async () => {
    const again = await build("one", { TZ: "America/Los_Angeles", OFAC_LEDGER_NOW: "2031-07-04T00:00:00Z" });
    expect([again.written, again.removed]).toEqual([[], []]);
    expect(again.unchanged).toBe(first.written.length);
  });

  test("another day in another time zone gives the same bytes", async () => {
    await build("two", {
      TZ: "Pacific/Auckland",
      LANG: "tr_TR.UTF-8",
      OFAC_LEDGER_NOW: "2029-12-31T23:59:59Z",
    });
    const paths = pathsBelow("one");
    expect(pathsBelow("two")).toEqual(paths);
    const different = paths.filter(
      (path) => !readFileSync(join(at("one"), path)).equals(readFileSync(join(at("two"), path))),
    );
    expect(different).toEqual([]);
  });

  test("one publication more touches what shows it, and nothing else", async () => {
    const { records, context, observations } = readPublished(files);
    const [head] = heads(files);
    const last = records.find(({ record }) => record.id === head?.id);
    const previous = records.find(({ record }) => record.id === last?.record.previous?.id);
    if (head === undefined || last === undefined || previous === undefined)
      throw new Error("expected a chain");
    const { parties } = readState(files, head);
    const input = (full: boolean): SiteInput => ({
      records: full ? records : records.filter((one) => one !== last),
      heads: full
        ? [head]
        : [{ ...head, id: previous.record.id, hash: previous.hash, state: previous.record.state.to }],
      context,
      observations,
      site: SITE,
      states: [
        {
          list: head.list,
          segment: head.segment,
          origin: head.origin,
          parties: full ? parties : applyChanges(parties, invert(last.record)),
        },
      ],
    });
    await publish(planSite(input(false), TEMPLATES), at("three"), nodeFiles);
    const report = await publish(planSite(input(true), TEMPLATES), at("three"), nodeFiles);
    expect(report.removed).toEqual([]);
    const touched = new Set(last.record.changes.map(({ uid }) => String(uid)));
    // Those that a party which came or went names, or is named by: their pages say so.
    const gone = last.record.changes.flatMap((change) =>
      change.op === "modify" ? [] : [change.op === "add" ? change.after : change.before],
    );
    const names = new Set(
      gone.flatMap(({ relationships = [] }) => relationships.map((one) => one.targetName)),
    );
    const own = gone.map(({ name }) => name.full);
    const related = new Set(
      [...parties.values()]
        .filter((line) => names.has(decodeParty(line).name.full))
        .map(({ uid }) => String(uid)),
    );
    const naming = (path: string): boolean => {
      const text = load(readFileSync(join(at("three"), path), "utf8"))("#relationships").text();
      return own.some((name) => text.includes(name));
    };
    const others = report.written.filter((path) => {
      const [kind = "", id = ""] = path.split("/");
      if (kind === "parties") return !touched.has(id) && !related.has(id) && !naming(path);
      if (path.startsWith("api/v1/parties/")) return !touched.has(path.replace(/^.*\/(\d+)\.json$/u, "$1"));
      if (kind === "publications") return id !== last.record.id && id !== previous.record.id;
      return false;
    });
    expect(others).toEqual([]);
    expect(report.written).toEqual(
      expect.arrayContaining(["index.html", `publications/${last.record.id}/index.html`]),
    );
    expect(report.written.length).toBeLessThan(150 + 6 * touched.size);
    expect(report.unchanged.length).toBeGreaterThan(15_000);
  });

  test("a first query loads less than 500 kB", () => {
    const size = (path: string) => statSync(join(at("one"), path)).size;
    const page = [
      "search/index.html",
      "assets/site.css",
      "assets/site.js",
      "assets/search.js",
      "search/index/common.json",
    ];
    const always = page.reduce((sum, path) => sum + size(path), 0);
    for (const query of [
      "chinyong",
      "kim sang man",
      "al rahman trading",
      "bank of russia",
      "mohammad ali",
      "43379",
    ]) {
      const shards = new Set(foldedWords(query).map((word) => shardPath(shardOf(word))));
      const total = [...shards].reduce((sum, path) => sum + size(path), always);
      expect(total, query).toBeLessThan(500_000);
    }
    for (const path of pathsBelow("one").filter((one) => one.startsWith("search/index/"))) {
      expect(size(path), path).toBeLessThan(400_000);
    }
  });
});
