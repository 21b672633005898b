import { expect, test } from "vitest";
import { heads, history } from "../../src/app/past/history.ts";
import { planRescreen } from "../../src/app/site/rescreen-files.ts";
import { appendDay, composeLedger, PARTIES_BEFORE } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entity } from "../support/records.ts";

/** Names that come, are shared, go and come back, so that who else holds a key depends on the day. */
function ledger() {
  const files = memoryFiles();
  composeLedger(files);
  const twin = (uid: number) => entity(uid, "COMPOSED TWIN & SONS");
  for (const [date, parties] of [
    ["2023-06-05", [...PARTIES_BEFORE, twin(901), twin(902)]],
    ["2023-06-06", [...PARTIES_BEFORE, twin(902)]],
    ["2023-06-07", [...PARTIES_BEFORE.slice(2), twin(902)]],
    ["2023-06-08", PARTIES_BEFORE],
    ["2023-06-09", [...PARTIES_BEFORE.slice(1), twin(901)]],
  ] as const) {
    appendDay(files, { date, parties });
  }
  return files;
}

test("packs made one after the other, in any order, are those made alone from nothing", () => {
  const files = ledger();
  const plan = () => planRescreen(files, heads(files), history(files));
  const alone = new Map(
    plan().map(({ path }) => [
      path,
      plan()
        .find((one) => one.path === path)
        ?.render() ?? new Uint8Array(),
    ]),
  );
  expect(alone.size).toBeGreaterThan(10);
  const text = [...alone.values()].map((bytes) => new TextDecoder().decode(bytes)).join("");
  expect(text, "the days tell the difference").toMatch(/"stillListedUnder":\[902\]/u);
  expect(text).toMatch(/"raw":"COMPOSED TWIN & SONS"[^}]*"stillListedUnder":\[\]/u);
  const jumping = plan().sort((a, b) => (a.inputsHash < b.inputsHash ? -1 : 1));
  for (const order of [plan(), plan().reverse(), jumping]) {
    for (const { path, render } of order)
      expect(Buffer.compare(render(), alone.get(path) ?? Buffer.of()), path).toBe(0);
  }
});
