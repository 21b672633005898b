import { beforeAll, describe, expect, it } from "vitest";
import { history, importFiles, SILENT, verifyLedger } from "../../src/app/index.ts";
import { applyChanges, invert } from "../../src/diff/index.ts";
import { type StoredRecord, stateHash } from "../../src/domain/index.ts";
import { readHead, readState } from "../../src/ledger/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { allCapturePaths } from "../support/csv-series.ts";
import { hasSharedData, sharedData } from "../support/shared-data.ts";

describe.skipIf(!hasSharedData)("the whole real series of SDN.CSV", () => {
  const files = memoryFiles();
  let report: Awaited<ReturnType<typeof importFiles>>;
  let records: readonly StoredRecord[];

  beforeAll(async () => {
    const options = {
      segment: "csv-2021-2024",
      list: "sdn",
      provenance: "third-party capture",
      judge: {},
    } as const;
    report = await importFiles(files, { ...options, paths: allCapturePaths() }, SILENT);
    records = history(files).toReversed();
  });

  it("gives one baseline and 307 publications; the empty last file is refused and nothing is lost", () => {
    const count = (outcome: string) => report.files.filter((file) => file.outcome === outcome).length;
    expect([count("baseline"), count("publication"), count("refused"), report.files.length]).toEqual([
      1, 307, 1, 309,
    ]);
    const refused = report.files.find((file) => file.outcome === "refused");
    expect([refused?.path.split("/").at(-1), refused?.error?.code]).toEqual([
      "20240504T013619Z.SDN.CSV",
      "empty",
    ]);
  });

  it("verifies", () => {
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
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
    const head = readHead(files, { list: "sdn", segment: "csv-2021-2024" });
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
    const report = await importFiles(
      files,
      { paths, segment: "captures", provenance: "third-party capture", judge: {} },
      SILENT,
    );
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
