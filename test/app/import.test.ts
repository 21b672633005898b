import { afterAll, describe, expect, it } from "vitest";
import { history, importFiles, SILENT, verifyLedger } from "../../src/app/index.ts";
import type { LedgerFiles } from "../../src/ledger/index.ts";
import { CAPTURES, inTemporaryFolder } from "../support/captures.ts";
import { Crash, crashingFiles, crashPoints, memoryFiles } from "../support/crashing-files.ts";

const written = inTemporaryFolder({ ...CAPTURES, "20230527T013619Z.SDN.CSV": "" });
afterAll(() => written.remove());

const sound = written.paths.filter((path) => !path.includes("20230527"));

function run(files: LedgerFiles, paths: readonly string[] = sound, commitEvery = 40, cache?: LedgerFiles) {
  const remembers = cache === undefined ? {} : { cache };
  return importFiles(
    files,
    { paths, segment: "captures", list: "sdn", provenance: "composed", judge: {}, commitEvery, ...remembers },
    SILENT,
  );
}

function bytesOf(files: { readonly content: ReadonlyMap<string, Uint8Array> }): Map<string, string> {
  return new Map(
    [...files.content].sort().map(([path, bytes]) => [path, Buffer.from(bytes).toString("base64")]),
  );
}

describe("import", () => {
  it("writes a baseline and a publication per change, dated by the Eastern day of the capture", async () => {
    const files = memoryFiles();
    const report = await run(files);
    expect(report.files.map(({ outcome, headline }) => [outcome, headline])).toEqual([
      ["baseline", "20230519: baseline of 3 parties"],
      ["publication", "20230523: 1 entity, 1 individual added"],
      ["publication", "20230524: 1 entity removed; 1 entity changed"],
      ["publication", "20230525: 1 entity, 1 individual changed"],
      ["unchanged", undefined],
    ]);
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
    const [newest] = history(files);
    expect(newest?.record).toMatchObject({
      id: "sdn-20230525",
      segment: "captures",
      origin: "import",
      dateBasis: "capture",
      window: { after: "2023-05-25T04:43:34Z", notLaterThan: "2023-05-25T18:43:26Z" },
      coverage: { alias: "absent", address: "absent", remarks: "truncated" },
      sources: [{ file: "20230525T184326Z.SDN.CSV", provenance: "composed" }],
    });
  });

  it("takes files in date order, whatever the order they are given in", async () => {
    const straight = memoryFiles();
    const reversed = memoryFiles();
    await run(straight);
    await run(reversed, [...sound].reverse());
    expect(bytesOf(reversed)).toEqual(bytesOf(straight));
  });

  it("refuses a file that is no list, says why, and takes the others", async () => {
    const files = memoryFiles();
    const report = await run(files, written.paths);
    const refused = report.files.filter((file) => file.outcome === "refused");
    expect(
      refused.map((file) => [file.path.split("/").at(-1), file.error?.code, file.error?.exitCode]),
    ).toEqual([["20230527T013619Z.SDN.CSV", "empty", 4]]);
    expect(report.written).toBe(4);
    expect(verifyLedger(files, () => undefined).ok).toBe(true);
  });

  it("passes over what the segment holds already, and goes on where it ended", async () => {
    const whole = memoryFiles();
    await run(whole);
    const grown = memoryFiles();
    await run(grown, sound.slice(0, 2));
    const second = await run(grown);
    expect(second.files.filter((file) => file.outcome === "already imported")).toHaveLength(2);
    expect(bytesOf(grown)).toEqual(bytesOf(whole));
    const third = await run(grown);
    expect(third.written).toBe(0);
    expect(bytesOf(grown)).toEqual(bytesOf(whole));
  });

  it("goes on from what an earlier import remembered with the same bytes, and from nothing that is not so", async () => {
    const plain = memoryFiles();
    for (const path of sound) await run(plain, [path]);
    const [remembering, cache] = [memoryFiles(), memoryFiles()];
    for (const [i, path] of sound.entries()) {
      await run(remembering, [path], 40, cache);
      const [name = ""] = cache.content.keys();
      expect([...cache.content.keys()]).toEqual(["readings/sdn-captures-csv.txt"]);
      // Damage is found, and then everything is read anew.
      if (i === 1)
        cache.content.set(
          name,
          (cache.content.get(name) ?? new Uint8Array()).map((byte) => byte ^ 1),
        );
    }
    expect(bytesOf(remembering)).toEqual(bytesOf(plain));
  });

  it("knows a file it has read by its bytes, and not by its size", async () => {
    const [, second = ""] = sound;
    const text = CAPTURES["20230523T184334Z.SDN.CSV"] ?? "";
    const later = inTemporaryFolder({
      "20230601T184334Z.SDN.CSV": text,
      "20230602T184334Z.SDN.CSV": text.replace(/COMPOSED|composed|A/, (word) => "Z".repeat(word.length)),
    });
    const files = memoryFiles();
    await run(files, [second]);
    const report = await run(files, later.paths);
    later.remove();
    expect(report.files.map(({ outcome }) => outcome)).toEqual(["unchanged", "publication"]);
  });

  it("refuses a file whose date nothing tells", async () => {
    const undated = inTemporaryFolder({ "SDN.CSV": CAPTURES["20230519T184348Z.SDN.CSV"] ?? "" });
    const report = await run(memoryFiles(), undated.paths);
    undated.remove();
    expect(report.files[0]?.error?.code).toBe("undated-file");
    expect(report.written).toBe(0);
  });

  it.each(["bad name", "live", "../up", ""])("refuses the segment name %j", async (segment) => {
    const options = { paths: sound, segment, provenance: "composed", judge: {} } as const;
    await expect(importFiles(memoryFiles(), options, SILENT)).rejects.toThrow(/--segment: expected a name/);
  });
});

describe.each([1, 40])("a crash at every effect of an import that commits every %i records", (every) => {
  it("leaves a ledger that verifies, and a rerun completes with the same bytes", async () => {
    const undisturbed = memoryFiles();
    const counting = crashingFiles(undisturbed, undefined);
    await run(counting, sound, every);
    const effects = counting.effects();
    const expected = bytesOf(undisturbed);
    expect(effects.length).toBeGreaterThan(20);
    for (const point of crashPoints(effects)) {
      const files = memoryFiles();
      await expect(run(crashingFiles(files, point), sound, every)).rejects.toThrow(Crash);
      const where = `${point.moment} effect ${point.effect}`;
      expect(verifyLedger(files, () => undefined).problems, where).toEqual([]);
      await run(files);
      expect(bytesOf(files), where).toEqual(expected);
    }
  }, 60_000);
});
