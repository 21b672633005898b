import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Hash } from "../../src/domain/index.ts";
import { logEntry, logEntryByForm, logLine } from "../../src/ledger/collection.ts";

const hash = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex): Hash => `sha256:${hex}`);
const path = fc.oneof(
  fc.stringMatching(/^checks\/[a-z-]{1,12}\.json$/),
  fc.string({ unit: "binary" }),
  fc.stringMatching(/^["\\ -~\u007f-\u00ff]*$/),
);

describe("a line of a log", () => {
  it("is written as the canonical form, and read back", () => {
    fc.assert(
      fc.property(path, hash, (name, sha256) => {
        const line = logLine({ path: name, sha256 });
        expect(line).toBe(canonicalJson({ path: name, sha256 }));
        expect(logEntry(line)).toEqual({ path: name, sha256 });
        expect(logEntryByForm(line)).toEqual({ path: name, sha256 });
      }),
    );
  });

  it("is read as the long way reads it, damaged anywhere", () => {
    const line = logLine({ path: "context/2023/notice-20230523.json", sha256: `sha256:${"0f".repeat(32)}` });
    let refused = 0;
    for (let i = 0; i <= line.length; i += 1) {
      for (const put of ["", " ", '"', "\\", "\u0000", "\u007f", "é", "A", "}", "\n"]) {
        for (const taken of [0, 1]) {
          const damaged = line.slice(0, i) + put + line.slice(i + taken);
          expect(logEntry(damaged), damaged).toEqual(logEntryByForm(damaged));
          if (logEntry(damaged) === undefined) refused += 1;
        }
      }
    }
    expect(refused).toBeGreaterThan(1_000);
  });
});
