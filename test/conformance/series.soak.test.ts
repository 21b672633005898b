import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findPoint } from "../../src/app/past/point.ts";
import { stateAt } from "../../src/app/past/state-at.ts";
import type { LedgerRecord, ListState } from "../../src/domain/index.ts";
import { chain, readHead } from "../../src/ledger/index.ts";
import { ourDifference, plainDifference, remarksMismatch } from "../diff/peer.ts";
import { plainRows } from "../diff/plain-csv.ts";
import { brokenLaws, statesOf } from "../diff/series-laws.ts";
import { csvSeriesFolder, csvSeriesNames } from "../support/csv-series.ts";
import { dice } from "../support/damage.ts";
import { importedSeries } from "../support/imported-series.ts";
import { hasSharedData } from "../support/shared-data.ts";

describe.skipIf(!hasSharedData)("the whole real CSV series", () => {
  let records: LedgerRecord[];
  let states: ListState[];
  beforeAll(async () => {
    const files = await importedSeries();
    const head = readHead(files, { list: "sdn", segment: "csv" });
    if (head === undefined) throw new Error("nothing was imported");
    records = [...chain(files, head)].map(({ record }) => record).reverse();
    states = statesOf(records, stateAt(files, findPoint(files, records[0]?.id ?? "")).parties);
  });

  it("keeps every law on 200 random pairs", () => {
    const roll = dice(1);
    const broken = Array.from({ length: 200 }, () => {
      const [a, b] = [0, 0].map(() => states[Math.floor(roll() * states.length)]);
      if (a === undefined || b === undefined) throw new Error("no such state");
      return brokenLaws(a, b);
    });
    expect(broken.flat()).toEqual([]);
  });

  it("agrees on all 307 pairs with a plain comparison of the files", () => {
    const names = csvSeriesNames();
    const rows = (name = "") => plainRows(readFileSync(join(csvSeriesFolder(), name), "utf8"));
    const mismatches: string[] = [];
    let before = rows(names[0]);
    for (const [at, record] of records.entries()) {
      if (at === 0) continue;
      const after = rows(names[at]);
      const plain = plainDifference(before, after);
      expect(ourDifference(record), record.id).toEqual(plain);
      for (const uid of plain.changed) {
        const [was, now] = [before.get(uid), after.get(uid)];
        if (was === undefined || now === undefined) throw new Error(`no row ${uid}`);
        const mismatch = remarksMismatch(record, was, now);
        if (mismatch !== undefined) mismatches.push(`${record.id} ${mismatch}`);
      }
      before = after;
    }
    expect(mismatches).toEqual([]);
  });
});
