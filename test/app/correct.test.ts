import { describe, expect, it } from "vitest";
import { type CorrectReport, correct } from "../../src/app/correct.ts";
import { SILENT } from "../../src/app/progress.ts";
import { openRawStore } from "../../src/app/raw/store.ts";
import { verifyRaw } from "../../src/app/raw/verify.ts";
import { verifyLedger } from "../../src/app/verify.ts";
import { decodeParty, type Party } from "../../src/domain/index.ts";
import { chain, type LedgerFiles, readHead, readState } from "../../src/ledger/index.ts";
import { inTemporaryFolder } from "../support/captures.ts";
import type { ComposedParty } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { type Day, fileOf, recordDays } from "./read-chain.ts";

const NOW = "2023-06-01T15:00:00Z";
const BANK: ComposedParty = { uid: 306, type: "Entity", lastName: "COMPOSED BANK", programs: ["CUBA"] };
const FIRM: ComposedParty = {
  uid: 36,
  type: "Entity",
  lastName: "COMPOSED FIRM",
  programs: ["CUBA"],
  addresses: [[25, "Port Example", "Panama"]],
};
const MAN: ComposedParty = {
  uid: 43377,
  type: "Individual",
  lastName: "EXAMPLE",
  firstName: "Man",
  title: "Director",
  programs: ["DPRK4"],
  birthDates: [[70, "25 Apr 1965"]],
};

const first: Day = { date: "2023-05-19", parties: [BANK, FIRM] };
const second: Day = { date: "2023-05-23", parties: [BANK, FIRM, MAN] };
/** Another day on which one touches the man, one does not. */
const third: Day = {
  date: "2023-05-25",
  parties: [
    BANK,
    { ...FIRM, addresses: [[25, "Other Port", "Panama"]] },
    { ...MAN, programs: ["DPRK4", "CYBER2"] },
  ],
};

const misread = (uid: number, change: (party: Party) => Party | undefined) => (party: Party) =>
  party.uid === uid ? change(party) : party;
const asEntity = misread(43377, (party) => ({ ...party, type: "entity" }));

function run(
  files: LedgerFiles,
  publication: string,
  more: { raw?: LedgerFiles; from?: readonly string[]; dryRun?: boolean; reason?: string } = {},
): Promise<CorrectReport> {
  const { raw, from = [], dryRun = false, reason = "the type of one party was misread" } = more;
  return correct(
    {
      files,
      config: {},
      now: NOW,
      progress: SILENT,
      ...(raw === undefined ? {} : { raw: openRawStore(raw) }),
    },
    { publication, reason, from, provenance: "composed", dryRun },
  );
}

function headOf(files: LedgerFiles) {
  const head = readHead(files, { list: "sdn", segment: "live" });
  if (head === undefined) throw new Error("no head");
  const parties = readState(files, head).parties;
  const party = (uid: number) => {
    const line = parties.get(uid);
    return line === undefined ? undefined : decodeParty(line);
  };
  return { head, party, records: [...chain(files, head)].map(({ record }) => record) };
}

const problems = (files: LedgerFiles) => verifyLedger(files, () => undefined).problems;

async function ledger(...days: Day[]) {
  const [files, raw] = [memoryFiles(), memoryFiles()];
  await recordDays(files, days, raw);
  return { files, raw };
}

describe("a correction of the newest publication", () => {
  it("reads its kept file again and writes what the record got wrong", async () => {
    const { files, raw } = await ledger(first, { ...second, fault: asEntity });
    const report = await run(files, "sdn-20230523", { raw });
    expect(report).toMatchObject({ outcome: "corrected", differing: [43377], stood: [], unwitnessed: [] });
    expect(report.record).toMatchObject({
      id: "sdn-20230523-c1",
      kind: "correction",
      headline: "20230601: correction of sdn-20230523: 1 individual changed",
      supersedes: "sdn-20230523",
      reason: "the type of one party was misread",
      sources: [{ file: "SDN.XML", provenance: "composed" }],
    });
    expect(headOf(files).party(43377)?.type).toBe("individual");
    expect(problems(files)).toEqual([]);
    expect(verifyRaw(raw, files)).toMatchObject({ ok: true, entries: 3, files: 2 });
  });

  it("writes nothing on a dry run, and says the same", async () => {
    const { files, raw } = await ledger(first, { ...second, fault: asEntity });
    const before = [new Map(files.content), new Map(raw.content)];
    const dry = await run(files, "sdn-20230523", { raw, dryRun: true });
    expect([new Map(files.content), new Map(raw.content)]).toEqual(before);
    expect(dry.outcome).toBe("would be corrected");
    expect((await run(files, "sdn-20230523", { raw })).record).toEqual(dry.record);
  });

  it("writes nothing where nothing differs, nor where it is corrected already", async () => {
    const { files, raw } = await ledger(first, { ...second, fault: asEntity });
    const sound = await run(files, "sdn-20230519", { raw });
    expect(sound).toMatchObject({ outcome: "nothing differs", record: null, written: [] });
    await run(files, "sdn-20230523", { raw });
    const before = new Map(files.content);
    expect((await run(files, "sdn-20230523", { raw })).outcome).toBe("nothing differs");
    expect((await run(files, "sdn-20230523-c1", { raw })).outcome).toBe("nothing differs");
    expect(new Map(files.content)).toEqual(before);
  });

  it("reads supplied files in place of those that were never kept, and keeps them", async () => {
    const { files } = await ledger(first, { ...second, fault: asEntity });
    const supplied = inTemporaryFolder({ "SDN.XML": fileOf(second) });
    const raw = memoryFiles();
    const report = await run(files, "sdn-20230523", { raw, from: supplied.paths });
    supplied.remove();
    expect(report.outcome).toBe("corrected");
    expect(verifyRaw(raw, files)).toMatchObject({ ok: true, entries: 1, withoutFiles: 2 });
  });

  it.each([
    [
      "whose files are neither kept nor supplied",
      "sdn-20230523",
      {},
      /Expected the files of sdn-20230523, SDN\.XML/,
    ],
    ["that there is not", "sdn-20230530", {}, /the id of a publication in the ledger, found "sdn-20230530"/],
    ["without a reason", "sdn-20230523", { reason: " " }, /--reason: expected why the record is wrong/],
  ])("is refused of a publication %s", async (_, id, more, message) => {
    const { files } = await ledger(first, second);
    await expect(run(files, id, more)).rejects.toThrow(message);
  });
});

describe("a correction of an older publication", () => {
  it("is carried past a later one that touched the same party, field by field", async () => {
    // The type is misread on both days, as by one faulty reader; the program came with the later publication.
    const { files } = await ledger(first, { ...second, fault: asEntity }, { ...third, fault: asEntity });
    const supplied = inTemporaryFolder({ "SDN.XML": fileOf(second) });
    const report = await run(files, "sdn-20230523", { from: supplied.paths });
    supplied.remove();
    expect(headOf(files).party(43377)).toMatchObject({
      type: "individual",
      programs: [{ code: "CYBER2" }, { code: "DPRK4" }],
    });
    expect(report.record?.counts).toEqual({ added: {}, removed: {}, changed: { individual: 1 } });
    expect(headOf(files).party(36)?.addresses).toMatchObject([{ city: "Other Port" }]);
    expect(problems(files)).toEqual([]);
  });

  it("lets stand what a later publication says of the same field, and says so", async () => {
    const wrong = misread(36, (party) => ({
      ...party,
      addresses: [{ uid: 25, city: "Misread Port", country: "Panama" }],
    }));
    const { files } = await ledger(first, { ...second, fault: wrong }, third);
    const supplied = inTemporaryFolder({ "SDN.XML": fileOf(second) });
    const report = await run(files, "sdn-20230523", { from: supplied.paths });
    supplied.remove();
    expect(report).toMatchObject({ differing: [36], stood: [36] });
    expect(report.record).toMatchObject({
      changes: [],
      headline: "20230601: correction of sdn-20230523: no changes",
    });
    expect(report.record?.issues.map(({ code, examples }) => [code, examples])).toEqual([
      ["later-stands", ["36"]],
    ]);
    expect(headOf(files).party(36)?.addresses).toMatchObject([{ city: "Other Port" }]);
    expect(problems(files)).toEqual([]);
  });

  it("asks the newest kept files what became of a party that was missed", async () => {
    const missed = misread(43377, () => undefined);
    const gone: Day = { date: "2023-05-25", parties: [BANK, FIRM] };
    const still = { ...third, fault: missed };
    for (const [last, present] of [
      [gone, false],
      [still, true],
    ] as const) {
      const { files, raw } = await ledger(first, { ...second, fault: missed }, last);
      const report = await run(files, "sdn-20230523", { raw });
      expect(headOf(files).party(43377) !== undefined).toBe(present);
      expect(report).toMatchObject({ outcome: "corrected", differing: [43377], unwitnessed: [] });
      expect(report.record?.changes.map(({ op }) => op)).toEqual(present ? ["add"] : []);
      expect(problems(files)).toEqual([]);
    }
  });

  it("says where nothing could be asked", async () => {
    const missed = misread(43377, () => undefined);
    const { files } = await ledger(first, { ...second, fault: missed }, { ...third, fault: missed });
    const supplied = inTemporaryFolder({ "SDN.XML": fileOf(second) });
    const report = await run(files, "sdn-20230523", { from: supplied.paths });
    supplied.remove();
    expect(report.unwitnessed).toEqual([43377]);
    expect(report.record?.issues.map(({ code }) => code)).toContain("no-witness");
  });

  it("never brings back who has left the list since", async () => {
    const { files, raw } = await ledger(
      first,
      { ...second, fault: asEntity },
      { date: "2023-05-25", parties: [BANK, FIRM] },
    );
    const report = await run(files, "sdn-20230523", { raw });
    expect(report).toMatchObject({ outcome: "corrected", differing: [43377], stood: [43377] });
    expect(headOf(files).party(43377)).toBeUndefined();
  });

  it("is a link like any other: what comes after it goes on", async () => {
    const { files, raw } = await ledger(first, { ...second, fault: asEntity });
    await run(files, "sdn-20230523", { raw });
    await recordDays(files, [third], raw);
    expect(headOf(files).records.map(({ id }) => id)).toEqual([
      "sdn-20230525",
      "sdn-20230523-c1",
      "sdn-20230523",
      "sdn-20230519",
    ]);
    expect(headOf(files).records[0]?.changes.find(({ uid }) => uid === 43377)).toMatchObject({
      type: "individual",
    });
    expect(problems(files)).toEqual([]);
  });
});

it("is refused where another reader made the record: what differs would be the reader's", async () => {
  const { files, raw } = await ledger(first, second);
  const old = memoryFiles();
  await recordDays(old, [first], raw);
  const head = readHead(old, { list: "sdn", segment: "live" });
  expect(head?.interpreter).toBe("legacy/1");
  const bytes = old.content.get("sdn/live/head.json") ?? new Uint8Array();
  old.content.set(
    "sdn/live/head.json",
    new TextEncoder().encode(new TextDecoder().decode(bytes).replace("legacy/1", "legacy/0")),
  );
  await expect(run(old, "sdn-20230519", { raw })).rejects.toThrow(/expected a record of legacy\/0/);
  expect(problems(files)).toEqual([]);
});
