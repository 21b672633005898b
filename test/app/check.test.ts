import { describe, expect, it } from "vitest";
import { check, status } from "../../src/app/index.ts";
import { EXIT } from "../../src/domain/index.ts";
import { enhancedEntity, enhancedXml } from "../parse/composed.ts";
import { entities, headlines, listFiles, problems, records, run, world } from "./live.ts";

const SDN = entities(run(101, 8));
const DAY_1 = { id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) } as const;
const DAY_2 = {
  id: 502,
  at: "2023-05-23T14:01:44Z",
  files: listFiles(["2023-05-23", [...SDN, ...entities([109])]]),
} as const;
const FIRST = "2023-05-19T14:20:00Z";
const SECOND = "2023-05-23T14:20:00Z";

describe("check", () => {
  it("asks the history first, and no file when that answers; it writes nothing", async () => {
    const { ofac, look, ports, all } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    const before = all();
    const asked = ofac.requests.length;
    const report = await check(ports("2023-05-19T15:00:00Z"));
    expect(report).toMatchObject({ exitCode: EXIT.done, newest: { id: 501, at: "2023-05-19T14:01:44Z" } });
    expect(report.lists.map(({ answer, detail }) => [answer, detail])).toEqual([
      ["nothing new", "no publication after 501"],
      ["nothing new", "no publication after 501"],
    ]);
    expect(ofac.requests.slice(asked).map(({ path }) => path)).toEqual(["/changes/history/2023"]);
    expect(all()).toEqual(before);
  });

  it("asks for the beginning of each file, on condition, when there is a publication", async () => {
    const { ofac, look, ports } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    const asked = ofac.requests.length;
    const report = await check(ports(SECOND));
    expect(report.lists).toMatchObject([
      { list: "sdn", answer: "changed", publicationId: "502" },
      { list: "consolidated", answer: "nothing new", detail: "not modified" },
    ]);
    const store = ofac.requests.slice(asked).filter(({ place }) => place === "store");
    expect(store.map(({ headers }) => headers.range)).toEqual(["bytes=0-1023", "bytes=0-1023"]);
  });

  it("does without the history, and says so", async () => {
    const { ofac, look, ports } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.misbehave({ kind: "html", on: "/changes/", at: ["service"] });
    const report = await check(ports("2023-05-19T15:00:00Z"));
    expect(report).toMatchObject({ exitCode: EXIT.done, newest: null, issues: [{ code: "bad-history" }] });
    expect(report.lists.map(({ detail }) => detail)).toEqual(["not modified", "not modified"]);
  });

  it("on an empty ledger finds everything new", async () => {
    const { ofac, ports, all } = await world();
    ofac.publish(DAY_1);
    const report = await check(ports(FIRST));
    expect(report.lists.map(({ detail }) => detail)).toEqual(["never read yet", "never read yet"]);
    expect(all()).toEqual(new Map());
  });

  it("reports a list that gives no answer beside one that does, and then leaves it alone", async () => {
    const { ofac, look, ports } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    ofac.misbehave({ kind: "blocked", on: "sdn.xml" });
    const report = await check(ports(SECOND));
    expect(report.exitCode).toBe(EXIT.unreachable);
    expect(report.lists.map(({ answer, detail }) => [answer, detail])).toEqual([
      ["no answer", "blocked"],
      ["nothing new", "not modified"],
    ]);
    await look(SECOND);
    const again = await check(ports("2023-05-23T14:30:00Z"));
    expect(again.exitCode).toBe(EXIT.unreachable);
    expect(again.lists[0]).toMatchObject({
      answer: "not asked",
      detail: "before 2023-05-23T15:20:00Z: blocked",
    });
  });

  it("says that removals wait", async () => {
    const { ofac, look, ports } = await world();
    const many = entities(run(101, 120));
    ofac.publish({ ...DAY_1, files: listFiles(["2023-05-19", many]) });
    await look(FIRST);
    ofac.publish({ ...DAY_2, files: listFiles(["2023-05-23", many.slice(60)]) });
    await look(SECOND);
    const report = await check(ports("2023-05-23T14:30:00Z"));
    expect(report).toMatchObject({
      exitCode: EXIT.held,
      lists: [{ answer: "changed", detail: "removals wait for a second look" }, { answer: "nothing new" }],
    });
  });
});

describe("status", () => {
  it("of an empty ledger knows nothing", async () => {
    const { files } = await world();
    const report = status(files, FIRST);
    expect(report.sources.map(({ source, state }) => [source, state])).toEqual([
      ["sdn", "unknown"],
      ["consolidated", "unknown"],
      ["publications", "unknown"],
      ["notices", "unknown"],
    ]);
    expect(report).toMatchObject({ lists: [], held: [] });
  });

  it("gives health, newest publication and lag", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    ofac.misbehave({ kind: "status", status: 503, on: "consolidated" });
    await look(SECOND);
    const report = status(files, "2023-05-23T14:25:00Z");
    expect(report.sources).toMatchObject([
      { source: "sdn", state: "current", since: FIRST, lastLook: SECOND, lastChange: SECOND, failure: null },
      {
        source: "consolidated",
        state: "stale",
        since: SECOND,
        lastSuccess: FIRST,
        consecutiveFailures: 1,
        failure: { code: "http-status", message: expect.stringContaining("503") },
        nextLook: "2023-05-23T14:30:00Z",
      },
      { source: "publications", state: "current", lastChange: SECOND },
      { source: "notices", state: "current", lastChange: null },
    ]);
    expect(report.lists).toMatchObject([
      {
        list: "sdn",
        id: "sdn-20230523",
        headline: "20230523: 1 entity added",
        parties: 9,
        profile: "legacy",
        records: 2,
        published: "2023-05-23T14:01:44Z",
        firstSeen: SECOND,
        lagMs: 18 * 60_000 + 16_000,
      },
      { list: "consolidated", id: "consolidated-20230414", lagMs: null },
    ]);
  });

  it("calls stale what nobody has looked at for a day", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    expect(status(files, "2023-05-20T14:19:59Z").sources[0]).toMatchObject({ state: "current" });
    expect(status(files, "2023-05-20T14:20:00Z").sources[0]).toMatchObject({
      state: "stale",
      since: "2023-05-20T14:20:00Z",
    });
  });
});

describe("the profile", () => {
  const sdn = (uids: readonly number[], date: string) =>
    enhancedXml(
      uids.map((uid) => enhancedEntity(uid)),
      { date: `${date}T00:00:00` },
    );
  const consolidated = (uids: readonly number[], date: string) =>
    enhancedXml(
      uids.map((uid) => enhancedEntity(uid, "", { list: "Consolidated List" })),
      { lists: ["Consolidated List"], date: `${date}T00:00:00` },
    );
  const enhanced = (uids: readonly number[], date: string) => ({
    "SDN_ENHANCED.XML": sdn(uids, date),
    "CONS_ENHANCED.XML": consolidated([9001, 9002], date),
  });
  const EMPTY_DELTA =
    '<sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo><datePublished>' +
    "2023-05-23T00:00:00-04:00</datePublished><publicationType>Standard Action</publicationType></publicationInfo>" +
    "<referenceValues/><featureTypes/><entities>";

  it("is enhanced by default, from the zipped files", async () => {
    const { ofac, look, files } = await world();
    ofac.publish({ ...DAY_1, files: enhanced([101, 201, 301], "2023-05-19") });
    const report = await look(FIRST, { config: {} });
    expect(report.exitCode).toBe(EXIT.done);
    expect(records(files, "sdn")[0]).toMatchObject({
      profile: "enhanced",
      headline: "20230519: baseline of 3 parties",
      sources: [{ file: "SDN_ENHANCED.XML" }],
    });
    expect(problems(files)).toEqual([]);
  });

  it("enhanced tells no list anew because of its dataAsOf, but because OFAC's delta names it", async () => {
    const { ofac, look, files } = await world();
    ofac.publish({ ...DAY_1, files: enhanced([101, 201, 301], "2023-05-19") });
    await look(FIRST, { config: {} });
    ofac.publish({
      ...DAY_2,
      files: enhanced([101, 201, 301, 401], "2023-05-23"),
      delta: `${EMPTY_DELTA}${enhancedEntity(401).replace(">", ' action="add">')}</entities></sanctionsData>`,
    });
    await look(SECOND, { config: {} });
    expect(headlines(files, "sdn")).toHaveLength(2);
    expect(headlines(files, "consolidated")).toHaveLength(1);

    ofac.publish({
      id: 503,
      at: "2023-05-24T14:01:44Z",
      files: enhanced([101, 201, 301, 401], "2023-05-24"),
      delta:
        `${EMPTY_DELTA}<entity id="9002"><generalInfo><title action="update" oldValue="A">B</title></generalInfo>` +
        "</entity></entities></sanctionsData>",
    });
    await look("2023-05-24T14:20:00Z", { config: {} });
    expect(headlines(files, "sdn")).toHaveLength(2);
    expect(headlines(files, "consolidated").at(-1)).toBe("20230524 Non-SDN: no changes");
    expect(problems(files)).toEqual([]);
  });

  it("of a chain is one: another in the settings is refused before anything is asked", async () => {
    const { ofac, look, ports, all } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    const before = all();
    const asked = ofac.requests.length;
    const config = { profile: "enhanced" } as const;
    for (const attempt of [() => look(SECOND, { config }), () => check(ports(SECOND, { config }))]) {
      await expect(attempt()).rejects.toMatchObject({
        code: "profile-mismatch",
        exitCode: EXIT.usage,
        message: expect.stringMatching(/legacy.*"profile": "enhanced".*Set "profile": "legacy"/s),
      });
    }
    expect(ofac.requests).toHaveLength(asked);
    expect(all()).toEqual(before);
  });

  it("of a chain is kept where the settings name none", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    await look(SECOND, { config: {} });
    expect(records(files, "sdn").map(({ profile }) => profile)).toEqual(["legacy", "legacy"]);
  });
});
