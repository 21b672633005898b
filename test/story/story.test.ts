import { describe, expect, it } from "vitest";
import { DAYS } from "./days.ts";
import { DEATHS } from "./deaths.ts";
import { differences } from "./ledgers.ts";
import { type Arrived, toldTwice } from "./mailbox.ts";
import { SUBSCRIBERS } from "./people.ts";
import { deathsOf } from "./story.ts";

describe("the table of days", () => {
  it("has thirty days in a row, and the steps of each in order of time", () => {
    const first = Date.parse(`${DAYS[0]?.date}T00:00:00Z`);
    const dates = Array.from({ length: 30 }, (_, i) =>
      new Date(first + i * 86_400_000).toISOString().slice(0, 10),
    );
    expect(DAYS.map(({ date }) => date)).toEqual(dates);
    for (const { date, steps } of DAYS) {
      const times = steps.map(({ at }) => at);
      expect(times, date).toEqual([...new Set(times)].sort());
    }
  });

  it("lets a runner die once at every stage", () => {
    expect(
      deathsOf(DAYS)
        .map(({ death }) => death)
        .sort(),
    ).toEqual(Object.keys(DEATHS).sort());
  });

  it("has mail for every subscriber, and for nobody else", () => {
    const told = DAYS.flatMap(({ mail = [] }) => mail).map((line) => line.split(":")[0]);
    expect(new Set(told)).toEqual(new Set(SUBSCRIBERS.map(({ id }) => id)));
  });
});

describe("two ledgers", () => {
  const one = new Map([
    ["sdn/live/head.json", "{}"],
    ["sdn/live/records/2023/sdn-20230523.json", "{}"],
  ]);

  it("are the same", () => {
    expect(differences(one, new Map(one))).toEqual([]);
  });

  it("differ by a byte, by a file too few and by a file too many", () => {
    const changed = new Map(one).set("sdn/live/head.json", "{} ");
    expect(differences(one, changed)).toEqual(["sdn/live/head.json"]);
    const more = new Map(one).set("sdn/live/parties/4.ndjson", "");
    expect(differences(one, more)).toEqual(["sdn/live/parties/4.ndjson"]);
    expect(differences(more, one)).toEqual(["sdn/live/parties/4.ndjson"]);
  });
});

describe("somebody who is told twice", () => {
  const mail: Arrived = {
    kind: "digest",
    to: "desk",
    subject: "20230523: 1 entity added",
    messageId: "<1@example>",
    headlines: ["20230523: 1 entity added"],
    alarms: [],
  };

  it("is found by the message, and by the publication in two messages", () => {
    expect(toldTwice([mail, { ...mail, to: "evening" }])).toEqual([]);
    expect(toldTwice([mail, mail])).toEqual(["desk: <1@example>", "desk: 20230523: 1 entity added"]);
    expect(toldTwice([mail, { ...mail, messageId: "<2@example>" }])).toEqual([
      "desk: 20230523: 1 entity added",
    ]);
  });
});
