import { load } from "cheerio";
import { expect, test } from "vitest";
import type { ContextEntry, Reconciliation, StoredRecord } from "../../src/domain/index.ts";
import { type Digest, type DigestInput, renderDigest, renderUnchanged } from "../../src/render/index.ts";
import { added, composeRecord, entity, modified, publication20230523, removed } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { SITE, TEMPLATES } from "../support/site.ts";
import { factsOfHtml, factsOfText, visibleText } from "./digest-facts.ts";

const SHOW = showcase();

const mention = {
  pressRelease: "jy1498",
  url: "https://home.treasury.gov/news/press-releases/jy1498",
  paragraph: 2,
  text: "a composed paragraph about two of them",
  authorities: [],
};
const reconciled = (uid: number) => ({
  uid,
  name: `PARTY ${uid}`,
  type: "entity",
  operation: "add" as const,
  status: "announced and listed" as const,
  notices: ["20230523"],
  lines: 1,
  matchedBy: ["name" as const],
  differences: [],
  press: [mention],
});
const RECONCILIATION: Reconciliation = {
  formatVersion: "1.0",
  publication: "sdn-20230523",
  list: "sdn",
  notices: [{ title: "North Korea Designations", url: "https://ofac.treasury.gov/recent-actions/20230523" }],
  pressReleases: [],
  verdict: "agrees",
  parties: [reconciled(43336), reconciled(43337)],
  counts: { announced: { add: {}, delete: {}, change: {} }, found: { add: {}, delete: {}, change: {} } },
  press: [],
  delta: {
    verdict: "not cross-checked",
    publications: [],
    addedOnlyHere: [],
    addedOnlyThere: [],
    removedOnlyHere: [],
    removedOnlyThere: [],
    modifiedOnlyHere: [],
    modifiedOnlyThere: [],
    areasDiffer: [],
  },
  items: [],
  times: { notices: [], list: { date: null, after: null, notLaterThan: null }, firstSeen: null },
  sentences: ["The notice names 2 parties; both are on the list.", "OFAC's delta was not cross-checked."],
};

type Input = Parameters<typeof renderDigest>[0];

function inputOf(publications: DigestInput["publications"], more: Partial<Input> = {}): Input {
  const subscription = {
    id: "desk",
    filters: [],
    unsubscribe: ["https://x.example/u?a=1&b=2"],
  };
  return {
    publications,
    context: SHOW.context,
    observations: SHOW.observations,
    site: SITE,
    subscription,
    ...more,
  };
}

const digestOf = (...publications: StoredRecord[]): Digest => renderDigest(inputOf(publications), TEMPLATES);
const flat = (text: string): string => text.replace(/[\u2068\u2069]/gu, "").replace(/\s+/gu, " ");

test("the digest of 2023-05-23 names all five with every match key, notice, press release, hash and links", () => {
  const stored = publication20230523();
  const { subject, preheader, text, html } = digestOf(stored);
  expect(subject).toBe("20230523: 4 entities, 1 individual added");
  expect(preheader).toContain("DPRK2 (4) and DPRK4 (1)");
  for (const document of [flat(text), visibleText(html)]) {
    for (const words of [
      "PYONGYANG UNIVERSITY OF AUTOMATION",
      "TECHNICAL RECONNAISSANCE BUREAU",
      "110TH RESEARCH CENTER",
      "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY",
      "KIM, Sang Man",
      "43336",
      "43337",
      "43338",
      "43379",
      "43377",
      "01 Jan 1960",
      "X0000000",
      "Korea, North",
      "North Korea Designations",
      "Treasury Targets DPRK",
      stored.hash,
      "Composed example documents, not OFAC data",
      "not legal advice",
      "50 Percent Rule is not covered",
      "Aliases: not in this source",
      "subscription desk follows everything",
    ]) {
      expect(document).toContain(words);
    }
  }
  for (const url of [
    "https://ledger.example/ofac/publications/sdn-20230523/",
    "https://ledger.example/ofac/api/v1/records/sdn-20230523.json",
    "https://ofac.treasury.gov/recent-actions/20230523",
  ]) {
    expect(text).toContain(url);
    expect(load(html)(`a[href="${url}"]`)).toHaveLength(1);
  }
});

test("text and HTML state the same facts: every word, number and link", () => {
  const [, first, second, third] = SHOW.records;
  const stored = [first, second, third].flatMap((one) => (one === undefined ? [] : [one]));
  const { text, html } = renderDigest(inputOf(stored), TEMPLATES);
  const [inText, inHtml] = [factsOfText(text), factsOfHtml(html)];
  expect(inText.links).toEqual(inHtml.links);
  expect(inText.words).toEqual(inHtml.words);
  expect(inText.words.length).toBeGreaterThan(400);
  expect(inText.links.length).toBeGreaterThan(10);
  // The comparison bites: a number that only one of them has is found.
  expect(factsOfText(text.replace("90001", "90002")).numbers).not.toEqual(inHtml.numbers);
});

test("additions come before removals, removals before changes; a removal says it releases nothing", () => {
  const [, , second] = SHOW.records;
  if (second === undefined) throw new Error("the showcase lost a record");
  const { text, html } = digestOf(second);
  for (const document of [text, visibleText(html)]) {
    const places = ["Added: 1 vessel", "Removed: 1 entity", "Address changed", "Not shown by the source"].map(
      (title) => document.indexOf(title),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect(flat(document)).toContain("A removal is not a release instruction");
  }
  expect(text).toContain("to:   14 Harbour Road, Port Example, 10001, Panama");
});

test("lists that a removed party is still on are named with it", () => {
  const stored = composeRecord({
    changes: [removed(entity(5, "EXCO"))],
    judgement: {
      events: [
        {
          kind: "list-removal",
          uids: [5],
          rule: "r",
          certainty: "certain",
          evidence: [],
          remainsOn: ["Non-SDN List A", "Non-SDN List B"],
        },
      ],
    },
  });
  const { text, html } = digestOf(stored);
  expect(text).toContain("Remains on Non-SDN List A and Non-SDN List B.");
  expect(visibleText(html)).toContain("Remains on Non-SDN List A and Non-SDN List B");
});

test("several publications: dates and totals, a party once", () => {
  const a = composeRecord({ date: "2023-05-23", changes: [added(entity(1, "A")), added(entity(2, "B"))] });
  const b = composeRecord({
    list: "consolidated",
    date: "2023-05-23",
    changes: [added(entity(2, "B")), removed(entity(3, "C"))],
  });
  const c = composeRecord({ date: "2023-05-25", previous: a, changes: [modified(entity(4, "D"), [])] });
  expect(digestOf(b, a).subject).toBe("20230523: 2 publications, 2 entities added; 1 entity removed");
  expect(digestOf(c, b, a).subject).toBe(
    "20230523 to 20230525: 3 publications, 2 entities added; 1 entity removed; 1 entity changed",
  );
  const { text } = digestOf(a, b);
  expect(text.match(/^ {2}B \(Entity, uid 2\)$/gmu)).toHaveLength(1);
});

test("filters choose parties, and what they could not decide is said", () => {
  const input = inputOf([
    {
      ...publication20230523(),
      uids: [43377],
      open: [{ filter: "countries", why: "source-silent", uids: [43377] }],
    },
  ]);
  const { text, html } = renderDigest(input, TEMPLATES);
  for (const document of [text, visibleText(html)]) {
    expect(document).toContain("KIM, Sang Man");
    expect(document).not.toContain("110TH RESEARCH CENTER");
    expect(flat(document)).toContain("The filter on countries could not be checked for 1 party");
  }
});

test("a mail that nothing changed says when every list was last looked at", () => {
  const subscription = { id: "s", filters: [], unsubscribe: [] };
  const mail = renderUnchanged(
    {
      site: SITE,
      freshness: { lookedAt: "2023-05-24T12:00:00Z", sources: [], held: [] },
      context: [],
      subscription,
    },
    TEMPLATES,
  );
  expect(mail.subject).toBe("OFAC sanctions lists: no changes");
  for (const document of [mail.text, visibleText(mail.html)]) {
    expect(flat(document)).toContain("Every list was last looked at: 24 May 2023, 12:00 UTC");
    expect(flat(document)).toContain("not legal advice");
  }
});

test("what list, notice, press release and delta say of each other is told, with the quoted paragraph", () => {
  const stored = publication20230523();
  const entry: ContextEntry = {
    formatVersion: "1.0",
    kind: "reconciliation",
    id: "r",
    date: null,
    provenance: "composed",
    reconciliation: RECONCILIATION,
  };
  const { text, html } = renderDigest(inputOf([stored], { context: [...SHOW.context, entry] }), TEMPLATES);
  for (const document of [flat(text), visibleText(html)]) {
    expect(document).toContain("Checks: All witnesses at hand agree");
    expect(document).toContain("The notice names 2 parties; both are on the list.");
    expect(document.match(/a composed paragraph about two of them/gu)).toHaveLength(1);
  }
  expect(digestOf(stored).text).toContain("No notice, press release or delta of OFAC's has been compared");
});

test("a mail without a publication is refused", () => {
  expect(() => renderDigest(inputOf([]), TEMPLATES)).toThrow(/at least one publication/u);
});

test("styles are inlined, nothing is loaded, and dark mode survives", () => {
  const { html } = digestOf(publication20230523());
  const page = load(html);
  expect(page("h1").attr("style")).toContain("font-size: 23px");
  expect(page("link, img, script")).toHaveLength(0);
  expect(html).toContain("@media (prefers-color-scheme: dark)");
  expect(html).toContain("max-width: 520px");
});

test("a mail of hundreds of parties stays below 100 kB and says what it leaves out and where", () => {
  const changes = Array.from({ length: 700 }, (_, n) =>
    n % 3 === 0
      ? modified(entity(n, `CHANGED EXAMPLE COMPANY ${n}`), [
          { area: "title", action: "add", key: "title", after: `Title ${n} ${"long ".repeat(20)}` },
        ])
      : added({
          ...entity(n, `EXAMPLE COMPANY NUMBER ${n}`, [`P${n % 7}`]),
          remarks: [{ text: "example ".repeat(40) }],
        }),
  );
  const stored = composeRecord({ changes, judgement: { events: [] } });
  const { html, text } = digestOf(stored);
  expect(new TextEncoder().encode(html).length).toBeLessThan(100_000);
  const page = load(html);
  const left = page('a:contains("more, on the page")')
    .map((_, a) => page(a).text())
    .get();
  expect(left.length).toBeGreaterThan(0);
  const counted = left.reduce((sum, words) => sum + Number(/^\d+/u.exec(words)?.[0]), 0);
  const shown = new Set(
    [...visibleText(html).matchAll(/\((?:uid )?(\d+)[),]|uid (\d+)/gu)].map((m) => Number(m[1] ?? m[2])),
  );
  const named = changes.filter(({ uid }) => shown.has(uid)).length;
  expect(named + counted).toBe(700);
  expect(factsOfText(text).numbers).toEqual(factsOfHtml(html).numbers);
});

test("the worst mail still fits: even names are left to the page", () => {
  const changes = Array.from({ length: 400 }, (_, n) =>
    added(entity(n, `EXAMPLE ${"LONG NAME ".repeat(60)}${n}`, [`PROGRAM-${n}`])),
  );
  const { html } = digestOf(composeRecord({ changes }));
  expect(new TextEncoder().encode(html).length).toBeLessThan(100_000);
});
