import { load } from "cheerio";
import { XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { ContextEntry, Party } from "../../src/domain/index.ts";
import { renderDigest, renderSite } from "../../src/render/index.ts";
import { safeHref } from "../../src/render/link.ts";
import { markdownText } from "../../src/render/markdown.ts";
import { cleanText, isolate, wrap } from "../../src/render/text.ts";
import { NOTHING_COMPARED } from "../support/reconciliations.ts";
import { added, composeRecord, modified } from "../support/records.ts";
import { SITE, siteOf, TEMPLATES } from "../support/site.ts";

const IMG = "<img src=x onerror=alert(1)>";
const EVIL = `${IMG} "quoted" 'single' \`tick\` & ]]> {{constructor}} \u0000\u0001\u001b\u0085\uffff\u202eREVERSED end`;

const party: Party = {
  uid: 7,
  type: `entity${IMG}`,
  name: { full: `${EVIL} name`, scripts: [{ script: IMG, full: "شركة المثال" }] },
  blocking: "yes",
  title: EVIL,
  programs: [{ code: `${IMG}P` }],
  aliases: [{ type: IMG, quality: "weak", full: EVIL }],
  contacts: [{ type: "Website", value: "javascript:alert(1)" }],
  remarks: [{ text: EVIL }],
  documents: [{ type: IMG, number: EVIL }],
};
const record = composeRecord({
  changes: [
    added(party),
    modified({ ...party, uid: 8 }, [
      {
        area: "title",
        action: "change",
        key: `title:${IMG}"'`,
        before: `${EVIL} old words`,
        after: `${EVIL} new words`,
      },
    ]),
  ],
  with: {
    issues: [{ severity: "warning", code: IMG, message: EVIL, where: EVIL, examples: [] }],
    unknown: [
      {
        uid: 9,
        type: IMG,
        name: EVIL,
        beforeHash: "sha256:0",
        afterHash: "sha256:1",
        reason: "truncated",
        area: "remarks",
        action: "remove",
        key: "remarks:~1",
        before: { text: EVIL },
        detail: EVIL,
      },
    ],
    sources: [{ file: IMG, sha256: "sha256:0", bytes: 1, provenance: "composed" }],
  },
  judgement: {
    meaning: EVIL,
    events: [
      {
        kind: IMG,
        legalVerb: EVIL,
        uids: [7],
        rule: "r",
        certainty: "likely",
        evidence: [EVIL],
        statement: EVIL,
        remainsOn: [EVIL],
      },
    ],
  },
});
const evilLink = { title: IMG, url: "JaVaScRiPt:alert(1)" };
const pages: ContextEntry[] = [
  "javascript:alert(1)",
  'https://ofac.treasury.gov/recent-actions/1"onmouseover=x',
  "data:text/html,x",
].map((url, n) => ({
  formatVersion: "1.0",
  kind: "notice",
  id: `n${n}`,
  date: "2023-05-23",
  provenance: "official page",
  firstSeen: "2023-05-23T15:00:00Z",
  notice: {
    id: `n${n}`,
    url,
    title: `${EVIL} ${n}`,
    date: "2023-05-23",
    nodeId: null,
    categories: [EVIL],
    text: EVIL,
    pressReleases: [evilLink],
    downloads: [evilLink],
    sections: [
      {
        heading: EVIL,
        list: EVIL,
        operation: "add",
        partyType: IMG,
        administrative: false,
        entries: [{ operation: "add", text: EVIL }],
      },
    ],
    items: [
      {
        kind: "general-licence",
        title: EVIL,
        numbers: [IMG],
        topic: EVIL,
        expires: EVIL,
        links: [evilLink],
        text: EVIL,
      },
    ],
    sha256: "sha256:0",
    issues: [{ severity: "warning", code: IMG, message: EVIL, where: EVIL, examples: [EVIL] }],
  },
}));
const comparison: ContextEntry = {
  formatVersion: "1.0",
  kind: "reconciliation",
  id: record.record.id,
  date: "2023-05-23",
  provenance: "official page",
  firstSeen: "2023-05-23T15:00:00Z",
  reconciliation: {
    ...NOTHING_COMPARED,
    publication: record.record.id,
    verdict: "disagrees",
    notices: [evilLink],
    pressReleases: [evilLink],
    parties: [7, 8].map((uid) => ({
      uid,
      name: EVIL,
      type: IMG,
      operation: uid === 7 ? ("add" as const) : ("change" as const),
      status: "details differ" as const,
      notices: [IMG],
      lines: 1,
      matchedBy: [],
      differences: [{ area: "title" as const, notice: [EVIL], list: [EVIL] }],
      explanation: EVIL,
      press: [{ pressRelease: IMG, url: evilLink.url, paragraph: 0, text: EVIL, authorities: [EVIL] }],
    })),
    sentences: [EVIL],
  },
};
const context = [...pages, comparison];

const decode = (bytes: Uint8Array): string => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const digest = renderDigest(
  {
    publications: [record],
    context,
    observations: [],
    site: SITE,
    subscription: { id: "s", filters: [], unsubscribe: ["javascript:alert(1)"] },
  },
  TEMPLATES,
);
const artifacts = renderSite(siteOf([record], { context }), TEMPLATES)
  .filter(({ path }) => !path.startsWith("api/"))
  .map(({ path, bytes }) => [path, decode(bytes)] as const);
const documents = [...artifacts, ["digest.html", digest.html], ["digest.txt", digest.text]] as const;
const html = documents.filter(([path]) => path.endsWith(".html"));

const forbidden = (text: string): string[] =>
  [...text].filter((c) => {
    const code = c.codePointAt(0) ?? 0;
    return (
      (code < 0x20 && c !== "\n" && c !== "\t") ||
      (code >= 0x7f && code <= 0x9f) ||
      (code >= 0xd800 && code <= 0xdfff) ||
      code === 0xffff ||
      code === 0x202e
    );
  });

test.each(documents)("%s holds no control character and cannot be turned around", (_, text) => {
  expect(forbidden(text)).toEqual([]);
});

test.each(html)("%s shows planted markup as text", (path, text) => {
  const page = load(text);
  expect(page("img, script:not([type=module][src]):not([type='application/ld+json'])")).toHaveLength(0);
  for (const script of page("script").toArray()) {
    const own = page(script).text();
    if (page(script).attr("src") === undefined) expect(() => JSON.parse(own)).not.toThrow();
    else
      expect([own, page(script).attr("src")]).toEqual([
        "",
        expect.stringMatching(/^(?:[./]|https:\/\/ledger\.example\/)/u),
      ]);
  }
  for (const element of page("*").toArray()) {
    for (const name of Object.keys(page(element).attr() ?? {})) expect(name).not.toMatch(/^on/u);
  }
  for (const element of page("[href]").toArray()) {
    expect(page(element).attr("href")).not.toMatch(/^\s*(?:javascript|data|vbscript):/iu);
  }
  if (path.startsWith("publications/")) {
    expect(page("#party-7").text()).toContain(IMG);
    expect(page("#party-7").text()).toContain("javascript:alert(1)");
    expect(page(".publication").text()).toContain("{{constructor}}");
  }
});

test("the feed is well-formed, and its content is escaped twice", () => {
  const feed = new Map<string, string>(artifacts).get("feed.atom") ?? "";
  expect(XMLValidator.validate(feed)).toBe(true);
  const xml = load(feed, { xml: true });
  const content = load(xml("entry content").text());
  expect(content("img")).toHaveLength(0);
  expect(content.text()).toContain(IMG);
});

test("names and values are isolated from the direction of what surrounds them", () => {
  const page = load(new Map<string, string>(artifacts).get("publications/sdn-20230523/index.html") ?? "");
  for (const element of page("h4, .facts dd, .diff td").toArray()) {
    const own = page(element);
    if (own.closest("#provenance").length > 0 || own.find(".quiet").length > 0) continue;
    expect(own.find("bdi").length, own.text()).toBeGreaterThan(0);
  }
  expect(digest.text).toContain("\u2068");
});

test("Markdown shows markup as text", () => {
  expect(markdownText("[a](javascript:x) <b> *c* # d | `e`")).toBe(
    "\\[a\\]\\(javascript\\:x\\) \\<b\\> \\*c\\* \\# d \\| \\`e\\`",
  );
  const markdown = new Map<string, string>(artifacts).get("changelog.md") ?? "";
  expect(markdown).not.toMatch(/(?<!\\)<img/u);
  expect(markdown).not.toMatch(/\]\((?!https:\/\/ledger\.example)/u);
});

test("only plain web addresses become links", () => {
  expect(safeHref("https://ofac.treasury.gov/recent-actions/20230523")).toBe(
    "https://ofac.treasury.gov/recent-actions/20230523",
  );
  expect(safeHref("http://example.org/a?b=1&c=2")).toBe("http://example.org/a?b=1&c=2");
  for (const bad of [
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " https://example.org",
    "https://user:pw@example.org/",
    "https://localhost/",
    "//example.org",
    "/relative",
    "data:text/html,x",
    "https://example.org/\n",
    'https://example.org/"x',
    "ftp://example.org/",
    "https://",
    "https://example.org\\@evil.example",
    "",
  ]) {
    expect(safeHref(bad), bad).toBeNull();
  }
});

test("text is cleaned, isolated and wrapped", () => {
  expect(cleanText("a\u0000b\u0007\tc\nd\u009fe\ud83d\ude00f\udc00")).toBe(
    "a\ufffdb\ufffd\tc\nd\ufffde\ud83d\ude00f\ufffd",
  );
  expect(cleanText("x\u202ey\u2066z")).toBe("xyz");
  expect(isolate("abc")).toBe("abc");
  expect(isolate("שלום")).toBe("\u2068שלום\u2069");
  expect(wrap("aaa bbb ccc", 7, "- ", "  ")).toEqual(["- aaa", "  bbb", "  ccc"]);
  expect(wrap("unbreakablelongword x", 5)).toEqual(["unbreakablelongword", "x"]);
});
