import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { easternClock } from "../../src/domain/index.ts";
import { isEasternTime } from "../../src/sources/eastern.ts";
import { createPublicApi, easternInstant } from "../../src/sources/index.ts";
import { easternWallClock } from "../support/ofac-stand-in/composed.ts";
import { bench, failure } from "./kit.ts";

describe("Eastern wall clock times", () => {
  test.each([
    ["2026-01-16T10:01:44.740051", "2026-01-16T15:01:44Z", "exact"],
    ["2023-05-23T10:01:44", "2023-05-23T14:01:44Z", "exact"],
    ["2024-07-31T23:59:59.9999999", "2024-08-01T03:59:59Z", "exact"],
    // The last second before summer time begins, and the first of it.
    ["2024-03-10T01:59:59", "2024-03-10T06:59:59Z", "exact"],
    ["2024-03-10T03:00:00", "2024-03-10T07:00:00Z", "exact"],
    // Left out on the clock: read as standard time.
    ["2024-03-10T02:30:00", "2024-03-10T07:30:00Z", "nonexistent"],
    // Twice on the clock: the first of the two.
    ["2024-11-03T00:59:59", "2024-11-03T04:59:59Z", "exact"],
    ["2024-11-03T01:30:00", "2024-11-03T05:30:00Z", "ambiguous"],
    ["2024-11-03T02:00:00", "2024-11-03T07:00:00Z", "exact"],
    ["2026-08-24T00:00:00-04:00", "2026-08-24T04:00:00Z", "exact"],
    ["2026-08-24T00:00:00Z", "2026-08-24T00:00:00Z", "exact"],
  ])("%s is %s (%s)", (text, at, reading) => {
    expect(easternInstant(text)).toEqual({ at, reading });
    expect(isEasternTime(text)).toBe(true);
  });

  test.each([
    "",
    "2026-02-30T10:00:00",
    "2026-13-01T10:00:00",
    "2026-01-16",
    "1/16/2026 10:01 AM",
    "2026-01-16T24:30:00",
  ])("%j is no time", (text) => {
    expect(easternInstant(text)).toBeUndefined();
    expect(isEasternTime(text)).toBe(false);
  });

  test("every instant is found again from its clock reading, save the hour that comes twice", () => {
    const seconds = fc.integer({
      min: Date.parse("2007-04-01") / 1000,
      max: Date.parse("2040-01-01") / 1000,
    });
    fc.assert(
      fc.property(seconds, (s) => {
        const instant = new Date(s * 1000).toISOString().replace(".000", "");
        const found = easternInstant(easternWallClock(instant));
        expect(found).toBeDefined();
        if (found?.reading === "ambiguous") {
          expect([0, 3_600_000]).toContain(s * 1000 - Date.parse(found.at));
        } else expect(found?.at).toBe(instant);
        expect(easternClock(found?.at ?? "")).toEqual(easternClock(instant));
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe("the public API", () => {
  async function api(overrides = {}) {
    const one = await bench(overrides);
    return { ...one, api: createPublicApi(one.fetcher, one.settings) };
  }

  test("history of a year, in order of publication, by Eastern date", async () => {
    const { ofac, api: ofacApi } = await api();
    // 23:30 Eastern on New Year's Eve is another year in UTC.
    ofac.publish({ id: 802, at: "2024-01-01T04:30:00Z", files: {} });
    ofac.publish({ id: 801, at: "2023-12-29T15:00:00Z", files: {} });
    expect(await ofacApi.history(2023)).toEqual([
      { id: 700, datePublished: "2023-05-23T10:01:44.740051", at: "2023-05-23T14:01:44Z", reading: "exact" },
      { id: 801, datePublished: "2023-12-29T10:00:00.740051", at: "2023-12-29T15:00:00Z", reading: "exact" },
      { id: 802, datePublished: "2023-12-31T23:30:00.740051", at: "2024-01-01T04:30:00Z", reading: "exact" },
    ]);
    expect(await ofacApi.history(2024)).toEqual([]);
    ofac.publish({ id: 803, at: "2024-01-16T15:01:44Z", files: {} });
    expect((await ofacApi.historySince(700, 2023, 2024)).map((entry) => entry.id)).toEqual([801, 802, 803]);
  });

  test("deltas, the newest and by publication", async () => {
    const { ofac, api: ofacApi } = await api();
    ofac.publish({ id: 701, at: "2023-05-24T14:00:00Z", files: {}, delta: "<first/>" });
    ofac.publish({ id: 702, at: "2023-05-25T14:00:00Z", files: {}, delta: "<second/>" });
    const latest = await ofacApi.latestDelta();
    if (latest.kind !== "document") throw new Error("expected a document");
    expect(Buffer.from(latest.document.bytes).toString()).toBe("<second/>");
    expect(latest.document.receipt.publicationId).toBe("702");
    expect(await ofacApi.latestDelta(latest.document.receipt)).toMatchObject({ kind: "not-modified" });
    const first = await ofacApi.delta(701);
    expect(Buffer.from(first.bytes).toString()).toBe("<first/>");
    expect(first.name).toBe("delta-701.xml");
  });

  test("a delta that is not there is the source's failure, not ours", async () => {
    const { error } = await failure((await api()).api.delta(4711));
    expect(error).toMatchObject({ code: "http-status", exitCode: 3 });
  });

  test("alive, and not", async () => {
    const { ofac, api: ofacApi } = await api({ attempts: 1 });
    expect(await ofacApi.alive()).toBe("Alive");
    ofac.misbehave({ kind: "empty", at: ["service"], times: 1 });
    expect(await ofacApi.alive()).toBe("");
    ofac.misbehave({ kind: "status", status: 503 });
    expect((await failure(ofacApi.alive())).error).toMatchObject({ exitCode: 3 });
  });

  test("an answer of another shape is refused with what was found", async () => {
    const { ofac, api: ofacApi } = await api();
    ofac.misbehave({ kind: "html", at: ["service"] });
    const { error } = await failure(ofacApi.history(2023));
    expect(error).toMatchObject({ code: "bad-history", exitCode: 4 });
    expect(error.message).toContain("DOCTYPE");
  });

  test.each([
    ["no array", { publicationID: 1 }, "publicationID"],
    ["an id that is text", [{ publicationID: "803", datePublished: "2026-01-16T10:01:44" }], "803"],
    ["an id that is no whole number", [{ publicationID: 1.5, datePublished: "2026-01-16T10:01:44" }], "1.5"],
    ["no date", [{ publicationID: 803 }], "803"],
    ["another date", [{ publicationID: 803, datePublished: "01/16/2026" }], "01/16/2026"],
    ["a row of nothing", [null], "null"],
    [
      "an id twice",
      [
        { publicationID: 803, datePublished: "2026-01-16T10:01:44" },
        { publicationID: 803, datePublished: "2026-01-17T10:01:44" },
      ],
      "803 twice",
    ],
  ])("a history with %s is refused", async (_, value, found) => {
    const { fetcher, settings } = await bench();
    const bytes = Buffer.from(JSON.stringify(value));
    const faked = {
      ...fetcher,
      fetch: async () => ({ kind: "document" as const, document: { bytes, name: "x" } }),
    };
    // @ts-expect-error Only the bytes of the document matter here.
    const { error } = await failure(createPublicApi(faked, settings).history(2026));
    expect(error).toMatchObject({ code: "bad-history", exitCode: 4 });
    expect(error.message).toContain(found);
  });
});
