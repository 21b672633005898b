import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodeParty, type Reconciliation } from "../../src/domain/index.ts";
import { parseNotice, parsePressRelease, readNotice } from "../../src/parse/index.ts";
import { namesOf, partyLookup, reconcile } from "../../src/reconcile/index.ts";
import { type CsvStep, csvCaptureDate, csvSeriesNames, csvStepOf } from "../support/csv-series.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";

const isoOf = (name: string) => name.replace(/^(\d{4})(\d\d)(\d\d)\.html$/, "$1-$2-$3");

/** Pages whose day the series covers. */
function coveredPages(): string[] {
  const dates = csvSeriesNames().map(csvCaptureDate);
  const [first = "", last = ""] = [dates[0], dates.at(-1)];
  return readdirSync(sharedData("notices"))
    .filter((name) => isoOf(name) > first && isoOf(name) <= last)
    .sort();
}

async function reconciled(page: string): Promise<{ result: Reconciliation; lines: number; step: CsvStep }> {
  const step = await csvStepOf(isoOf(page));
  const parties = (state: CsvStep["after"]) => [...state.parties.values()].map(decodeParty);
  const after = parties(step.after);
  const lookup = partyLookup(after);
  const before = namesOf(parties(step.before));
  const notice = parseNotice(readFileSync(sharedData(`notices/${page}`)), {
    url: `https://ofac.treasury.gov/recent-actions/${page.slice(0, 8)}`,
  });
  const reading = readNotice(notice, { has: (key) => lookup.has(key) || before.has(key) });
  const press =
    page === "20230523.html" ? [parsePressRelease(readFileSync(sharedData("press/jy1498.md")))] : [];
  const result = reconcile({
    record: {
      id: `sdn-${page.slice(0, 8)}`,
      list: "sdn",
      date: step.date,
      window: { after: null, notLaterThan: null },
      coverage: step.after.coverage,
      changes: step.set.changes,
    },
    notices: [reading],
    pressReleases: press,
    delta: null,
    lookup,
  });
  return { result, lines: reading.lines.length, step };
}

describe.skipIf(!hasSharedData)("OFAC's own pages against the list changes of their days", () => {
  it("every line finds its uid or is explained, and what it says is what the list shows", async () => {
    const rows: string[] = ["page      lines  parties  matched  explained  list only  verdict"];
    const pages = coveredPages();
    expect(pages.length).toBeGreaterThanOrEqual(10);
    for (const page of pages) {
      const { result, lines } = await reconciled(page);
      const announced = result.parties.filter((p) => p.status !== "listed, not announced");
      const matched = announced.filter((p) => p.uid !== null && p.explanation === undefined);
      const explained = announced.filter((p) => p.uid !== null && p.explanation !== undefined);
      const silent = result.parties.length - announced.length;
      rows.push(
        [
          page.slice(0, 8).padEnd(9),
          lines,
          announced.length,
          matched.length,
          explained.length,
          silent,
          result.verdict,
        ]
          .map((cell, i) => (i === 0 ? cell : String(cell).padStart([0, 5, 8, 8, 10, 10, 10][i] ?? 0)))
          .join(" "),
      );
      expect(
        announced.reduce((sum, p) => sum + p.lines, 0),
        page,
      ).toBe(lines);
      expect(
        announced.filter((p) => p.status !== "announced and listed"),
        page,
      ).toEqual([]);
      expect(matched.length + explained.length, page).toBe(announced.length);
      const unannounced = result.parties.filter((p) => p.status === "listed, not announced");
      // The page of 2023-04-27 is an excerpt that ends in the middle of the changes.
      if (page === "20230427.html") expect(unannounced.every((p) => p.operation === "change")).toBe(true);
      else expect(unannounced, page).toEqual([]);
      expect(result.verdict, page).toBe("agrees");
    }
    process.stdout.write(`\n${rows.join("\n")}\n`);
  });

  it("2023-05-23: five of five by uid, the press release's count, a paragraph for each party", async () => {
    const { result } = await reconciled("20230523.html");
    expect(result.parties.map((p) => [p.uid, p.status])).toEqual(
      [43336, 43337, 43338, 43377, 43379].map((uid) => [uid, "announced and listed"]),
    );
    expect(result.sentences.slice(0, 3)).toEqual([
      "The notice names 5 parties; all 5 are on the list.",
      "The press release says four entities and one individual: agrees.",
      "The notice also issues Venezuela-related General License 8L.",
    ]);
    const authorities = (uid: number) => [
      ...new Set(result.parties.find((p) => p.uid === uid)?.press.flatMap((mention) => mention.authorities)),
    ];
    expect(result.parties.every((p) => p.press.length > 0)).toBe(true);
    expect(authorities(43377)).toEqual(["E.O. 13810"]);
    for (const uid of [43336, 43337, 43338, 43379]) expect(authorities(uid)).toEqual(["E.O. 13687"]);
    const text = parsePressRelease(readFileSync(sharedData("press/jy1498.md"))).text;
    for (const party of result.parties)
      for (const mention of party.press) expect(text).toContain(mention.text);
  });

  it("2023-04-27: removals that stand once for every alias are counted once", async () => {
    const { result } = await reconciled("20230427.html");
    const removals = result.parties.filter((p) => p.operation === "delete");
    expect(removals.reduce((sum, p) => sum + p.lines, 0)).toBe(31);
    expect(removals).toHaveLength(14);
  });
});
