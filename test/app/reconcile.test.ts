import { describe, expect, it } from "vitest";
import { reconcilePublication, reconciliationLines } from "../../src/app/index.ts";
import { EXIT } from "../../src/domain/index.ts";
import { composeDelta } from "../support/compose-delta.ts";
import {
  ALL_LINES,
  begun,
  contextNames,
  kinds,
  line,
  NEW,
  noticeOf,
  OLD,
  pressOf,
  reconciliationOf,
  SECOND,
  SECOND_DAY,
} from "./announced.ts";
import { entities, listFiles, problems, records } from "./live.ts";

const ADDED = NEW.map(({ uid, lastName }) => ({ uid, op: "add", name: lastName }) as const);

describe("an update holds a publication against what was said about it", () => {
  it("finds notice, press release and OFAC's delta agreeing, and keeps that beside the record", async () => {
    const { ofac, look, files, all } = await begun();
    ofac.publish({
      ...SECOND_DAY,
      delta: composeDelta("2023-05-23", ADDED),
      notices: [noticeOf({ added: ALL_LINES, press: "jy0001" })],
      pressReleases: [pressOf("jy0001")],
    });
    const report = await look(SECOND);
    expect(report).toMatchObject({ exitCode: EXIT.done, issues: [] });
    expect(kinds(report.context)).toEqual([
      "notice 20230523",
      "press-release jy0001",
      "delta 502",
      "reconciliation sdn-20230523",
    ]);
    expect(report.context.map(({ firstSeen, provenance }) => [firstSeen, provenance])).toEqual(
      report.context.map(() => [SECOND, "composed"]),
    );
    expect(reconciliationOf(files, "sdn-20230523")).toMatchObject({
      verdict: "agrees",
      times: { firstSeen: SECOND },
      delta: { verdict: "agrees", publications: [502] },
      sentences: [
        "The notice names 3 parties; all 3 are on the list.",
        "The press release says three entities: agrees.",
        "OFAC's own delta names the same parties.",
        expect.stringContaining("Notice 20230523 is dated 2023-05-23"),
      ],
    });
    expect(problems(files)).toEqual([]);
    const before = all();
    const asked = ofac.requests.length;
    expect(await look("2023-05-23T14:35:00Z")).toMatchObject({ context: [], written: [] });
    expect(ofac.requests.slice(asked).map(({ path }) => path)).toEqual([
      "/changes/history/2023",
      "/recent-actions",
    ]);
    expect(all()).toEqual(before);
  });

  it("says the same again from the ledger alone", async () => {
    const { ofac, look, files } = await begun();
    ofac.publish({
      ...SECOND_DAY,
      delta: composeDelta("2023-05-23", ADDED),
      notices: [noticeOf({ added: ALL_LINES, press: "jy0001" })],
      pressReleases: [pressOf("jy0001")],
    });
    await look(SECOND);
    const { record, reconciliation } = await reconcilePublication(files, "sdn-20230523");
    expect(reconciliation).toEqual(reconciliationOf(files, "sdn-20230523"));
    const text = reconciliationLines(record, reconciliation).join("\n");
    expect(text).toContain("sdn-20230523 in sdn/live: all witnesses at hand agree");
    expect(text).toContain("+ 201 COMPOSED TRADING 201 (entity): announced and listed (matched by name");
    expect(text).toContain(
      'jy0001, paragraph 2 [E.O. 13382]: "COMPOSED TRADING 201 trades, and is being designated pursuant to E.O. 13382."',
    );
    expect(text).toContain("agrees (publication 502)");
  });

  it.each([
    {
      what: "a party that was announced and is not on the list",
      notice: { added: [...ALL_LINES, line(299)] },
      press: "four entities",
      says: [
        "COMPOSED TRADING 299 is announced as added, and the list does not do so",
        "says four entities: differs",
      ],
      party: { name: "COMPOSED TRADING 299", uid: null, status: "announced, not listed" },
    },
    {
      what: "a party that the notice leaves out",
      notice: { added: ALL_LINES.slice(1) },
      press: "three entities",
      says: ["The list also has 1 party (1 added) that no notice names: COMPOSED TRADING 201."],
      party: { uid: 201, status: "listed, not announced" },
    },
    {
      what: "a removal that the list does not do",
      notice: { added: ALL_LINES, deleted: [line(101)] },
      press: "three entities",
      says: ["COMPOSED TRADING 101 (uid 101) is announced as removed, and the list does not do so"],
      party: { uid: 101, status: "announced, not listed", explanation: "it is still on the list" },
    },
    {
      what: "a number that is not the list's",
      notice: { added: ALL_LINES },
      press: "five entities",
      says: ["The press release says five entities: differs, the list added 3 entities."],
      party: { uid: 201, status: "announced and listed" },
    },
    {
      what: "another program",
      notice: { added: [line(201, "CUBA"), ...ALL_LINES.slice(1)] },
      press: "three entities",
      says: ['program: the notice says "CUBA", the list "NPWMD"'],
      party: { uid: 201, status: "details differ" },
    },
  ])("names a planted disagreement as what it is: $what", async ({ notice, press, says, party }) => {
    const { ofac, look, files } = await begun();
    ofac.publish({
      ...SECOND_DAY,
      notices: [noticeOf({ ...notice, press: "jy0001" })],
      pressReleases: [pressOf("jy0001", press)],
    });
    const report = await look(SECOND);
    // A disagreement is told; it is no failure of the update.
    expect(report.exitCode).toBe(EXIT.done);
    expect(records(files, "sdn")[1]?.headline).toBe("20230523: 3 entities added");
    const found = reconciliationOf(files, "sdn-20230523");
    expect(found?.verdict).toBe("disagrees");
    for (const text of says) expect(found?.sentences.join("\n")).toContain(text);
    expect(found?.parties).toContainEqual(expect.objectContaining(party));
    expect(problems(files)).toEqual([]);
  });

  it("takes OFAC's delta as a witness of its own: a party that only it adds is told", async () => {
    const { ofac, look, files } = await begun();
    const delta = composeDelta("2023-05-23", [
      ...ADDED,
      { uid: 299, op: "add", name: "COMPOSED TRADING 299" },
    ]);
    ofac.publish({ ...SECOND_DAY, delta });
    await look(SECOND);
    expect(contextNames(files)).toEqual(["delta-502", "reconciliation-sdn-20230523"]);
    expect(reconciliationOf(files, "sdn-20230523")).toMatchObject({
      verdict: "disagrees",
      notices: [],
      delta: { verdict: "differs", addedOnlyThere: [299] },
    });
  });

  it("keeps nothing while there is no other witness", async () => {
    const { ofac, look, files } = await begun();
    ofac.publish(SECOND_DAY);
    expect((await look(SECOND)).issues).toEqual([]);
    expect(contextNames(files)).toEqual([]);
    const { reconciliation } = await reconcilePublication(files, "sdn-20230523");
    expect(reconciliation).toMatchObject({
      verdict: "no other witness",
      delta: { verdict: "not cross-checked" },
    });
  });
});

describe("which pages speak of a record", () => {
  it("a licence of the same day does not: it says nothing of what the list should do", async () => {
    const { ofac, look, files } = await begun();
    const prose =
      '<p>OFAC is issuing <a href="/media/1/download">Cuba-related General License 1</a>, "Testing".</p>';
    ofac.publish({ ...SECOND_DAY, notices: [noticeOf({ prose })] });
    await look(SECOND);
    expect(contextNames(files)).toEqual(["notice-20230523"]);
  });

  it("a page of the day before does when it announces what this record did", async () => {
    const { ofac, look, files } = await begun();
    ofac.publish({ ...SECOND_DAY, notices: [noticeOf({ slug: "20230522", added: ALL_LINES })] });
    await look(SECOND);
    expect(reconciliationOf(files, "sdn-20230523")).toMatchObject({
      verdict: "agrees",
      times: { notices: [{ id: "20230522", date: "2023-05-22" }] },
    });
  });

  it("a page of the day before does not when the record of that day did what it announces", async () => {
    const { ofac, look, files } = await begun();
    const [first, ...rest] = NEW;
    if (first === undefined) throw new Error("no party");
    ofac.publish({
      id: 502,
      at: "2023-05-22T14:01:44Z",
      files: listFiles(["2023-05-22", [...OLD, first]]),
      notices: [noticeOf({ slug: "20230522", added: [line(first.uid)] })],
    });
    await look("2023-05-22T14:20:00Z");
    ofac.publish({
      id: 503,
      at: "2023-05-23T14:01:44Z",
      files: listFiles(["2023-05-23", [...OLD, first, ...rest]]),
      notices: [noticeOf({ added: ALL_LINES.slice(1) })],
    });
    const report = await look(SECOND);
    // What the day before said has not changed, so it is not said again.
    expect(kinds(report.context)).toEqual(["notice 20230523", "reconciliation sdn-20230523"]);
    for (const day of ["20230522", "20230523"]) {
      expect(reconciliationOf(files, `sdn-${day}`)).toMatchObject({
        verdict: "agrees",
        times: { notices: [{ id: day }] },
      });
    }
  });

  it("two pages of one day speak of both its records, each party where it stands", async () => {
    const { ofac, look, files } = await begun();
    ofac.publish({ ...SECOND_DAY, notices: [noticeOf({ added: ALL_LINES })] });
    await look(SECOND);
    ofac.publish({
      id: 503,
      at: "2023-05-23T19:01:44Z",
      files: listFiles(["2023-05-23", [...OLD, ...NEW, ...entities([301])]]),
      notices: [noticeOf({ slug: "20230523_33", added: [line(301)] })],
    });
    const report = await look("2023-05-23T19:20:00Z");
    expect(kinds(report.context)).toEqual([
      "notice 20230523_33",
      "reconciliation sdn-20230523-v2",
      "reconciliation sdn-20230523.2",
    ]);
    for (const [id, own, other] of [
      ["sdn-20230523", 201, 301],
      ["sdn-20230523.2", 301, 201],
    ] as const) {
      const found = reconciliationOf(files, id);
      const party = (uid: number) => found?.parties.find((one) => one.uid === uid);
      expect(found?.verdict, id).toBe("agrees");
      expect(party(own)?.explanation, id).toBeUndefined();
      expect(party(other)?.explanation, id).toContain("it stands in sdn-20230523");
    }
    expect(problems(files)).toEqual([]);
  });

  it("a page of the SDN list is no witness of the other list", async () => {
    const { ofac, look, files } = await begun();
    const other = entities([9001, 9002, 9003, 9004], "COMPOSED NON-SDN");
    ofac.publish({
      ...SECOND_DAY,
      files: listFiles(["2023-05-23", [...OLD, ...NEW]], ["2023-05-23", other]),
      notices: [noticeOf({ added: ALL_LINES, press: "jy0001" })],
      pressReleases: [pressOf("jy0001")],
    });
    await look(SECOND);
    expect(records(files, "consolidated")).toHaveLength(2);
    expect(contextNames(files).filter((name) => name.startsWith("reconciliation"))).toEqual([
      "reconciliation-sdn-20230523",
    ]);
  });
});
