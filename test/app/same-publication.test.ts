import { afterAll, describe, expect, it } from "vitest";
import { correct } from "../../src/app/correct.ts";
import { importFiles } from "../../src/app/import.ts";
import { SILENT } from "../../src/app/progress.ts";
import { LedgerError } from "../../src/domain/index.ts";
import type { LedgerFiles } from "../../src/ledger/index.ts";
import { inTemporaryFolder } from "../support/captures.ts";
import { composeSdnCsv } from "../support/compose-csv.ts";
import { composeLegacyXml } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { fileOf, recordDays } from "./read-chain.ts";

const folders: { remove(): void }[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function supplied(files: Readonly<Record<string, string | Uint8Array>>): readonly string[] {
  const folder = inTemporaryFolder(files);
  folders.push(folder);
  return folder.paths;
}

function run(files: LedgerFiles, publication: string, from: readonly string[]) {
  return correct(
    { files, config: {}, now: "2023-06-01T15:00:00Z", progress: SILENT },
    { publication, reason: "a doubt", from, provenance: "composed", dryRun: false },
  );
}

/** A correction that is refused: with what code and exit, in what words; and nothing was written. */
async function refusal(
  files: LedgerFiles & { readonly content: ReadonlyMap<string, Uint8Array> },
  publication: string,
  from: readonly string[],
) {
  const before = new Map(files.content);
  const error: unknown = await run(files, publication, from).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(new Map(files.content)).toEqual(before);
  if (!(error instanceof LedgerError)) throw new Error(`expected a refusal, found ${String(error)}`);
  return { code: error.code, exit: error.exitCode, message: error.message };
}

const firm = (uid: number) => ({
  uid,
  type: "Entity" as const,
  lastName: `COMPOSED ${uid}`,
  programs: ["CUBA"],
});
const day = (date: string, ...uids: number[]) => ({ date, parties: uids.map(firm) });

describe("a correction from a supplied XML file", () => {
  const first = day("2023-05-19", 36);
  const second = day("2023-05-23", 36, 306);
  const again = { ...day("2023-05-23", 36, 306, 400), publication: 502 };
  const third = day("2023-05-25", 36, 306, 400, 401);

  async function ledger() {
    const files = memoryFiles();
    await recordDays(files, [first, second, again, third]);
    return files;
  }

  it.each([
    [
      "of the other list",
      { "CONSOLIDATED.XML": composeLegacyXml("2023-05-23", [firm(9001)]) },
      "other-publication",
      /expected a file of the sdn list, as sdn-20230523 is, found CONSOLIDATED\.XML of the consolidated list/,
    ],
    [
      "of which nothing tells the list",
      { "list.xml": composeLegacyXml("2023-05-23", [firm(9001)]) },
      "other-publication",
      /neither content nor name tells the list\. Name it as OFAC does, SDN\.XML/,
    ],
    ["of a later day", { "SDN.XML": fileOf(third) }, "other-publication", /found SDN\.XML .* of 2023-05-25/],
    [
      "of the day's other publication",
      { "SDN.XML": fileOf(again) },
      "other-publication",
      /of sdn-20230523\.2/,
    ],
    [
      "in another format",
      { "SDN.CSV": composeSdnCsv([{ uid: 36, name: "COMPOSED 36", programs: ["CUBA"] }]) },
      "other-profile",
      /expected a file of the profile "legacy", as sdn-20230523 was read from, found SDN\.CSV of the profile "csv"/,
    ],
  ] as const)("is refused of one %s", async (_, file, code, words) => {
    const found = await refusal(await ledger(), "sdn-20230523", supplied(file));
    expect([found.code, found.exit]).toEqual([code, 2]);
    expect(found.message).toMatch(words);
  });

  it("is made from the record's own file, and from one that OFAC issued anew under the same date", async () => {
    const own = await run(await ledger(), "sdn-20230523", supplied({ "any-name.xml": fileOf(second) }));
    expect(own.outcome).toBe("nothing differs");
    const anew = supplied({ "SDN.XML": fileOf(day("2023-05-23", 36, 306, 500)) });
    const report = await run(await ledger(), "sdn-20230523", anew);
    expect(report).toMatchObject({ outcome: "corrected", differing: [500] });
    expect(report.record?.issues.map(({ code }) => code)).toEqual(["no-witness"]);
  });

  it("is refused of a correction by the same rules, with the date of the publication", async () => {
    const files = await ledger();
    await run(files, "sdn-20230523", supplied({ "SDN.XML": fileOf(day("2023-05-23", 36, 306, 500)) }));
    const found = await refusal(files, "sdn-20230523-c1", supplied({ "SDN.XML": fileOf(third) }));
    expect(found.message).toMatch(/same publication date \(2023-05-23\), found SDN\.XML .* of 2023-05-25/);
    const other = supplied({ "SDN.XML": fileOf(day("2023-05-23", 36, 306, 500, 501)) });
    expect((await run(files, "sdn-20230523-c1", other)).differing).toContain(501);
  });
});

describe("a correction from a supplied CSV file, which says no date,", () => {
  const row = (uid: number) => ({ uid, name: `COMPOSED ${uid}`, programs: ["CUBA"] });
  const csv = (...uids: number[]) => composeSdnCsv(uids.map(row));
  const captures = {
    "20230519T184348Z.SDN.CSV": csv(36),
    "20230523T184334Z.SDN.CSV": csv(36, 306),
    // The rows stand in another order: unchanged, and not the same bytes.
    "20230526T184334Z.SDN.CSV": csv(306, 36),
    "20230530T184334Z.SDN.CSV": csv(36, 306, 400),
  };

  async function ledger() {
    const files = memoryFiles();
    const paths = supplied(captures);
    await importFiles(files, { paths, provenance: "composed", judge: {} }, SILENT);
    return files;
  }

  it.each([
    ["a later day", "20230530T190000Z.SDN.CSV", /found 20230530T190000Z\.SDN\.CSV .* of 2023-05-30/],
    ["a day before", "20230522T190000Z.SDN.CSV", /of 2023-05-22/],
    ["the time in which the list changed", "20230529T190000Z.SDN.CSV", /of 2023-05-29/],
  ])("is refused where its name says %s", async (_, name, words) => {
    const found = await refusal(await ledger(), "sdn-20230523", supplied({ [name]: csv(36, 306, 500) }));
    expect([found.code, found.exit]).toEqual(["other-publication", 2]);
    expect(found.message).toMatch(words);
  });

  it("is refused where another record was read from it, whatever it is named", async () => {
    const copy = supplied({ "SDN.CSV": captures["20230530T184334Z.SDN.CSV"] });
    expect((await refusal(await ledger(), "sdn-20230523", copy)).message).toMatch(/of sdn-20230530\. Supply/);
  });

  it("is refused where the record was read from a whole set", async () => {
    const files = memoryFiles();
    const alternates = `36,11,"a.k.a.","OTHER FIRM",-0- \r\n\u001a`;
    const [primary = "", alias = ""] = supplied({
      "20230519T184348Z.SDN.CSV": csv(36),
      "20230519T184348Z.ALT.CSV": alternates,
    });
    await importFiles(files, { paths: [primary, alias], provenance: "composed", judge: {} }, SILENT);
    expect(await refusal(files, "sdn-20230519", [primary])).toMatchObject({
      code: "other-profile",
      message: expect.stringMatching(/profile "csv-set".*found .*SDN\.CSV of the profile "csv"/),
    });
    const [addresses = ""] = supplied({
      "20230519T184348Z.ADD.CSV": `36,7,"Main Street","Port Example","Panama",-0- \r\n\u001a`,
    });
    expect(await refusal(files, "sdn-20230519", [primary, addresses])).toMatchObject({
      code: "other-profile",
      message: expect.stringMatching(/files that show what those of sdn-20230519 showed/),
    });
  });

  it.each(["20230523T200000Z.SDN.CSV", "20230526T100000Z.SDN.CSV"])(
    "is made where it was captured while the publication stood: %s",
    async (name) => {
      const report = await run(await ledger(), "sdn-20230523", supplied({ [name]: csv(36, 306, 500) }));
      expect(report).toMatchObject({ outcome: "corrected", differing: [500] });
      expect(report.record?.issues.map(({ code }) => code)).not.toContain("undated-file");
    },
  );

  it("is made at the word of whoever supplies it where its name says nothing either, and says so", async () => {
    const report = await run(await ledger(), "sdn-20230523", supplied({ "SDN.CSV": csv(36, 306, 500) }));
    expect(report.outcome).toBe("corrected");
    expect(report.record?.issues).toContainEqual(
      expect.objectContaining({ code: "undated-file", where: "sdn-20230523", examples: ["SDN.CSV"] }),
    );
  });
});
