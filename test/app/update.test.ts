import { describe, expect, it } from "vitest";
import { update } from "../../src/app/index.ts";
import { EXIT, stateHash } from "../../src/domain/index.ts";
import { readHead, readState } from "../../src/ledger/index.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { contentOf, entities, headlines, listFiles, NON_SDN, problems, records, run, world } from "./live.ts";

const SDN = entities(run(101, 8));
const DAY_1 = { id: 501, at: "2023-05-19T14:01:44Z", files: listFiles(["2023-05-19", SDN]) } as const;
const FIRST = "2023-05-19T14:20:00Z";
const MORE = [...SDN, ...entities([109])];
const DAY_2 = { id: 503, at: "2023-05-23T14:01:44Z", files: listFiles(["2023-05-23", MORE]) } as const;
const SECOND = "2023-05-23T14:20:00Z";

describe("an update", () => {
  it("begins with a baseline of each list, which is no news", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    const report = await look(FIRST);
    expect(report.lists.map(({ outcome }) => outcome)).toEqual(["baseline", "baseline"]);
    expect(records(files, "sdn")[0]).toMatchObject({
      id: "sdn-20230519",
      kind: "baseline",
      changes: [],
      ofacPublications: [{ id: 501 }],
      window: { after: null, notLaterThan: "2023-05-19T14:01:44Z" },
    });
    expect(problems(files)).toEqual([]);
  });

  it("begins with the list that can be had; the other one begins when it can be had too", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    ofac.misbehave({ kind: "status", status: 503, on: "sdn.xml" });
    const report = await look(FIRST);
    expect(report.exitCode).toBe(EXIT.unreachable);
    expect(report.lists.map(({ outcome }) => outcome)).toEqual(["failed", "baseline"]);
    expect(records(files, "consolidated")[0]?.context).toEqual({ otherList: null });
    ofac.behave();
    const later = await look("2023-05-19T15:00:00Z");
    expect(later.lists.map(({ outcome }) => outcome)).toEqual(["baseline", "unchanged"]);
    expect(records(files, "sdn")[0]?.context.otherList).toMatch(/^sha256:/);
    expect(problems(files)).toEqual([]);
  });

  it("finds nothing new by the history alone, asks for no file, and writes nothing", async () => {
    const { ofac, look, all } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    const before = all();
    const asked = ofac.requests.length;
    const report = await look("2023-05-19T14:35:00Z");
    expect(report).toMatchObject({ exitCode: EXIT.done, written: [], issues: [] });
    expect(report.lists.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
    expect(ofac.requests.slice(asked).map(({ path }) => path)).toEqual([
      "/changes/history/2023",
      "/recent-actions",
    ]);
    expect(all()).toEqual(before);
  });

  it("records a list that changed while the other is answered by 304", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    const asked = ofac.requests.length;
    const report = await look(SECOND);
    expect(report.lists.map(({ list, outcome }) => [list, outcome])).toEqual([
      ["sdn", "publication"],
      ["consolidated", "unchanged"],
    ]);
    const conditional = ofac.requests.slice(asked).filter(({ place }) => place === "store");
    expect(conditional.map(({ headers }) => typeof headers["if-none-match"])).toEqual(["string", "string"]);
    expect(headlines(files, "consolidated")).toEqual(["20230414 Non-SDN: baseline of 3 parties"]);
    const consolidated = readHead(files, { list: "consolidated", segment: "live" });
    expect(records(files, "sdn")[1]).toMatchObject({
      headline: "20230523: 1 entity added",
      context: { otherList: consolidated?.state.hash },
    });
    expect(problems(files)).toEqual([]);
  });

  it("judges both lists, when both changed, each with the other as it stands now", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    const nonSdn = [...NON_SDN, ...entities([109])];
    ofac.publish({ ...DAY_2, files: listFiles(["2023-05-23", MORE], ["2023-05-23", nonSdn]) });
    await look(SECOND);
    const hash = (list: "sdn" | "consolidated") => {
      const head = readHead(files, { list, segment: "live" });
      return head === undefined ? "none" : stateHash(readState(files, head).parties);
    };
    expect(records(files, "sdn")[1]?.context.otherList).toBe(hash("consolidated"));
    expect(records(files, "consolidated")[1]?.context.otherList).toBe(hash("sdn"));
    expect(headlines(files, "consolidated")[1]).toBe("20230523 Non-SDN: 1 entity added");
    expect(problems(files)).toEqual([]);
  });

  it("tells two publications of one Eastern day apart", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    await look(SECOND);
    // 21:30 in Washington, and the next day in Greenwich.
    const evening = { id: 504, at: "2023-05-24T01:30:00Z" };
    ofac.publish({ ...evening, files: listFiles(["2023-05-23", [...MORE, ...entities([110])]]) });
    await look("2023-05-24T01:45:00Z");
    expect(records(files, "sdn").map(({ id, headline }) => [id, headline])).toEqual([
      ["sdn-20230519", "20230519: baseline of 8 parties"],
      ["sdn-20230523", "20230523: 1 entity added"],
      ["sdn-20230523.2", "20230523 (2): 1 entity added"],
    ]);
    expect(records(files, "sdn")[2]).toMatchObject({
      sequence: 2,
      ofacPublications: [{ id: 504, datePublished: "2023-05-23T21:30:00.740051" }],
      window: { after: "2023-05-23T14:01:44Z", notLaterThan: "2023-05-24T01:30:00Z" },
    });
    expect(problems(files)).toEqual([]);
  });

  it("records a publication that its Publish_Date names although nothing changed", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish({ ...DAY_2, files: listFiles(["2023-05-23", SDN]) });
    const report = await look(SECOND);
    expect(report.lists[0]).toMatchObject({
      outcome: "publication",
      record: { headline: "20230523: no changes", changes: [] },
    });
    expect(headlines(files, "consolidated")).toHaveLength(1);
    expect(problems(files)).toEqual([]);
  });

  it("covers every publication since the one its chain ends with, and bounds the time by OFAC's instants", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    // Three publications before the next look: the non-SDN list changes with the second of them.
    ofac.publish({ id: 502, at: "2023-05-22T14:01:44Z", files: listFiles(["2023-05-22", MORE]) });
    const nonSdn = ["2023-05-23", [...NON_SDN, ...entities([9004])]] as const;
    ofac.publish({ ...DAY_2, files: listFiles(["2023-05-22", MORE], nonSdn) });
    ofac.publish({
      id: 507,
      at: "2023-05-24T14:01:44Z",
      files: listFiles(["2023-05-24", [...MORE, ...entities([110])]], nonSdn),
    });
    await look("2023-05-24T14:20:00Z");
    for (const list of ["sdn", "consolidated"] as const) {
      expect(records(files, list)[1], list).toMatchObject({
        ofacPublications: [{ id: 502 }, { id: 503 }, { id: 507 }],
        window: { after: "2023-05-19T14:01:44Z", notLaterThan: "2023-05-24T14:01:44Z" },
      });
    }
    expect(records(files, "sdn")[1]?.headline).toBe("20230524: 2 entities added");
    expect(records(files, "consolidated")[1]?.headline).toBe("20230523 Non-SDN: 1 entity added");
  });

  it("covers the turn of a year", async () => {
    const { ofac, look, files } = await world();
    ofac.publish({ id: 590, at: "2023-12-28T15:01:44Z", files: listFiles(["2023-12-28", SDN]) });
    await look("2023-12-28T15:20:00Z");
    ofac.publish({ id: 591, at: "2023-12-29T15:01:44Z", files: listFiles(["2023-12-28", SDN]) });
    ofac.publish({ id: 592, at: "2024-01-03T15:01:44Z", files: listFiles(["2024-01-03", MORE]) });
    await look("2024-01-03T15:20:00Z");
    expect(records(files, "sdn")[1]).toMatchObject({
      ofacPublications: [{ id: 591 }, { id: 592 }],
      window: { after: "2023-12-28T15:01:44Z", notLaterThan: "2024-01-03T15:01:44Z" },
    });
  });

  it("writes the same bytes as another runner that sees the publication hours later", async () => {
    const { ofac, look, ports } = await world();
    ofac.publish(DAY_1);
    const [early, late] = [memoryFiles(), memoryFiles()];
    for (const files of [early, late]) await look(FIRST, { files });
    ofac.publish(DAY_2);
    await look(SECOND, { files: early });
    // The later one is held up by a refusal first, and asks another route.
    ofac.misbehave({ kind: "status", status: 503, on: "exports" });
    await update(ports("2023-05-23T19:55:00Z", { files: late }));
    const chains = (files: typeof early) =>
      [...contentOf(files.content)].filter(([path]) => !/^(checks|observations|manifest)/.test(path));
    expect(chains(late)).toEqual(chains(early));
    expect(contentOf(late.content)).not.toEqual(contentOf(early.content));
    expect(early.content.get("sdn/live/head.json")).toBeDefined();
  });

  it("reads only the parties whose text has changed, and writes the same bytes as one that reads them all", async () => {
    const { ofac, look } = await world();
    const [plain, remembering, cache] = [memoryFiles(), memoryFiles(), memoryFiles()];
    const lines: string[] = [];
    const changed = MORE.map((party) => (party.uid === 105 ? { ...party, remarks: "composed" } : party));
    const publications = [
      DAY_1,
      DAY_2,
      { id: 504, at: "2023-05-24T14:01:44Z", files: listFiles(["2023-05-24", changed]) },
    ];
    for (const publication of publications) {
      ofac.publish(publication);
      const at = publication.at.replace("14:01:44", "14:20:00");
      await look(at, { files: plain });
      await look(at, { files: remembering, cache, lines });
    }
    expect(contentOf(remembering.content)).toEqual(contentOf(plain.content));
    expect(lines.filter((line) => line.includes("had to be read"))).toEqual([
      "8 of 8 parties had to be read",
      "3 of 3 parties had to be read",
      "1 of 9 parties had to be read",
      "1 of 9 parties had to be read",
    ]);
    expect([...cache.content.keys()]).toEqual([
      "readings/sdn-live-legacy.txt",
      "readings/consolidated-live-legacy.txt",
      "former/sdn-live.ndjson",
    ]);
  });

  it.each([
    ["is cut", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 40)],
    ["is of another ledger", (bytes: Uint8Array) => bytes],
  ])("reads everything anew when what was remembered %s", async (_, damage) => {
    const { ofac, look } = await world();
    const [elsewhere, files, cache] = [memoryFiles(), memoryFiles(), memoryFiles()];
    const other = SDN.map((party) => ({ ...party, lastName: `${party.lastName} elsewhere` }));
    ofac.publish({ ...DAY_1, files: listFiles(["2023-05-19", other]) });
    await look(FIRST, { files: elsewhere, cache });
    const path = "readings/sdn-live-legacy.txt";
    cache.content.set(path, damage(cache.content.get(path) ?? new Uint8Array()));
    ofac.publish({ ...DAY_1, id: 502 });
    await look(FIRST, { files });
    ofac.publish(DAY_2);
    const lines: string[] = [];
    await look(SECOND, { files, cache, lines });
    expect(lines).toContain("9 of 9 parties had to be read");
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added");
  });

  it("knows files that are sent again by their bytes, and reads those that are not the same", async () => {
    const { ofac, files, ports, chains } = await world();
    const unconditional = async (at: string) => {
      const lines: string[] = [];
      const real = ports(at);
      const fetch: typeof real.fetcher.fetch = ({ previous: _, ...request }) => real.fetcher.fetch(request);
      const progress = { ...real.progress, line: (text: string) => lines.push(text) };
      await update({ ...real, progress, fetcher: { ...real.fetcher, fetch } }, { force: true });
      return lines.filter((line) => /^reading .*\.XML/.test(line)).length;
    };
    ofac.publish(DAY_1);
    expect(await unconditional(FIRST)).toBe(2);
    const before = chains();
    expect(await unconditional(FIRST.replace("T14", "T15"))).toBe(0);
    expect(chains()).toEqual(before);
    ofac.publish(DAY_2);
    expect(await unconditional(SECOND)).toBe(2);
    expect(headlines(files, "sdn").at(-1)).toBe("20230523: 1 entity added");
  });

  it("names no publication where the files do not say which they are of", async () => {
    const { ofac, files, ports } = await world();
    ofac.publish(DAY_1);
    const anonymous = (at: string) => {
      const real = ports(at);
      const fetch: typeof real.fetcher.fetch = async (request) => {
        const result = await real.fetcher.fetch(request);
        if (result.kind !== "document") return result;
        const receipt = { ...result.document.receipt, publicationId: null };
        return { ...result, document: { ...result.document, receipt } };
      };
      return update({ ...real, fetcher: { ...real.fetcher, fetch } });
    };
    await anonymous(FIRST);
    ofac.publish(DAY_2);
    await anonymous(SECOND);
    expect(records(files, "sdn")[1]).toMatchObject({
      headline: "20230523: 1 entity added",
      ofacPublications: [],
      window: { after: null, notLaterThan: null },
    });
  });

  it("keeps notices and lists apart: a site that is down is a warning with a health of its own", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    await look(FIRST);
    ofac.publish(DAY_2);
    ofac.misbehave({ kind: "blocked", at: ["site"] });
    const report = await look(SECOND);
    expect(report).toMatchObject({ exitCode: EXIT.done, issues: [{ code: "blocked" }] });
    expect(headlines(files, "sdn")).toHaveLength(2);
    const check = (source: string) =>
      JSON.parse(new TextDecoder().decode(files.read(`checks/${source}.json`)));
    expect(check("notices")).toMatchObject({
      source: "notices",
      health: { state: "blocked", failure: "blocked", lastSuccess: FIRST },
      trouble: { exitCode: EXIT.unreachable },
    });
    expect(check("sdn")).toMatchObject({ health: { state: "current" }, trouble: null });
    // It is given time, and asked again after that.
    const asked = () => ofac.requests.filter(({ path }) => path === "/recent-actions").length;
    const before = asked();
    await look("2023-05-23T14:50:00Z");
    expect(asked()).toBe(before);
    ofac.behave();
    await look("2023-05-23T15:30:00Z");
    expect(asked()).toBe(before + 1);
    expect(check("notices")).toMatchObject({ health: { state: "current", failure: null } });
  });

  it("reads every page of a busy week of notices", async () => {
    const { ofac, look, files } = await world();
    ofac.publish(DAY_1);
    ofac.announce({
      notices: run(1, 23).map((n) => ({
        slug: `20230518_${n}`,
        title: `Composed example ${n}`,
        date: "2023-05-18",
        category: "miscellaneous",
        body: "<p>Composed example, not an OFAC page.</p>",
      })),
    });
    const report = await look(FIRST);
    expect(report.context).toHaveLength(23);
    expect(problems(files)).toEqual([]);
    expect((await look("2023-05-19T15:00:00Z")).context).toEqual([]);
  });
});
