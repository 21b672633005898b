import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, RunningStateHash, sha256Hex, stateHash } from "../../src/domain/index.ts";

/** Members in canonical order, all the way down: what the short way is for. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

const VALUE = fc
  .jsonValue({ stringUnit: "binary" })
  .filter((value) => !/\\ud[89a-f]/i.test(JSON.stringify(value)));

describe("canonical JSON", () => {
  it("is what the library makes of any value, in whatever order its members stand", () => {
    fc.assert(
      fc.property(VALUE, (value) => {
        expect(canonicalJson(value)).toBe(canonicalize(value));
        expect(canonicalJson(sorted(value))).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["members left out", { a: undefined, b: [undefined], c: 1 }],
    ["names that are numbers", { 10: "ten", 9: "nine", a: 1 }],
    ["minus nothing", { a: -0 }],
    ["a date", { a: new Date(0) }],
    ["a form of its own", { a: { toJSON: () => ({ z: 1, b: 2 }) } }],
    ["a pair of surrogates", { "\u{1f600}": "\u{1f600}" }],
    ["names around the surrogates", { "\ue000": 1, "\u{1f600}": 2, "\ufffd": 3 }],
    ["no prototype", Object.assign(Object.create(null), { b: 1, a: 2 })],
    [
      "a class",
      new (class Two {
        b = 1;
        a = 2;
      })(),
    ],
  ])("is what the library makes of %s", (_what, value) => {
    expect(canonicalJson(value)).toBe(canonicalize(value));
  });

  it.each([
    ["half a pair of surrogates", { a: "\ud800" }],
    ["half a pair in a name", { "\udc00": 1 }],
    ["no number", { a: Number.NaN }],
    ["an infinite number", { a: [Number.POSITIVE_INFINITY] }],
    ["nothing at all", undefined],
  ])("refuses %s", (_what, value) => {
    expect(() => canonicalJson(value)).toThrow();
  });
});

describe("the state hash that runs along", () => {
  it("is the state hash after any changes", () => {
    const uid = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 3000 }));
    const change = fc.tuple(uid, fc.option(fc.constantFrom("a", "b", "c"), { nil: undefined }));
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1700 }),
        fc.array(fc.array(change, { maxLength: 6 }), { maxLength: 6 }),
        (size, steps) => {
          const parties = new Map(
            Array.from({ length: size }, (_, i) => [i + 1, { digest: sha256Hex(String(i)) }] as const),
          );
          const running = new RunningStateHash(parties);
          for (const step of steps) {
            for (const [at, word] of step) {
              const digest = word === undefined ? undefined : sha256Hex(word);
              running.set(at, digest);
              if (digest === undefined) parties.delete(at);
              else parties.set(at, { digest });
            }
            expect([running.hash(), running.size]).toEqual([stateHash(parties), parties.size]);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
