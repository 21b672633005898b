import { describe, expect, it } from "vitest";
import { status } from "../../src/app/index.ts";
import { EXIT, type Hash, type ListId } from "../../src/domain/index.ts";
import { enhancedEntity } from "../parse/composed.ts";
import type { ComposedParty } from "../support/compose-legacy.ts";
import {
  committedHealth,
  entities,
  headlines,
  listFiles,
  NON_SDN,
  problems,
  records,
  run,
  type World,
  world,
} from "./live.ts";

const SDN = entities(run(101, 120));
/** Sixty parties fewer, and one more: a removal of half the list, and a designation. */
const MISSING = run(101, 60);
const REST = [...SDN.slice(60), ...entities([901])];
const FIRST = "2023-05-19T14:20:00Z";
const SECOND = "2023-05-23T14:20:00Z";

/** A ledger whose SDN list has just lost sixty parties at once. */
async function massRemoval(delta?: string, ledger?: "in memory"): Promise<World> {
  const story = await world(ledger);
  story.ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) });
  await story.look(FIRST);
  story.ofac.publish({
    id: 502,
    at: "2023-05-23T14:01:44Z",
    files: listFiles(["2023-05-23", REST]),
    ...(delta === undefined ? {} : { delta }),
  });
  return story;
}

/** OFAC's delta with the parties it takes from the list; composed. */
function deltaOf(removed: readonly number[], modified = ""): string {
  const whole = removed.map((uid) =>
    enhancedEntity(uid).replace(`<entity id="${uid}">`, `<entity id="${uid}" action="remove">`),
  );
  return [
    '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
    '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo>',
    "<datePublished>2023-05-23T00:00:00-04:00</datePublished><publicationType>Standard Action</publicationType>",
    `</publicationInfo><referenceValues/><featureTypes/><entities>${whole.join("")}${modified}</entities></sanctionsData>`,
  ].join("\n");
}

describe("a mass removal that nothing confirms", () => {
  it("waits, while the designation of the same publication is told at once", async () => {
    const { look, files } = await massRemoval();
    const report = await look(SECOND);
    expect(report.exitCode).toBe(EXIT.held);
    expect(report.lists[0]).toMatchObject({
      outcome: "publication",
      held: { waiting: [{ since: SECOND, uids: MISSING }] },
    });
    expect(headlines(files, "sdn")).toEqual([
      "20230519: baseline of 120 parties",
      "20230523: 1 entity added",
    ]);
    expect(records(files, "sdn")[1]).toMatchObject({
      state: { to: { parties: 121 } },
      issues: [{ code: "removals-held", severity: "warning" }],
    });
    expect(committedHealth(files, "sdn")).toMatchObject({ state: "held", since: SECOND });
    expect(committedHealth(files, "consolidated")).toMatchObject({ state: "current" });
    expect(status(files, SECOND).held).toMatchObject([{ list: "sdn", since: SECOND, uids: MISSING }]);
    expect(problems(files)).toEqual([]);
  });

  it("is all there is: nobody is told that the publication changed nothing", async () => {
    const { ofac, look, files } = await world();
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) });
    await look(FIRST);
    const second = listFiles(["2023-05-23", SDN.slice(60)]);
    ofac.publish({ id: 502, at: "2023-05-23T14:01:44Z", files: second });
    const report = await look(SECOND);
    expect(report).toMatchObject({ exitCode: EXIT.held, lists: [{ outcome: "unchanged" }, {}] });
    expect(headlines(files, "sdn")).toHaveLength(1);
    expect((await look("2023-05-23T15:20:00Z")).exitCode).toBe(EXIT.done);
    expect(records(files, "sdn")[1]).toMatchObject({
      headline: "20230523: 60 entities removed",
      ofacPublications: [{ id: 502 }],
      window: { after: "2023-05-19T14:01:44Z", notLaterThan: "2023-05-23T14:01:44Z" },
    });
  });

  it("is asked for again in full at each look, and says so each time without writing", async () => {
    const { ofac, look } = await massRemoval();
    await look(SECOND);
    const asked = ofac.requests.length;
    const report = await look("2023-05-23T14:50:00Z");
    expect(report).toMatchObject({ exitCode: EXIT.held, written: [] });
    const file = ofac.requests
      .slice(asked)
      .find(({ place, path }) => place === "store" && path.includes("SDN"));
    expect(file?.headers["if-none-match"]).toBeUndefined();
    expect(file?.headers["if-modified-since"]).toBeUndefined();
  });

  it("is told by a second look, an hour later or more, that finds the same file", async () => {
    const { look, files } = await massRemoval();
    await look(SECOND);
    expect((await look("2023-05-23T15:19:00Z")).exitCode).toBe(EXIT.held);
    const report = await look("2023-05-23T15:20:00Z");
    expect(report.exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (2): 60 entities removed");
    const [, publication, release] = records(files, "sdn");
    expect(release).toMatchObject({ issues: [], state: { to: { parties: 61 } } });
    expect(release?.unconfirmedRemovals).toBeUndefined();
    // It is still what OFAC published then.
    expect(release?.ofacPublications).toEqual(publication?.ofacPublications);
    expect(release?.window).toEqual(publication?.window);
    expect(status(files, SECOND).held).toEqual([]);
    expect(committedHealth(files, "sdn")).toMatchObject({ state: "current" });
    expect((await look("2023-05-23T15:40:00Z")).written).toEqual([]);
    expect(problems(files)).toEqual([]);
  });

  it("starts its hour anew when the second look finds another file", async () => {
    const { ofac, look, files } = await massRemoval();
    await look(SECOND);
    const other = listFiles(["2023-05-23", [...REST, ...entities([902])]]);
    ofac.publish({ id: 503, at: "2023-05-23T15:01:44Z", files: other });
    expect((await look("2023-05-23T15:25:00Z")).exitCode).toBe(EXIT.held);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (2): 1 entity added");
    expect((await look("2023-05-23T16:20:00Z")).exitCode).toBe(EXIT.held);
    expect((await look("2023-05-23T16:25:00Z")).exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (3): 60 entities removed");
  });

  it("is told after a day, flagged, when every look finds another file", async () => {
    const { ofac, look, files } = await massRemoval(undefined, "in memory");
    await look(SECOND);
    let id = 502;
    const growing = [...REST];
    for (let hour = 2; hour <= 23; hour += 3) {
      const at = new Date(Date.parse(SECOND) + hour * 3_600_000 - 900_000).toISOString();
      growing.push(...entities([902 + hour]));
      ofac.publish({ id: ++id, at, files: listFiles(["2023-05-23", growing]) });
      const report = await look(new Date(Date.parse(SECOND) + hour * 3_600_000).toISOString());
      expect(report.exitCode, `hour ${hour}`).toBe(EXIT.held);
    }
    ofac.publish({
      id: ++id,
      at: "2023-05-24T14:10:00Z",
      files: listFiles(["2023-05-24", growing.slice(1)]),
    });
    const report = await look("2023-05-24T14:20:00Z");
    expect(report.exitCode).toBe(EXIT.done);
    expect(records(files, "sdn").at(-1)).toMatchObject({
      headline: "20230524: 61 entities removed",
      unconfirmedRemovals: true,
    });
    expect(problems(files)).toEqual([]);
  });

  it("is told at once when the operator accepts that very file", async () => {
    const { look, files } = await massRemoval();
    const held = (await look(SECOND)).lists[0]?.held;
    const wrong: Hash = `sha256:${"0".repeat(64)}`;
    expect((await look("2023-05-23T14:30:00Z", { accept: wrong })).exitCode).toBe(EXIT.held);
    const report = await look("2023-05-23T14:35:00Z", { accept: held?.source ?? wrong });
    expect(report.exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (2): 60 entities removed");
  });

  it("was never one when OFAC's own delta names the same parties", async () => {
    const leftOneList =
      '<entity id="160"><sanctionsLists><sanctionsList id="9" refId="1550" action="remove">SDN List</sanctionsList>' +
      "</sanctionsLists></entity>";
    const { ofac, look, files } = await massRemoval(deltaOf(run(101, 59), leftOneList));
    const report = await look(SECOND);
    expect(report.exitCode).toBe(EXIT.done);
    expect(ofac.requests.map(({ path }) => path)).toContain("/changes/502");
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added; 60 entities removed");
    expect(records(files, "sdn")[1]?.issues).toEqual([]);
    expect(problems(files)).toEqual([]);
  });

  it("is told when the delta comes late", async () => {
    const { ofac, look, files } = await massRemoval();
    expect((await look(SECOND)).issues.map(({ code }) => code)).toEqual(["http-status"]);
    ofac.publish({ id: 502, at: "2023-05-23T14:01:44Z", files: {}, delta: deltaOf(MISSING) });
    ofac.misbehave({ kind: "status", status: 500, on: "history" });
    const report = await look("2023-05-23T14:35:00Z");
    expect(report.exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (2): 60 entities removed");
  });

  it("waits as far as the delta does not name it, and is told as far as it does", async () => {
    const { look, files } = await massRemoval(deltaOf([101, 102]));
    const report = await look(SECOND);
    expect(report.exitCode).toBe(EXIT.held);
    expect(report.lists[0]?.held?.waiting).toEqual([{ since: SECOND, uids: run(103, 58) }]);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added; 2 entities removed");
  });

  it("is forgotten when the next file has the parties again", async () => {
    const { ofac, look, files } = await massRemoval();
    await look(SECOND);
    ofac.publish({
      id: 503,
      at: "2023-05-23T14:41:44Z",
      files: listFiles(["2023-05-23", [...SDN, ...entities([901])]]),
    });
    const report = await look("2023-05-23T14:50:00Z");
    expect(report.exitCode).toBe(EXIT.done);
    expect(report.lists[0]).toMatchObject({ outcome: "unchanged" });
    expect(files.read("checks/held-sdn.json")).toBeUndefined();
    expect(headlines(files, "sdn")).toHaveLength(2);
    expect(problems(files)).toEqual([]);
  });

  it("is still waiting after a look that failed, and the clock goes on", async () => {
    const { ofac, look, files } = await massRemoval();
    await look(SECOND);
    ofac.misbehave({ kind: "status", status: 500, on: "sdn.xml" });
    const failed = await look("2023-05-23T14:50:00Z");
    expect(failed.exitCode).toBe(EXIT.unreachable);
    expect(failed.lists[0]?.held?.waiting).toEqual([{ since: SECOND, uids: MISSING }]);
    ofac.behave();
    expect((await look("2023-05-23T15:30:00Z")).exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523 (2): 60 entities removed");
  });

  it("does not hold forty-nine of a thousand, nor four of six", async () => {
    const { ofac, look, files } = await world();
    const [many, few] = [entities(run(101, 1000)), entities(run(9001, 6), "COMPOSED NON-SDN")];
    const first = listFiles(["2023-05-19", many], ["2023-05-19", few]);
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: first });
    await look(FIRST);
    const second = listFiles(["2023-05-23", many.slice(49)], ["2023-05-23", few.slice(4)]);
    ofac.publish({ id: 502, at: "2023-05-23T14:01:44Z", files: second });
    expect((await look(SECOND)).exitCode).toBe(EXIT.done);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 49 entities removed");
    expect(headlines(files, "consolidated").at(-1)).toBe("20230523 Non-SDN: 4 entities removed");
  });
});

describe("a document that cannot be the list is refused whole, exit 4, unless that very file is accepted:", () => {
  interface Refusal {
    readonly what: string;
    readonly code: string;
    readonly list?: ListId;
    readonly first: Readonly<Record<string, string>>;
    readonly second: Readonly<Record<string, string>>;
    /** OFAC's number of the second publication. */
    readonly id?: number;
    readonly says: RegExp;
  }
  const lost = (party: ComposedParty): ComposedParty => ({
    uid: party.uid,
    type: party.type,
    lastName: "X",
    programs: ["NPWMD"],
  });
  const rich = SDN.map((party) => ({ ...party, remarks: "composed remarks ".repeat(60) }));
  const plain = listFiles(["2023-05-19", SDN]);
  const REFUSALS: readonly Refusal[] = [
    {
      what: "a list that goes back in time",
      code: "older-than-ledger",
      first: plain,
      second: listFiles(["2023-05-18", SDN.slice(1)]),
      says: /expected a publication of 2023-05-19 or later, found one of 2023-05-18/,
    },
    {
      what: "an older publication of the same day",
      code: "older-than-ledger",
      first: plain,
      second: listFiles(["2023-05-19", SDN.slice(1)]),
      id: 499,
      says: /expected OFAC's publication 501 or a later one, found publication 499/,
    },
    {
      what: "a list of the day after tomorrow",
      code: "future-date",
      first: plain,
      second: listFiles(["2023-05-25", [...SDN, ...entities([901])]]),
      says: /expected a date up to 2023-05-24, found 2023-05-25/,
    },
    {
      what: "a list that says half as much of each party",
      code: "implausible-size",
      first: listFiles(["2023-05-19", rich]),
      second: listFiles(["2023-05-23", rich.map(lost)]),
      says: /bytes for each party/,
    },
    {
      what: "one list under the name of the other",
      code: "wrong-list",
      list: "consolidated",
      first: plain,
      second: listFiles(["2023-05-19", SDN], ["2023-05-23", SDN]),
      says: /expected the consolidated list, found 120 parties of the other list and 0 of this one/,
    },
  ];

  it.each(REFUSALS)("$what", async ({ code, list = "sdn", first, second, id = 502, says }) => {
    const { ofac, look, files, chains } = await world();
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: first });
    await look(FIRST);
    const before = chains();
    ofac.publish({ id, at: "2023-05-23T14:01:44Z", files: second });
    // Whatever the history says: it would answer for an older publication that there is nothing new.
    const report = await look(SECOND, { force: true });
    const failed = report.lists.find((one) => one.list === list);
    expect(report.exitCode).toBe(EXIT.content);
    expect(failed).toMatchObject({ outcome: "failed", error: { code } });
    expect(failed?.error?.message).toMatch(says);
    expect(chains()).toEqual(before);
    expect(committedHealth(files, list)).toMatchObject({ state: "stale", failure: code });

    const hash = /--accept (sha256:[0-9a-f]{64})/.exec(failed?.error?.message ?? "")?.[1];
    const accepted = await look("2023-05-23T20:00:00Z", { force: true, accept: hash as Hash });
    expect(accepted.exitCode).toBe(EXIT.done);
    expect(accepted.lists.find((one) => one.list === list)?.outcome).toBe("publication");
    expect(problems(files)).toEqual([]);
  });

  const morning = listFiles(["2023-05-23", SDN]);
  const evening = listFiles(["2023-05-23", [...SDN, ...entities([901])]]);
  const night = listFiles(["2023-05-23", [...SDN, ...entities([902])]]);
  it.each([
    [
      "the morning's file, which another route kept",
      morning,
      /expected a later file than that of sdn-20230523\.2, found that of sdn-20230523, which/,
    ],
    [
      "a file of the same day that does not say its publication",
      night,
      /expected a file that says it is later than OFAC's publication 503/,
    ],
  ])("%s", async (_what, files, says) => {
    const story = await world();
    story.ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: plain });
    await story.look(FIRST);
    for (const [id, hour, own] of [
      [502, "14", morning],
      [503, "18", evening],
    ] as const) {
      story.ofac.publish({ id, at: `2023-05-23T${hour}:01:44Z`, files: own });
      expect((await story.look(`2023-05-23T${hour}:20:00Z`)).exitCode).toBe(EXIT.done);
    }
    const before = story.chains();
    story.ofac.publish({ id: 504, at: "2023-05-23T19:01:44Z", files });
    story.ofac.misbehave({ kind: "unnumbered" });
    const report = await story.look("2023-05-23T20:20:00Z", { force: true });
    expect(report.exitCode).toBe(EXIT.content);
    expect(report.lists[0]?.error?.message).toMatch(says);
    expect(story.chains()).toEqual(before);
    story.ofac.behave();
    // OFAC's own word for it, its number, makes the same file a publication.
    expect((await story.look("2023-05-23T21:20:00Z", { force: true })).exitCode).toBe(EXIT.done);
    expect(records(story.files, "sdn")).toHaveLength(4);
  });

  it("a first file from OFAC's own hosts with too few parties, and nothing is written", async () => {
    const { ofac, look, all } = await world();
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: plain });
    const report = await look(FIRST, { settings: { provenance: "official file" } });
    expect(report.exitCode).toBe(EXIT.content);
    expect(report.lists.map(({ error }) => error?.code)).toEqual(["too-few-parties", "too-few-parties"]);
    expect(report.lists[0]?.error?.message).toMatch(/expected at least 5000 parties, found 120/);
    expect(all()).toEqual(new Map());
  });

  it("while most parties of a type under another type are told at once, with a warning", async () => {
    const { ofac, look, files } = await world();
    ofac.publish({ id: 501, at: "2023-05-19T14:01:44Z", files: plain });
    await look(FIRST);
    const renamed = SDN.map((party, i): ComposedParty => (i < 40 ? { ...party, type: "Vessel" } : party));
    ofac.publish({
      id: 502,
      at: "2023-05-23T14:01:44Z",
      files: listFiles(["2023-05-23", renamed], ["2023-04-14", NON_SDN]),
    });
    expect((await look(SECOND)).exitCode).toBe(EXIT.done);
    expect(records(files, "sdn")[1]?.issues).toMatchObject([
      { code: "type-count", severity: "warning", message: expect.stringContaining("40 of 120 parties") },
    ]);
  });
});
