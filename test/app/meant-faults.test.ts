import { describe, expect, it } from "vitest";
import { readChangeDocument } from "../../src/app/index.ts";
import { firstFault } from "../../src/app/schema/first-fault.ts";
import type { SchemaNode } from "../../src/app/schema/forms.ts";

const HASH = `sha256:${"0".repeat(64)}`;
const party = { uid: 1, type: "entity", name: "COMPOSED" };
const field = { area: "name", action: "add", key: "name:1" };

/** What is said of a change set with one change. */
function saidOf(change: object): string {
  try {
    readChangeDocument(JSON.stringify({ changes: [change], unknown: [] }), "c.json");
    return "nothing";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("a fault in one variant of a union", () => {
  it.each([
    [{ op: "add", ...party }, "/changes/0 must have required properties after"],
    [{ op: "remove", ...party }, "/changes/0 must have required properties before"],
    [
      { op: "modify", ...party, beforeHash: HASH },
      "/changes/0 must have required properties afterHash, fields",
    ],
    [{ op: "ad", ...party }, '/changes/0/op must be one of "add", "remove", "modify"'],
    [
      { op: "modify", ...party, beforeHash: HASH, afterHash: HASH, fields: [{ ...field, action: "ad" }] },
      '/changes/0/fields/0/action must be one of "add", "remove", "change"',
    ],
    [
      { op: "modify", ...party, beforeHash: HASH, afterHash: HASH, fields: [{ ...field, after: 3 }] },
      "/changes/0/fields/0/after must be object",
    ],
  ])("is told of the one that was meant: %j: %s", (change, message) => {
    expect(saidOf(change)).toContain(`is not as its schema says: ${message}`);
  });

  it("is not hidden by what may also be null", () => {
    const form: SchemaNode = {
      anyOf: [{ type: "object", properties: { kind: { enum: ["a", "b"] } } }, { type: "null" }],
    };
    expect(firstFault(form, { kind: "c" })).toMatchObject({
      member: "/kind",
      message: 'must be one of "a", "b"',
    });
    expect(firstFault(form, 3)).toMatchObject({ member: "", message: "must be object" });
  });
});
