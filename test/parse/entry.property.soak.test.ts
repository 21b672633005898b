import fc from "fast-check";
import { expect, it } from "vitest";
import { nameKey } from "../../src/domain/index.ts";
import { parseEntry } from "../../src/parse/index.ts";
import { saidClaims } from "./entry-claims.ts";
import { entryLine, expectedClaims, printableParty } from "./entry-writer.ts";

it("fifty thousand random parties are read back claim by claim", () => {
  fc.assert(
    fc.property(printableParty, (party) => {
      const line = entryLine(party);
      const reading = parseEntry(line, new Set([nameKey(party.name.full)]));
      expect(saidClaims(reading), line).toEqual(expectedClaims(party));
      expect(reading.leftover, line).toEqual([]);
    }),
    { numRuns: 50_000 },
  );
});
