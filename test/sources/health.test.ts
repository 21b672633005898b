import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ContentError } from "../../src/domain/index.ts";
import {
  DEFAULT_HEALTH_POLICY,
  failedLook,
  healthAfter,
  healthNow,
  type LookResult,
  mayLook,
  type SourceHealth,
} from "../../src/sources/index.ts";
import { bench, failure } from "./kit.ts";

const HOUR = 3_600_000;
const policy = { ...DEFAULT_HEALTH_POLICY, backoffMs: 600_000, backoffCapMs: 4 * HOUR };
const at = (hours: number) =>
  new Date(Date.parse("2023-05-23T00:00:00Z") + hours * HOUR).toISOString().replace(".000", "");
const ok = (hours: number, outcome: "changed" | "unchanged" | "held" = "unchanged"): LookResult => ({
  at: at(hours),
  outcome,
});
const failed = (hours: number, code: string, retryAfterMs: number | null = null): LookResult => ({
  at: at(hours),
  outcome: "failed",
  code,
  retryAfterMs,
});
const healthOf = (...looks: LookResult[]): SourceHealth => {
  const health = looks.reduce<SourceHealth | undefined>(
    (sum, look) => healthAfter(sum, look, policy),
    undefined,
  );
  if (health === undefined) throw new Error("no look");
  return health;
};

describe("health", () => {
  test("a first look that succeeds", () => {
    expect(healthOf(ok(0, "changed"))).toEqual({
      state: "current",
      since: at(0),
      lastLook: at(0),
      lastSuccess: at(0),
      lastChange: at(0),
      consecutiveFailures: 0,
      failure: null,
      nextLook: null,
    });
  });

  test("quiet looks move the last look, not the state's beginning nor the last change", () => {
    expect(healthOf(ok(0, "changed"), ok(1), ok(2))).toMatchObject({
      state: "current",
      since: at(0),
      lastLook: at(2),
      lastSuccess: at(2),
      lastChange: at(0),
    });
  });

  test("a failure makes it stale, counts, and waits longer each time", () => {
    expect(healthOf(ok(0, "changed"), failed(1, "unreachable"))).toEqual({
      state: "stale",
      since: at(1),
      lastLook: at(1),
      lastSuccess: at(0),
      lastChange: at(0),
      consecutiveFailures: 1,
      failure: "unreachable",
      nextLook: "2023-05-23T01:10:00Z",
    });
    const third = healthOf(ok(0), failed(1, "unreachable"), failed(2, "cut"), failed(3, "timeout"));
    expect(third).toMatchObject({ since: at(1), consecutiveFailures: 3, nextLook: "2023-05-23T03:40:00Z" });
    const many = healthOf(...[...Array(40).keys()].map((i) => failed(i, "unreachable")));
    expect(many).toMatchObject({ consecutiveFailures: 40, nextLook: at(39 + 4), lastSuccess: null });
  });

  test("a refusal is blocked, and waits in hours", () => {
    const blocked = healthOf(ok(0), failed(1, "blocked"), failed(2, "blocked"));
    expect(blocked).toMatchObject({ state: "blocked", since: at(1), nextLook: at(4) });
    expect(healthOf(failed(0, "throttled"))).toMatchObject({ state: "blocked" });
  });

  test("a wait the source asks for is kept, however long", () => {
    expect(healthOf(failed(0, "throttled", 30 * HOUR)).nextLook).toBe(at(30));
    expect(healthOf(failed(0, "http-status", 1_000)).nextLook).toBe("2023-05-23T00:10:00Z");
  });

  test("a success clears it all", () => {
    expect(healthOf(failed(0, "blocked"), ok(5))).toMatchObject({
      state: "current",
      since: at(5),
      consecutiveFailures: 0,
      failure: null,
      nextLook: null,
    });
  });

  test("held removals are a state of their own, and end by themselves", () => {
    expect(healthOf(ok(0), ok(1, "held"), ok(2, "held"))).toMatchObject({ state: "held", since: at(1) });
    expect(healthOf(ok(1, "held"), ok(2, "changed"))).toMatchObject({ state: "current", since: at(2) });
  });

  test("nobody looking makes it stale by itself", () => {
    const health = healthOf(ok(0));
    expect(healthNow(health, at(23), policy)).toEqual(health);
    expect(healthNow(health, at(30), policy)).toEqual({ ...health, state: "stale", since: at(24) });
    const blocked = healthOf(failed(0, "blocked"));
    expect(healthNow(blocked, at(100), policy)).toEqual(blocked);
  });

  test("when to look again", () => {
    expect(mayLook(undefined, at(0))).toBe(true);
    expect(mayLook(healthOf(ok(0)), at(0))).toBe(true);
    const blocked = healthOf(failed(0, "blocked"));
    expect(mayLook(blocked, at(0.99))).toBe(false);
    expect(mayLook(blocked, at(1))).toBe(true);
  });

  test("never forgets nor invents, whatever comes", () => {
    const look = fc.record({
      outcome: fc.constantFrom("changed", "unchanged", "held", "failed"),
      code: fc.constantFrom("blocked", "unreachable", "too-large"),
      retryAfterMs: fc.option(fc.nat(10 * HOUR)),
    });
    fc.assert(
      fc.property(fc.array(look, { minLength: 1, maxLength: 30 }), (drawn) => {
        const looks = drawn.map((one, i) => ({ ...one, at: at(i) }) as LookResult);
        const health = healthOf(...looks);
        const good = looks.filter((one) => one.outcome !== "failed");
        expect(health.lastLook).toBe(looks.at(-1)?.at);
        expect(health.lastSuccess).toBe(good.at(-1)?.at ?? null);
        expect(health.lastChange).toBe(good.findLast((one) => one.outcome !== "unchanged")?.at ?? null);
        expect(health.consecutiveFailures).toBe(
          looks.length - 1 - looks.findLastIndex((one) => one.outcome !== "failed"),
        );
        expect(health.nextLook === null).toBe(health.consecutiveFailures === 0);
        expect(health.since <= health.lastLook).toBe(true);
      }),
      { seed: 3 },
    );
  });
});

describe("a look that failed", () => {
  test("carries what the source asked for", async () => {
    const { fetcher, ofac, exports } = await bench();
    ofac.misbehave({ kind: "status", status: 429, retryAfter: "7200" });
    const { error } = await failure(fetcher.fetch({ url: exports("SDN.XML") }));
    expect(failedLook(error, at(0))).toEqual(failed(0, "throttled", 7_200_000));
  });

  test("of content is a failure too, a bug is none", () => {
    expect(failedLook(new ContentError("wrong-root", "…"), at(0))).toEqual(failed(0, "wrong-root"));
    expect(failedLook(new TypeError("a bug"), at(0))).toBeUndefined();
  });
});
