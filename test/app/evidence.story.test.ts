import { describe, expect, it } from "vitest";
import type { SourceCheck } from "../../src/app/look/checks.ts";
import { shapeFault } from "../../src/app/schema/guard.ts";
import { checkFiles, type LedgerFiles } from "../../src/ledger/index.ts";
import { Crash, memoryFiles } from "../support/crashing-files.ts";
import { begun, FIRST, hoursOn, looksIn, SDN } from "./evidence-begun.ts";
import { contentOf, entities, headlines, listFiles, problems, run, world } from "./live.ts";

describe("evidence in a folder of its own", () => {
  it("leaves the ledger alone unless something was published, and both verify", async () => {
    const { ofac, look, all, files, evidence } = await begun();
    const commits = { ledger: 0, evidence: 0 };
    for (let hour = 1; hour <= 40; hour++) {
      if (hour === 30) {
        const next = listFiles(["2023-05-02", [...SDN, ...entities([120])]]);
        ofac.publish({ id: 502, at: hoursOn(29.5), files: next });
      }
      const [ledger, beside] = [JSON.stringify([...all()]), JSON.stringify([...contentOf(evidence.content)])];
      const report = await look(hoursOn(hour), { evidence });
      expect(report.written.filter((path) => path.startsWith("checks/"))).toEqual([]);
      if (JSON.stringify([...all()]) !== ledger) commits.ledger++;
      const noted = JSON.stringify([...contentOf(evidence.content)]) !== beside;
      expect(noted).toBe(report.evidence.length > 0);
      if (noted) commits.evidence++;
    }
    expect(commits).toEqual({ ledger: 1, evidence: 5 });
    expect(headlines(files, "sdn")).toEqual(["20230501: baseline of 8 parties", "20230502: 1 entity added"]);
    expect(problems(files)).toEqual([]);
    looksIn(evidence);
  });

  it("survives a death at any effect on either folder: both verify, and the next look ends as the undisturbed one", async () => {
    const story = await world("in memory");
    story.ofac.publish({ id: 501, at: "2023-05-01T14:01:44Z", files: listFiles(["2023-05-01", SDN]) });
    const [ledger, beside] = [memoryFiles(), memoryFiles()];
    await story.look(FIRST, { files: ledger, evidence: beside });
    story.ofac.publish({ id: 502, at: hoursOn(1), files: listFiles(["2023-05-01", SDN.slice(1)]) });
    const copies = () =>
      [memoryFiles(new Map(ledger.content)), memoryFiles(new Map(beside.content))] as const;
    const [whole, wholeBeside] = copies();
    await story.look(hoursOn(2), { files: whole, evidence: wholeBeside });
    let deaths = 0;
    for (let at = 0; ; at++) {
      const [files, evidence] = copies();
      let left = at;
      const dying = (inner: LedgerFiles): LedgerFiles => {
        const effect =
          <A extends unknown[]>(work: (...args: A) => void) =>
          (...args: A) => {
            if (left-- <= 0) throw new Crash("died");
            work(...args);
          };
        return {
          ...inner,
          write: effect(inner.write),
          rename: effect(inner.rename),
          remove: effect(inner.remove),
        };
      };
      const died = await story
        .look(hoursOn(2), { files: dying(files), evidence: dying(evidence) })
        .then(() => false)
        .catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error;
          return true;
        });
      if (!died) break;
      deaths++;
      await story.look(hoursOn(2), { files, evidence });
      expect(contentOf(files.content), `died at effect ${at}`).toEqual(contentOf(whole.content));
      expect([...problems(files), ...checkFiles(evidence, shapeFault).problems]).toEqual([]);
      const check = (of: LedgerFiles) =>
        JSON.parse(new TextDecoder().decode(of.read("checks/sdn.json"))) as SourceCheck;
      const { chain, health, receipts } = check(wholeBeside);
      expect(check(evidence), `died at effect ${at}`).toMatchObject({
        chain,
        health: { ...health },
        receipts: [{ publicationId: receipts[0]?.publicationId }],
      });
    }
    expect(deaths).toBeGreaterThan(20);
  });
});

describe("the looks of a month", () => {
  it("are a few kB, one stretch for each thing found, and show the longest gap", async () => {
    const { ofac, look, evidence } = await begun();
    const publications = [50, 200, 420];
    // Every half hour for 30 days, with an outage of two days: nobody looks.
    for (let half = 1; half < 30 * 48; half++) {
      const hour = half / 2;
      if (hour > 240 && hour < 288) continue;
      const at = publications.indexOf(hour);
      if (at >= 0) {
        const parties = [...SDN, ...entities(run(200, at + 1))];
        ofac.publish({ id: 502 + at, at: hoursOn(hour - 0.25), files: listFiles(["2023-05-02", parties]) });
      }
      if (half % 6 === 0 || at >= 0) await look(hoursOn(hour), { evidence });
    }
    const [may] = looksIn(evidence);
    expect(may?.month).toBe("2023-05");
    const bytes = evidence.read("checks/looks/2023-05.json")?.length ?? 0;
    expect(bytes).toBeGreaterThan(2_000);
    expect(bytes).toBeLessThan(8_000);
    const looks = may?.stretches.flatMap((stretch) => stretch.looks) ?? [];
    expect(looks.map(({ at }) => at)).toEqual(looks.map(({ at }) => at).toSorted());
    expect(Math.max(...looks.map(({ gap }) => gap ?? 0))).toBeGreaterThanOrEqual(48 * 3600);
    expect(looks[0]).toEqual({ at: FIRST, count: 1, gap: null });
    expect(may?.stretches).toHaveLength(4);
    expect(may?.stretches.map(({ found }) => found[0]?.publication)).toEqual([501, 502, 503, 504]);
  });
});
