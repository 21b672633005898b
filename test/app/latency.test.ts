import { describe, expect, it } from "vitest";
import { latencies, mark, markMails, readMarks } from "../../src/app/evidence/latency.ts";
import { markSent } from "../../src/app/evidence/mail-marks.ts";
import { openLedger } from "../../src/app/ledger-writer.ts";
import { shapeFault } from "../../src/app/schema/guard.ts";
import { type Published, readPublished } from "../../src/app/site/published.ts";
import { type LedgerRecord, type Observation, sha256 } from "../../src/domain/index.ts";
import { checkFiles } from "../../src/ledger/index.ts";
import { type IntentBatch, keyRing, type ResultBatch } from "../../src/notify/index.ts";
import { digestKey } from "../../src/notify/key.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entities, listFiles, run, world } from "./live.ts";

const DAY = "2023-05-23";

function at(time: string, day = DAY): string {
  return `${day}T${time}Z`;
}

/** A publication of a composed history: OFAC's minute and ours. */
function publication(id: string, published: string | null, firstSeen: string | null) {
  const record = {
    id,
    list: "sdn",
    date: DAY,
    origin: "live",
    kind: "publication",
    window: { after: null, notLaterThan: published },
  } as unknown as LedgerRecord;
  const observation = { id, firstSeen } as Observation;
  return { stored: { record, hash: sha256(id), bytes: new Uint8Array() }, observation };
}

function history(...all: readonly ReturnType<typeof publication>[]): Published {
  return {
    records: all.map(({ stored }) => stored),
    observations: all.flatMap(({ observation }) => (observation.firstSeen === null ? [] : [observation])),
    context: [],
  };
}

const FIRST = publication("sdn-20230523", at("14:00:00"), at("14:10:00"));
const SECOND = publication("sdn-20230523.2", at("16:00:00"), at("16:50:00"));
const OLD = publication("sdn-20200107", null, at("18:00:00", "2020-01-07"));

const NOW = at("23:00:00");

describe("marks", () => {
  it("are put on the publications of the last day, once: a second run makes nothing later", async () => {
    const files = memoryFiles();
    const all = history(OLD, FIRST, SECOND);
    const dry = { what: "committed", ids: [], at: at("16:52:00"), now: NOW, dryRun: true } as const;
    expect(await mark(files, all, dry)).toEqual(["sdn-20230523", "sdn-20230523.2"]);
    expect(readMarks(files).size).toBe(0);
    expect(await mark(files, all, { what: "committed", ids: [], at: at("16:52:00"), now: NOW })).toEqual([
      "sdn-20230523",
      "sdn-20230523.2",
    ]);
    expect(await mark(files, all, { what: "committed", ids: [], at: at("17:00:00"), now: NOW })).toEqual([]);
    await mark(files, all, { what: "deployed", ids: ["sdn-20230523"], at: at("17:00:00"), now: NOW });
    expect(readMarks(files).get("sdn-20230523")).toEqual({
      id: "sdn-20230523",
      committed: at("16:52:00"),
      deployed: at("17:00:00"),
    });
    expect(checkFiles(files, shapeFault).problems).toEqual([]);
  });

  it("reach old publications by their ids only, and refuse ids that are none", async () => {
    const files = memoryFiles();
    const all = history(OLD);
    expect(await mark(files, all, { what: "committed", ids: [], at: at("16:00:00"), now: NOW })).toEqual([]);
    expect(
      await mark(files, all, { what: "committed", ids: ["sdn-20200107"], at: at("16:00:00"), now: NOW }),
    ).toEqual(["sdn-20200107"]);
    expect([...files.content.keys()]).toContain("checks/latency/2020-01.json");
    await expect(
      mark(files, all, { what: "committed", ids: ["sdn-1"], at: at("16:00:00"), now: NOW }),
    ).rejects.toThrow(/expected ids of live publications, found sdn-1/);
  });

  it("of mails keep the first and the latest, and write nothing where nothing is new", async () => {
    const files = memoryFiles();
    const times = (first: string, last: string) =>
      new Map([["sdn-20230523", { first: at(first), last: at(last) }]]);
    await markMails(files, times("15:00:00", "15:00:00"));
    await markMails(files, times("15:30:00", "18:00:00"));
    expect(readMarks(files).get("sdn-20230523")).toMatchObject({
      firstMail: at("15:00:00"),
      lastMail: at("18:00:00"),
    });
    const before = [...files.content.values()];
    expect(await markMails(files, times("15:30:00", "17:00:00"))).toEqual([]);
    expect([...files.content.values()]).toEqual(before);
  });
});

describe("latencies", () => {
  it("tell each publication's way, and p50 and p95 of its month, from OFAC's instant and from ours", async () => {
    const files = memoryFiles();
    const all = history(OLD, FIRST, SECOND);
    await mark(files, all, { what: "committed", ids: ["sdn-20230523"], at: at("14:11:00"), now: NOW });
    await mark(files, all, { what: "committed", ids: ["sdn-20230523.2"], at: at("16:55:00"), now: NOW });
    await mark(files, all, { what: "deployed", ids: ["sdn-20230523"], at: at("14:13:30"), now: NOW });
    const report = latencies(files, all);
    expect(report.publications.map(({ id }) => id)).toEqual([
      "sdn-20230523.2",
      "sdn-20230523",
      "sdn-20200107",
    ]);
    expect(report.publications[1]).toMatchObject({ published: at("14:00:00"), deployed: at("14:13:30") });
    expect(report.months.find(({ month }) => month === "2023-05")).toEqual({
      month: "2023-05",
      publications: 2,
      times: [
        { from: "published", to: "firstSeen", count: 2, p50: 600, p95: 3000 },
        { from: "published", to: "committed", count: 2, p50: 660, p95: 3300 },
        { from: "published", to: "deployed", count: 1, p50: 810, p95: 810 },
        { from: "firstSeen", to: "committed", count: 2, p50: 60, p95: 300 },
        { from: "firstSeen", to: "deployed", count: 1, p50: 210, p95: 210 },
      ],
    });
    expect(report.months.find(({ month }) => month === "2020-01")?.times).toEqual([]);
  });

  it("never are negative, for OFAC's clock is not ours", () => {
    const early = publication("sdn-20230523", at("14:00:00"), at("13:59:10"));
    const [month] = latencies(memoryFiles(), history(early)).months;
    expect(month?.times).toEqual([{ from: "published", to: "firstSeen", count: 1, p50: 0, p95: 0 }]);
  });
});

describe("mails", () => {
  const keys = keyRing([
    "a composed secret of more than 32 characters",
    "an older composed secret, as long as that",
  ]);

  it("are marked from the delivery ledger, under any of the keys, as far as they were sent", async () => {
    const { ofac, look, files } = await world("in memory");
    ofac.publish({
      id: 501,
      at: "2023-05-22T14:01:44Z",
      files: listFiles(["2023-05-22", entities(run(101, 8))]),
    });
    await look("2023-05-22T14:20:00Z");
    ofac.publish({ id: 502, at: at("14:01:44"), files: listFiles([DAY, entities(run(101, 9))]) });
    await look(at("14:20:00"));
    const published = readPublished(files);
    const hash = published.records.find(({ record }) => record.id === "sdn-20230523")?.hash ?? sha256("");
    const writer = await openLedger(files);
    const batches = [
      ["14:30:00", keys[0], "a", "sent"],
      ["15:30:00", keys[1] ?? keys[0], "b", "sent"],
      ["16:30:00", keys[0], "c", "unknown"],
      ["17:30:00", keys[0], "somebody who left", "sent"],
    ] as const;
    for (const [i, [time, key, subscription, outcome]] of batches.entries()) {
      const id = `00000${i + 1}-20230523T${time.replaceAll(":", "")}Z`;
      const batchKey = digestKey(key, subscription, [hash]);
      const base = { formatVersion: "1.0" as const, id, at: at(time) };
      const intents = [{ key: batchKey, recipient: "r", attempt: 1 }];
      writer.put("deliveries", `2023/${id}.intents.json`, {
        ...base,
        kind: "intents",
        keyId: key.id,
        intents,
      } satisfies IntentBatch);
      const exceptions = outcome === "sent" ? [] : [{ key: batchKey, outcome, code: "crash" }];
      writer.put("deliveries", `2023/${id}.results.json`, {
        ...base,
        kind: "results",
        sent: 1 - exceptions.length,
        exceptions,
      } satisfies ResultBatch);
    }
    writer.commit();
    const evidence = memoryFiles();
    const subscriptions = ["a", "b", "c"].map((id) => ({ id }));
    expect(await markSent({ files, evidence }, published, keys, subscriptions, at("18:00:00"))).toEqual([
      "sdn-20230523",
    ]);
    expect(readMarks(evidence).get("sdn-20230523")).toEqual({
      id: "sdn-20230523",
      firstMail: at("14:30:00"),
      lastMail: at("15:30:00"),
    });
    // Weeks later nobody looks for them any more.
    expect(
      await markSent({ files, evidence }, published, keys, subscriptions, at("18:00:00", "2023-07-01")),
    ).toEqual([]);
  });
});
