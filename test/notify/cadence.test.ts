import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isQuiet, isTimeZone, slots } from "../../src/notify/cadence.ts";

const daily = (hour: number, timeZone: string) => ({ kind: "daily" as const, hour, timeZone });

describe("slots", () => {
  const cases: readonly (readonly [string, Parameters<typeof slots>[0], string, string, string])[] = [
    ["of a day", daily(7, "UTC"), "2023-05-24T06:59:59Z", "2023-05-23T07:00:00Z", "2023-05-24T07:00:00Z"],
    [
      "at their very instant",
      daily(7, "UTC"),
      "2023-05-24T07:00:00Z",
      "2023-05-24T07:00:00Z",
      "2023-05-25T07:00:00Z",
    ],
    [
      "far east",
      daily(0, "Pacific/Kiritimati"),
      "2023-05-24T09:00:00Z",
      "2023-05-23T10:00:00Z",
      "2023-05-24T10:00:00Z",
    ],
    [
      "half an hour off",
      daily(9, "Asia/Kolkata"),
      "2023-05-24T03:29:59Z",
      "2023-05-23T03:30:00Z",
      "2023-05-24T03:30:00Z",
    ],
    [
      "over the start of summer time",
      daily(7, "America/New_York"),
      "2023-03-12T12:00:00Z",
      "2023-03-12T11:00:00Z",
      "2023-03-13T11:00:00Z",
    ],
    [
      "over the end of summer time",
      daily(7, "America/New_York"),
      "2023-11-05T11:30:00Z",
      "2023-11-04T11:00:00Z",
      "2023-11-05T12:00:00Z",
    ],
    [
      "in an hour that is skipped",
      daily(2, "America/New_York"),
      "2023-03-12T12:00:00Z",
      "2023-03-12T07:00:00Z",
      "2023-03-13T06:00:00Z",
    ],
    [
      "in an hour that occurs twice",
      daily(1, "America/New_York"),
      "2023-11-05T12:00:00Z",
      "2023-11-05T05:00:00Z",
      "2023-11-06T06:00:00Z",
    ],
    [
      "of a week",
      { kind: "weekly", weekday: "monday", hour: 9, timeZone: "Asia/Tokyo" },
      "2023-05-24T00:00:00Z",
      "2023-05-22T00:00:00Z",
      "2023-05-29T00:00:00Z",
    ],
  ];
  it.each(cases)("%s", (_name, cadence, now, last, next) => {
    expect(slots(cadence, now)).toEqual({ last, next });
  });

  const zone = fc.constantFrom(
    "UTC",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
  );
  const instant = fc
    .integer({ min: Date.UTC(2021, 0, 1) / 1000, max: Date.UTC(2030, 0, 1) / 1000 })
    .map((s) => `${new Date(s * 1000).toISOString().slice(0, 19)}Z`);

  it("follow each other without a gap, a day apart but for changed clocks", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), zone, instant, (hour, timeZone, now) => {
        const { last, next } = slots(daily(hour, timeZone), now);
        expect(last <= now && now < next).toBe(true);
        expect(slots(daily(hour, timeZone), next).last).toBe(next);
        const hours = (Date.parse(next) - Date.parse(last)) / 3_600_000;
        expect(hours).toBeGreaterThanOrEqual(23);
        expect(hours).toBeLessThanOrEqual(25);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a quiet period", () => {
  const cases: readonly (readonly [number, number, string, boolean])[] = [
    [22, 6, "2023-05-24T21:59:59Z", false],
    [22, 6, "2023-05-24T22:00:00Z", true],
    [22, 6, "2023-05-24T05:59:59Z", true],
    [22, 6, "2023-05-24T06:00:00Z", false],
    [9, 17, "2023-05-24T12:00:00Z", true],
    [9, 17, "2023-05-24T17:00:00Z", false],
    [9, 24, "2023-05-24T23:59:59Z", true],
  ];
  it.each(cases)("from %i to %i holds at %s: %s", (from, to, now, quiet) => {
    expect(isQuiet({ from, to, timeZone: "UTC" }, now)).toBe(quiet);
  });
});

it("a time zone is one the platform knows", () => {
  expect(["UTC", "Europe/Paris", "Mars/Base", ""].map(isTimeZone)).toEqual([true, true, false, false]);
});
