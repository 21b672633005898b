import { readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { beforeAll, describe, expect, it } from "vitest";
import { history, type Preview, previewDigest, reconcilePublication } from "../../src/app/index.ts";
import { putContext } from "../../src/app/witnesses/context-store.ts";
import type { ContextEntry, Party } from "../../src/domain/index.ts";
import { openWriter } from "../../src/ledger/index.ts";
import { parseNotice, parsePressRelease } from "../../src/parse/index.ts";
import { factsOfHtml, factsOfText, visibleText } from "../render/digest-facts.ts";
import { importedSeries } from "../support/imported-series.ts";
import { TEMPLATE_SOURCES } from "../support/send-world.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";

type Files = Awaited<ReturnType<typeof importedSeries>>;

/** Puts the real notice and press release of a day beside its record, and what they say of each other. */
async function tellDay(files: Files): Promise<void> {
  const paths = { notices: [sharedData("notices/20230523.html")], press: [sharedData("press/jy1498.md")] };
  const common = {
    formatVersion: "1.0",
    firstSeen: "2023-05-23T19:00:00Z",
    provenance: "official page",
  } as const;
  const notice = parseNotice(readFileSync(paths.notices[0] ?? ""));
  const pressRelease = parsePressRelease(readFileSync(paths.press[0] ?? ""));
  const { reconciliation } = await reconcilePublication(files, "sdn-20230523", paths);
  const entries: ContextEntry[] = [
    { ...common, kind: "notice", id: notice.id, date: notice.date, notice },
    { ...common, kind: "press-release", id: pressRelease.id, date: pressRelease.date, pressRelease },
    { ...common, kind: "reconciliation", id: "sdn-20230523", date: "2023-05-23", reconciliation },
  ];
  const writer = openWriter(files);
  putContext(writer, entries);
  writer.commit();
}

/** Every value by which a party is found, as the list has it. */
function matchKeys(party: Party): string[] {
  return [
    party.name.full,
    ...(party.aliases ?? []).map(({ full }) => full),
    ...(party.documents ?? []).flatMap(({ number }) => number ?? []),
    ...(party.wallets ?? []).map(({ address }) => address),
    ...(party.birthDates ?? []).map(({ value }) => value),
    ...(party.birthPlaces ?? []).map(({ value }) => value),
    ...(party.nationalities ?? []).map(({ value }) => value),
    ...(party.contacts ?? []).map(({ value }) => value),
  ];
}

const flat = (text: string): string => text.replace(/[\u2068\u2069]/gu, "").replace(/\s+/gu, " ");
/** Words that are read in a minute (Brysbaert 2019: 238 a minute for non-fiction). */
const MINUTE = 238;

describe.skipIf(!hasSharedData)("digests of the real series", () => {
  let files: Files;
  const preview = (day: string, language?: string): Promise<Preview> =>
    previewDigest(
      {
        files,
        config: {},
        now: "2024-06-01T12:00:00Z",
        templates: TEMPLATE_SOURCES,
        renderer: "test",
        subscriptions: null,
        secrets: { delivery: [] },
      },
      { publications: [`sdn-${day}`], kind: "digest", language },
    );
  const recordOf = (day: string) => {
    const found = history(files).find(({ record }) => record.id === `sdn-${day}`);
    if (found === undefined) throw new Error(`no record of ${day}`);
    return found.record;
  };

  beforeAll(async () => {
    files = await importedSeries();
    await tellDay(files);
  }, 300_000);

  it.each(["20230523", "20240223", "20220429"])(
    "%s: the whole message is below 100 kB, and text and HTML say the same",
    async (day) => {
      for (const language of ["en", "de"]) {
        const { eml } = await preview(day, language);
        const mail = await simpleParser(Buffer.from(eml));
        const html = typeof mail.html === "string" ? mail.html : "";
        process.stdout.write(
          `\n${day} ${language}: ${eml.length} bytes as it travels, HTML ${Buffer.byteLength(html)}, text ${Buffer.byteLength(mail.text ?? "")}\n`,
        );
        expect(eml.length).toBeLessThan(100_000);
        const [inText, inHtml] = [factsOfText(mail.text ?? ""), factsOfHtml(html)];
        expect(inText.words).toEqual(inHtml.words);
        expect(inText.links).toEqual(inHtml.links);
      }
    },
  );

  it("2023-05-23 names all five with every match key, why, notice, press release, licence and checks", async () => {
    const { subject, text, html } = await preview("20230523");
    expect(subject).toBe("20230523: 4 entities, 1 individual added");
    for (const document of [flat(text).replaceAll("> ", ""), visibleText(html ?? "")]) {
      const keys = recordOf("20230523").changes.flatMap((change) =>
        change.op === "add" ? matchKeys(change.after) : [],
      );
      expect(keys.length).toBeGreaterThanOrEqual(20);
      for (const key of keys) expect(document).toContain(flat(key));
      for (const words of [
        "The notice names 5 parties; all 5 are on the list.",
        "The press release says four entities and one individual: agrees.",
        "Checks: All witnesses at hand agree",
        "Chinyong is being designated pursuant to E.O. 13687",
        "Authority named there: E.O. 13810",
        "Venezuela-related General License 8L",
        "Aliases: not in this source",
        "third-party capture of the official file",
      ]) {
        expect(document).toContain(words);
      }
    }
  });

  it("2024-02-23 is read in a minute: the glance, before the names", async () => {
    const { text, html } = await preview("20240223");
    const record = recordOf("20240223");
    expect(record.changes).toHaveLength(561);
    const end = text.indexOf("\nAdded: 484 entities, 57 individuals, 12 vessels");
    const words = text.slice(0, end).match(/\S+/gu) ?? [];
    process.stdout.write(`\n20240223: ${words.length} words before the names\n`);
    expect(end).toBeGreaterThan(0);
    expect(words.length).toBeLessThan(MINUTE);
    // Everybody is named, or counted with the place where the rest stands.
    const document = visibleText(html ?? "");
    const named = record.changes.filter(({ uid }) => new RegExp(`\\b${uid}\\b`, "u").test(document)).length;
    const counted = [...document.matchAll(/(\d+) part(?:y|ies) more, on the page/gu)].reduce(
      (sum, m) => sum + Number(m[1]),
      0,
    );
    expect(named + counted).toBe(561);
    process.stdout.write(`20240223: ${named} of 561 named\n`);
  });

  it("2022-04-29 says 499 in one line, and the four residual edits by name", async () => {
    const { text, html } = await preview("20220429");
    const line = "The same edit on 499 parties: 235 entities, 253 individuals, 8 vessels, 3 aircraft";
    for (const document of [flat(text), visibleText(html ?? "")]) {
      expect(document).toContain(line);
      for (const name of ["SUSHKO, Andriy", "BASOV, Aleksandr", "BOYARKIN, Victor", "SBERBANK OF RUSSIA"]) {
        expect(document).toContain(name);
      }
    }
    expect(text.split("\n").length).toBeLessThan(140);
  });
});
