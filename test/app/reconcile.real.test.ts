import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { history, reconcilePublication, reconciliationLines } from "../../src/app/index.ts";
import type { LedgerRecord } from "../../src/domain/index.ts";
import type { LedgerFiles } from "../../src/ledger/index.ts";
import { importedSeries } from "../support/imported-series.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";

const isoOf = (name: string) => name.replace(/^(\d{4})(\d\d)(\d\d)\.html$/, "$1-$2-$3");

describe.skipIf(!hasSharedData)("the command reconcile on the imported real series", () => {
  let files: LedgerFiles;
  let records: readonly LedgerRecord[];

  beforeAll(async () => {
    files = await importedSeries();
    records = history(files).map(({ record }) => record);
  });

  it("2023-05-23: notice, press release and list agree, five of five; general licence 8L is recorded", async () => {
    const started = performance.now();
    const { record, reconciliation, issues } = await reconcilePublication(files, "sdn-20230523", {
      notices: [sharedData("notices/20230523.html")],
      press: [sharedData("press/jy1498.md")],
    });
    const took = Math.round(performance.now() - started);
    process.stdout.write(`\nreconciled sdn-20230523 from the head of the series in ${took} ms\n`);
    expect(issues).toEqual([]);
    expect(reconciliation.verdict).toBe("agrees");
    expect(reconciliation.parties.map(({ uid, status }) => [uid, status])).toEqual(
      [43336, 43337, 43338, 43377, 43379].map((uid) => [uid, "announced and listed"]),
    );
    expect(reconciliation.sentences.slice(0, 3)).toEqual([
      "The notice names 5 parties; all 5 are on the list.",
      "The press release says four entities and one individual: agrees.",
      "The notice also issues Venezuela-related General License 8L.",
    ]);
    expect(reconciliation.items).toMatchObject([
      { kind: "general-licence", numbers: ["8L"], topic: "Venezuela-related" },
    ]);
    const text = reconciliationLines(record, reconciliation).join("\n");
    expect(text).toContain("General License 8L: Authorizing Transactions Involving");
    for (const { press } of reconciliation.parties) expect(press.length).toBeGreaterThan(0);
  });

  it("every page whose day lies inside the series agrees with the list change of its day", async () => {
    const dates = new Set(records.filter(({ kind }) => kind === "publication").map(({ date }) => date));
    const last = [...dates].sort().at(-1) ?? "";
    const pages = readdirSync(sharedData("notices")).filter((name) => isoOf(name) <= (last ?? ""));
    expect(pages.length).toBeGreaterThanOrEqual(10);
    const rows = ["page      record        lines  announced  matched  explained  list only  verdict"];
    for (const page of pages.sort()) {
      const own = records.filter(({ date, kind }) => date === isoOf(page) && kind === "publication");
      expect(own.length, page).toBeGreaterThan(0);
      for (const { id } of own) {
        const { reconciliation: found } = await reconcilePublication(files, id, {
          notices: [sharedData(`notices/${page}`)],
        });
        const announced = found.parties.filter(({ status }) => status !== "listed, not announced");
        const matched = announced.filter(({ explanation }) => explanation === undefined);
        rows.push(
          [
            page.slice(0, 8).padEnd(9),
            id.padEnd(14),
            ...[
              announced.reduce((sum, { lines }) => sum + lines, 0),
              announced.length,
              matched.length,
              announced.length - matched.length,
              found.parties.length - announced.length,
              found.verdict,
            ].map((cell, i) => String(cell).padStart([5, 10, 8, 10, 10, 12][i] ?? 0)),
          ].join(""),
        );
        expect(
          announced.filter(({ uid, status }) => uid === null || status !== "announced and listed"),
          id,
        ).toEqual([]);
        // The page of 2023-04-27 is an excerpt that ends in the middle of the changes.
        const silent = found.parties.filter(({ status }) => status === "listed, not announced");
        expect(
          silent.every(({ operation }) => page === "20230427.html" && operation === "change"),
          id,
        ).toBe(true);
        expect(found.verdict, id).toBe("agrees");
      }
    }
    process.stdout.write(`\n${rows.join("\n")}\n`);
  });

  it("a page tried against another day is told as what it is", async () => {
    const { reconciliation } = await reconcilePublication(files, "sdn-20230525", {
      notices: [sharedData("notices/20230523.html")],
    });
    expect(reconciliation.verdict).toBe("disagrees");
    expect(reconciliation.parties.filter(({ uid }) => uid === 43336)).toMatchObject([
      { status: "announced and listed", explanation: expect.stringContaining("before") },
    ]);
    expect(reconciliation.parties.filter(({ status }) => status === "listed, not announced").length).toBe(19);
  });
});
