import { describe, expect, it } from "vitest";
import { formerParties, removedBy } from "../../src/app/look/former.ts";
import type { Head } from "../../src/domain/index.ts";
import { chain, readHead } from "../../src/ledger/index.ts";
import { appendDay } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entity } from "../support/records.ts";

type Files = ReturnType<typeof memoryFiles>;

/** Parties come and go; those of another ledger have other names. */
function day(files: Files, number: number, name: string): Head {
  const parties = Array.from({ length: 12 }, (_, i) => i)
    .filter((i) => (i + number) % 5 !== 0)
    .map((i) => entity(100 + i * 97, `${name} ${i}`));
  appendDay(files, { date: new Date(Date.UTC(2023, 5, number)).toISOString().slice(0, 10), parties });
  const head = readHead(files, { list: "sdn", segment: "live" });
  if (head === undefined) throw new Error("no head");
  return head;
}

/** The long way: every record of the chain. */
function everybody(files: Files, head: Head) {
  return [...chain(files, head)].reverse().flatMap(({ record }) => removedBy(record));
}

/** How many records are read. */
function counting(files: Files): { files: Files; records(): number } {
  let read = 0;
  const count = (path: string) => {
    if (path.includes("/records/")) read += 1;
    return files.read(path);
  };
  return { files: { ...files, read: count }, records: () => read };
}

describe("those who left a list", () => {
  it("are the same with what an earlier run found and without, at the cost of what is new", () => {
    const [files, cache] = [memoryFiles(), memoryFiles()];
    for (let number = 1; number <= 12; number += 1) {
      const head = day(files, number, "COMPOSED");
      const counted = counting(files);
      expect(formerParties(counted.files, head, cache)).toEqual(everybody(files, head));
      expect(counted.records()).toBe(number === 1 ? 1 : 2);
      const again = counting(files);
      expect(formerParties(again.files, head, cache)).toEqual(everybody(files, head));
      expect(again.records()).toBe(1);
      expect(formerParties(files, head)).toEqual(everybody(files, head));
    }
    const head = readHead(files, { list: "sdn", segment: "live" });
    expect(formerParties(files, head).length).toBeGreaterThan(10);
  });

  it.each([
    ["is damaged", (bytes: Uint8Array) => bytes.map((byte, i) => (i === 200 ? byte ^ 1 : byte))],
    ["is cut", (bytes: Uint8Array) => bytes.subarray(0, 300)],
    ["is empty", () => new Uint8Array()],
    ["is of another chain", (bytes: Uint8Array) => bytes],
  ])("are read from the chain alone when what was found %s", (_what, damage) => {
    const [other, files, cache] = [memoryFiles(), memoryFiles(), memoryFiles()];
    for (let number = 1; number <= 4; number += 1) {
      formerParties(other, day(other, number, "ELSEWHERE"), cache);
      day(files, number, "COMPOSED");
    }
    const [path = ""] = cache.content.keys();
    cache.content.set(path, damage(cache.content.get(path) ?? new Uint8Array()));
    const head = day(files, 5, "COMPOSED");
    expect(formerParties(files, head, cache)).toEqual(everybody(files, head));
  });
});
