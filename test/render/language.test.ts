import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it, test } from "vitest";
import type { LedgerRecord, Reconciliation } from "../../src/domain/index.ts";
import { sentences } from "../../src/reconcile/sentences.ts";
import { checkSentences } from "../../src/render/digest-checks.ts";
import { headlineIn } from "../../src/render/digest-counts.ts";
import {
  ENGLISH,
  findLanguage,
  languageTags,
  readLanguage,
  renderDigest,
  renderUnchanged,
} from "../../src/render/index.ts";
import { agreed, kept, NOTHING_COMPARED } from "../support/reconciliations.ts";
import { publication20230523 } from "../support/records.ts";
import { showcase } from "../support/showcase.ts";
import { SITE, TEMPLATES } from "../support/site.ts";
import { factsOfHtml, factsOfText, visibleText } from "./digest-facts.ts";

const FILE = fileURLToPath(new URL("../../templates/languages/de.json", import.meta.url));
const SOURCE = readFileSync(FILE, "utf8");
const GERMAN = readLanguage(SOURCE, "de.json");
const SHOW = showcase();

const compared = (more: Partial<Reconciliation>): Reconciliation => ({
  ...NOTHING_COMPARED,
  notices: [{ title: "Notice", url: "https://ofac.treasury.gov/recent-actions/20230523" }],
  ...more,
});

type Json = { [name: string]: Json | string | string[] };
/** The German file with one member changed. */
function changed(path: readonly string[], value: unknown): string {
  const file = JSON.parse(SOURCE);
  let at = file;
  for (const name of path.slice(0, -1)) at = at[name];
  const last = path.at(-1) ?? "";
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(file);
}

describe("a language file", () => {
  it("is found by its tag, or by a shorter one", () => {
    const sources = { "languages/de.json": SOURCE };
    expect(findLanguage(sources, "de")?.tag).toBe("de");
    expect(findLanguage(sources, "de-AT")?.tag).toBe("de");
    expect(findLanguage(sources, "en-GB")).toBe(ENGLISH);
    expect(findLanguage(sources, "fr")).toBeUndefined();
    expect(languageTags(sources)).toEqual(["de", "en"]);
  });

  it.each([
    [
      "a missing member",
      changed(["mail", "removalNote"], undefined),
      /mail\.removalNote: missing \(English: "A removal/u,
    ],
    ["a member too many", changed(["mail", "hello"], "Hallo"), /mail\.hello: not expected/u],
    [
      "an empty text",
      changed(["mail", "added"], " "),
      /mail\.added: expected a text for "Added", found " "/u,
    ],
    [
      "a lost placeholder",
      changed(["mail", "left"], "mehr"),
      /mail\.left: expected the placeholders of "\{what\} more/u,
    ],
    ["an odd placeholder", changed(["mail", "added"], "{n}"), /mail\.added: expected the placeholders/u],
    [
      "a lost plural form",
      changed(["counts", "party"], { other: "{n} Einträge" }),
      /counts\.party: expected the plural forms one, other, found other/u,
    ],
    [
      "a plural form not declared",
      changed(["counts", "party", "few"], "{n} Einträge"),
      /counts\.party: few: not among/u,
    ],
    [
      "a plural form's odd placeholder",
      changed(["counts", "party", "one"], "{type}"),
      /counts\.party\.one: expected the placeholders/u,
    ],
    [
      "too few months",
      changed(["dates", "months"], ["Januar"]),
      /dates\.months: expected 12 texts, found 1/u,
    ],
    ["no plural forms", changed(["pluralForms"], ["one"]), /pluralForms: expected some of/u],
    ["no language tag", changed(["language"], "x_x"), /language: expected a BCP 47 tag/u],
    ["no JSON", "{", /expected JSON, found SyntaxError/u],
  ])("with %s is refused", (_name, source, message) => {
    expect(() => readLanguage(source, "de.json")).toThrow(message);
  });

  it("of a language with more plural forms is read, and counts by them", () => {
    const file: Json = JSON.parse(SOURCE);
    const forms = ["one", "few", "many", "other"];
    const widen = (value: Json): void => {
      for (const member of Object.values(value)) {
        if (typeof member !== "object" || Array.isArray(member)) continue;
        if (typeof member["one"] === "string" && typeof member["other"] === "string") {
          for (const form of forms) member[form] ??= `${member["other"]} ${form}`;
        } else widen(member);
      }
    };
    widen(file);
    const polish = readLanguage(JSON.stringify({ ...file, language: "pl", pluralForms: forms }), "pl.json");
    const count = (n: number) => polish.count(polish.words.counts.party, n);
    expect([count(1), count(3), count(5)]).toEqual(["1 Eintrag", "3 Einträge few", "5 Einträge many"]);
  });

  it("says nothing with a gap", () => {
    expect(() => ENGLISH.say("{a} and {b}", { a: 1 })).toThrow(/Expected a value for \{b\}/u);
  });
});

/** Sentences of our own, of three words or more, as English has them: the runs of text between placeholders. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === "string") {
    return value
      .split(/\{[A-Za-z]+\}/u)
      .map((text) =>
        text
          .trim()
          .replace(/^[.,;:()]+|[.,;:()]+$/gu, "")
          .trim(),
      )
      .filter((text) => text.split(/\s+/u).length >= 3);
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentencesOf) : [];
}

const own = (record: LedgerRecord) => [
  ...record.judgement.events.flatMap(({ statement, evidence }) => [statement ?? "", ...evidence]),
  record.judgement.meaning ?? "",
  ...record.unknown.map(({ detail }) => detail),
];

test("no English sentence of ours leaks into the German digest; OFAC's words stay as they are", () => {
  const stored = SHOW.records.slice(1);
  const found = compared({ parties: [agreed(43336), agreed(43337, { status: "details differ" })] });
  const context = [...SHOW.context, kept(found)];
  const base = { context, observations: SHOW.observations, site: SITE, language: GERMAN };
  const freshness = {
    lookedAt: "2023-05-24T12:00:00Z",
    sources: [{ source: "notices", state: "blocked" }],
    held: [{ list: "sdn" as const, parties: 3 }],
  };
  const open = [{ filter: "countries", why: "source-silent", uids: [1, 2] }];
  const subscription = { id: "desk", filters: [{ filter: "programs", values: ["DPRK2"] }], unsubscribe: [] };
  const publications = stored.map((one) => ({ ...one, open }));
  const digest = renderDigest({ ...base, publications, freshness, subscription }, TEMPLATES);
  const reply = renderDigest({ ...base, publications, kind: "reply", subscription }, TEMPLATES);
  const unchanged = renderUnchanged({ ...base, freshness, subscription }, TEMPLATES);
  const english = [
    ...sentencesOf(ENGLISH.words),
    ...stored.flatMap(({ record }) => own(record)),
    ...found.sentences,
  ].filter((sentence) => sentence.split(/\s+/u).length >= 3);
  const theirs = new Set(sentencesOf(GERMAN.words));
  for (const { subject, preheader, text, html } of [digest, reply, unchanged]) {
    const flat = [subject, preheader, text.replace(/\s+/gu, " "), visibleText(html)].join(" ");
    for (const sentence of english.filter((one) => !theirs.has(one))) expect(flat).not.toContain(sentence);
    expect(html).toContain('<html lang="de"');
    expect(factsOfText(text).words).toEqual(factsOfHtml(html).words);
  }
  expect(english.length).toBeGreaterThan(100);
  expect(digest.text).toContain("Eine Streichung ist keine Anweisung zur Freigabe");
  expect(digest.text).toContain("PYONGYANG UNIVERSITY OF AUTOMATION");
  expect(digest.subject).toMatch(/Veröffentlichungen/u);
  // The search bites: the English digest is full of them.
  const plain = renderDigest(
    { ...base, language: ENGLISH, publications, freshness, subscription },
    TEMPLATES,
  );
  expect(english.some((sentence) => plain.text.replace(/\s+/gu, " ").includes(sentence))).toBe(true);
});

test("the headline in German has the contract's shape", () => {
  expect(headlineIn(GERMAN, publication20230523().record)).toBe(
    "20230523: 4 Organisationen, 1 Person aufgenommen",
  );
  for (const { record } of SHOW.records) expect(headlineIn(ENGLISH, record)).toBe(record.headline);
});

test("what a comparison says is composed from its facts, in English word for word as it was kept", () => {
  const party = (more: Partial<Reconciliation["parties"][number]> = {}) => agreed(1, more);
  const many = Array.from({ length: 7 }, (_, uid) => agreed(uid));
  const press = (more: Partial<Reconciliation["press"][number]>) => ({
    pressRelease: "jy1",
    url: "https://home.treasury.gov/news/press-releases/jy1",
    claim: "four entities",
    announced: { entity: 4 },
    found: { entity: 5 },
    verdict: "agrees" as const,
    ...more,
  });
  const licence = { kind: "general-licence" as const, title: "T", numbers: ["8L"], links: [], text: "t" };
  const { delta } = NOTHING_COMPARED;
  const cases: readonly Partial<Reconciliation>[] = [
    {},
    { notices: [] },
    { notices: [...compared({}).notices, { title: "B", url: "https://ofac.treasury.gov/recent-actions/2" }] },
    { parties: [party()] },
    { parties: [party(), agreed(2)] },
    { parties: many },
    { parties: [party({ operation: "delete", lines: 3 })] },
    { parties: many.map((one) => ({ ...one, operation: "delete" as const })) },
    { parties: many.map((one) => ({ ...one, operation: "change" as const })) },
    { parties: [party(), agreed(2, { operation: "delete" }), agreed(3, { operation: "other" })] },
    ...(["add", "delete", "change", "other"] as const).map((operation) => ({
      parties: [
        party({ operation, status: "announced, not listed", explanation: "it is still on the list" }),
        agreed(2, { uid: null, status: "announced, not listed" }),
        agreed(3, {
          status: "details differ",
          differences: [{ area: "program", notice: ["A", "B", "C", "D"], list: [] }],
        }),
      ],
    })),
    { parties: [party(), ...many.map((one) => ({ ...one, status: "listed, not announced" as const }))] },
    {
      press: [
        press({}),
        press({
          claim: null,
          verdict: "cannot be compared",
          reason: "it gives no number that can be compared",
        }),
        press({ verdict: "differs", reason: "the list added 5 entities" }),
        press({ verdict: "differs", found: {}, reason: "the list removed none" }),
      ],
    },
    { items: [licence, { ...licence, topic: "Venezuela-related", expires: "until then" }] },
    { delta: { ...delta, verdict: "agrees" } },
    {
      delta: {
        ...delta,
        verdict: "differs",
        addedOnlyHere: [1, 2, 3, 4, 5, 6, 7],
        addedOnlyThere: [1],
        removedOnlyHere: [2],
        removedOnlyThere: [3],
        modifiedOnlyHere: [4],
        modifiedOnlyThere: [5],
        areasDiffer: [{ uid: 6, here: ["alias"], there: [] }],
      },
    },
  ];
  for (const more of cases) {
    const found = compared(more);
    expect(checkSentences(found, ENGLISH)).toEqual(sentences(found));
    expect(checkSentences(found, GERMAN)).toHaveLength(sentences(found).length);
  }
});
