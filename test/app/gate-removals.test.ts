import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HeldRemovals, heldUids } from "../../src/app/look/checks.ts";
import { judgeRemovals, type RemovalFacts, type RemovalVerdict } from "../../src/app/look/removals.ts";
import { run } from "./live.ts";

const START = Date.parse("2023-05-23T14:00:00Z");
const HOUR = 3_600_000;
const at = (ms: number) => new Date(START + ms).toISOString().replace(".000Z", "Z");
const A = `sha256:${"a".repeat(64)}` as const;
const B = `sha256:${"b".repeat(64)}` as const;

function judge(facts: Partial<RemovalFacts>): RemovalVerdict {
  return judgeRemovals({
    list: "sdn",
    removed: run(1, 60),
    partiesBefore: 10_000,
    source: A,
    held: undefined,
    delta: null,
    accept: undefined,
    now: at(0),
    ...facts,
  });
}

describe("the gate for removals", () => {
  it.each([
    [49, 10_000, false],
    [50, 10_000, true],
    [4, 10, false],
    [5, 100, true],
    [5, 101, false],
    [0, 10, false],
  ])("holds %i of %i parties: %s", (removed, partiesBefore, holds) => {
    expect(judge({ removed: run(1, removed), partiesBefore }).held !== undefined).toBe(holds);
  });

  it("counts the hour of the second look from the first sight of that file", () => {
    const first = judge({}).held;
    expect(judge({ held: first, now: at(HOUR - 1000) }).held).toBeDefined();
    expect(judge({ held: first, now: at(HOUR) })).toEqual({ held: undefined, unconfirmed: false });
    expect(judge({ held: first, source: B, now: at(HOUR) }).held).toMatchObject({
      source: B,
      sourceSince: at(HOUR),
      waiting: [{ since: at(0) }],
    });
  });

  it("counts the day for each party, and tells those whose day is over although others wait", () => {
    const first = judge({}).held;
    const more = { removed: run(1, 120), source: B } as const;
    const second = judge({ ...more, held: first, now: at(10 * HOUR) }).held;
    expect(second?.waiting).toEqual([
      { since: at(0), uids: run(1, 60) },
      { since: at(10 * HOUR), uids: run(61, 60) },
    ]);
    const late = { ...more, source: A, held: second } as const;
    expect(heldUids(judge({ ...late, now: at(24 * HOUR - 1000) }).held)).toEqual(run(1, 120));
    const day = judge({ ...late, now: at(24 * HOUR) });
    expect(day.unconfirmed).toBe(true);
    expect(heldUids(day.held)).toEqual(run(61, 60));
  });

  it("holds nothing longer than a day, forgets nobody, and flags only what nothing confirmed", () => {
    const look = fc.record({
      after: fc.integer({ min: 60_000, max: 3 * HOUR }),
      missing: fc.uniqueArray(fc.integer({ min: 1, max: 150 }), { minLength: 0, maxLength: 150 }),
      source: fc.constantFrom(A, B),
      delta: fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 150 }))),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 30 }), (looks) => {
        let now = 0;
        let held: HeldRemovals | undefined;
        const seenMissing = new Map<number, number>();
        const gone = new Set<number>();
        for (const { after, missing, source, delta } of looks) {
          now += after;
          const removed = missing.filter((uid) => !gone.has(uid)).sort((a, b) => a - b);
          for (const uid of [...seenMissing.keys()]) if (!removed.includes(uid)) seenMissing.delete(uid);
          for (const uid of removed) if (!seenMissing.has(uid)) seenMissing.set(uid, now);
          const verdict = judge({
            removed,
            partiesBefore: 1000 - gone.size,
            source,
            held,
            delta: delta === null ? null : new Set(delta),
            now: at(now),
          });
          const waiting = heldUids(verdict.held);
          expect(removed).toEqual(expect.arrayContaining(waiting));
          for (const uid of waiting) {
            expect(now - (seenMissing.get(uid) ?? 0)).toBeLessThan(24 * HOUR);
            expect(delta?.includes(uid) ?? false).toBe(false);
          }
          if (verdict.unconfirmed) {
            const told = removed.filter((uid) => !waiting.includes(uid));
            expect(told.some((uid) => now - (seenMissing.get(uid) ?? now) >= 24 * HOUR)).toBe(true);
          }
          for (const uid of removed) if (!waiting.includes(uid)) gone.add(uid);
          held = verdict.held;
        }
      }),
      { numRuns: 200 },
    );
  });
});
