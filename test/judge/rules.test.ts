import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AREAS, EFFECTS, type Effect, UsageError } from "../../src/domain/index.ts";
import { rulesInForce } from "../../src/judge/config.ts";
import { judge, judgeId, rulesPage, ruleTable } from "../../src/judge/index.ts";
import { judgeBy } from "../../src/judge/judge.ts";
import type { Action, Rule } from "../../src/judge/rule.ts";
import { RULES } from "../../src/judge/rules/index.ts";
import { caseInput, caseNames, expectedOf } from "./case.ts";

const RULE_FILES = readdirSync(fileURLToPath(new URL("../../src/judge/rules/", import.meta.url)))
  .filter((name) => name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

const ids = RULES.map((rule) => rule.id);

/** Their condition tells program tags among features; in the program area every value is a tag. */
const PROGRAM_RULES = ["program-gained", "program-lost", "program-changed"];

describe("the table", () => {
  it("has a file and a case folder for every rule, under its id, and nothing else", () => {
    expect(RULE_FILES.length).toBeGreaterThan(60);
    expect([...ids].sort()).toEqual(RULE_FILES);
    expect(caseNames()).toEqual(RULE_FILES);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("says of every rule what, why and after whom", () => {
    for (const row of ruleTable()) {
      expect(row.title, row.id).toMatch(/^\S.{5,}$/);
      expect(row.why, row.id).toMatch(/^[A-Z].{20,}\.$/);
      expect(row.source.length, row.id).toBeGreaterThan(10);
    }
  });

  it("leaves no area and no action without a last rule that always applies", () => {
    const possible = AREAS.flatMap(({ area, shape }) => {
      // Every party has a name, a type and a blocking status: they can only change. A remark is its text: it
      // can only come or go.
      const mandatory = shape === "scalar" && area !== "title";
      const actions: Action[] = mandatory
        ? ["change"]
        : area === "remarks"
          ? ["add", "remove"]
          : ["add", "remove", "change"];
      return actions.map((action) => ({ area, action }));
    });
    const open = possible.filter(
      ({ area, action }) =>
        !RULES.some(
          (rule) =>
            rule.scope === "field" &&
            (rule.applies === undefined || (area === "program" && PROGRAM_RULES.includes(rule.id))) &&
            rule.areas.includes(area) &&
            rule.actions.includes(action),
        ),
    );
    expect(open).toEqual([]);
    const without = RULES.filter((rule) => rule.id !== "address");
    expect(() => judgeBy(without, caseInput("address"))).toThrow("no rule for add in area address");
  });
});

/** Pairs of opposite rules that have other levels on purpose. A waiver whose reason is gone fails. */
const LEVEL_WAIVERS: Readonly<Record<string, string>> = {
  "listing/delisting": "a new party has to be run, a delisted one only takes its keys away",
  "re-listing/delisting": "a party listed again is new to the screens that dropped it",
};

/** Rules for one direction that have no opposite. */
const TWIN_WAIVERS: Readonly<Record<string, string>> = {};

describe("symmetry", () => {
  const oneWay = (rule: Rule): boolean =>
    rule.scope !== "event" &&
    (rule.twin !== undefined || rule.actions.includes("add") !== rule.actions.includes("remove"));

  it("gives every rule for one direction its twin for the other, with the same levels, or a waiver", () => {
    const odd: string[] = [];
    const waived = new Set<string>();
    for (const rule of RULES.filter(oneWay)) {
      const twin = RULES.find((other) => other.id === rule.twin);
      if (twin === undefined) {
        odd.push(rule.id);
        continue;
      }
      expect(rule.areas, rule.id).toEqual(twin.areas);
      const opposite = { add: "remove", remove: "add", change: "change" } as const;
      expect([...twin.actions].sort(), rule.id).toEqual(
        rule.actions.map((action) => opposite[action]).sort(),
      );
      const same = rule.legalEffect === twin.legalEffect && rule.screeningEffect === twin.screeningEffect;
      if (same) continue;
      const [waiver] = [`${rule.id}/${twin.id}`, `${twin.id}/${rule.id}`].filter(
        (name) => name in LEVEL_WAIVERS,
      );
      if (waiver === undefined) odd.push(`${rule.id}/${twin.id}`);
      else waived.add(waiver);
    }
    expect(odd).toEqual(Object.keys(TWIN_WAIVERS));
    // A waiver for a pair that no longer differs is stale.
    expect([...waived].sort()).toEqual(Object.keys(LEVEL_WAIVERS).sort());
  });
});

describe.each(caseNames())("case %s", (name) => {
  const expected = expectedOf(name);

  it("is judged as expected", () => {
    expect(JSON.parse(JSON.stringify(judge(caseInput(name))))).toEqual(expected);
  });

  it("notices every mistake planted in the rule", () => {
    const planted = mutants(name);
    expect(planted.length).toBeGreaterThan(0);
    const unnoticed = planted
      .filter(({ rules }) => isAsExpected(rules, name, expected))
      .map(({ what }) => what);
    expect(unnoticed).toEqual([]);
  });
});

function isAsExpected(rules: readonly Rule[], name: string, expected: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(judgeBy(rules, caseInput(name))))).toEqual(expected);
    return true;
  } catch {
    return false;
  }
}

/** Tables with one mistake each: another level, a missing area, a missing action, or no such rule. */
function mutants(id: string): { what: string; rules: readonly Rule[] }[] {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) return [];
  const put = (what: string, changed: Rule | undefined) => ({
    what,
    rules: RULES.flatMap((one) => (one.id !== id ? [one] : changed === undefined ? [] : [changed])),
  });
  const gone = put("no such rule", undefined);
  if (rule.scope === "event") return [gone];
  const levels = (axis: "legalEffect" | "screeningEffect") =>
    EFFECTS.filter((level) => level !== rule[axis]).map((level: Effect) =>
      put(`${axis} ${level}`, { ...rule, [axis]: level }),
    );
  const areas = rule.areas.map((area) =>
    put(`without area ${area}`, { ...rule, areas: rule.areas.filter((one) => one !== area) }),
  );
  const actions = rule.actions.map((action) =>
    put(`without action ${action}`, { ...rule, actions: rule.actions.filter((one) => one !== action) }),
  );
  return [gone, ...levels("legalEffect"), ...levels("screeningEffect"), ...areas, ...actions];
}

describe("the page of the rules", () => {
  it("has one row and one reason for every rule, with the levels in force", () => {
    const page = rulesPage({ levels: { address: { screeningEffect: "critical" } } });
    for (const rule of RULES) {
      expect(page.split(`\n| \`${rule.id}\` |`), rule.id).toHaveLength(2);
      expect(page.split(`\n- \`${rule.id}\`: ${rule.why} Source: `), rule.id).toHaveLength(2);
    }
    expect(page).toContain("| `address` | an address | address | add, remove, change | none | critical |");
    const rows = page.split("\n").filter((line) => line.startsWith("| "));
    expect(new Set(rows.map((row) => row.split(" | ").length))).toEqual(new Set([6]));
    // A list needs an empty line above it, or the table swallows it.
    expect(page).not.toMatch(/\|\n- /);
  });
});

describe("configuration", () => {
  it("re-levels a rule by id, and says so in the judge's id", () => {
    const config = { levels: { address: { screeningEffect: "critical" as const } } };
    const [usual] = judge(caseInput("address")).changes;
    const [raised] = judge(caseInput("address"), config).changes;
    expect(usual?.screeningEffect).toBe("minor");
    expect(raised).toMatchObject({ rule: "address", legalEffect: "none", screeningEffect: "critical" });
    expect(judgeId(config).config).not.toBe(judgeId().config);
    expect(judgeId({ levels: {} })).toEqual(judgeId());
  });

  it("hashes the levels in force, not how they were written down", () => {
    const asIs = { levels: { address: { legalEffect: "none" as const } } };
    expect(judgeId(asIs)).toEqual(judgeId());
  });

  it.each([
    [
      "unknown-rule",
      { levels: { adress: { legalEffect: "major" } } },
      /"adress", which does not exist.*address/,
    ],
    [
      "unknown-level",
      { levels: { address: { legalEffect: "huge" } } },
      /legalEffect is "huge".*critical, major/,
    ],
    ["unknown-level", { levels: { address: { legal: "major" } } }, /address\.legal is "major"/],
    ["rule-without-level", { levels: { "mass-edit": { legalEffect: "major" } } }, /only names events/],
  ])("refuses a mistake: %s", (code, config, message) => {
    const refuse = () => rulesInForce(config as Parameters<typeof rulesInForce>[0]);
    expect(refuse).toThrow(UsageError);
    expect(refuse).toThrow(message);
    try {
      refuse();
    } catch (error) {
      expect((error as UsageError).code).toBe(code);
    }
  });
});
