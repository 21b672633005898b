import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { planEvidence } from "../../src/app/evidence/evidence-files.ts";
import { lastLook, lastWritten, readLooks } from "../../src/app/evidence/looks.ts";
import { closedForm, publishedForm } from "../../src/app/schema/forms.ts";
import { schemas } from "../../src/app/schema/index.ts";
import { readPublished } from "../../src/app/site/published.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { begun, FIRST, hoursOn, looksIn, SDN } from "./evidence-begun.ts";
import { entities, headlines, listFiles, problems, run, world } from "./live.ts";

describe("evidence in a folder of its own", () => {
  it("takes over what the ledger kept before, and leaves it there until the next record", async () => {
    const day = await world("in memory");
    day.ofac.publish({ id: 501, at: "2023-05-01T14:01:44Z", files: listFiles(["2023-05-01", SDN]) });
    await day.look(FIRST);
    const before = day.all();
    const evidence = memoryFiles();
    await day.look(hoursOn(1), { evidence });
    expect(day.all()).toEqual(before);
    for (const path of ["checks/sdn.json", "checks/publications.json"]) {
      expect(evidence.read(path), path).toBeDefined();
    }
    // Known as they were: nothing was transferred again.
    const lists = day.ofac.requests.filter(({ place, path }) => place === "store" && path.includes("SDN"));
    expect(lists).toHaveLength(1);
    day.ofac.publish({ id: 502, at: hoursOn(1.5), files: listFiles(["2023-05-01", SDN.slice(1)]) });
    await day.look(hoursOn(2), { evidence });
    expect([...day.all().keys()].filter((path) => path.startsWith("checks/"))).toEqual(["checks/log.ndjson"]);
    expect(problems(day.files)).toEqual([]);
    looksIn(evidence);
  });

  it("that is ahead of the ledger hides no publication", async () => {
    const { ofac, look, evidence } = await begun();
    const ledger = memoryFiles();
    await look(FIRST, { files: ledger, evidence: memoryFiles() });
    ofac.publish({ id: 502, at: hoursOn(1), files: listFiles(["2023-05-02", SDN.slice(1)]) });
    await look(hoursOn(2), { evidence });
    // That run's record was never pushed, its evidence was: another runner stands on the old chain.
    const report = await look(hoursOn(3), { files: ledger, evidence });
    expect(report.lists[0]).toMatchObject({ outcome: "publication" });
    expect(headlines(ledger, "sdn").at(-1)).toBe("20230502: 1 entity removed");
  });

  it("keeps removals that wait", async () => {
    const many = entities(run(101, 120));
    const { ofac, look, evidence } = await begun(many);
    ofac.publish({ id: 503, at: hoursOn(3), files: listFiles(["2023-05-01", many.slice(60)]) });
    const report = await look(hoursOn(4), { evidence });
    expect(report.lists[0]?.held?.waiting).toEqual([{ since: hoursOn(4), uids: run(101, 60) }]);
    expect(evidence.read("checks/held-sdn.json")).toBeDefined();
    await look(hoursOn(6), { evidence });
    expect(evidence.read("checks/held-sdn.json")).toBeUndefined();
    looksIn(evidence);
  });
});

describe("the looks of a month", () => {
  it("end with the newest of all months, which is found without reading those before", async () => {
    const { look, evidence } = await begun();
    for (const days of [1, 20, 45, 80]) {
      await look(hoursOn(24 * days), { evidence });
      expect(lastLook(evidence)).toBe(hoursOn(24 * days));
      expect(lastLook(evidence)).toBe(lastWritten(readLooks(evidence)));
    }
    const months = [...evidence.content.keys()].filter((path) => path.startsWith("checks/looks/")).sort();
    expect(months.length).toBeGreaterThan(2);
    const read: string[] = [];
    const counted = {
      ...evidence,
      read: (path: string) => {
        read.push(path);
        return evidence.read(path);
      },
    };
    lastLook(counted);
    expect(read.filter((path) => path.startsWith("checks/looks/"))).toEqual(months.slice(-1));
    // Listed, and not there.
    evidence.content.delete(months.at(-1) ?? "");
    expect(lastLook(evidence)).toBe(lastWritten(readLooks(evidence)));
    expect(lastLook(memoryFiles())).toBeUndefined();
  });

  it("count what a lasting disk remembers of looks that were not written down", async () => {
    const { look, evidence } = await begun();
    const cache = memoryFiles();
    for (let hour = 1; hour <= 8; hour++) if (hour !== 5) await look(hoursOn(hour), { evidence, cache });
    const looks = looksIn(evidence).flatMap(({ stretches }) => stretches.flatMap((one) => one.looks));
    expect(looks).toEqual([
      { at: FIRST, count: 1, gap: null },
      { at: hoursOn(8), count: 7, gap: 7200 },
    ]);
    expect(cache.read("looks.json")).toBeUndefined();
  });

  it("and the latencies are published as their schemas say, for an independent validator", async () => {
    const { look, evidence, files } = await begun();
    await look(hoursOn(9), { evidence });
    const forms = new Map(schemas().map(({ name, schema }) => [name, publishedForm(closedForm(schema), [])]));
    const plan = planEvidence(evidence, readPublished(files));
    expect(plan.map(({ path }) => path)).toEqual(["api/v1/looks/2023-05.json", "api/v1/latency.json"]);
    for (const { path, render } of plan) {
      const form = forms.get(path.includes("looks") ? "looks" : "latency") ?? {};
      const accepts = new Ajv2020({ strict: true, strictRequired: false }).compile(form);
      const content: unknown = JSON.parse(new TextDecoder().decode(render()));
      expect([path, accepts(content), accepts.errors]).toEqual([path, true, null]);
    }
  });

  it("do without a cache that holds nonsense, and believe no note older than what is written", async () => {
    const { look, evidence } = await begun();
    const cache = memoryFiles();
    for (const text of [
      "{",
      "[]",
      '{"last":"soon","count":3,"gap":0}',
      `{"last":"${FIRST}","count":9,"gap":1}`,
    ]) {
      cache.write("looks.json", new TextEncoder().encode(text));
      await look(hoursOn(1), { evidence, cache });
      const noted = JSON.parse(new TextDecoder().decode(cache.read("looks.json")));
      expect(noted, text).toEqual({ last: hoursOn(1), count: 1, gap: 3600 });
    }
  });

  it("tell a failure as a stretch of its own", async () => {
    const { ofac, look, evidence } = await begun();
    ofac.misbehave({ kind: "blocked", until: hoursOn(20) });
    await look(hoursOn(2), { evidence, settings: { attempts: 1 } });
    const found = looksIn(evidence)[0]
      ?.stretches.at(-1)
      ?.found.find(({ source }) => source === "publications");
    expect(found).toMatchObject({ state: "blocked", failure: "blocked" });
  });
});
