import { describe, expect, it } from "vitest";
import { openRawStore, reinterpret, SILENT, verifyRaw } from "../../src/app/index.ts";
import { readOtherwise } from "../../src/app/past/read-otherwise.ts";
import { rereadPast } from "../../src/app/past/reread-past.ts";
import type { ChangeSet, LedgerRecord, Party, PartyChange } from "../../src/domain/index.ts";
import { chain, type LedgerFiles, readHead } from "../../src/ledger/index.ts";
import type { ComposedParty } from "../support/compose-legacy.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { problems, records } from "./live.ts";
import { type Day, recordDays } from "./read-chain.ts";

const NOW = "2023-05-26T09:00:00Z";

const firm = (uid: number, title?: string): ComposedParty => ({
  uid,
  type: "Entity",
  lastName: `COMPOSED FIRM ${uid}`,
  programs: ["CUBA"],
  ...(title === undefined ? {} : { title }),
});

/** A reader that saw no titles, and no party of those given. */
const blindTo =
  (...uids: readonly number[]) =>
  ({ title: _, ...party }: Party): Party | undefined =>
    uids.includes(party.uid) ? undefined : party;

const old = (date: string, parties: readonly ComposedParty[], ...unseen: readonly number[]): Day => ({
  date,
  parties,
  interpreter: "legacy/0",
  fault: blindTo(...unseen),
});

async function recorded(...days: readonly Day[]): Promise<{ files: LedgerFiles; raw: LedgerFiles }> {
  const [files, raw] = [memoryFiles(), memoryFiles()];
  await recordDays(files, days, raw);
  return { files, raw };
}

function carryOver(
  { files, raw }: { files: LedgerFiles; raw: LedgerFiles },
  { newestOnly = false, dryRun = false } = {},
) {
  return reinterpret(
    { files, config: {}, now: NOW, progress: SILENT, raw: openRawStore(raw) },
    { segment: "live", from: [], provenance: "composed", dryRun, newestOnly },
  );
}

const summary = (changes: readonly { uid: number; op: string; areas: readonly string[] }[]) =>
  changes.map(({ uid, op, areas }) => [op, uid, ...areas].join(" "));

describe("earlier publications, read again by today's reader", () => {
  it("agree where only values are read otherwise, whoever came and went", async () => {
    const place = await recorded(
      old("2023-05-19", [firm(101, "Bank"), firm(102)]),
      old("2023-05-23", [firm(101, "Bank"), firm(103, "Port")]),
    );
    const { lists } = await carryOver(place);
    expect(lists[0]?.past).toEqual({ compared: 1, notCompared: 0, refused: [], differing: [] });
    expect(records(place.files, "sdn").at(-1)?.issues).toEqual([]);
  });

  it("name what came and went unseen, and what went without going, and the record warns of it", async () => {
    const place = await recorded(
      // 102 was listed and unseen when it began; it left on the second day. 103 was unseen on that day alone.
      old("2023-05-19", [firm(101), firm(102), firm(103), firm(104)], 102),
      old("2023-05-23", [firm(101, "Bank"), firm(103), firm(104), firm(105)], 103, 105),
      old("2023-05-25", [firm(101, "Bank"), firm(103), firm(105)]),
    );
    const { lists } = await carryOver(place);
    const differing = lists[0]?.past?.differing ?? [];
    expect(
      differing.map(({ publication, missed, unseen }) => [publication, summary(missed), summary(unseen)]),
    ).toEqual([
      ["sdn-20230523", ["modify 101 title", "remove 102", "add 105"], ["remove 103"]],
      ["sdn-20230525", [], ["add 103", "add 105"]],
    ]);
    expect(lists[0]?.past).toMatchObject({ compared: 2, notCompared: 0 });
    const newest = records(place.files, "sdn").at(-1);
    expect(newest?.kind).toBe("reinterpretation");
    expect(newest?.issues).toEqual([
      {
        severity: "warning",
        code: "read-otherwise",
        message:
          "sdn-20230523: 1 removed, 1 added by its files and not by its record; 1 removed by its record and not by its files",
        where: "sdn-20230523",
        examples: ["102", "105", "103"],
      },
      {
        severity: "warning",
        code: "read-otherwise",
        message: "sdn-20230525: 2 added by its record and not by its files",
        where: "sdn-20230525",
        examples: ["103", "105"],
      },
      {
        severity: "warning",
        code: "read-otherwise",
        message: "changes within 1 party in past publications are read otherwise now (title)",
        where: "sdn",
        examples: ["101"],
      },
    ]);
    expect(problems(place.files)).toEqual([]);
  });

  it("are left unread when only the newest is asked for", async () => {
    const place = await recorded(
      old("2023-05-19", [firm(101), firm(102)], 102),
      old("2023-05-23", [firm(101)]),
    );
    const { lists } = await carryOver(place, { newestOnly: true });
    expect(lists[0]?.past).toBeNull();
    expect(records(place.files, "sdn").at(-1)?.issues).toEqual([]);
  });

  it("are counted where files are not kept, and named where today's reader refuses them", async () => {
    const { files, raw } = await recorded(
      old("2023-05-19", [firm(101)]),
      old("2023-05-23", [firm(101), firm(102)]),
      old("2023-05-24", [firm(101), firm(102), firm(103)]),
      old("2023-05-25", [firm(101), firm(102), firm(103), firm(104)]),
    );
    const [, second] = records(files, "sdn").map(({ sources }) => sources[0]?.sha256);
    const head = readHead(files, { list: "sdn", segment: "live" });
    if (head === undefined) throw new Error("no head");
    const store = openRawStore(raw);
    const without = { ...store, read: (hash: string) => (hash === second ? undefined : read(hash)) };
    const read = (hash: string) => openRawStore(raw).read(hash as `sha256:${string}`);
    expect(await rereadPast(chain(files, head), without, SILENT)).toMatchObject({
      compared: 1,
      notCompared: 2,
      refused: [],
    });
    const cut = {
      ...store,
      read: (hash: string) => (hash === second ? read(hash)?.subarray(0, 700) : read(hash)),
    };
    const told: string[] = [];
    const progress = {
      line: () => undefined,
      step: (at: number, of: number) => void told.push(`${at}/${of}`),
    };
    expect(await rereadPast(chain(files, head), cut, progress)).toMatchObject({
      compared: 1,
      notCompared: 1,
      refused: [{ publication: "sdn-20230523", why: expect.stringMatching(/SDN\.XML/u) }],
      differing: [],
    });
    expect(told).toEqual(["0/4", "1/4", "2/4", "3/4"]);
  });
});

describe("what the list has wrong because an older reader did not see it", () => {
  const ghosts = (day: Day, ...uids: readonly number[]): Day => ({
    ...day,
    ghosts: uids.map((uid) => firm(uid)),
  });
  const told = ({ id, kind, supersedes, headline, changes }: LedgerRecord) => [
    id,
    kind,
    supersedes,
    headline,
    ...changes.map(({ op, uid }) => `${op} ${uid}`),
  ];

  it("is told as a correction of the publication at which OFAC did it, after the reinterpretation", async () => {
    const place = await recorded(
      old("2023-05-19", [firm(101, "Bank"), firm(102), firm(103)]),
      // 102 went and 104 came on this day, and neither was seen then or later.
      ghosts(old("2023-05-23", [firm(101, "Bank"), firm(103), firm(104)], 104), 102),
      ghosts(old("2023-05-25", [firm(101, "Bank"), firm(103), firm(104), firm(105)], 104), 102),
    );
    const { lists } = await carryOver(place);
    expect(records(place.files, "sdn").slice(-2).map(told)).toEqual([
      [
        "sdn-20230525-r1",
        "reinterpretation",
        "sdn-20230525",
        "20230525: reinterpretation, no change by OFAC",
        "modify 101",
      ],
      [
        "sdn-20230523-c1",
        "correction",
        "sdn-20230523",
        "20230526: correction of sdn-20230523: 1 entity added; 1 entity removed",
        "remove 102",
        "add 104",
      ],
    ]);
    const [, correction] = records(place.files, "sdn").slice(-2);
    expect(correction).toMatchObject({
      interpreter: "legacy/1",
      reason: "legacy/0 had read its files otherwise than legacy/1 does",
      judgement: { materiality: "critical" },
    });
    expect(lists[0]?.corrections.map(({ id }) => id)).toEqual(["sdn-20230523-c1"]);
    expect(problems(place.files)).toEqual([]);
    expect(verifyRaw(place.raw, place.files)).toMatchObject({ ok: true, withoutFiles: 0, withoutRecord: 0 });
    // The list is that of the newest file, and there is nothing left to say.
    expect(await carryOver(place)).toMatchObject({ lists: [{ outcome: "same reader" }], written: [] });
    const { state } = readHead(place.files, { list: "sdn", segment: "live" }) ?? {};
    expect(state?.parties).toBe(4);
  });

  it("is taken back where a record made a party up", async () => {
    const place = await recorded(
      old("2023-05-19", [firm(101)]),
      ghosts(old("2023-05-23", [firm(101)]), 200),
      ghosts(old("2023-05-24", [firm(101), firm(102)]), 200),
    );
    await carryOver(place);
    expect(records(place.files, "sdn").slice(-1).map(told)).toEqual([
      [
        "sdn-20230523-c1",
        "correction",
        "sdn-20230523",
        "20230526: correction of sdn-20230523: 1 entity removed",
        "remove 200",
      ],
    ]);
    expect(problems(place.files)).toEqual([]);
  });

  it("stays the reader's where no publication explains it, and of several the last one does", async () => {
    const place = await recorded(
      ghosts(old("2023-05-19", [firm(101), firm(102)]), 300),
      // 102 goes, comes back and goes again; the older reader had it all the time.
      ghosts(old("2023-05-22", [firm(101)]), 300, 102),
      ghosts(old("2023-05-23", [firm(101), firm(102)]), 300),
      ghosts(old("2023-05-24", [firm(101)]), 300, 102),
    );
    await carryOver(place);
    expect(
      records(place.files, "sdn")
        .slice(-2)
        .map((record) => [record.id, ...record.changes.map(({ op, uid }) => `${op} ${uid}`)]),
    ).toEqual([
      ["sdn-20230524-r1", "remove 300"],
      ["sdn-20230524-c1", "remove 102"],
    ]);
    expect(problems(place.files)).toEqual([]);
  });

  it("is written with the reinterpretation or not at all, and on a dry run not at all", async () => {
    const days = [
      old("2023-05-19", [firm(101), firm(102)]),
      ghosts(old("2023-05-23", [firm(101)]), 102),
      ghosts(old("2023-05-24", [firm(101), firm(103)]), 102),
    ];
    const place = await recorded(...days);
    const count = records(place.files, "sdn").length;
    const dry = await carryOver(place, { dryRun: true });
    expect(dry.lists[0]?.corrections.map(({ id }) => id)).toEqual(["sdn-20230523-c1"]);
    expect(records(place.files, "sdn")).toHaveLength(count);
    expect(dry.written).toEqual([]);
    const { written } = await carryOver(place);
    expect(written.filter((path) => path.includes("/records/")).length).toBe(2);
  });
});

describe("a record and its files", () => {
  const party = (op: "add" | "remove", uid: number): PartyChange => {
    const whole = { uid, type: "entity", name: { full: `FIRM ${uid}` } } as Party;
    const who = { uid, type: "entity", name: `FIRM ${uid}` };
    return op === "add" ? { ...who, op, after: whole } : { ...who, op, before: whole };
  };
  const modified = (uid: number, ...areas: readonly ("title" | "program")[]): PartyChange => ({
    op: "modify",
    uid,
    type: "entity",
    name: `FIRM ${uid}`,
    beforeHash: "sha256:a",
    afterHash: "sha256:b",
    fields: areas.map((area) => ({ area, action: "change", key: area, before: "a", after: "b" })),
  });
  const unknown = (uid: number): ChangeSet["unknown"][number] => ({
    uid,
    type: "entity",
    name: `FIRM ${uid}`,
    area: "title",
    action: "remove",
    key: "title",
    before: "a",
    beforeHash: "sha256:a",
    afterHash: "sha256:b",
    reason: "truncated",
    detail: "past the cut",
  });
  const record = (
    changes: readonly PartyChange[],
    more: { unknown?: ChangeSet["unknown"]; isHolding?: boolean } = {},
  ) =>
    ({
      id: "sdn-20230523",
      changes,
      unknown: more.unknown ?? [],
      issues: more.isHolding === true ? [{ code: "removals-held" }] : [],
    }) as unknown as LedgerRecord;
  const compare = (
    own: LedgerRecord,
    today: Partial<ChangeSet>,
    more: { corrections?: LedgerRecord[]; waiting?: Set<number> } = {},
  ) => {
    const { corrections = [], waiting = new Set<number>() } = more;
    const set = { changes: [], unknown: [], ...today };
    const { missed, unseen } = readOtherwise({ record: own, corrections, today: set, waiting });
    return [summary(missed), summary(unseen)];
  };

  it("differ by the areas of a change alone, not by its values", () => {
    const own = record([modified(1, "title"), modified(2, "title", "program"), party("add", 3)]);
    expect(
      compare(own, { changes: [modified(1, "title"), modified(2, "program"), party("add", 3)] }),
    ).toEqual([[], ["modify 2 title"]]);
    expect(compare(own, { changes: [modified(1, "title", "program")] })).toEqual([
      ["modify 1 program"],
      ["modify 2 program title", "add 3"],
    ]);
  });

  it("differ both ways where a party came by the one and changed by the other", () => {
    expect(compare(record([party("add", 1)]), { changes: [modified(1, "title")] })).toEqual([
      ["modify 1 title"],
      ["add 1"],
    ]);
  });

  it("do not differ in what either of them calls unknown", () => {
    expect(compare(record([], { unknown: [unknown(1)] }), { changes: [modified(1, "title")] })).toEqual([
      [],
      [],
    ]);
    expect(compare(record([modified(1, "title")]), { unknown: [unknown(1)] })).toEqual([[], []]);
    expect(compare(record([modified(1, "title", "program")]), { unknown: [unknown(1)] })).toEqual([
      [],
      ["modify 1 program"],
    ]);
  });

  it("do not differ in parties of which a correction has spoken", () => {
    const corrections = [record([party("remove", 5)])];
    expect(compare(record([party("add", 5)]), {}, { corrections })).toEqual([[], []]);
    expect(compare(record([party("add", 6)]), {}, { corrections })).toEqual([[], ["add 6"]]);
  });

  it("do not differ in a removal that waited for confirmation, until it is told or the party is back", () => {
    const waiting = new Set<number>();
    const both = { changes: [party("remove", 1), party("remove", 2)] };
    expect(compare(record([], { isHolding: true }), both, { waiting })).toEqual([[], []]);
    expect([...waiting]).toEqual([1, 2]);
    expect(compare(record([party("remove", 1)]), { changes: [party("add", 2)] }, { waiting })).toEqual([
      [],
      [],
    ]);
    expect([...waiting]).toEqual([]);
    // Without a word of waiting it is a removal that was missed, and one that never was.
    expect(compare(record([]), both, { waiting })).toEqual([["remove 1", "remove 2"], []]);
    expect(compare(record([party("remove", 1)]), {}, { waiting })).toEqual([[], ["remove 1"]]);
  });
});
