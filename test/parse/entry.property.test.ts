import fc from "fast-check";
import { expect, it } from "vitest";
import { nameKey } from "../../src/domain/index.ts";
import { parseEntry } from "../../src/parse/index.ts";
import { saidClaims } from "./entry-claims.ts";
import { entryLine, expectedClaims, printableParty } from "./entry-writer.ts";

it("random parties printed as entry lines are read back claim by claim", () => {
  fc.assert(
    fc.property(printableParty, (party) => {
      const line = entryLine(party);
      const reading = parseEntry(line, new Set([nameKey(party.name.full)]));
      expect(saidClaims(reading), line).toEqual(expectedClaims(party));
      expect(reading.leftover, line).toEqual([]);
      expect(reading.name).toBe(party.name.full);
      expect(reading.type).toBe(party.type);
    }),
    { numRuns: 500 },
  );
});

it("tells parties apart: the line of one is never read as another", () => {
  fc.assert(
    fc.property(printableParty, printableParty, (one, other) => {
      fc.pre(expectedClaims(one).join() !== expectedClaims(other).join());
      expect(saidClaims(parseEntry(entryLine(one)))).not.toEqual(expectedClaims(other));
    }),
    { numRuns: 100 },
  );
});

it("spans hold the claim they stand for, in the order of the line, and do not overlap", () => {
  fc.assert(
    fc.property(printableParty, (party) => {
      const line = entryLine(party);
      const spans = [...parseEntry(line).claims].sort((a, b) => a.start - b.start);
      let end = 0;
      for (const claim of spans) {
        expect(claim.start).toBeGreaterThanOrEqual(end);
        expect(line.slice(claim.start, claim.end)).toContain(claim.value);
        end = claim.end;
      }
      expect(end).toBeLessThanOrEqual(line.length);
    }),
    { numRuns: 200 },
  );
});

it("reads any text at all without throwing, and accounts for every letter of it", () => {
  fc.assert(
    fc.property(
      fc
        .array(
          fc.constantFrom(
            "(",
            ")",
            "[",
            "]",
            ";",
            ", ",
            ". ",
            "a.k.a. ",
            "DOB ",
            "X",
            "Iran",
            '"',
            "Arabic: ",
            "flag",
            " (vessel)",
            " [SDGT]",
            "Linked To: ",
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join("")),
      (line) => {
        const { claims, leftover } = parseEntry(line);
        const covered = new Set<number>();
        for (const span of [...claims, ...leftover])
          for (let i = span.start; i < span.end; i += 1) covered.add(i);
        for (let i = 0; i < line.length; i += 1) {
          if (/[\p{L}\p{N}]/u.test(line[i] ?? "")) expect(covered.has(i), `${line} @${i}`).toBe(true);
        }
      },
    ),
    { numRuns: 800 },
  );
});
