import { afterAll, describe, expect, it } from "vitest";
import { type ImportReport, importFiles } from "../../src/app/import.ts";
import { history } from "../../src/app/past/history.ts";
import { SILENT } from "../../src/app/progress.ts";
import { enhancedEntity, enhancedXml } from "../parse/composed.ts";
import { inTemporaryFolder } from "../support/captures.ts";
import { composeSdnCsv } from "../support/compose-csv.ts";
import { composeLegacyXml } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";

const BANK = { uid: 306, name: "COMPOSED BANK", programs: ["CUBA"] };
const FIRM = { uid: 36, name: "COMPOSED FIRM", programs: ["CUBA"] };
const SHIP = { uid: 7601, name: "COMPOSED SHIP", type: "vessel", programs: ["CUBA"] } as const;
const NOW = "2024-01-01T02:00:00Z";

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function lay(files: Readonly<Record<string, string>>): readonly string[] {
  const folder = inTemporaryFolder(files);
  folders.push(folder);
  return folder.paths;
}

function run(
  paths: readonly string[],
  more: Partial<Parameters<typeof importFiles>[1]> = {},
  files = memoryFiles(),
): Promise<ImportReport> {
  return importFiles(files, { paths, provenance: "composed", judge: {}, now: NOW, ...more }, SILENT);
}

function manifestOf(content: unknown) {
  const [path = ""] = lay({ "manifest.json": JSON.stringify(content) });
  return { manifest: path };
}
const manifest = (files: unknown) => manifestOf({ files });

describe("a manifest", () => {
  const paths = lay({ "a/SDN.CSV": composeSdnCsv([FIRM]), "b/SDN.CSV": composeSdnCsv([FIRM, BANK]) });

  it("says when files were captured, which day they stand for, and where they come from", async () => {
    const files = memoryFiles();
    await run(
      paths,
      manifest([
        { file: "./a\\SDN.CSV", date: "2018-12-20", provenance: "official file" },
        { file: "b/SDN.CSV", capturedAt: "2018-12-28T03:00:00Z", date: "2018-12-27" },
      ]),
      files,
    );
    expect(
      history(files).map(({ record }) => [
        record.id,
        record.window.notLaterThan,
        record.sources[0]?.provenance,
      ]),
    ).toEqual([
      ["sdn-20181227", "2018-12-28T03:00:00Z", "composed"],
      ["sdn-20181220", "2018-12-20T23:59:59Z", "official file"],
    ]);
  });

  it.each([
    [[{ capturedAt: "2018-12-28T03:00:00Z" }], /every entry to have a "file"/],
    [[{ file: "SDN.CSV", capturedAt: "yesterday" }], /"capturedAt" like/],
    [[{ file: "SDN.CSV", capturedAt: "2023Z" }], /"capturedAt" like/],
    [[{ file: "SDN.CSV", capturedAt: "2023-02-30T10:00:00Z" }], /"capturedAt" like/],
    [[{ file: "SDN.CSV", date: "2018-02-30" }], /"date" like/],
    [[{ file: "SDN.CSV", date: "2099-05-23" }], /"date" on or before today, 2024-01-01, found/],
    [[{ file: "SDN.CSV", date: "1823-05-23" }], /"date" on or after 1994-01-01/],
    [[{ file: "SDN.CSV", capturedAt: "2099-05-23T10:00:00Z" }], /"capturedAt" on or before today/],
    [
      [{ file: "SDN.CSV", capturedAt: "2018-12-28T03:00:00Z", date: "2018-12-20" }],
      /"date" to be 2018-12-27, the Eastern day of "capturedAt"/,
    ],
    [[{ file: "SDN.CSV", provenance: "official delta" }], /"provenance" to be one of/],
    [[{ file: "SDN.CSV", dat: "2018-12-20" }], /no members but "file", .*, found "dat" in/],
    [
      [
        { file: "a/SDN.CSV", date: "2018-12-20" },
        { file: "./a/SDN.CSV", date: "2018-12-21" },
      ],
      /one entry for each file, found a second one, .*2018-12-21/,
    ],
    ["none", /a list "files"/],
  ])("%j is refused", async (entries, message) => {
    const files = memoryFiles();
    await expect(run(paths, manifest(entries), files)).rejects.toMatchObject({
      code: "bad-manifest",
      exitCode: 2,
      message: expect.stringMatching(message),
    });
    expect(files.content.size).toBe(0);
  });

  it("is refused with a member beside its files", async () => {
    const entries = [{ file: "SDN.CSV", date: "2018-12-20" }];
    await expect(run(paths, manifestOf({ files: entries, fils: [] }))).rejects.toThrow(
      /no members but "files"/,
    );
  });

  it("is told of entries that no file has", async () => {
    const entries = ["a/SDN.CSV", "b/SDN.CSV", "c/SDN.CSV"].map((file, i) => ({
      file,
      date: `2018-12-2${i}`,
    }));
    const report = await run(paths, manifest(entries));
    expect([report.written, report.unmatched]).toEqual([2, ["c/SDN.CSV"]]);
    expect((await run(paths, manifest(entries.slice(0, 2)))).unmatched).toEqual([]);
  });
});

describe("a file of a day on which there can be none is refused,", () => {
  const csv = composeSdnCsv([FIRM]);
  it.each([
    ["by its name", { "20990523T184334Z.SDN.CSV": csv }, "implausible-date", 2],
    ["by its folder", { "1823-05-23/SDN.CSV": csv }, "implausible-date", 2],
    ["by itself", { "SDN.XML": composeLegacyXml("2099-05-23", []) }, "implausible-date", 4],
  ] as const)("%s", async (_, files, code, exit) => {
    const report = await run(lay(files));
    expect(report.files.map(({ error }) => [error?.code, error?.exitCode])).toEqual([[code, exit]]);
    expect(report.written).toBe(0);
  });

  it("by a manifest that dates it after the capture its name tells, but not before", async () => {
    const paths = lay({ "20230523T184334Z.SDN.CSV": csv });
    const late = await run(paths, manifest([{ file: "20230523T184334Z.SDN.CSV", date: "2023-05-24" }]));
    expect(late.files[0]?.error?.message).toMatch(
      /expected a manifest entry of 2023-05-23 or earlier, .*found 2023-05-24/,
    );
    const early = await run(paths, manifest([{ file: "20230523T184334Z.SDN.CSV", date: "2023-05-22" }]));
    expect(early.files[0]?.id).toBe("sdn-20230522");
  });

  it("but not of today, wherever it was named", async () => {
    expect((await run(lay({ "2024-01-01/SDN.CSV": csv }))).written).toBe(1);
  });
});

describe("--list", () => {
  const entity = enhancedEntity(9001, "", { list: "Consolidated List" });
  it.each([
    [
      "what an Enhanced file says of itself",
      { "list.xml": enhancedXml([entity], { lists: ["Consolidated List"] }) },
      /expected a file of the sdn list, as --list says, found one that says of itself that it is the consolidated/,
    ],
    [
      "its name",
      { "2020-03-17.CONSOLIDATED.XML": composeLegacyXml("2020-03-17", []) },
      /found one that is named as the consolidated list/,
    ],
  ])("does not overrule %s", async (_, files, message) => {
    const report = await run(lay(files), { list: "sdn" });
    expect(report.files[0]?.error).toMatchObject({ code: "other-list", exitCode: 2 });
    expect(report.files[0]?.error?.message).toMatch(message);
    expect(report.written).toBe(0);
  });

  it("says of files that do not tell which list they are, and of parts of several; a folder only hints", async () => {
    const paths = lay({
      "consolidated/20230523T184334Z.CSV": composeSdnCsv([FIRM]),
      "part.xml": enhancedXml([enhancedEntity(36)], {
        lists: ["SDN List", "Consolidated List"],
        date: "2023-05-23T00:00:00",
      }),
    });
    const report = await run(paths, { list: "sdn" });
    expect(report.files.map(({ list, outcome }) => [list, outcome])).toEqual([
      ["sdn", "baseline"],
      ["sdn", "baseline"],
    ]);
  });

  it("is not needed for a list in a folder that is named after the other", async () => {
    const report = await run(
      lay({ "consolidated/SDN.XML": composeLegacyXml("2020-03-17", [{ ...FIRM, ...LEGACY_FIRM }]) }),
    );
    expect(report.files[0]?.id).toBe("sdn-20200317");
  });
});

const LEGACY_FIRM = { type: "Entity", lastName: "COMPOSED FIRM" } as const;

describe("a file that cannot be read, between two that can,", () => {
  const days = (middle: string, more: Readonly<Record<string, string>> = {}) =>
    lay({
      "20230501T180000Z.SDN.CSV": composeSdnCsv([FIRM]),
      "20230502T180000Z.SDN.CSV": middle,
      "20230503T180000Z.SDN.CSV": composeSdnCsv([FIRM, BANK, SHIP]),
      ...more,
    });

  it.each([
    ["is empty", ""],
    ["is cut off", composeSdnCsv([FIRM, BANK]).slice(0, -60)],
  ])(
    "%s: the next record covers both days, and the refusal names it, also the second time",
    async (_, middle) => {
      const files = memoryFiles();
      const paths = days(middle);
      for (const again of [false, true]) {
        const report = await run(paths, {}, files);
        const refused = report.files.find(({ outcome }) => outcome === "refused");
        expect(refused).toMatchObject({ coveredBy: "sdn-20230503", error: { exitCode: 4 } });
        expect(refused?.error?.message).toMatch(
          /sdn\/csv goes on without it: what changed until then is in sdn-20230503, its next record, together/,
        );
        expect(report.written).toBe(again ? 0 : 2);
      }
      // Whole at last, it comes too late for this segment, and not for another.
      const whole = days(composeSdnCsv([FIRM, BANK]));
      const late = await run(whole, {}, files);
      expect(late.files[1]?.error?.message).toMatch(/import all files of the segment together with it/);
      expect((await run(whole, { segment: "again" }, files)).written).toBe(3);
    },
  );

  it("is covered by nothing where the list stood as it did, or nothing came after", async () => {
    const paths = days("", {
      "20230502T200000Z.SDN.CSV": composeSdnCsv([FIRM]),
      "20230504T180000Z.SDN.CSV": "",
    });
    const report = await run(paths);
    const refused = report.files.filter(({ outcome }) => outcome === "refused");
    expect(refused.map(({ coveredBy, error }) => [coveredBy, error?.code])).toEqual([
      [undefined, "empty"],
      [undefined, "empty"],
    ]);
  });
});
