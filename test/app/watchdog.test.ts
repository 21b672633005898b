import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isWatchMemory } from "../../src/app/schema/watch-memory.ts";
import type { WatchChannel } from "../../src/app/watchdog/channels.ts";
import { type Condition, findings, watchPolicy } from "../../src/app/watchdog/conditions.ts";
import { type LookFacts, looksOfSite, type WatchFacts } from "../../src/app/watchdog/facts.ts";
import { mailTrouble } from "../../src/app/watchdog/mail-trouble.ts";
import {
  forget,
  messagesFor,
  NOTHING,
  noteTold,
  remember,
  type WatchMemory,
} from "../../src/app/watchdog/memory.ts";
import { watch } from "../../src/app/watchdog/watchdog.ts";
import { EXIT } from "../../src/domain/index.ts";
import type { Outcome } from "../../src/notify/index.ts";

const BEGIN = "2023-05-01T00:00:00Z";

function at(hours: number): string {
  return new Date(Date.parse(BEGIN) + hours * 3_600_000).toISOString().replace(".000Z", "Z");
}

const WELL: LookFacts = {
  lastLook: at(0),
  sources: [{ source: "sdn", state: "current", since: at(0), lastSuccess: at(0), failure: null }],
  held: [],
  behind: null,
};
const FACTS: WatchFacts = {
  unreadable: null,
  looks: WELL,
  problems: [],
  mail: { failed: 0, unknown: 0, paused: 0 },
};
const POLICY = watchPolicy({});

/** What is found wrong in some facts, as `key state`. */
function wrong(facts: Partial<WatchFacts>, hours: number, config = {}): string[] {
  return findings({ ...FACTS, ...facts }, watchPolicy(config), at(hours)).conditions.map(
    ({ key, state }) => `${key} ${state}`,
  );
}

const looks = (changes: Partial<LookFacts>): Partial<WatchFacts> => ({ looks: { ...WELL, ...changes } });

describe("the watchdog finds", () => {
  const failing = { source: "sdn", state: "blocked", since: at(0), lastSuccess: at(-1), failure: "blocked" };
  const cases: readonly (readonly [string, Partial<WatchFacts>, number, readonly string[]])[] = [
    ["nothing where all is well", {}, 1, []],
    ["that nobody looks, a day after the last look and not before", {}, 23.9, []],
    [
      "that nobody looks, and hides its consequences",
      looks({ behind: { publication: 7, at: at(0) } }),
      24,
      ["looks absent"],
    ],
    ["that nobody ever looked", looks({ lastLook: null, sources: [] }), 0, ["looks absent"]],
    ["no failure of an hour", looks({ sources: [failing] }), 1, []],
    ["a failure of three hours", looks({ sources: [failing] }), 3, ["source:sdn failing"]],
    [
      "a failure of a day as absence, though somebody looks",
      looks({ lastLook: at(23), sources: [failing] }),
      23,
      ["source:sdn absent"],
    ],
    [
      "a source that was never read",
      looks({ sources: [{ ...failing, lastSuccess: null }] }),
      0.5,
      ["source:sdn absent"],
    ],
    ["a publication that is on its way", looks({ behind: { publication: 7, at: at(0) } }), 5, []],
    [
      "a publication that was missed",
      looks({ behind: { publication: 7, at: at(0) } }),
      6,
      ["publication behind"],
    ],
    [
      "removals that just began to wait",
      looks({ held: [{ list: "sdn", parties: 60, since: at(0) }] }),
      2,
      [],
    ],
    [
      "removals that wait too long",
      looks({ held: [{ list: "sdn", parties: 60, since: at(0) }] }),
      3,
      ["held:sdn waiting"],
    ],
    [
      "a broken chain",
      { problems: [{ file: "sdn/live/head.json", code: "hash", message: "x" }] },
      1,
      ["chain broken"],
    ],
    ["mail that did not go out", { mail: { failed: 1, unknown: 0, paused: 2 } }, 1, ["mail undelivered"]],
    [
      "a site that does not answer",
      { unreadable: { code: "unreachable", message: "x" }, looks: null },
      1,
      ["site unreadable"],
    ],
  ];
  it.each(cases)("%s", (_, facts, hours, expected) => {
    expect(wrong(facts, hours)).toEqual(expected);
  });

  it("is as patient as its settings say", () => {
    const watchdog = { absentAfterHours: 2, failingAfterHours: 0 };
    expect(wrong({}, 2, { watchdog })).toEqual(["looks absent"]);
    expect(wrong(looks({ sources: [failing] }), 0, { watchdog })).toEqual(["source:sdn failing"]);
  });

  it("says nothing of what it did not look at, and keeps what it knew", () => {
    const { untold } = findings({ ...FACTS, looks: null, problems: null, mail: null }, POLICY, at(1));
    expect(["looks", "source:sdn", "held:sdn", "chain", "mail", "site"].map(untold)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  it("the same words as long as the state lasts", () => {
    const titles = [24, 30, 500].map((hours) => findings(FACTS, POLICY, at(hours)).conditions[0]);
    expect(new Set(titles.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it("the same in an older status.json, which says less", () => {
    const old = {
      formatVersion: "1.0",
      lookedAt: at(0),
      answeredAt: null,
      sources: [{ source: "sdn", state: "stale", lastLook: at(0), lastSuccess: at(-30) }],
      held: [{ list: "sdn" as const, parties: 60 }],
      newest: null,
    };
    expect(wrong({ looks: looksOfSite(old) }, 1)).toEqual(["source:sdn absent", "held:sdn waiting"]);
  });
});

describe("mail trouble", () => {
  const batch = (n: number, hours: number, outcomes: readonly (Outcome | "no result")[], recipient = "r") => {
    const id = `${String(n).padStart(6, "0")}-20230501T000000Z`;
    const intents = outcomes.map((_, i) => ({
      key: `k${n}-${i}`,
      recipient: `${recipient}${i}`,
      attempt: 1,
    }));
    const exceptions = outcomes.flatMap((outcome, i) =>
      outcome === "sent" || outcome === "no result" ? [] : [{ key: `k${n}-${i}`, outcome, code: "smtp-550" }],
    );
    return {
      intents: {
        formatVersion: "1.0" as const,
        kind: "intents" as const,
        id,
        keyId: "k",
        at: at(hours),
        intents,
      },
      results: outcomes.includes("no result")
        ? []
        : [
            {
              formatVersion: "1.0" as const,
              kind: "results" as const,
              id,
              at: at(hours),
              sent: outcomes.length - exceptions.length,
              exceptions,
            },
          ],
    };
  };
  const trouble = (batches: readonly ReturnType<typeof batch>[], hours: number) =>
    mailTrouble(
      { intents: batches.map((one) => one.intents), results: batches.flatMap((one) => one.results) },
      at(hours),
      7,
    );

  it("counts what failed or had no answer, and recipients that are paused", () => {
    const batches = [
      batch(1, 0, ["failed-permanent", "sent"]),
      batch(2, 1, ["failed-permanent"]),
      batch(3, 2, ["failed-permanent", "unknown", "failed-temporary", "not-attempted"]),
    ];
    expect(trouble(batches, 3)).toEqual({ failed: 4, unknown: 1, paused: 1 });
  });

  it("is over with time, or when it was sent after all", () => {
    expect(trouble([batch(1, 0, ["failed-permanent", "unknown"])], 24 * 8)).toEqual({
      failed: 0,
      unknown: 0,
      paused: 0,
    });
    const again = batch(2, 1, ["sent"]);
    const retried = {
      ...again,
      intents: { ...again.intents, intents: [{ key: "k1-0", recipient: "r0", attempt: 2 }] },
    };
    expect(trouble([batch(1, 0, ["failed-temporary"]), retried], 2)).toEqual({
      failed: 0,
      unknown: 0,
      paused: 0,
    });
  });

  it("leaves a run its time, and then takes it for dead", () => {
    expect(trouble([batch(1, 0, ["no result", "no result"])], 1)).toEqual({
      failed: 0,
      unknown: 0,
      paused: 0,
    });
    expect(trouble([batch(1, 0, ["no result", "no result"])], 3)).toEqual({
      failed: 0,
      unknown: 2,
      paused: 0,
    });
  });
});

describe("what is told", () => {
  const KEYS = ["chain", "mail", "source:sdn"] as const;
  const STATES = ["failing", "absent"] as const;
  const condition = (key: string, state: Condition["state"]): Condition => ({
    key,
    state,
    since: null,
    title: `${key} is ${state}`,
    lines: [],
    exitCode: EXIT.unreachable,
  });

  /** One look of the watchdog: what is wrong, what cannot be told, which channels take messages, whether it dies. */
  const step = fc.record({
    wrong: fc.uniqueArray(fc.record({ key: fc.constantFrom(...KEYS), state: fc.constantFrom(...STATES) }), {
      selector: ({ key }) => key,
    }),
    untold: fc.subarray([...KEYS]),
    takes: fc.subarray(["mail-1", "webhook"]),
    crash: fc.boolean(),
    hours: fc.integer({ min: 1, max: 30 }),
  });

  it("never is one alarm twice for one state, and nothing is lost: whatever happens, in any order", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        let memory: WatchMemory = NOTHING;
        let hours = 0;
        const told = new Map<string, string>();
        const actual = new Map<string, string>();
        for (const { wrong: all, untold, takes, crash, hours: later } of steps) {
          hours += later;
          const now = at(hours);
          const seen = all.filter(({ key }) => !untold.includes(key));
          for (const key of KEYS) {
            if (untold.includes(key)) continue;
            actual.set(key, seen.find((one) => one.key === key)?.state ?? "clear");
          }
          memory = remember(
            memory,
            {
              conditions: seen.map(({ key, state }) => condition(key, state)),
              untold: (key) => untold.includes(key as (typeof KEYS)[number]),
            },
            now,
          );
          for (const channel of ["mail-1", "webhook"]) {
            const messages = messagesFor(memory, channel, now, 24 * 3_600_000);
            for (const { kind, key, state } of messages) {
              const before = told.get(`${channel} ${key}`) ?? "clear";
              // An alarm is a change, a reminder is none, and only what was told can be over.
              if (kind === "alarm") expect([state === before, state === "clear"]).toEqual([false, false]);
              if (kind === "reminder") expect(state).toBe(before);
              if (kind === "all-clear") expect([state, before === "clear"]).toEqual(["clear", false]);
            }
            if (!takes.includes(channel)) continue;
            for (const { key, state } of messages) told.set(`${channel} ${key}`, state);
            memory = noteTold(memory, channel, messages, now);
            for (const key of KEYS) {
              expect(told.get(`${channel} ${key}`) ?? "clear", `${channel} knows ${key}`).toBe(
                actual.get(key) ?? "clear",
              );
            }
          }
          if (!crash) memory = forget(memory, ["mail-1", "webhook"]);
          expect(isWatchMemory(JSON.parse(JSON.stringify(memory)))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("reminds while it lasts, and never where the settings say so", () => {
    const wrongNow = { conditions: [condition("chain", "broken")], untold: () => false };
    const memory = remember(NOTHING, wrongNow, at(0));
    const known = noteTold(memory, "webhook", messagesFor(memory, "webhook", at(0), 24), at(0));
    const day = 24 * 3_600_000;
    expect(messagesFor(remember(known, wrongNow, at(23)), "webhook", at(23), day)).toEqual([]);
    expect(messagesFor(remember(known, wrongNow, at(24)), "webhook", at(24), day)).toMatchObject([
      { kind: "reminder", found: at(0) },
    ]);
    expect(messagesFor(known, "webhook", at(9000), 0)).toEqual([]);
  });
});

describe("a look of the watchdog", () => {
  /** A memory that dies after so many writes, and a channel that notes what it is told. */
  function place() {
    let text: string | undefined;
    let writes = 0;
    const heard: string[] = [];
    const channel = (name: string, takes = true): WatchChannel => ({
      name,
      tell: async (messages) => {
        if (!takes) return "http-500";
        heard.push(...messages.map(({ kind, key }) => `${name} ${kind} ${key}`));
        return null;
      },
      close: () => undefined,
    });
    const store = (diesAfter = Number.POSITIVE_INFINITY) => {
      writes = 0;
      return {
        read: () => (text === undefined ? NOTHING : (JSON.parse(text) as WatchMemory)),
        write: (next: string) => {
          if (++writes > diesAfter) throw new Error("died");
          text = next;
        },
      };
    };
    return { heard, channel, store };
  }
  const broken: WatchFacts = { ...FACTS, problems: [{ file: "f", code: "hash", message: "m" }] };

  it("tells once, tells again what a channel did not take, and clears", async () => {
    const { heard, channel, store } = place();
    const look = (hours: number, facts: WatchFacts, takes: boolean) =>
      watch({
        facts: { ...facts, looks: { ...WELL, lastLook: at(hours) } },
        config: {},
        channels: [channel("mail-1", takes), channel("webhook")],
        store: store(),
        now: at(hours),
      });
    const first = await look(0, broken, false);
    expect(first).toMatchObject({ exitCode: EXIT.ledger, issues: [{ key: "chain", state: "firing" }] });
    expect(first.told[0]).toMatchObject({ channel: "mail-1", failure: "http-500" });
    await look(1, broken, true);
    await look(2, broken, true);
    const over = await look(3, FACTS, true);
    expect(over).toMatchObject({ exitCode: EXIT.done, issues: [{ key: "chain", state: "resolved" }] });
    expect(await look(4, FACTS, true)).toMatchObject({ told: [], issues: [] });
    expect(heard).toEqual([
      "webhook alarm chain",
      "mail-1 alarm chain",
      "mail-1 all-clear chain",
      "webhook all-clear chain",
    ]);
  });

  it("that dies at any moment loses nothing and repeats one channel at most", async () => {
    for (let dies = 0; dies < 4; dies++) {
      const { heard, channel, store } = place();
      const input = (diesAfter?: number) => ({
        facts: broken,
        config: {},
        channels: [channel("mail-1"), channel("webhook")],
        store: store(diesAfter),
        now: at(0),
      });
      await watch(input(dies)).catch((error: unknown) => expect(String(error)).toContain("died"));
      await watch(input());
      for (const name of ["mail-1", "webhook"]) {
        const count = heard.filter((line) => line === `${name} alarm chain`).length;
        expect(count, `${name}, died at write ${dies}`).toBeGreaterThan(0);
      }
      expect(heard.length, `died at write ${dies}`).toBeLessThanOrEqual(3);
    }
  });

  it("that is only tried tells nobody and remembers nothing", async () => {
    const { heard, channel, store } = place();
    const input = { facts: broken, config: {}, channels: [channel("webhook")], store: store(0), now: at(0) };
    const report = await watch({ ...input, dryRun: true });
    expect(report.told).toMatchObject([{ messages: [{ kind: "alarm", key: "chain" }] }]);
    expect(heard).toEqual([]);
  });
});
