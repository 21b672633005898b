import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { applyDelta, makeDelta } from "../../../src/app/raw/line-delta.ts";
import { pack, unpackObject } from "../../../src/app/raw/pack.ts";
import { sha256 } from "../../../src/domain/index.ts";
import { fullSizeEnhanced } from "../../support/full-size.ts";
import { hasSharedData, sharedData } from "../../support/shared-data.ts";

const SIZE = { parties: 19_000, bytes: 140_000_000 } as const;
/** As many as on one of the busiest days. */
const CHANGED = 560;

describe.skipIf(!hasSharedData)("a list of full size in the store of source files", () => {
  it("takes little more than what changed, and seconds", () => {
    const [entities = new Uint8Array()] = Object.values(
      unzipSync(readFileSync(sharedData("enhanced-xml/2025-01-10.CONS_ENHANCED.ZIP"))),
    );
    const share = pack(entities).length / entities.length;
    const old = fullSizeEnhanced({ ...SIZE, date: "2026-01-05" });
    const every = Math.floor(SIZE.parties / CHANGED);
    const next = fullSizeEnhanced({
      ...SIZE,
      date: "2026-01-06",
      edit: (entity, index) =>
        index % every === 0 ? entity.replace(/<isPrimary>true/, "<isPrimary>false") : entity,
    });
    const started = performance.now();
    const delta = pack(makeDelta(old, next));
    const made = performance.now();
    const again = applyDelta(old, unpackObject(delta, 64 * 1024 * 1024));
    const applied = performance.now();
    expect(sha256(again)).toBe(sha256(next));
    expect(delta.length).toBeLessThan(100_000);
    console.log(
      `${(next.length / 1e6).toFixed(0)} MB, ${CHANGED} parties changed: ${(delta.length / 1e3).toFixed(1)} kB, made in ` +
        `${((made - started) / 1000).toFixed(1)} s, applied in ${((applied - made) / 1000).toFixed(1)} s; whole at the ` +
        `share of real entities: ${((share * next.length) / 1e6).toFixed(1)} MB`,
    );
  });
});
