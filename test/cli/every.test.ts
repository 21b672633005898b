import { describe, expect, it } from "vitest";
import { periodOf, type Round, repeat } from "../../src/cli/every.ts";

describe("a period", () => {
  it.each([
    ["15m", 900_000],
    ["90s", 90_000],
    ["1h", 3_600_000],
    ["2 d", 172_800_000],
  ])("%s is %d ms", (text, ms) => {
    expect(periodOf(text, 0)).toBe(ms);
  });

  it.each(["", "15", "m", "0m", "-5m", "1.5h", "15 minutes", "99999999m"])("%j is none", (text) => {
    expect(() => periodOf(text, 0)).toThrow(/--every: expected a period like 15m/);
  });

  it("that is impolite is refused", () => {
    expect(() => periodOf("1m", 300_000)).toThrow(/at least 5m between two looks at OFAC's own servers/);
    expect(periodOf("5m", 300_000)).toBe(300_000);
  });
});

/** Rounds on a clock that only they and their sleep move; stops before the round that would be one too many. */
async function rounds(
  everyMs: number,
  takes: readonly number[],
): Promise<{ begun: number[]; rounds: Round[] }> {
  let now = 1_000_000;
  const start = now;
  const stop = new AbortController();
  const begun: number[] = [];
  const seen: Round[] = [];
  await repeat({
    everyMs,
    signal: stop.signal,
    clock: {
      now: () => now,
      sleep: async (ms) => {
        expect(ms).toBeGreaterThan(0);
        expect(ms).toBeLessThanOrEqual(30_000);
        now += ms;
      },
    },
    round: async () => {
      begun.push(now - start);
      now += takes[begun.length - 1] ?? 0;
      if (begun.length === takes.length) stop.abort();
      return 0;
    },
    after: (round) => void seen.push(round),
  });
  return { begun, rounds: seen };
}

describe("rounds", () => {
  it("begin at a fixed distance from the first, however long each takes", async () => {
    const { begun } = await rounds(60_000, [5_000, 59_999, 0, 100, 1]);
    expect(begun).toEqual([0, 60_000, 120_000, 180_000, 240_000]);
  });

  it("never overlap and are never caught up: turns that passed are left out, and said", async () => {
    const { begun, rounds: all } = await rounds(60_000, [150_000, 1, 60_000, 1]);
    expect(begun).toEqual([0, 180_000, 240_000, 360_000]);
    expect(all.map(({ skipped }) => skipped)).toEqual([2, 0, 1, 0]);
    expect(all.at(-1)?.next).toBeNull();
  });

  it("end with the code that is decided on, or with 0 when asked to stop", async () => {
    const clock = { now: () => 0, sleep: async () => undefined };
    const { signal } = new AbortController();
    const stopped = AbortSignal.abort();
    const round = async () => 3;
    expect(await repeat({ everyMs: 1, signal, clock, round, after: () => 2 })).toBe(2);
    expect(await repeat({ everyMs: 1, signal: stopped, clock, round, after: () => undefined })).toBe(0);
  });
});
