import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EVENT_KINDS, KNOWN_PROGRAMS } from "../../src/domain/index.ts";
import { doubtLine, keyRing, programDoubts, readSubscriptions, send } from "../../src/notify/index.ts";
import { isProgramTag } from "../../src/notify/programs.ts";
import { PROJECT_ROOT } from "../support/project-root.ts";
import { publication, render, SECRET, subscription } from "./composed.ts";
import { MemoryStore } from "./memory-store.ts";

const asks = (...programs: string[]) => [subscription("desk", { filters: { programs } })];

describe("a program tag in a filter", () => {
  it("that is known in any case is no doubt", () => {
    expect(KNOWN_PROGRAMS.filter((tag) => !isProgramTag(tag))).toEqual([]);
    expect(programDoubts(asks(...KNOWN_PROGRAMS, "sdgt", "caatsa - russia"), [])).toEqual([]);
  });

  it("that nobody has seen is one, with the nearest that is known", () => {
    const doubts = programDoubts(asks("SDGT", "SDGTT"), [publication().record]);
    expect(doubts).toEqual([{ subscription: "desk", program: "SDGTT", nearest: "SDGT" }]);
    const [line] = doubts.map(doubtLine);
    expect(line).toMatch(/^subscription "desk": filters: programs: .*"SDGTT".*; was SDGT meant\?$/);
    expect(line).not.toContain("@");
  });

  it("that OFAC has made since is known by the records that have it", () => {
    const { record } = publication();
    const newer = { ...record, judgement: { ...record.judgement, unknownPrograms: ["MARS-EO15000"] } };
    expect(programDoubts(asks("mars-eo15000"), [newer])).toEqual([]);
    expect(programDoubts(asks("MARS-EO15001"), [newer])).toMatchObject([{ nearest: "MARS-EO15000" }]);
    expect(programDoubts(asks("ZZZZ"), [])).toEqual([{ subscription: "desk", program: "ZZZZ" }]);
  });

  it("is doubted by a dry run, which nothing else is held up for", async () => {
    const run = (dryRun: boolean) =>
      send({
        publications: [publication()],
        subscriptions: asks("SDGT", "SDGTT"),
        keys: keyRing([SECRET]),
        now: "2023-05-23T19:00:00Z",
        lookedAt: null,
        render,
        channels: {},
        store: new MemoryStore(),
        sleep: async () => {},
        dryRun,
      });
    const dry = await run(true);
    expect([dry.wouldSend.length, dry.doubts]).toMatchObject([1, [{ program: "SDGTT" }]]);
    expect((await run(false)).doubts).toEqual([]);
  });

  it("is taken when it has the shape of one, and refused otherwise", () => {
    const read = (tag: string) =>
      readSubscriptions(
        JSON.stringify({
          formatVersion: "1.0",
          subscriptions: [
            { id: "desk", address: "desk@readers.test", since: "2023-01-01", filters: { programs: [tag] } },
          ],
        }),
      );
    for (const tag of ["MARS-EO15000", "NEW PROGRAM", "NEW - PROGRAM"]) expect(read(tag)).toHaveLength(1);
    for (const tag of ["", " SDGT", "SDGT-", "SDGT;CUBA", "[SDG", "SDGT--X", "x".repeat(65)]) {
      expect(() => read(tag), tag).toThrow(/subscription "desk": filters: programs/);
    }
  });
});

describe("the kinds of events", () => {
  const CASES = `${PROJECT_ROOT}test/judge/cases/`;
  const judged = readdirSync(CASES).flatMap((folder) => {
    const { events = [] } = JSON.parse(readFileSync(`${CASES}${folder}/expected.json`, "utf8"));
    return events.map(({ kind }: { kind: string }) => kind);
  });

  it("are all that the judge makes in any of its cases, and all that have words", () => {
    expect(new Set(judged).size).toBeGreaterThan(10);
    expect([...new Set(judged)].filter((kind) => !EVENT_KINDS.includes(kind))).toEqual([]);
    const { events } = JSON.parse(readFileSync(`${PROJECT_ROOT}src/render/languages/en.json`, "utf8"));
    expect(Object.keys(events).sort()).toEqual([...EVENT_KINDS].sort());
  });
});
