import { load } from "cheerio";
import { expect, test } from "vitest";
import type { ContextEntry, PressMention, Reconciliation } from "../../src/domain/index.ts";
import { renderDigest, renderSite } from "../../src/render/index.ts";
import { agreed, kept, NOTHING_COMPARED } from "../support/reconciliations.ts";
import { added, composeRecord, entity, publication20230523, removed } from "../support/records.ts";
import { SITE, siteOf, TEMPLATES } from "../support/site.ts";

const URL_OF_PRESS = "https://home.treasury.gov/news/press-releases/jy1498";
const NOTICE = { title: "Composed notice", url: "https://ofac.treasury.gov/recent-actions/20230523" };
const PRESS = { title: "Treasury Acts (composed)", url: URL_OF_PRESS };

const mention = (paragraph: number, text: string, ...authorities: readonly string[]): PressMention => ({
  pressRelease: "jy1498",
  url: URL_OF_PRESS,
  paragraph,
  text,
  authorities,
});
const GROUP = mention(2, "Both of them are being designated pursuant to E.O. 13687.", "E.O. 13687");
const compared = (more: Partial<Reconciliation>): Reconciliation => ({
  ...NOTHING_COMPARED,
  notices: [NOTICE],
  pressReleases: [PRESS],
  ...more,
});

function pageOf(context: readonly ContextEntry[], stored = publication20230523()) {
  const site = renderSite(siteOf([stored], { context }), TEMPLATES);
  const path = `publications/${stored.record.id}/index.html`;
  const file = site.find((one) => one.path === path);
  return load(new TextDecoder().decode(file?.bytes));
}

test("a party carries the paragraphs that name it, the one with its authority among them, quoted and attributed", () => {
  const own = [
    mention(1, "The university trains people."),
    mention(3, "It trains more people."),
    mention(4, "The university is being designated pursuant to E.O. 13687.", "E.O. 13687"),
  ];
  const page = pageOf([kept(compared({ parties: [agreed(43336, { press: own }), agreed(43337)] }))]);
  const why = page("#party-43336 .why");
  expect(
    why
      .find("blockquote p")
      .map((_, p) => page(p).text())
      .get(),
  ).toEqual([own[0]?.text, own[2]?.text]);
  expect(why.find("blockquote footer a").attr("href")).toBe(URL_OF_PRESS);
  expect(why.find(".meta").text().replace(/\s+/gu, " ")).toContain(
    "Authority named there: E.O. 13687. 1 more paragraph names it. Notice: Composed notice",
  );
  // A notice names it, no press release does.
  expect(page("#party-43337 blockquote")).toHaveLength(0);
  expect(page("#party-43337 .why").text()).toContain("Composed notice");
});

test("a page quotes a paragraph at every party it names; a mail quotes it once and says where", () => {
  const context = [
    kept(compared({ parties: [agreed(43336, { press: [GROUP] }), agreed(43337, { press: [GROUP] })] })),
  ];
  const page = pageOf(context);
  for (const uid of [43336, 43337]) expect(page(`#party-${uid} blockquote`).text()).toContain(GROUP.text);
  const subscription = { id: "s", filters: [], unsubscribe: [] };
  const input = {
    publications: [publication20230523()],
    context,
    observations: [],
    site: SITE,
    subscription,
  };
  const { text, html } = renderDigest(input, TEMPLATES);
  for (const mail of [text, load(html)("body").text()]) {
    const flat = mail.replace(/[\u2068\u2069>]/gu, "").replace(/\s+/gu, " ");
    expect(flat.split(GROUP.text)).toHaveLength(2);
    expect(flat).toContain("Named in what is quoted at PYONGYANG UNIVERSITY OF AUTOMATION.");
    expect(flat.match(/Authority named there: E\.O\. 13687/gu)).toHaveLength(2);
  }
});

test("a removal is told in the words of its own notice, not in those of an addition of the same uid", () => {
  const stored = composeRecord({ changes: [removed(entity(7, "EXAMPLE"))] });
  const press = [mention(1, "EXAMPLE is no longer sanctioned.")];
  const told = (operation: "add" | "delete") =>
    pageOf(
      [kept(compared({ publication: stored.record.id, parties: [agreed(7, { operation, press })] }))],
      stored,
    );
  expect(told("delete")("#party-7 blockquote").text()).toContain("no longer sanctioned");
  expect(told("add")("#party-7 blockquote")).toHaveLength(0);
});

test("who was not announced is called what the list did to it, and times stand in the site's words", () => {
  const status = "listed, not announced" as const;
  const page = pageOf([
    kept(
      compared({
        sentences: ["First seen at 2023-05-23T14:05:00Z, by us."],
        parties: [
          agreed(1, { status, operation: "add" }),
          agreed(2, { status, operation: "delete" }),
          agreed(3, { status, operation: "change" }),
        ],
      }),
    ),
  ]);
  const checks = page("#checks").text();
  for (const words of ["added", "removed", "changed"]) expect(checks).toContain(`: ${words}, not announced`);
  expect(checks).not.toContain("listed, not announced");
  expect(checks).toContain("First seen at 23 May 2023, 14:05 UTC (10:05 Eastern), by us.");
});

test("a disagreement shows both sides, a delta's too, and how many it leaves out", () => {
  const delta = { ...NOTHING_COMPARED.delta, verdict: "differs" as const, publications: [803] };
  const silent = Array.from({ length: 75 }, (_, n) => agreed(1000 + n, { status: "listed, not announced" }));
  const page = pageOf([
    kept(
      compared({
        verdict: "disagrees",
        sentences: ["The notice names 5 parties; 4 agree with the list, 1 does not."],
        parties: [
          agreed(43337, {
            status: "details differ",
            differences: [{ area: "program", notice: ["CUBA"], list: ["DPRK2"] }],
          }),
          ...silent,
        ],
        delta: {
          ...delta,
          addedOnlyThere: [99],
          areasDiffer: [{ uid: 43336, here: ["alias"], there: ["address"] }],
        },
      }),
    ),
  ]);
  const panel = page("#checks").text().replace(/\s+/gu, " ");
  expect(panel).toContain("The witnesses do not agree");
  expect(panel).toContain("PARTY 43337 uid 43337: details differ; program: notice “CUBA”, list “DPRK2”");
  expect(panel).toContain("16 more parties, in the JSON.");
  expect(panel).toContain("Added in OFAC's delta only: uid 99");
  expect(panel).toContain("uid 43336 changed here in alias, there in address");
});

test("of several comparisons the newest counts, whatever the number of its witnesses", () => {
  const first = kept(compared({ sentences: ["the first"], verdict: "disagrees" }));
  const last = (version: number) =>
    kept(compared({ sentences: [`version ${version}`], notices: [], pressReleases: [] }), {
      id: `sdn-20230523-v${version}`,
    });
  const panel = pageOf([last(10), first, last(9)])("#checks").text();
  expect(panel).toContain("version 10");
  expect(panel).toContain("Compared 3 times");
  expect(panel).not.toContain("the first");
});

test("paragraphs on parties that were only changed stand in the panel, each once", () => {
  const change = { operation: "change" as const, press: [GROUP] };
  const page = pageOf([kept(compared({ parties: [agreed(1, change), agreed(2, change)] }))]);
  expect(page("#checks blockquote")).toHaveLength(1);
  expect(page("#checks blockquote").text()).toContain(GROUP.text);
});

test("an entry of the feed is made of one comparison, and later ones leave it as it was", () => {
  const stored = publication20230523();
  const feed = (...context: ContextEntry[]) => {
    const site = renderSite(siteOf([stored], { context }), TEMPLATES);
    const bytes = site.find(({ path }) => path === "feed.atom")?.bytes;
    return new TextDecoder().decode(bytes).match(/<entry>[\s\S]*?<\/entry>/gu) ?? [];
  };
  const first = kept(compared({ verdict: "disagrees", sentences: ["They differ."] }));
  const second = kept(compared({ verdict: "disagrees", sentences: ["They still differ."] }), {
    id: "sdn-20230523-v2",
    firstSeen: "2023-05-24T15:00:00Z",
  });
  const third = kept(compared({ sentences: ["All is well."] }), {
    id: "sdn-20230523-v3",
    firstSeen: "2023-05-25T15:00:00Z",
  });
  const told = feed(first);
  expect(told).toHaveLength(2);
  expect(told[0]).toContain("<id>tag:ledger.example,2026:checks:sdn-20230523</id>");
  expect(told[0]).toContain("They differ.");
  // That it still disagrees is no news.
  expect(feed(first, second)).toEqual(told);
  const again = feed(first, second, third);
  expect(again.slice(1)).toEqual(told);
  expect(again[0]).toContain("Witnesses agree now");
  expect(feed(kept(compared({})))).toHaveLength(1);
});

test("a comparison of imported history is on its page, and no news", () => {
  const stored = composeRecord({
    changes: [added(entity(7, "EXAMPLE"))],
    with: { origin: "import", segment: "history" },
  });
  const { id } = stored.record;
  const context = [kept(compared({ publication: id, verdict: "disagrees", sentences: ["They differ."] }))];
  expect(pageOf(context, stored)("#checks").text()).toContain("They differ.");
  const site = renderSite(siteOf([stored], { context }), TEMPLATES);
  const bytes = site.find(({ path }) => path === "feed.atom")?.bytes;
  expect(new TextDecoder().decode(bytes)).not.toContain("<entry>");
});
