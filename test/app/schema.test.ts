import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openLedger } from "../../src/app/ledger-writer.ts";
import { closedForm, publishedForm } from "../../src/app/schema/forms.ts";
import { guardShape, partyFault, shapeFault } from "../../src/app/schema/guard.ts";
import { schemaFiles, schemas } from "../../src/app/schema/index.ts";
import { diffStates } from "../../src/diff/index.ts";
import { AREAS, decodeParty, type LedgerRecord } from "../../src/domain/index.ts";
import { readSubscriptions } from "../../src/notify/index.ts";
import { composeLedger } from "../support/composed-ledger.ts";
import { memoryFiles } from "../support/crashing-files.ts";
import { partyArbitrary, stateArbitrary, successorArbitrary } from "../support/parties.ts";

const all = schemas();

function named(name: string) {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no schema ${name}`);
  return found;
}

/** An independent validator, as strict as it can be about the schema itself. */
function validator(schema: object) {
  return new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: false }).compile(schema);
}

/** As a writer is held to it, compiled once. */
const closed = new Map(
  all.map(({ name, schema }) => [name, validator(publishedForm(closedForm(schema), []))] as const),
);

function check(name: string) {
  const found = closed.get(name);
  if (found === undefined) throw new Error(`no schema ${name}`);
  return found;
}

function record(): LedgerRecord {
  return structuredClone(named("record").examples[1]) as LedgerRecord;
}

describe("every published schema", () => {
  it.each(all.map((one) => [one.name, one] as const))(
    "%s is JSON Schema 2020-12 with valid examples",
    (_, one) => {
      expect(one.examples.length).toBeGreaterThan(0);
      const open = validator(publishedForm(one.schema, one.examples));
      const strict = check(one.name);
      for (const example of one.examples) {
        expect([open(example), open.errors]).toEqual([true, null]);
        expect([strict(example), strict.errors]).toEqual([true, null]);
      }
    },
  );

  it("stands alone: every reference is to its own definitions", () => {
    for (const [name, bytes] of schemaFiles()) {
      const text = new TextDecoder().decode(bytes);
      const schema: { $defs?: object; $schema: string; title?: string } = JSON.parse(text);
      expect(schema.$schema, name).toBe("https://json-schema.org/draft/2020-12/schema");
      const defined = new Set(Object.keys(schema.$defs ?? {}).map((def) => `#/$defs/${def}`));
      const used = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? "");
      expect(
        used.filter((ref) => !defined.has(ref)),
        name,
      ).toEqual([]);
    }
  });

  it("tells an example of one from an example of another", () => {
    for (const { name, examples } of all) {
      if (name === "config") continue;
      const fits = [...closed]
        .filter(([, accepts]) => examples.some((one) => accepts(one)))
        .map(([own]) => own);
      expect(fits, name).toEqual([name]);
    }
  });

  it("of the subscriptions agrees with the reader of subscriptions", () => {
    const [example] = all.find(({ name }) => name === "subscriptions")?.examples ?? [];
    expect(readSubscriptions(JSON.stringify(example)).map(({ id }) => id)).toEqual(["compliance", "weekly"]);
  });
});

describe("the schema of a record", () => {
  const open = validator(publishedForm(named("record").schema, []));

  it.each([
    ["a text for an address", { area: "address", after: "Panama" }],
    ["an object for a title", { area: "title", after: {} }],
    ["a program without its code", { area: "program", after: { uid: 7 } }],
    ["an area that there is not", { area: "shoe-size", after: "46" }],
    ["an action that there is not", { area: "title", after: "Dr.", action: "guess" }],
  ])("refuses %s", (_, wrong) => {
    const good = record();
    const modified = good.changes.find((change) => change.op === "modify");
    if (modified?.op !== "modify") throw new Error("the example modifies nothing");
    const field = { action: "add", key: "x", ...wrong };
    expect(open(good)).toBe(true);
    expect(open({ ...good, changes: [{ ...modified, fields: [field] }] })).toBe(false);
  });

  it("lets a consumer meet a member that a later minor version added; a writer may not add it", () => {
    const later = { ...record(), formatVersion: "1.1", novelty: true };
    expect(open(later)).toBe(true);
    expect(shapeFault("record", later)).toMatch(/novelty/);
  });

  it("fits whatever two states differ by, over every area", () => {
    const changeSet = check("change-set");
    const pairs = stateArbitrary({ cut: true }).chain((a) =>
      fc.tuple(fc.constant(a), successorArbitrary(a, { cut: true })),
    );
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const set = diffStates(a, b);
        expect([changeSet(set), changeSet.errors]).toEqual([true, null]);
        for (const line of b.parties.values()) expect(partyFault(decodeParty(line))).toBeUndefined();
      }),
      { numRuns: 80 },
    );
    expect(AREAS.length).toBeGreaterThan(20);
  });

  it("and our own validator agree with the independent one on damaged parties", () => {
    const party = check("party");
    const damage = fc.constantFrom(
      (p: object) => ({ ...p, uid: "7" }),
      (p: object) => ({ ...p, blocking: "maybe" }),
      (p: object) => ({ ...p, name: {} }),
      (p: object) => ({ ...p, more: 1 }),
      (p: object) => ({ ...p, remarks: [{ text: "a", cut: false }] }),
      (p: object) => p,
    );
    fc.assert(
      fc.property(partyArbitrary({ cut: true }), damage, (good, change) => {
        const value = change(good);
        expect(partyFault(value) === undefined).toBe(party(value));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the guard before writing", () => {
  it("lets a sound ledger through", async () => {
    const files = memoryFiles();
    composeLedger(files, { guard: guardShape });
    expect(files.content.size).toBeGreaterThan(15);
  });

  it("stops an undocumented file as the bug it is, naming kind, id and member, and writes nothing", async () => {
    const files = memoryFiles();
    const writer = await openLedger(files);
    expect(() => writer.put("checks", "sdn.json", { formatVersion: "1.0", at: "today" })).toThrow(
      /about to write a file of checks that is not as its schema says/,
    );
    expect(() =>
      writer.observe({
        formatVersion: "1.0",
        id: "sdn-20230523",
        firstSeen: "yesterday",
        receipts: [],
        route: "",
        warnings: [],
      }),
    ).toThrow(/observations sdn-20230523 that is not as its schema says: \/firstSeen/);
    expect(files.content.size).toBe(0);
  });
});
