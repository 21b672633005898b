import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeLedgerFiles } from "../../src/ledger/index.ts";
import { type Day, recordDays } from "../app/read-chain.ts";
import { CAPTURES, inTemporaryFolder } from "../support/captures.ts";
import { type CliResult, runCli } from "../support/cli.ts";
import { composeSdnCsv } from "../support/compose-csv.ts";
import type { ComposedParty } from "../support/compose-legacy.ts";

const archive = inTemporaryFolder(CAPTURES);
afterAll(() => archive.remove());

const ledger = join(archive.folder, "ledger");
const raw = join(archive.folder, "raw");

function cli(...args: string[]): Promise<CliResult> {
  return runCli([...args, "--ledger", ledger, "--quiet"], { cwd: archive.folder });
}

describe("a chain that another version of the reader began", () => {
  it("is carried over, and says what that version missed in the files that are kept", async () => {
    const firm = (uid: number): ComposedParty => ({
      uid,
      type: "Entity",
      lastName: `COMPOSED FIRM ${uid}`,
      programs: ["CUBA"],
    });
    const day = (date: string, uids: readonly number[]): Day => ({
      date,
      parties: uids.map(firm),
      interpreter: "legacy/0",
    });
    const [live, kept] = [join(archive.folder, "live"), join(archive.folder, "kept")];
    // On the second day 36 left the list, and that version did not see it.
    const days = [day("2023-05-19", [36, 306]), { ...day("2023-05-23", [306, 400]), ghosts: [firm(36)] }];
    await recordDays(nodeLedgerFiles(live), days, nodeLedgerFiles(kept));
    const reinterpret = (...args: string[]) =>
      runCli(["reinterpret", "--ledger", live, "--raw", kept, "--quiet", ...args], { cwd: archive.folder });

    const newest = await reinterpret("--newest-only", "--dry-run");
    expect(newest).toMatchObject({ code: 0 });
    expect(newest.stdout).not.toContain("read again");
    const dry = await reinterpret("--dry-run", "--json");
    expect(JSON.parse(dry.stdout)).toMatchObject({
      lists: [{ past: { compared: 1, differing: [{ missed: [{ uid: 36, op: "remove" }], unseen: [] }] } }],
      written: [],
    });
    const carried = await reinterpret();
    expect(carried.stdout.split("\n").slice(0, 6)).toEqual([
      "20230523: reinterpretation, no change by OFAC",
      "sdn: sdn-20230523 read by legacy/1 in place of legacy/0; 0 parties read otherwise",
      "sdn: 1 publication of which files are kept read again, 1 of them otherwise",
      "  sdn-20230523: 36 COMPOSED FIRM 36 removed by its files, not by its record",
      expect.stringMatching(/^\d{8}: correction of sdn-20230523: 1 entity removed$/),
      "  - 36 COMPOSED FIRM 36 (entity)",
    ]);
    expect(await runCli(["verify", "--ledger", live], { cwd: archive.folder })).toMatchObject({ code: 0 });
  });
});

describe("an imported history whose files are kept", () => {
  it("says where it is dense, verifies with its files, and is corrected by its own publication's file", async () => {
    const imported = await cli("import", ...archive.paths, "--keep-raw", raw, "--provenance", "composed");
    expect(imported).toMatchObject({ code: 0 });
    expect(imported.stdout).toContain("5 publications: 1 baseline, 3 publication, 1 unchanged");
    expect(imported.stdout).toContain(
      "sdn/csv: 4 records (4 composed)\n  dense  2023-05-19 to 2023-05-25: 4 records",
    );

    const verified = await cli("verify", "--raw", raw);
    expect(verified).toMatchObject({ code: 0 });
    expect(verified.stdout).toMatch(/source files: 4 of 4 records, .*\nthe source files verify\n/);

    const same = await cli("correct", "sdn-20230523", "--reason", "a doubt", "--raw", raw);
    expect(same).toMatchObject({
      code: 0,
      stdout: "sdn-20230523 says what its files say; nothing was written\n",
    });

    const better = join(archive.folder, "SDN.CSV");
    const rows = [
      { uid: 36, name: "AEROCARIBBEAN AIRLINES", programs: ["CUBA"], remarks: "Website www.example.cu." },
    ];
    writeFileSync(better, composeSdnCsv(rows));
    const args = ["correct", "sdn-20230525", "--reason", "the capture was damaged", "--from", better];
    const dry = await cli(...args, "--dry-run", "--json");
    expect(JSON.parse(dry.stdout)).toMatchObject({ outcome: "would be corrected", written: [] });
    const corrected = await cli(...args, "--raw", raw, "--provenance", "composed");
    expect(corrected).toMatchObject({ code: 0 });
    expect(corrected.stdout).toMatch(/^\d{8}: correction of sdn-20230525: .*1 entity changed\n/);

    expect((await cli("log")).stdout.split("\n")[0]).toContain("correction of sdn-20230525");
    expect(await cli("verify", "--raw", raw)).toMatchObject({ code: 0 });
    const recorded = archive.paths.filter((path) => !path.includes("20230526"));
    const again = await cli("import", ...recorded, "--provenance", "composed");
    expect(again.stdout).toContain("4 publications: 4 already imported");
  });

  it("is named where it is damaged", async () => {
    const objects = readdirSync(join(raw, "objects"), { recursive: true, withFileTypes: true });
    const [object] = objects
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const bytes = readFileSync(object ?? "");
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(object ?? "", bytes);
    const verified = await cli("verify", "--raw", raw);
    expect(verified.code).toBe(8);
    expect(verified.stdout).toContain("the ledger verifies");
    expect(verified.stdout).toContain(`${(object ?? "").slice(raw.length + 1)}: object-damaged:`);
  });
});
