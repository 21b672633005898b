import { expect, it } from "vitest";
import { appendDay, composeLedger } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { blamed, damaged, damages } from "../support/damage.ts";
import { entity } from "../support/records.ts";

it("verify names the damaged file, 500 times over a ledger of 40 records", () => {
  const files = memoryFiles();
  composeLedger(files);
  for (let day = 1; day <= 36; day += 1) {
    const parties = Array.from({ length: 40 + day }, (_, i) =>
      entity(100 + i * 97, `COMPOSED ${day % (i + 2)}`),
    );
    const date = new Date(Date.UTC(2023, 5, day)).toISOString().slice(0, 10);
    appendDay(files, { date, parties });
  }
  const trials = damages(files.content, 500, 1);
  expect(new Set(trials.map(({ how }) => how)).size).toBe(4);
  for (const damage of trials) {
    expect(blamed(damaged(files.content, damage)), JSON.stringify(damage)).toEqual([damage.file]);
  }
});
