import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { readList } from "../../src/app/look/read-list.ts";
import { compose, diffStates } from "../../src/diff/index.ts";
import type { ListState } from "../../src/domain/index.ts";
import { dice } from "../support/damage.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { brokenLaws, digest } from "./series-laws.ts";

/** A list read from its file or files, with its provenance kept out: only the state matters here. */
async function state(paths: readonly string[], list: ListState["list"]): Promise<ListState> {
  return (await readList(paths.map(sharedData), { list, provenance: "third-party capture" })).state;
}

describe.skipIf(!hasSharedData)("the laws on real lists of other formats", () => {
  let consolidated: ListState[];
  let sets: ListState[];
  beforeAll(async () => {
    const files = readdirSync(sharedData("consolidated-xml")).filter((name) => name.endsWith(".gz"));
    consolidated = [];
    for (const name of files.sort())
      consolidated.push(await state([`consolidated-xml/${name}`], "consolidated"));
    sets = [];
    for (const day of readdirSync(sharedData("sdn-csv-sets")).sort()) {
      const own = readdirSync(sharedData(`sdn-csv-sets/${day}`)).map((name) => `sdn-csv-sets/${day}/${name}`);
      sets.push(await state(own, "sdn"));
    }
  });

  it("hold on 27 pairs of CONSOLIDATED.XML, from 2018 to 2025", () => {
    expect(consolidated.length).toBeGreaterThanOrEqual(13);
    const roll = dice(3);
    const pick = () => {
      const found = consolidated[Math.floor(roll() * consolidated.length)];
      if (found === undefined) throw new Error("no such list");
      return found;
    };
    const broken = Array.from({ length: 27 }, () => brokenLaws(pick(), pick()));
    expect(broken.flat()).toEqual([]);
    for (let trial = 0; trial < 20; trial += 1) {
      const [a, b, c] = [pick(), pick(), pick()];
      expect(digest(compose(diffStates(a, b), diffStates(b, c)))).toBe(digest(diffStates(a, c)));
    }
  });

  it("hold on every pair of the CSV sets", () => {
    const [a, b, c] = sets;
    if (a === undefined || b === undefined || c === undefined) throw new Error("expected three sets");
    expect([brokenLaws(a, b), brokenLaws(b, c), brokenLaws(a, c)].flat()).toEqual([]);
    const sight = { before: a.coverage, after: c.coverage };
    expect(digest(compose(diffStates(a, b), diffStates(b, c), sight))).toBe(digest(diffStates(a, c)));
  });
});
