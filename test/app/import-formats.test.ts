import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type ImportReport, importFiles } from "../../src/app/import.ts";
import { history } from "../../src/app/past/history.ts";
import { SILENT } from "../../src/app/progress.ts";
import { openRawStore } from "../../src/app/raw/store.ts";
import { verifyRaw } from "../../src/app/raw/verify.ts";
import { verifyLedger } from "../../src/app/verify.ts";
import type { ListId } from "../../src/domain/index.ts";
import { readHead } from "../../src/ledger/index.ts";
import { composeSdnCsv } from "../support/compose-csv.ts";
import { composeLegacyXml } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";

const BANK = { uid: 306, name: "COMPOSED BANK", programs: ["CUBA"] };
const FIRM = { uid: 36, name: "COMPOSED FIRM", programs: ["CUBA"] };
const SHIP = { uid: 7601, name: "COMPOSED SHIP", type: "vessel", programs: ["CUBA"] } as const;
const legacy = (date: string, ...uids: number[]) =>
  composeLegacyXml(
    date,
    uids.map((uid) => ({ uid, type: "Entity", lastName: `COMPOSED ${uid}`, programs: ["SSI"] })),
  );
const end = "\u001a";
const alternates = `36,11,"a.k.a.","OTHER FIRM",-0- \r\n${end}`;
const addresses = `306,7,"Main Street","Port Example","Panama",-0- \r\n${end}`;

/** An archive of several formats, composed. */
const ARCHIVE = {
  "csv/20230519T184348Z.SDN.CSV": composeSdnCsv([FIRM, BANK]),
  "csv/20230523T184334Z.SDN.CSV": composeSdnCsv([FIRM, BANK, SHIP]),
  "sets/2018-12-20/SDN.CSV": composeSdnCsv([FIRM, BANK]),
  "sets/2018-12-20/ALT.CSV.gz": gzipSync(alternates),
  "sets/2018-12-20/ADD.CSV": addresses,
  "sets/2021-07-07/SDN.CSV": composeSdnCsv([FIRM, BANK, SHIP]),
  "sets/2021-07-07/ALT.CSV": alternates,
  "sets/2021-07-07/ADD.CSV": addresses,
  "xml/CONSOLIDATED.XML": legacy("2018-04-06", 9001, 9002),
  "xml/2025-11-29.CONSOLIDATED.XML": legacy("2025-10-22", 9001, 9003),
  "xml/2025-12-18.CONSOLIDATED.XML": legacy("2025-10-22", 9003, 9001),
  "xml/2025-12-20.CONSOLIDATED.XML": legacy("2025-12-18", 9001),
} as const;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Writes files below a new folder and gives their paths. */
function lay(files: Readonly<Record<string, string | Uint8Array>>): string[] {
  const root = mkdtempSync(join(tmpdir(), "ofac-ledger-archive-"));
  folders.push(root);
  return Object.entries(files).map(([name, content]) => {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  });
}

const archive = lay(ARCHIVE);

function run(
  paths: readonly string[],
  more: Partial<Parameters<typeof importFiles>[1]> = {},
  files = memoryFiles(),
): Promise<ImportReport> {
  return importFiles(files, { paths, provenance: "composed", judge: {}, ...more }, SILENT);
}

const told = (report: ImportReport) =>
  report.files.map(({ path, outcome, error }) => [
    path.split("/").slice(-2).join("/"),
    error?.code ?? outcome,
  ]);

describe("an archive of several formats", () => {
  it("becomes one segment for each list and format, dated by file, name or folder; the order given is nothing", async () => {
    const files = memoryFiles();
    const report = await run(archive, {}, files);
    expect(history(files).map(({ record: { id, segment, dateBasis } }) => [segment, id, dateBasis])).toEqual([
      ["legacy", "consolidated-20251218", "publish-date"],
      ["legacy", "consolidated-20251022", "publish-date"],
      ["csv", "sdn-20230523", "capture"],
      ["csv", "sdn-20230519", "capture"],
      ["csv-set", "sdn-20210707", "capture"],
      ["csv-set", "sdn-20181220", "capture"],
      ["legacy", "consolidated-20180406", "publish-date"],
    ]);
    expect(report.files.every(({ outcome }) => outcome !== "refused")).toBe(true);
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
    const reversed = memoryFiles();
    await run(archive.toReversed(), {}, reversed);
    expect(new Map([...reversed.content].sort())).toEqual(new Map([...files.content].sort()));
  });

  it("reads the files of a set together, each named in the record with its hash", async () => {
    const files = memoryFiles();
    await run(archive, {}, files);
    const set = history(files).find(({ record }) => record.id === "sdn-20181220")?.record;
    expect(set?.sources.map(({ file }) => file)).toEqual(["SDN.CSV", "ADD.CSV", "ALT.CSV"]);
    expect(set?.coverage).toMatchObject({ remarks: "truncated" });
    expect(readHead(files, { list: "sdn", segment: "csv-set" })?.profile).toBe("csv-set");
  });

  it("says where it is dense, where it has gaps, and what vouches for it", async () => {
    const report = await run(archive);
    expect(
      report.segments.map(({ list, segment, stretches, gaps, provenance }) => [
        list,
        segment,
        stretches,
        gaps,
        provenance,
      ]),
    ).toEqual([
      [
        "consolidated",
        "legacy",
        [
          { from: "2018-04-06", to: "2018-04-06", records: 1 },
          { from: "2025-10-22", to: "2025-12-18", records: 2 },
        ],
        [{ after: "2018-04-06", until: "2025-10-22", days: 2756, id: "consolidated-20251022" }],
        { composed: 3 },
      ],
      [
        "sdn",
        "csv-set",
        [
          { from: "2018-12-20", to: "2018-12-20", records: 1 },
          { from: "2021-07-07", to: "2021-07-07", records: 1 },
        ],
        [{ after: "2018-12-20", until: "2021-07-07", days: 930, id: "sdn-20210707" }],
        { composed: 2 },
      ],
      ["sdn", "csv", [{ from: "2023-05-19", to: "2023-05-23", records: 2 }], [], { composed: 2 }],
    ]);
  });

  it("is resumed wherever it was interrupted, and adds nothing the second time", async () => {
    const whole = memoryFiles();
    await run(archive, {}, whole);
    const resumed = memoryFiles();
    await run(
      archive.filter((path) => !/2023052|2025-12|2021-07-07/.test(path)),
      {},
      resumed,
    );
    await run(archive, {}, resumed);
    expect(new Map([...resumed.content].sort())).toEqual(new Map([...whole.content].sort()));
    const again = await run(archive, {}, resumed);
    expect(again.written).toBe(0);
    expect(new Map([...resumed.content].sort())).toEqual(new Map([...whole.content].sort()));
  });

  it("is kept, file by file, where there is a store for it", async () => {
    const [files, raw] = [memoryFiles(), memoryFiles()];
    await run(archive, { raw: openRawStore(raw), now: "2026-01-01T00:00:00Z" }, files);
    expect(verifyRaw(raw, files)).toMatchObject({ ok: true, entries: 7, withoutFiles: 0, withoutRecord: 0 });
  });
});

describe("a file that comes late", () => {
  const days = (...dates: string[]) =>
    Object.fromEntries(
      dates.map((date, i) => [`${date}T180000Z.SDN.CSV`, composeSdnCsv([FIRM, BANK, SHIP].slice(0, i + 1))]),
    );
  const three = days("20230501", "20230502", "20230503");

  it("is refused where the segment has passed its day, and says something else", async () => {
    const files = memoryFiles();
    const [first = "", second = "", third = ""] = lay(three);
    await run([first, third], {}, files);
    const report = await run([first, second, third], {}, files);
    expect(told(report).map(([, outcome]) => outcome)).toEqual([
      "already imported",
      "out-of-order",
      "already imported",
    ]);
    expect(report.files[1]?.error?.message).toMatch(
      /expected a file of 2023-05-03 or later, with which sdn\/csv ends .* import all files of the segment together/,
    );
    expect(verifyLedger(files, () => undefined).problems).toEqual([]);
  });

  it("adds nothing where it says what the segment says of its day", async () => {
    const files = memoryFiles();
    const paths = lay({
      ...three,
      "20230502T120000Z.SDN.CSV": three["20230501T180000Z.SDN.CSV"] ?? "",
      "20230503T190000Z.SDN.CSV": three["20230503T180000Z.SDN.CSV"] ?? "",
    });
    const [first = "", second = "", third = "", early = "", late = ""] = paths;
    await run([first, second, third], {}, files);
    const report = await run([early, late], {}, files);
    expect(told(report).map(([, outcome]) => outcome)).toEqual(["already imported", "unchanged"]);
    expect(report.written).toBe(0);
  });

  it("is not known by bytes that another day's record was read from", async () => {
    const files = memoryFiles();
    const four = days("20230502", "20230509", "20230516");
    const paths = lay({ ...four, "20230530T180000Z.SDN.CSV": composeSdnCsv([SHIP]) });
    await run(paths, {}, files);
    const before = new Map(files.content);
    // Of the record before, of the first one, and of the newest.
    const copies = lay({
      "20230517T180000Z.SDN.CSV": four["20230509T180000Z.SDN.CSV"] ?? "",
      "20230518T180000Z.SDN.CSV": four["20230502T180000Z.SDN.CSV"] ?? "",
      "20230519T180000Z.SDN.CSV": composeSdnCsv([SHIP]),
      "20230520T180000Z.SDN.CSV": four["20230516T180000Z.SDN.CSV"] ?? "",
      "20230501T180000Z.SDN.CSV": four["20230502T180000Z.SDN.CSV"] ?? "",
    });
    const report = await run(copies, {}, files);
    expect(told(report)).toEqual([
      [expect.stringContaining("20230501"), "out-of-order"],
      [expect.stringContaining("20230517"), "out-of-order"],
      [expect.stringContaining("20230518"), "out-of-order"],
      [expect.stringContaining("20230519"), "out-of-order"],
      [expect.stringContaining("20230520"), "already imported"],
    ]);
    expect(report.files[1]?.error?.exitCode).toBe(2);
    expect(report.files[1]?.error?.message).toMatch(
      /says something else than sdn-20230516, which stood then/,
    );
    expect(new Map(files.content)).toEqual(before);
    const again = await run(paths.toReversed(), {}, files);
    expect(again.files.every(({ outcome }) => outcome === "already imported")).toBe(true);
  });

  it("is known again where the list went back to what it was, and back again", async () => {
    const [one, two] = [composeSdnCsv([FIRM]), composeSdnCsv([FIRM, BANK])];
    const paths = lay({
      "20230501T180000Z.SDN.CSV": one,
      "20230502T180000Z.SDN.CSV": two,
      "20230503T140000Z.SDN.CSV": one,
      "20230503T180000Z.SDN.CSV": two,
      "20230503T220000Z.SDN.CSV": one,
    });
    const files = memoryFiles();
    const report = await run(paths, {}, files);
    expect(history(files).map(({ record }) => record.id)).toEqual([
      "sdn-20230503.3",
      "sdn-20230503.2",
      "sdn-20230503",
      "sdn-20230502",
      "sdn-20230501",
    ]);
    expect(report.written).toBe(5);
    // By pieces it becomes the same, and the second time nothing.
    const grown = memoryFiles();
    for (const path of paths) await run([path], {}, grown);
    expect(new Map([...grown.content].sort())).toEqual(new Map([...files.content].sort()));
    const again = await run(paths, {}, files);
    expect(told(again).map(([, outcome]) => outcome)).toEqual(paths.map(() => "already imported"));
  });

  it("that says its own date is held against the records of that date, whenever it was captured", async () => {
    const named = { list: "sdn", segment: "archive" } as const;
    const [first = "", anew = "", reordered = "", last = ""] = lay({
      "a.xml": legacy("2023-05-02", 1),
      "b.xml": legacy("2023-05-02", 1, 2),
      "c.xml": `${legacy("2023-05-02", 1)}\n`,
      "d.xml": legacy("2023-05-09", 1, 2, 3),
    });
    const files = memoryFiles();
    await run([first, anew, last], named, files);
    expect(history(files)).toHaveLength(3);
    const [recaptured = "", foreign = ""] = lay({
      "2023-05-20.xml": legacy("2023-05-02", 1),
      "2023-05-21.xml": legacy("2023-05-02", 1, 2, 3),
    });
    const report = await run([first, anew, reordered, last, recaptured, foreign], named, files);
    expect(told(report).map(([path, outcome]) => [path?.split("/").at(-1), outcome])).toEqual([
      ["a.xml", "already imported"],
      ["b.xml", "already imported"],
      ["c.xml", "unchanged"],
      ["2023-05-20.xml", "already imported"],
      ["2023-05-21.xml", "out-of-order"],
      ["d.xml", "already imported"],
    ]);
    expect(history(files)).toHaveLength(3);
  });

  it("is counted once when it is given twice", async () => {
    const [first = "", second = ""] = lay(three);
    const [copy = ""] = lay(three);
    const report = await run([first, second, copy, first]);
    expect(told(report).map(([, outcome]) => outcome)).toEqual([
      "baseline",
      "already imported",
      "publication",
    ]);
  });
});

describe("a file is refused with the reason, and the others come in,", () => {
  const sound = { "20230501T180000Z.SDN.CSV": composeSdnCsv([FIRM]) };
  it.each([
    ["of another format than the segment", { "20230502/SDN.CSV": "" }, "empty", {}],
    ["that is a delta", { "x.xml": deltaOf() }, "not-a-list", {}],
    [
      "that is part of a set without its primary",
      { "a/20230502T180000Z.ALT.CSV": alternates },
      "incomplete-set",
      {},
    ],
    ["that nothing dates", { "a/SDN.CSV": composeSdnCsv([FIRM]) }, "undated-file", {}],
    ["that may be either list", { "20230502T180000Z.xml": legacy("2023-05-02", 1) }, "list-unknown", {}],
    [
      "of another format than the segment that is named",
      { "SDN.XML": legacy("2023-05-02", 1) },
      "other-profile",
      { segment: "archive" },
    ],
  ] as const)("one %s", async (_, files, code, more) => {
    const report = await run(lay({ ...sound, ...files }), more);
    expect(report.files.map(({ error }) => error?.code).filter((one) => one !== undefined)).toEqual([code]);
    expect(report.written).toBe(1);
  });
});

function deltaOf(): string {
  return (
    '<?xml version="1.0"?><sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo>' +
    "<datePublished>2023-05-02</datePublished></publicationInfo><entities></entities></sanctionsData>"
  );
}

it("judges a list with the other of its segment as it stands", async () => {
  const files = memoryFiles();
  const both = lay({
    "2018-04-05.SDN.XML": legacy("2018-04-05", 1, 2),
    "CONSOLIDATED.XML": legacy("2018-04-06", 3),
  });
  await run(both, {}, files);
  const heads = (["sdn", "consolidated"] as ListId[]).map((list) =>
    readHead(files, { list, segment: "legacy" }),
  );
  const newest = history(files)[0]?.record;
  expect(newest?.context.otherList).toBe(heads[0]?.state.hash);
});
