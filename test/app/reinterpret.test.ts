import { describe, expect, it } from "vitest";
import { openRawStore, reinterpret, SILENT, update, verifyRaw } from "../../src/app/index.ts";
import { openLedger } from "../../src/app/ledger-writer.ts";
import { EXIT, type LedgerRecord, type Party, sha256 } from "../../src/domain/index.ts";
import { type LedgerFiles, readHead } from "../../src/ledger/index.ts";
import { inTemporaryFolder } from "../support/captures.ts";
import type { ComposedParty } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entities, headlines, listFiles, problems, records, run, type World, world } from "./live.ts";
import { fileOf, recordDays } from "./read-chain.ts";

/** Half of the parties have a title, which the version of the reader before today's did not see. */
const titled = (uids: readonly number[]): ComposedParty[] =>
  entities(uids).map((party) => (party.uid % 2 === 0 ? party : { ...party, title: "Company of State" }));
const FEW = titled(run(101, 8));
const day = (date: string, publication: number, parties: readonly ComposedParty[]) => ({
  id: publication,
  at: `${date}T14:01:44Z`,
  files: listFiles([date, parties], ["2023-04-14", titled(run(9001, 3))]),
  recorded: {
    date,
    parties,
    publication,
    interpreter: "legacy/0",
    fault: ({ title: _, ...party }: Party): Party => party,
  },
});
const FIRST = day("2023-05-19", 501, FEW);
const SECOND = day("2023-05-23", 503, [...FEW, ...titled([109])]);
const THIRD = day("2023-05-25", 505, [...FEW, ...titled([109, 111])]);

const look = ({ ports }: World, at: string, raw: LedgerFiles) =>
  update({ ...ports(at), raw: openRawStore(raw) }, { force: true });

function carryOver(
  files: LedgerFiles,
  more: { raw?: LedgerFiles; from?: readonly string[]; dryRun?: boolean } = {},
) {
  const { raw, from = [], dryRun = false } = more;
  const ports = { files, config: {}, now: "2023-05-24T09:00:00Z", progress: SILENT };
  return reinterpret(
    { ...ports, ...(raw === undefined ? {} : { raw: openRawStore(raw) }) },
    { segment: "live", from, provenance: "composed", dryRun, ...(from.length > 0 ? { list: "sdn" } : {}) },
  );
}

const told = ({ id, kind, interpreter }: LedgerRecord) => [id, kind, interpreter];

/** Both lists as the version before today's recorded them, with their files kept; then today's version comes. */
async function upgraded() {
  const place = await world("in memory");
  const raw = memoryFiles();
  const { files } = place;
  await recordDays(files, [FIRST.recorded, SECOND.recorded], raw);
  const nonSdn = { ...FIRST.recorded, date: "2023-04-14", parties: titled(run(9001, 3)) };
  await recordDays(files, [nonSdn], raw, "consolidated");
  place.ofac.publish(FIRST);
  place.ofac.publish(SECOND);
  return { place, raw, files };
}

describe("a new version of the reader", () => {
  it("is refused by update, until reinterpret carries the chains over; then the chains go on", async () => {
    const { place, raw, files } = await upgraded();
    const before = place.chains();
    const refused = await look(place, "2023-05-24T08:00:00Z", raw);
    expect(refused.exitCode).toBe(EXIT.usage);
    expect(refused.lists.map(({ outcome, error }) => [outcome, error?.code])).toEqual([
      ["failed", "interpreter-changed"],
      ["failed", "interpreter-changed"],
    ]);
    expect(refused.lists[0]?.error?.message).toContain("ofac-ledger reinterpret --list sdn --segment live");
    expect(place.chains()).toEqual(before);

    const report = await carryOver(files, { raw });
    expect(report.lists.map(({ list, outcome, from, to }) => [list, outcome, from, to])).toEqual([
      ["sdn", "reinterpreted", "legacy/0", "legacy/1"],
      ["consolidated", "reinterpreted", "legacy/0", "legacy/1"],
    ]);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: reinterpretation, no change by OFAC");
    expect(records(files, "sdn").at(-1)).toMatchObject({
      supersedes: "sdn-20230523",
      reason: "read by legacy/1 in place of legacy/0",
      counts: { added: {}, removed: {}, changed: { entity: 5 } },
    });
    expect(problems(files)).toEqual([]);

    place.ofac.publish(THIRD);
    const next = await look(place, "2023-05-25T14:20:00Z", raw);
    expect(next.exitCode).toBe(EXIT.done);
    expect(records(files, "sdn").map(told)).toEqual([
      ["sdn-20230519", "baseline", "legacy/0"],
      ["sdn-20230523", "publication", "legacy/0"],
      ["sdn-20230523-r1", "reinterpretation", "legacy/1"],
      ["sdn-20230525", "publication", "legacy/1"],
    ]);
    // One party came: nothing that the new reader sees is told as a change by OFAC.
    expect(headlines(files, "sdn").at(-1)).toBe("20230525: 1 entity added");
    // The reinterpretation in between covers nothing of OFAC's: the window begins with the publication before it.
    expect(records(files, "sdn").at(-1)).toMatchObject({
      ofacPublications: [{ id: 505 }],
      window: { after: "2023-05-23T14:01:44Z", notLaterThan: "2023-05-25T14:01:44Z" },
    });
    expect(problems(files)).toEqual([]);
    expect(verifyRaw(raw, files)).toMatchObject({ ok: true, withoutFiles: 0 });
  });

  it("makes no empty publication of a file that is seen again after it", async () => {
    const { place, raw, files } = await upgraded();
    await carryOver(files, { raw });
    const count = records(files, "sdn").length;
    await look(place, "2023-05-24T10:00:00Z", raw);
    expect(records(files, "sdn")).toHaveLength(count);
  });

  it("changes nothing on a dry run, nor the second time, nor where the reader is the same", async () => {
    const { place, raw, files } = await upgraded();
    const before = place.all();
    const dry = await carryOver(files, { raw, dryRun: true });
    expect(dry.lists.map(({ outcome }) => outcome)).toEqual([
      "would be reinterpreted",
      "would be reinterpreted",
    ]);
    expect(place.all()).toEqual(before);
    await carryOver(files, { raw });
    const after = place.all();
    const again = await carryOver(files, { raw });
    expect(again).toMatchObject({
      written: [],
      lists: [{ outcome: "same reader" }, { outcome: "same reader" }],
    });
    expect(place.all()).toEqual(after);
  });

  it("is carried over by the publication's own file, where it is supplied, and by no other", async () => {
    const { place, files } = await upgraded();
    const own = inTemporaryFolder({ "SDN.XML": SECOND.files["SDN.XML"] ?? "" });
    const later = inTemporaryFolder({ "SDN.XML": THIRD.files["SDN.XML"] ?? "" });
    const before = place.chains();
    await expect(carryOver(files)).rejects.toThrow(/Expected the files of sdn-20230523, SDN\.XML/);
    await expect(carryOver(files, { from: later.paths })).rejects.toThrow(
      /expected the files that sdn-20230523 was read from .*found SDN\.XML .* of 2023-05-25/,
    );
    // Of the same day, but OFAC's next publication: not to be passed over as the reader's doing.
    const next = { ...SECOND.recorded, parties: [...SECOND.recorded.parties.slice(1), ...titled([777])] };
    const afternoon = inTemporaryFolder({ "SDN.XML": fileOf(next) });
    await expect(carryOver(files, { from: afternoon.paths })).rejects.toThrow(
      /found 1 parties that the ledger has not, and 1 missing/,
    );
    expect(place.chains()).toEqual(before);
    await carryOver(files, { from: own.paths });
    expect(readHead(files, { list: "sdn", segment: "live" })?.interpreter).toBe("legacy/1");
    expect(readHead(files, { list: "consolidated", segment: "live" })?.interpreter).toBe("legacy/0");
    expect(problems(files)).toEqual([]);
    for (const folder of [own, later, afternoon]) folder.remove();
  });

  it("keeps removals waiting that wait", async () => {
    const { files, raw } = await upgraded();
    // The newest file has lost two parties, which its record kept: their removal waits.
    const lost = { ...SECOND.recorded, parties: SECOND.recorded.parties.slice(2) };
    const writer = await openLedger(files);
    writer.put("checks", "held-sdn.json", {
      formatVersion: "1.0",
      list: "sdn",
      source: sha256(fileOf(lost)),
      sourceSince: "2023-05-24T14:20:00Z",
      waiting: [{ since: "2023-05-24T14:20:00Z", uids: [101, 102] }],
      reason: "2 parties are missing from the file at once",
    });
    writer.commit();
    const own = inTemporaryFolder({ "SDN.XML": fileOf(lost) });
    await carryOver(files, { raw, from: own.paths });
    own.remove();
    expect(
      records(files, "sdn")
        .at(-1)
        ?.changes.map(({ op, uid }) => [op, uid]),
    ).toEqual([103, 105, 107, 109].map((uid) => ["modify", uid]));
    expect(readHead(files, { list: "sdn", segment: "live" })?.state.parties).toBe(9);
    expect(problems(files)).toEqual([]);
  });
});

it("refuses a segment that there is not", async () => {
  await expect(carryOver(memoryFiles())).rejects.toThrow(/--segment live: expected a segment of the ledger/);
});
