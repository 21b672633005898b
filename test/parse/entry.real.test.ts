import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeParty, type ListState } from "../../src/domain/index.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList, parseEntry } from "../../src/parse/index.ts";
import { differences } from "../../src/reconcile/compare.ts";
import { partyLookup } from "../../src/reconcile/index.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { entryLine } from "./entry-writer.ts";

async function stateOf(set: string): Promise<ListState> {
  const folder = sharedData(`sdn-csv-sets/${set}/`);
  const files = readdirSync(folder).map((name) => ({
    name: name.replace(/\.gz$/, ""),
    bytes: name.endsWith(".gz") ? gunzipSync(readFileSync(folder + name)) : readFileSync(folder + name),
  }));
  return (await interpret(await openList(files), { list: "sdn" })).state;
}

/**
 * Every real party, printed as OFAC prints entry lines by a writer that shares nothing with the parser, is read
 * back: its real names, addresses and numbers are the hardest there are.
 */
describe.skipIf(!hasSharedData)("whole lists printed as entry lines", () => {
  for (const [set, parties] of [
    ["2023-12-28", 13_821],
    ["2021-07-07", 8_976],
  ] as const) {
    it(`${set}: all ${parties} parties are read back as they are`, async () => {
      const state = await stateOf(set);
      const all = [...state.parties.values()].map(decodeParty);
      expect(all).toHaveLength(parties);
      const known = partyLookup(all);
      const otherwise: string[] = [];
      let byRule = 0;
      for (const party of all) {
        const line = entryLine(party);
        const reading = parseEntry(line, known);
        const differ = differences(reading, party, state.coverage, false);
        if (differ.length > 0 || reading.leftover.length > 0)
          otherwise.push(`${party.uid} ${JSON.stringify(differ)}`);
        if (parseEntry(line).name === party.name.full) byRule += 1;
      }
      process.stdout.write(
        `\n${set}: ${all.length} lines, ${otherwise.length} read otherwise, ${all.length - byRule} names wrong without the list's names\n${otherwise.slice(0, 10).join("\n")}\n`,
      );
      expect(otherwise).toEqual([]);
      expect(all.length - byRule).toBeLessThanOrEqual(10);
    });
  }
});
