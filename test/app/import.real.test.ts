import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { importFiles } from "../../src/app/import.ts";
import { heads, history } from "../../src/app/past/history.ts";
import { rereadPast } from "../../src/app/past/reread-past.ts";
import { SILENT } from "../../src/app/progress.ts";
import { openRawStore } from "../../src/app/raw/store.ts";
import { verifyRaw } from "../../src/app/raw/verify.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { verifyLedger } from "../../src/app/verify.ts";
import { applyChanges, invert } from "../../src/diff/index.ts";
import { type StoredRecord, stateHash } from "../../src/domain/index.ts";
import { chain, readHead, readState } from "../../src/ledger/index.ts";
import { planSite } from "../../src/render/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { allCapturePaths } from "../support/csv-series.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";
import { SITE, TEMPLATES } from "../support/site.ts";
import { contentOf } from "./live.ts";

/** Every list file there is, and OFAC's deltas. */
function allPaths(): string[] {
  const folders = ["sdn-csv-sets", "consolidated-xml", "enhanced-xml", "delta"];
  const below = folders.flatMap((folder) =>
    readdirSync(sharedData(folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return [...allCapturePaths(), ...below];
}

const options = { provenance: "third-party capture", judge: {}, now: "2026-01-01T00:00:00Z" } as const;

describe.skipIf(!hasSharedData)("everything that is at hand, imported into one ledger", () => {
  const [files, raw] = [memoryFiles(), memoryFiles()];
  let report: Awaited<ReturnType<typeof importFiles>>;
  let records: readonly StoredRecord[];

  beforeAll(async () => {
    report = await importFiles(files, { ...options, paths: allPaths(), raw: openRawStore(raw) }, SILENT);
    records = history(files, { list: "sdn", segment: "csv" }).toReversed();
  }, 600_000);

  it("becomes a segment for each list and format, and refuses what is no list, with the reason", () => {
    const count = (outcome: string) => report.files.filter((file) => file.outcome === outcome).length;
    expect(report.segments.map(({ list, segment, records: all }) => [list, segment, all]).sort()).toEqual([
      ["consolidated", "enhanced", 1],
      ["consolidated", "legacy", 6],
      ["sdn", "csv", 308],
      ["sdn", "csv-set", 3],
    ]);
    expect([count("baseline"), count("publication"), count("unchanged")]).toEqual([4, 314, 7]);
    const refused = report.files.filter((file) => file.outcome === "refused");
    expect(refused.map(({ path, error }) => [path.split("/").at(-1), error?.code]).sort()).toEqual([
      ["2024-08-28.program-IRGC-export.xml.gz", "list-unknown"],
      ["20240504T013619Z.SDN.CSV", "empty"],
      ["2026-08-24_delta.excerpt.xml", "not-a-list"],
      ["2026-08-26_delta.xml", "not-a-list"],
    ]);
  });

  it("takes the export of one program, too, as the part of a list that it is said to be", async () => {
    const paths = [sharedData("enhanced-xml/2024-08-28.program-IRGC-export.xml.gz")];
    const part = await importFiles(files, { ...options, paths, list: "sdn", segment: "irgc-export" }, SILENT);
    expect(part.files.map(({ id, headline }) => [id, headline])).toEqual([
      ["sdn-20240828", "20240828: baseline of 293 parties"],
    ]);
  });

  it("verifies, with every file it was read from", () => {
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
    const kept = verifyRaw(raw, files);
    expect(kept).toMatchObject({ ok: true, entries: 318, withoutFiles: 1, withoutRecord: 0 });
    expect(kept.keptBytes).toBeLessThan(5e6);
    console.log(
      `${kept.files} source files: ${(kept.plainBytes / 1e6).toFixed(0)} MB kept in ${(kept.keptBytes / 1e6).toFixed(1)} MB`,
    );
  });

  it("is what every kept file says when it is read again", async () => {
    const store = openRawStore(raw);
    const compared = new Map<string, number>();
    for (const head of heads(files)) {
      if (head.segment === "irgc-export") continue;
      const past = await rereadPast(chain(files, head), store, SILENT);
      expect(past).toMatchObject({ notCompared: 0, refused: [], differing: [] });
      compared.set(`${head.list}/${head.segment}`, past.compared);
    }
    expect(Object.fromEntries(compared)).toEqual({
      "consolidated/enhanced": 0,
      "consolidated/legacy": 5,
      "sdn/csv": 307,
      "sdn/csv-set": 2,
    });
  });

  it("says where it is dense and where it has gaps, from 2018 to 2025", () => {
    const told = report.segments.flatMap(({ list, segment, stretches, gaps }) => [
      ...stretches.map(({ from, to, records: all }) => `${from} to ${to}  ${list}/${segment}: ${all}`),
      ...gaps.map(
        ({ after, until, days }) => `${after} to ${until}  ${list}/${segment}: no file for ${days} days`,
      ),
    ]);
    console.log(told.sort().join("\n"));
    expect(told.sort()).toEqual([
      "2018-04-06 to 2018-04-06  consolidated/legacy: 1",
      "2018-04-06 to 2020-03-17  consolidated/legacy: no file for 711 days",
      "2018-12-20 to 2018-12-20  sdn/csv-set: 1",
      "2018-12-20 to 2021-07-07  sdn/csv-set: no file for 930 days",
      "2020-03-17 to 2020-03-17  consolidated/legacy: 1",
      "2020-03-17 to 2024-05-06  consolidated/legacy: no file for 1511 days",
      "2021-07-07 to 2021-07-07  sdn/csv-set: 1",
      "2021-07-07 to 2023-12-28  sdn/csv-set: no file for 904 days",
      "2021-08-17 to 2024-05-03  sdn/csv: 308",
      "2023-12-28 to 2023-12-28  sdn/csv-set: 1",
      "2024-05-06 to 2024-05-06  consolidated/legacy: 1",
      "2024-05-06 to 2025-01-15  consolidated/legacy: no file for 254 days",
      "2025-01-10 to 2025-01-10  consolidated/enhanced: 1",
      "2025-01-15 to 2025-01-15  consolidated/legacy: 1",
      "2025-01-15 to 2025-10-22  consolidated/legacy: no file for 280 days",
      "2025-10-22 to 2025-12-18  consolidated/legacy: 2",
    ]);
  });

  it("gives a site that says the same", () => {
    const plan = planSite({ ...readPublished(files), heads: heads(files), site: SITE }, TEMPLATES);
    const page = new TextDecoder().decode(plan.find(({ path }) => path === "history/index.html")?.render());
    for (const words of [
      "20 December 2018",
      "930 days",
      "17 August 2021 to 3 May 2024",
      "308 records",
      "1,511 days",
    ]) {
      expect(page).toContain(words);
    }
  });

  it("adds nothing when it is imported again", async () => {
    const before = contentOf(files.content);
    const again = await importFiles(files, { ...options, paths: allPaths() }, SILENT);
    expect(again.written).toBe(0);
    expect(new Set(again.files.map(({ outcome }) => outcome))).toEqual(
      new Set(["refused", "already imported", "unchanged"]),
    );
    expect(contentOf(files.content)).toEqual(before);
  });

  it("holds the day of 2023-05-23 as the press release tells it", () => {
    const day = records.find(({ record }) => record.date === "2023-05-23");
    expect(day?.record.headline).toBe("20230523: 4 entities, 1 individual added");
    expect(day?.record.changes.map(({ op, uid, type }) => [op, uid, type])).toEqual([
      ["add", 43336, "entity"],
      ["add", 43337, "entity"],
      ["add", 43338, "entity"],
      ["add", 43377, "individual"],
      ["add", 43379, "entity"],
    ]);
  });

  it("reaches the first state by reverting and the last by applying every change set", () => {
    const head = readHead(files, { list: "sdn", segment: "csv" });
    if (head === undefined) throw new Error("no head");
    let parties = readState(files, head).parties;
    for (const { record } of [...records].reverse()) {
      if (record.kind === "publication") parties = applyChanges(parties, invert(record));
    }
    expect(stateHash(parties)).toBe(records[0]?.record.state.to.hash);
    for (const { record } of records) {
      if (record.kind === "publication") parties = applyChanges(parties, record);
    }
    expect(stateHash(parties)).toBe(head.state.hash);
  });

  it("counts what other people counted: 6,809 added, 927 removed", () => {
    const all = records.flatMap(({ record }) => record.changes.map((change) => change.op));
    expect(all.filter((op) => op === "add")).toHaveLength(6809);
    expect(all.filter((op) => op === "remove")).toHaveLength(927);
  });
});

describe.skipIf(!hasSharedData)("the nine captures of CONSOLIDATED.XML, almost every byte moved", () => {
  const names = ["11-29", "12-04", "12-10", "12-12", "12-13", "12-17", "12-18", "12-19", "12-20"];
  const paths = names.map((day) => sharedData(`consolidated-xml/fetched-2025-${day}.CONSOLIDATED.XML.gz`));

  it("are two states, one removal apart", async () => {
    const files = memoryFiles();
    const report = await importFiles(files, { ...options, paths, segment: "captures" }, SILENT);
    expect(report.files.map(({ outcome }) => outcome)).toEqual([
      "baseline",
      ...Array.from({ length: 6 }, () => "unchanged"),
      "publication",
      "unchanged",
    ]);
    const [newest] = history(files);
    expect(newest?.record.headline).toBe("20251218 Non-SDN: 1 individual removed");
    expect(newest?.record.changes.map(({ op, uid }) => [op, uid])).toEqual([["remove", 26182]]);
  });
});
