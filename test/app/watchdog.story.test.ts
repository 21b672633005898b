import { expect, test } from "vitest";
import { factsOfLedger, watch } from "../../src/app/index.ts";
import { ledgerDeliveries } from "../../src/app/mail/delivery-store.ts";
import { NOTHING, type WatchMemory } from "../../src/app/watchdog/memory.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { entities, listFiles, run, world } from "./live.ts";

/** Days of a composed spring with everything that can go wrong, looked at every two hours, watched every hour. */
const BEGIN = Date.parse("2023-05-01T12:00:00Z");
const HOUR = 3_600_000;
const END = 15 * 24;

function at(hours: number): string {
  return new Date(BEGIN + hours * HOUR).toISOString().replace(".000Z", "Z");
}

test("fifteen days with planted faults: the alarms are exactly these, each told once", async () => {
  const { ofac, look, files } = await world("in memory");
  const evidence = memoryFiles();
  const config = { profile: "legacy" as const, watchdog: { remindEveryHours: 24 } };
  const quick = { attempts: 1 };
  const sdn = entities(run(101, 120));
  let publication = 501;
  const publish = (hours: number, parties: typeof sdn) => {
    const date = at(hours).slice(0, 10);
    ofac.publish({ id: publication, at: at(hours), files: listFiles([date, parties]) });
    publication += 1;
  };
  let memory: WatchMemory = NOTHING;
  const heard: string[] = [];
  const channel = {
    name: "webhook",
    tell: async (messages: readonly { kind: string; key: string; state: string }[]) => {
      heard.push(...messages.map(({ kind, key, state }) => `${hour} ${kind} ${key} ${state}`));
      return null;
    },
    close: () => undefined,
  };
  let hour = 0;
  let stored: Uint8Array | undefined;
  const head = "sdn/live/head.json";
  publish(-1, sdn);
  const nobodyLooks = (h: number) => h > 60 && h < 110;
  for (hour = 0; hour <= END; hour++) {
    if (hour === 24) publish(23.9, [...sdn, ...entities([900])]);
    // Day 6: OFAC refuses us for thirty hours.
    if (hour === 130) ofac.misbehave({ kind: "blocked", until: at(160) });
    // Day 8: half of the list is gone from the file, no delta says so, and the next looks fail.
    if (hour === 192) publish(191.9, sdn.slice(60));
    if (hour === 193) ofac.misbehave({ kind: "status", status: 500, on: "SDN.XML" });
    if (hour === 206) ofac.behave();
    // Day 10: a file of the ledger is damaged, and mended half a day later.
    if (hour === 240) {
      stored = files.read(head);
      files.write(head, new TextEncoder().encode("{}\n"));
    }
    if (hour === 252 && stored !== undefined) files.write(head, stored);
    // Day 12: a run of send dies between intents and results; somebody settles it a day later.
    if (hour === 288) {
      const id = "000001-20230513T120000Z";
      const intents = [{ key: "k", recipient: "r", attempt: 1 }];
      const batch = {
        formatVersion: "1.0",
        kind: "intents",
        id,
        keyId: "0123456789abcdef",
        at: at(288),
        intents,
      } as const;
      await ledgerDeliveries(files, {}).writeIntents(batch);
    }
    if (hour === 314) {
      const id = "000001-20230513T120000Z";
      const result = {
        formatVersion: "1.0",
        kind: "results",
        id,
        at: at(314),
        sent: 1,
        exceptions: [],
      } as const;
      await ledgerDeliveries(files, {}).writeResults(result);
    }
    const damaged = hour >= 240 && hour < 252;
    if (hour % 2 === 0 && !nobodyLooks(hour) && !damaged)
      await look(at(hour), { evidence, config, settings: quick });
    const facts = await factsOfLedger({ files, evidence, config, now: at(hour), verify: hour % 6 === 0 });
    const input = { facts, config, channels: [channel], now: at(hour) };
    await watch({
      ...input,
      store: {
        read: () => memory,
        write: (text) => {
          memory = JSON.parse(text) as WatchMemory;
        },
      },
    });
  }
  const all = (h: number, kind: string, state: string) =>
    ["consolidated", "notices", "publications", "sdn"].map(
      (source) => `${h} ${kind} source:${source} ${state}`,
    );
  expect(heard).toEqual([
    // Nobody looked after hour 60.
    "84 alarm looks absent",
    "108 reminder looks absent",
    "110 all-clear looks clear",
    // Refused from 130 on; it was written down at 134, when the day's ration of looks allowed it.
    ...all(137, "alarm", "failing"),
    ...all(150, "alarm", "absent"),
    ...all(166, "all-clear", "clear"),
    "195 alarm held:sdn waiting",
    "206 all-clear held:sdn clear",
    "240 alarm chain broken",
    "252 all-clear chain clear",
    "290 alarm mail undelivered",
    "314 all-clear mail clear",
  ]);
  expect(memory.alarms).toEqual([]);
}, 120_000);
