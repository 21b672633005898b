import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Check, checksOf } from "../../src/app/schema/checks.ts";
import { generatedChecks } from "../../src/app/schema/generate.ts";
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

describe("the checks that the build makes ahead", () => {
  let ahead: (kind: Kind) => readonly Check[];

  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    const file = join(FOLDER, "checks.mjs");
    writeFileSync(file, generatedChecks());
    ahead = (await import(pathToFileURL(file).href)).checksOf;
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
});
