import { describe, expect, test } from "vitest";
import { CutBody, readBody } from "../../src/sources/body.ts";
import { networkFailure } from "../../src/sources/failure.ts";
import { DEFAULT_SOURCE_SETTINGS } from "../../src/sources/index.ts";
import { retryAfterMs, waitBefore } from "../../src/sources/retry.ts";
import { NOW } from "./kit.ts";

const LIMITS = { name: "SDN.XML", host: "example.org", maxBytes: 1_000, declared: null };

async function* chunks(...sizes: number[]) {
  for (const size of sizes) yield new Uint8Array(size).fill(120);
}

describe("Retry-After", () => {
  test.each([
    [null, null],
    ["0", 0],
    [" 120 ", 120_000],
    ["Tue, 23 May 2023 15:01:00 GMT", 60_000],
    ["Tue, 23 May 2023 14:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    ["1.5", null],
  ])("%j asks for %j ms", (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });
});

describe("the wait before an attempt", () => {
  const settings = { ...DEFAULT_SOURCE_SETTINGS, backoffMs: 100, backoffCapMs: 350, retryAfterCapMs: 1_000 };

  test("doubles up to its cap", () => {
    expect([2, 3, 4, 5, 50].map((next) => waitBefore(next, null, settings))).toEqual([
      100, 200, 350, 350, 350,
    ]);
  });

  test("is never shorter than asked, and gives up on what is too long", () => {
    expect(waitBefore(2, 900, settings)).toBe(900);
    expect(waitBefore(2, 50, settings)).toBe(100);
    expect(waitBefore(2, 1_001, settings)).toBeNull();
  });
});

describe("reading a body", () => {
  test.each([
    ["as many bytes as promised", 60, [50, 10], 60],
    ["no promise", null, [50, 10, 70_000], 70_060],
  ])("%s", async (_, declared, sizes, size) => {
    const body = await readBody(chunks(...sizes), { ...LIMITS, maxBytes: 100_000, declared });
    expect(body.bytes.byteLength).toBe(size);
    expect(Buffer.from(body.bytes).toString()).toBe("x".repeat(size));
  });

  test.each([
    ["fewer bytes than promised", 61],
    ["more bytes than promised", 59],
  ])("%s is a cut", async (_, declared) => {
    await expect(readBody(chunks(50, 10), { ...LIMITS, declared })).rejects.toThrow(CutBody);
  });

  test("exactly the cap is allowed, one more is not", async () => {
    expect((await readBody(chunks(500, 500), LIMITS)).bytes.byteLength).toBe(1_000);
    await expect(readBody(chunks(500, 501), LIMITS)).rejects.toMatchObject({ code: "too-large" });
    await expect(readBody(chunks(), { ...LIMITS, declared: 1_001 })).rejects.toMatchObject({
      code: "too-large",
    });
  });
});

describe("what a network error means", () => {
  const coded = (code: string, extra = {}) => Object.assign(new Error("x"), { code, ...extra });
  test.each([
    [coded("ENOTFOUND"), "unreachable", true],
    [coded("UND_ERR_CONNECT_TIMEOUT"), "timeout", true],
    [coded("ECONNRESET"), "cut", true],
    [coded("CERT_HAS_EXPIRED"), "unreachable", false],
    [coded("DEPTH_ZERO_SELF_SIGNED_CERT"), "unreachable", false],
    [coded("EWHATEVER", { syscall: "connect" }), "unreachable", true],
    [new AggregateError([coded("ECONNREFUSED")]), "unreachable", true],
  ])("%j is %s (again: %j)", (cause, code, again) => {
    expect(networkFailure(cause, "h", 1_000)).toMatchObject({
      code,
      exitCode: 3,
      facts: { again, host: "h" },
    });
  });

  test.each([new TypeError("a bug"), coded("UND_ERR_INVALID_ARG"), "no error at all"])(
    "%j is none",
    (cause) => {
      expect(networkFailure(cause, "h", 1_000)).toBeUndefined();
    },
  );
});

describe("the default settings", () => {
  test("are plain data, over https, and name a contact", () => {
    const settings = DEFAULT_SOURCE_SETTINGS;
    expect(JSON.parse(JSON.stringify(settings))).toEqual(settings);
    for (const base of [
      settings.serviceBase,
      settings.treasuryBase,
      settings.noticesBase,
      settings.pressBase,
    ]) {
      expect(base).toMatch(/^https:\/\/[a-z.]+\.gov(\/|$)/);
    }
    expect(settings.userAgent).toMatch(/^Mozilla\/5\.0 \(compatible; ofac-ledger\/.*\+https:\/\/.*\)$/);
  });
});
