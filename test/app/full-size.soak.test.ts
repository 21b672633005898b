import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { fullSizeEnhanced } from "../support/full-size.ts";
import { startOfacStandIn } from "../support/ofac-stand-in/index.ts";
import { watchPeakMemory } from "../support/peak-memory.ts";
import { hasSharedData } from "../support/shared-data.ts";

const LIMIT_MB = 350;
const work = mkdtempSync(join(tmpdir(), "ofac-ledger-full-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe.skipIf(!hasSharedData)("a list of full size (19,000 parties, 140 MB of Enhanced XML)", () => {
  it(`goes through update in less than ${LIMIT_MB} MB, as a baseline and as a publication of 40 changes`, async () => {
    const ofac = await startOfacStandIn();
    const config = join(work, "config.json");
    writeFileSync(
      config,
      JSON.stringify({
        lists: ["sdn"],
        notices: false,
        sources: { ...ofac.settings, gapMs: 0, attempts: 1 },
      }),
    );
    const size = { parties: 19_000, bytes: 140_000_000 };
    const run = async (now: string) => {
      let peak = () => 0;
      const started = performance.now();
      const result = await runCli(
        ["update", "--ledger", join(work, "ledger"), "--config", config, "--json", "--quiet"],
        {
          cwd: work,
          env: { OFAC_LEDGER_NOW: now },
          started: (child) => {
            peak = watchPeakMemory(child);
          },
        },
      );
      return { ...result, seconds: (performance.now() - started) / 1000, peak: peak() };
    };
    try {
      ofac.publish({
        id: 700,
        at: "2025-01-10T15:00:00Z",
        files: { "SDN_ENHANCED.XML": fullSizeEnhanced({ ...size, date: "2025-01-10" }) },
      });
      const baseline = await run("2025-01-10T15:10:00Z");
      expect(baseline.code, baseline.stderr).toBe(0);
      ofac.publish({
        id: 701,
        at: "2025-01-13T15:00:00Z",
        files: {
          "SDN_ENHANCED.XML": fullSizeEnhanced({
            ...size,
            date: "2025-01-13",
            edit: (entity, index) =>
              index % 475 === 0
                ? entity.replace(/<formattedLastName>/, "<formattedLastName>CHANGED ")
                : entity,
          }),
        },
      });
      const second = await run("2025-01-13T15:10:00Z");
      expect(second.code, second.stderr).toBe(0);
      expect(JSON.parse(second.stdout).lists[0].headline).toMatch(/^20250113: .* changed$/);
      for (const [name, one] of [
        ["baseline", baseline],
        ["publication", second],
      ] as const) {
        console.log(`full size, ${name}: ${one.seconds.toFixed(1)} s, peak ${one.peak.toFixed(0)} MB`);
        expect(one.peak).toBeLessThan(LIMIT_MB);
      }
      const verified = await runCli(["verify", "--ledger", join(work, "ledger"), "--quiet"]);
      expect(verified.code, verified.stdout).toBe(0);
    } finally {
      await ofac.close();
    }
  });
});
