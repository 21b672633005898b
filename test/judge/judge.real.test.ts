import { describe, expect, it } from "vitest";
import {
  decodeParty,
  EFFECTS,
  type Effect,
  type JudgedEvent,
  type Judgement,
  type ModifiedParty,
  maxEffect,
} from "../../src/domain/index.ts";
import {
  createJudgeMemo,
  type JudgeInput,
  judge,
  type RescreenPack,
  rescreenPack,
  walletEntries,
} from "../../src/judge/index.ts";
import { RULES } from "../../src/judge/rules/index.ts";
import {
  type CsvStep,
  csvCaptureDate,
  csvSeriesNames,
  csvState,
  csvStepOf,
  csvSteps,
} from "../support/csv-series.ts";
import { hasSharedData } from "../support/shared-data.ts";

interface Judged {
  readonly step: CsvStep;
  readonly judgement: Judgement;
  readonly pack: RescreenPack;
}

function inputOf(step: CsvStep): JudgeInput {
  const { set, before, after } = step;
  return { list: "sdn", set, coverage: after.coverage, before, after, otherList: null };
}

async function judged(date: string): Promise<Judged> {
  const step = await csvStepOf(date);
  const judgement = judge(inputOf(step));
  return { step, judgement, pack: rescreenPack(inputOf(step), judgement) };
}

const kinds = (events: readonly JudgedEvent[]) => events.map((event) => event.kind);
const ofKind = (judgement: Judgement, kind: string) =>
  judgement.events.filter((event) => event.kind === kind);

describe.skipIf(!hasSharedData)("OFAC's own publications", () => {
  it("2022-11-08: TORNADO CASH is redesignated, nobody is delisted", async () => {
    const { judgement } = await judged("2022-11-08");
    expect(ofKind(judgement, "redesignation")).toMatchObject([
      { uids: [38499, 39796], certainty: "certain", rule: "redesignation" },
    ]);
    expect(kinds(judgement.events)).not.toContain("delisting");
    expect(ofKind(judgement, "listing").flatMap((event) => event.uids)).toEqual([39660, 39661, 39689, 39690]);
    expect(judgement.meaning).toBe("1 redesignation");
    const of = (op: string, uid: number) => judgement.changes.find((one) => one.op === op && one.uid === uid);
    expect(of("remove", 38499)).toMatchObject({ rule: "redesignation", legalEffect: "major" });
    expect(of("add", 39796)).toMatchObject({ rule: "redesignation", legalEffect: "major" });
  });

  it("2022-04-29: one text on 499 parties is one line, and the rest is told by name", async () => {
    const { step, judgement } = await judged("2022-04-29");
    expect(judgement.groups).toHaveLength(1);
    const [group] = judgement.groups;
    expect(group).toMatchObject({
      count: 499,
      counts: { entity: 235, individual: 253, vessel: 8, aircraft: 3 },
      area: "secondary-sanctions",
      action: "add",
      legalEffect: "major",
      screeningEffect: "none",
      unproven: [17018],
    });
    expect(judgement.meaning).toBe(
      "235 entities, 253 individuals, 8 vessels, 3 aircraft: one secondary-sanctions text added; " +
        "1 party in part unknown",
    );
    expect(residual(step, judgement)).toEqual([
      "25348 program remove program-lost",
      "25348 program add program-gained",
      "25436 program remove program-lost",
      "25436 program add program-gained",
      "26194 secondary-sanctions remove secondary-sanctions-lost",
    ]);
    expect([...new Set(step.set.unknown.map((entry) => entry.uid))]).toEqual([17018]);
  });

  it("2021-11-22: primary names that changed places with an alias are no mere renames", async () => {
    const { judgement } = await judged("2021-11-22");
    const swaps = ofKind(judgement, "primary-alias-swap");
    expect(swaps.flatMap((event) => event.uids)).toEqual([6903, 6905, 8886]);
    // SDN.CSV alone does not show whether the new name was an alias before.
    expect(new Set(swaps.map((event) => event.certainty))).toEqual(new Set(["likely"]));
    expect(ofKind(judgement, "rename").flatMap((event) => event.uids)).toEqual([2677, 6939, 23629]);
  });

  it("2022-08-02: a duplicate is cleaned up, nobody is designated or delisted by it", async () => {
    const { judgement } = await judged("2022-08-02");
    expect(ofKind(judgement, "duplicate-clean-up")).toMatchObject([
      { uids: [36417, 18748], certainty: "certain" },
    ]);
    expect(kinds(judgement.events)).not.toContain("delisting");
    expect(ofKind(judgement, "listing").flatMap((event) => event.uids)).not.toContain(18748);
  });

  it("2021-12-30: 150 removals are 150 delistings", async () => {
    const { judgement } = await judged("2021-12-30");
    const delisted = ofKind(judgement, "delisting");
    expect(delisted).toHaveLength(150);
    expect(new Set(delisted.flatMap((event) => event.uids)).size).toBe(150);
    expect(judgement.changes.filter((change) => change.rule === "delisting")).toHaveLength(150);
  });

  it("2022-09-22: 44 program renames are no news", async () => {
    const { judgement } = await judged("2022-09-22");
    const [renamed] = ofKind(judgement, "program-renamed");
    expect(renamed?.uids).toHaveLength(44);
    const modified = judgement.changes.filter((change) => change.op === "modify");
    const cosmetic = modified.filter(
      (change) => maxEffect([change.legalEffect, change.screeningEffect]) === "cosmetic",
    );
    expect(cosmetic.map((change) => change.uid)).toEqual(renamed?.uids);
    expect(modified.filter((change) => !cosmetic.includes(change))).toMatchObject([
      { uid: 39017, rule: "program-gained", legalEffect: "major" },
    ]);
  });

  it("2024-03-04: the end of a program is one event with its parts", async () => {
    const { judgement } = await judged("2024-03-04");
    const [ended, ...more] = ofKind(judgement, "program-ended");
    expect(more).toEqual([]);
    expect(ended).toMatchObject({ certainty: "certain" });
    expect(ended?.uids).toHaveLength(98);
    expect(ended?.parts?.map((part) => [part.kind, part.uids.length])).toEqual([
      ["delisting", 86],
      ["program-moved", 12],
    ]);
    // Told there, and not again.
    expect(kinds(judgement.events)).not.toContain("delisting");
    expect(judgement.changes.filter((change) => change.rule === "delisting")).toHaveLength(86);
  });
});

describe.skipIf(!hasSharedData)("re-screen packs", () => {
  it("2023-05-23: the five names and their further keys, nothing else", async () => {
    const { pack } = await judged("2023-05-23");
    const primary = pack.keys
      .filter((key) => key.label === "primary")
      .map((key) => [key.uid, key.normalised]);
    expect(primary).toEqual([
      [43336, "PYONGYANG UNIVERSITY OF AUTOMATION"],
      [43337, "TECHNICAL RECONNAISSANCE BUREAU"],
      [43338, "110TH RESEARCH CENTER"],
      [43377, "KIM SANG MAN"],
      [43379, "CHINYONG INFORMATION TECHNOLOGY COOPERATION COMPANY"],
    ]);
    expect(new Set(pack.keys.map((key) => key.uid))).toEqual(new Set([43336, 43337, 43338, 43377, 43379]));
    expect(pack.keys.every((key) => key.why === "listing")).toBe(true);
    expect([pack.removed, pack.discriminators, pack.unknown]).toEqual([[], [], []]);
    expect(pack.notCovered).toContainEqual({
      area: "alias",
      level: "absent",
      note: "aliases are not in this source",
    });
  });

  it("2022-11-08: seven wallets that slipped past the cut are unknown, none is removed", async () => {
    const { pack } = await judged("2022-11-08");
    const wallets = pack.unknown.filter((key) => key.space === "wallet");
    expect(wallets).toHaveLength(7);
    expect(new Set(wallets.map((key) => key.uid))).toEqual(new Set([38499]));
    const gone = pack.removed.filter((key) => key.stillListedUnder.length === 0);
    expect(gone).toEqual([]);
    expect(pack.removed.every((key) => key.stillListedUnder.includes(39796))).toBe(true);
  });

  it.each([
    ["2022-09-02", [31212]],
    ["2022-05-06", [27307]],
    ["2022-04-29", [17018]],
  ])("%s: nothing that slipped past the cut is removed", async (date, cut) => {
    const { pack } = await judged(date);
    expect(pack.removed).toEqual([]);
    expect([...new Set(pack.unknown.map((key) => key.uid))]).toEqual(cut);
    expect(pack.unknown.every((key) => key.sight === "disappeared")).toBe(true);
  });
});

describe.skipIf(!hasSharedData)("all publications of the series", () => {
  it("are judged by one rule each, whatever the order of the input", async () => {
    const byLevel: Record<Effect, number> = { critical: 0, major: 0, minor: 0, cosmetic: 0, none: 0 };
    const byRule = new Map<string, number>();
    const byEvent = new Map<string, number>();
    const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    const memo = createJudgeMemo();
    let publications = 0;
    for await (const step of csvSteps()) {
      publications++;
      const judgement = judge({ ...inputOf(step), memo });
      expect(judgement.changes).toHaveLength(step.set.changes.length);
      for (const change of judgement.changes) {
        byLevel[maxEffect([change.legalEffect, change.screeningEffect])]++;
        expect(RULES.some((rule) => rule.id === change.rule)).toBe(true);
        if (change.op !== "modify") count(byRule, change.rule);
        for (const field of change.fields ?? []) count(byRule, field.rule);
      }
      for (const event of judgement.events) count(byEvent, `${event.kind} (${event.certainty})`);
      const turned = {
        changes: [...step.set.changes].reverse(),
        unknown: [...step.set.unknown].reverse(),
      };
      const other = judge({ ...inputOf(step), set: turned, memo });
      expect({ ...other, changes: [...other.changes].reverse() }).toEqual(judgement);
    }
    expect(publications).toBe(307);
    const changes = EFFECTS.reduce((sum, level) => sum + byLevel[level], 0);
    const sorted = (map: Map<string, number>) =>
      [...map].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    console.log(
      [
        `${changes} changes of ${publications} publications by materiality: ${EFFECTS.map((level) => `${level} ${byLevel[level]}`).join(", ")}`,
        `by rule: ${sorted(byRule)
          .map(([rule, n]) => `${rule} ${n}`)
          .join(", ")}`,
        `events: ${sorted(byEvent)
          .map(([kind, n]) => `${kind} ${n}`)
          .join(", ")}`,
      ].join("\n"),
    );
    expect(byLevel).toEqual({ critical: 7732, major: 979, minor: 45, cosmetic: 104, none: 0 });
  });

  it("hold wallets under labels that do not fit, and say so", async () => {
    const names = csvSeriesNames();
    const { state } = await csvState(names.at(-1) ?? "");
    const entries = walletEntries([...state.parties.values()].map(decodeParty));
    const noted = entries.filter((entry) => entry.notes.length > 0);
    expect(entries.length).toBeGreaterThan(200);
    // A TRON address filed as XBT is the known one; the other notes are on texts that are no addresses.
    expect(
      noted.filter((entry) => entry.labels.includes("XBT") && entry.formats.includes("tron")),
    ).toHaveLength(1);
    expect(noted.filter((entry) => entry.formats.length > 0)).toHaveLength(1);
    expect(noted.length).toBeLessThan(10);
  });

  it("dates captures by US Eastern days", () => {
    expect(csvCaptureDate("20221109T025216Z.SDN.CSV")).toBe("2022-11-08");
    expect(csvSeriesNames()).toHaveLength(308);
  });
});

/** Fields that no mass edit tells: uid, area, action, rule. */
function residual(step: CsvStep, judgement: Judgement): string[] {
  const modified = step.set.changes.filter((change): change is ModifiedParty => change.op === "modify");
  return modified.flatMap((change) => {
    const own = judgement.changes.find((one) => one.op === "modify" && one.uid === change.uid);
    return change.fields.flatMap((field, nth) => {
      const told = own?.fields?.[nth];
      return told === undefined || told.group !== undefined
        ? []
        : [`${change.uid} ${field.area} ${field.action} ${told.rule}`];
    });
  });
}
