import fc from "fast-check";
import { expect, test } from "vitest";
import { inOrder } from "../../src/render/chain.ts";
import { composeRecord } from "../support/records.ts";

const baseline = composeRecord({ date: "2023-05-19", kind: "baseline" });
const first = composeRecord({ date: "2023-05-23", previous: baseline });
const second = composeRecord({ date: "2023-05-23", sequence: 2, previous: first });
const correction = composeRecord({
  date: "2023-05-19",
  kind: "correction",
  previous: second,
  with: { id: "sdn-20230519-c1", supersedes: "sdn-20230519" },
});
const undated = composeRecord({ date: null, previous: correction });
const other = composeRecord({ list: "consolidated", date: "2023-05-23" });
const old = composeRecord({
  date: "2023-05-20",
  with: { id: "sdn-20230520", segment: "older", origin: "import" },
});
const all = [baseline, first, second, correction, undated, other, old];

test("by date, inside a segment by chain; a correction and the undated stand where their chain puts them", () => {
  expect(inOrder(all).map(({ stored }) => stored.record.id)).toEqual([
    "sdn-20230519",
    "sdn-20230520",
    "sdn-20230523",
    "sdn-20230523.2",
    "sdn-20230519-c1",
    "sdn-undated",
    "consolidated-20230523",
  ]);
});

test("neighbours are those of the segment", () => {
  const placed = inOrder(all).find(({ stored }) => stored === first);
  expect(placed?.previous).toBe(baseline);
  expect(placed?.next).toBe(second);
});

test("the order given does not matter", () => {
  const wanted = inOrder(all);
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
      expect(inOrder(shuffled)).toEqual(wanted);
    }),
  );
});
