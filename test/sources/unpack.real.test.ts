import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { unpack, unpackStream } from "../../src/sources/index.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";

const LIMITS = { maxUnpackedBytes: 100_000_000 };

describe.skipIf(!hasSharedData)("OFAC's real archives", () => {
  const zip = "enhanced-xml/2025-01-10.CONS_ENHANCED.ZIP";

  test("a zip of OFAC's, from disk and from memory", async () => {
    const path = sharedData(zip);
    const whole = await unpack({ path }, LIMITS);
    // The size that the archive's own directory states.
    expect(whole.byteLength).toBe(3_420_879);
    expect(Buffer.from(whole.subarray(0, 5)).toString()).toBe("<?xml");
    expect(Buffer.compare(await unpack({ name: zip, bytes: readFileSync(path) }, LIMITS), whole)).toBe(0);
  });

  test("every gzipped list", async () => {
    const names = readdirSync(sharedData("consolidated-xml")).filter((name) => name.endsWith(".gz"));
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) {
      let size = 0;
      let last = "";
      for await (const piece of unpackStream({ path: sharedData(`consolidated-xml/${name}`) }, LIMITS)) {
        size += piece.byteLength;
        last = Buffer.from(piece.subarray(-40)).toString();
      }
      expect(size, name).toBeGreaterThan(500_000);
      expect(last, name).toContain("</sdnList>");
    }
  });
});
