import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Check, checkOf } from "../../src/app/schema/check.ts";
import { checksOf } from "../../src/app/schema/checks.ts";
import { FORMS_APART } from "../../src/app/schema/forms-apart.ts";
import { generatedModules } from "../../src/app/schema/generate.ts";
import { schemas } from "../../src/app/schema/index.ts";
import { KINDS, type Kind } from "../../src/app/schema/shapes.ts";
import { PROJECT_ROOT } from "../support/project-root.ts";

/** Inside the project, so that the module finds typebox. */
const FOLDER = join(PROJECT_ROOT, ".cache", `checks-${process.pid}`);
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** The value, and the value with each of its members in turn left out, emptied, added to or of another type. */
function* damaged(value: unknown): Generator<unknown> {
  yield value;
  for (const other of [null, 0, -1.5, "", "x", true, [], {}]) yield other;
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield { ...value, unheardOf: 1 };
  for (const [key, member] of Object.entries(value)) {
    const others = Object.entries(value).filter(([name]) => name !== key);
    const put = (found: unknown) =>
      Array.isArray(value)
        ? value.map((one: unknown, i) => (String(i) === key ? found : one))
        : { ...value, [key]: found };
    if (!Array.isArray(value)) yield Object.fromEntries(others);
    // The first of a list stands for all of them.
    if (!Array.isArray(value) || key === "0") for (const found of damaged(member)) yield put(found);
  }
}

const MANY_SETTINGS = {
  $schema: "https://ledger.example/api/v1/schema/config.json",
  lists: ["sdn"],
  profile: "legacy",
  sources: { treasuryBase: null, allowedHosts: ["mirror.example"], provenance: "composed", attempts: 3 },
  notices: false,
  raw: { dir: "raw" },
  evidence: { dir: "evidence" },
  watchdog: { absentAfterHours: 0.5, mailDays: 7, mailTo: ["ops@bank.example"] },
  judge: { levels: { listing: { legalEffect: "major" } } },
  site: { baseUrl: "https://ledger.example", tagDate: "2023-05-01", repositoryUrl: null },
  mail: {
    transport: "smtp",
    smtpPort: 25,
    tls: "none",
    dkim: { domain: "a.example", selector: "s" },
    perSecond: 0.5,
  },
};

/** A module as the build puts it in. */
function made(name: string) {
  return import(pathToFileURL(join(FOLDER, `${name}.mjs`)).href);
}

describe("the checks that the build makes ahead", () => {
  let ahead: (kind: Kind) => readonly Check[];

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    for (const [name, code] of generatedModules()) writeFileSync(join(FOLDER, `${name}.mjs`), code);
    ahead = (await made("checks")).checksOf;
  });

  it("hold every kind to the same forms", () => {
    expect(KINDS.length).toBeGreaterThan(10);
    for (const kind of KINDS) {
      expect(ahead(kind).map(({ form }) => form)).toEqual(checksOf(kind).map(({ form }) => form));
    }
  });

  it("answer as the long way does, for every example and for what is damaged in one place", () => {
    const found = { true: 0, false: 0 };
    for (const example of schemas().flatMap((one) => one.examples.slice(0, 2))) {
      const kinds = KINDS.filter((kind) => checksOf(kind).some((check) => check.fits(example)));
      for (const content of damaged(example)) {
        for (const kind of kinds) {
          const long = checksOf(kind).map((check) => check.fits(content));
          expect(ahead(kind).map((check) => check.fits(content))).toEqual(long);
          found[long.includes(true) ? "true" : "false"] += 1;
        }
      }
    }
    expect(found.true).toBeGreaterThan(100);
    expect(found.false).toBeGreaterThan(3_000);
  });

  it("stand in the place of modules that there are, the checks apart among them", async () => {
    const names = [...generatedModules().keys()];
    expect(names).toEqual([
      "checks",
      "check-config",
      "check-index",
      "check-index-year",
      "check-status",
      "check-sync",
      "check-watch-memory",
    ]);
    for (const name of names.slice(1)) {
      const { check } = await import(`../../src/app/schema/${name}.ts`);
      expect(check.form).toEqual(FORMS_APART[name]);
      expect((await made(name)).check.form).toEqual(check.form);
    }
  });

  it.each([
    ["check-config", "config", 250],
    ["check-index", "index", 100],
    ["check-index-year", "index-year", 100],
    ["check-status", "status", 100],
    ["check-sync", "sync", 100],
    ["check-watch-memory", "watchdog-memory", 50],
  ] as const)("answer as the long way does: %s", async (module, schema, least) => {
    const long = checkOf(FORMS_APART[module] ?? {});
    const quick: Check = (await made(module)).check;
    const found = { true: 0, false: 0 };
    const examples = schemas().find(({ name }) => name === schema)?.examples ?? [];
    for (const example of module === "check-config" ? [...examples, MANY_SETTINGS] : examples) {
      expect(quick.fits(example)).toBe(true);
      for (const content of damaged(example)) {
        expect(quick.fits(content)).toBe(long.fits(content));
        found[long.fits(content) ? "true" : "false"] += 1;
      }
    }
    expect(found.true).toBeGreaterThan(0);
    expect(found.false).toBeGreaterThan(least);
  });
});
