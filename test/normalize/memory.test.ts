import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Party, partyLine, sortChildren, stateHash } from "../../src/domain/index.ts";
import { inOrder } from "../../src/normalize/draft.ts";
import {
  type Interpretation,
  interpret,
  type Memory,
  readMemory,
  writeMemory,
} from "../../src/normalize/index.ts";
import { quickPartyLine } from "../../src/normalize/line.ts";
import { openList } from "../../src/parse/index.ts";
import {
  bytes,
  csvFile,
  csvRow,
  enhancedEntity,
  enhancedXml,
  legacyEntry,
  legacyXml,
} from "../parse/composed.ts";

async function read(text: string, memory?: Memory): Promise<Interpretation> {
  const parsed = await openList([{ name: "SDN.X", bytes: bytes(text) }]);
  return interpret(parsed, memory === undefined ? { list: "sdn" } : { list: "sdn", memory });
}

/** What a caller can see of a result. */
function visible(result: Interpretation): unknown {
  return [stateHash(result.state.parties), [...result.state.parties], result.issues, result.memory.basis];
}

/** A list in three formats, from a table of uid → variant. */
const FORMATS: Readonly<Record<string, (table: ReadonlyMap<number, string>) => string>> = {
  legacy: (table) =>
    legacyXml([...table].map(([uid, v]) => legacyEntry(uid, `<title>${v}</title><odd>${v}</odd>`))),
  enhanced: (table) =>
    enhancedXml([...table].map(([uid, v]) => enhancedEntity(uid, `<odd>${v}</odd>`, { name: v }))),
  csv: (table) =>
    csvFile([...table].map(([uid, v]) => csvRow(uid, { name: v, remarks: `${v}; Gender Male.` }))),
};

const TABLE = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 12 }).map((n) => n * 10),
      fc.constantFrom("A", "B", "C"),
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((entries) => new Map(entries));

describe("remembering the publication before", () => {
  it.each(Object.keys(FORMATS))("changes nothing about the result (%s)", async (format) => {
    const write = FORMATS[format] ?? (() => "");
    await fc.assert(
      fc.asyncProperty(TABLE, TABLE, async (before, after) => {
        const first = await read(write(before));
        const long = await read(write(after));
        const short = await read(write(after), first.memory);
        expect(visible(short)).toEqual(visible(long));
        const unchanged = [...after].filter(([uid, variant]) => before.get(uid) === variant).length;
        expect(short.read).toBe(after.size - unchanged);
        // What is remembered by the short way serves the next time as well.
        expect(visible(await read(write(before), short.memory))).toEqual(visible(first));
      }),
      { numRuns: 60 },
    );
  });

  it("is void when reference values, format or coverage differ", async () => {
    const first = await read(enhancedXml([enhancedEntity(1)]));
    const value = '<referenceValue refId="9"><type>T</type><value>New</value></referenceValue>';
    expect((await read(enhancedXml([enhancedEntity(1)]), first.memory)).read).toBe(0);
    expect((await read(enhancedXml([enhancedEntity(1)], { values: value }), first.memory)).read).toBe(1);
    expect((await read(legacyXml([legacyEntry(1)]), first.memory)).read).toBe(1);
    const parsed = await openList([{ name: "X", bytes: bytes(enhancedXml([enhancedEntity(1)])) }]);
    expect((await interpret(parsed, { list: "consolidated", memory: first.memory })).read).toBe(1);
  });

  it("does not read an unchanged row again because the party it links to was renamed", async () => {
    const list = (name: string) =>
      csvFile([csvRow(1, { remarks: "Linked To: EXAMPLE LTD." }), csvRow(2, { name })]);
    const first = await read(list("EXAMPLE LTD"));
    const second = await read(list("EXAMPLE LTD."), first.memory);
    expect(second.read).toBe(1);
    expect(second.state.parties.get(1)).toEqual(first.state.parties.get(1));
    expect(visible(second)).toEqual(visible(await read(list("EXAMPLE LTD."))));
  });

  it("does not trust an equal uid with another text", async () => {
    const first = await read(csvFile([csvRow(1, { name: "BEFORE" })]));
    const second = await read(csvFile([csvRow(1, { name: "AFTER" })]), first.memory);
    expect([...second.state.parties.values()][0]?.line).toContain("AFTER");
  });
});

describe("records whose end is known from the publication before", () => {
  // Longer than the pieces that a file is read in: only after the first of them is anything remembered.
  const padding = `<odd>${"é".repeat(700)}</odd>`;
  const tricky = "<!-- </entity> --><odd><![CDATA[</entity>]]></odd>";
  const entities = Array.from({ length: 1500 }, (_, i) =>
    enhancedEntity(i + 1, i % 3 === 0 ? tricky + padding : padding, { name: `NAME ${i}` }),
  );
  const text = enhancedXml(entities);
  const edited = (edit: (entity: string, index: number) => string) => enhancedXml(entities.map(edit));

  it.each<[string, string, number]>([
    ["nothing changed", text, 0],
    ["names of equal length", edited((e, i) => (i % 100 === 99 ? e.replace("NAME ", "EMAN ") : e)), 15],
    ["longer and shorter names", edited((e, i) => (i % 100 === 99 ? e.replace("NAME ", "N") : e)), 15],
    [
      "an entity more, one less",
      enhancedXml([...entities.slice(0, 1200), ...entities.slice(1201), enhancedEntity(9000)]),
      1,
    ],
    ["the other way round", enhancedXml(entities.toReversed()), 0],
    [
      "what was inside a comment now outside",
      edited((e, i) => (i === 1497 ? e.replace("<!-- </entity> -->", "<!-- <entity>  -->") : e)),
      1,
    ],
  ])("are cut as by who looks for it: %s", async (_what, next, changed) => {
    const { memory } = await read(text);
    const short = await read(next, memory);
    expect(visible(short)).toEqual(visible(await read(next)));
    expect(short.read).toBe(changed);
  });

  it.each([
    ["in a record", text.slice(0, text.indexOf("NAME 1400"))],
    ["after a record", text.slice(0, text.indexOf("<entity ", text.indexOf("NAME 1400")))],
    ["with something after the root", `${text}<x/>`],
    ["with a record twice", text.replace("</entities>", `${entities[1499]}</entities>`)],
  ])("do not save a file that is cut or damaged %s", async (_what, damaged) => {
    const { memory } = await read(text);
    const codeOf = (found: Promise<unknown>) =>
      found.then(
        () => "none",
        (error: { code: string }) => error.code,
      );
    const long = await codeOf(read(damaged));
    expect(long).not.toBe("none");
    expect(await codeOf(read(damaged, memory))).toBe(long);
  });
});

describe("memory kept in a file", () => {
  it.each(Object.keys(FORMATS))("is the same when read back (%s)", async (format) => {
    const write = FORMATS[format] ?? (() => "");
    const first = await read(
      write(
        new Map([
          [10, "A"],
          [20, "B é\u2028"],
        ]),
      ),
    );
    const memory = readMemory(writeMemory(first.memory), first.state.parties);
    expect(memory).toEqual(first.memory);
    const second = await read(
      write(
        new Map([
          [10, "A"],
          [20, "C"],
        ]),
      ),
      memory,
    );
    expect(second.read).toBe(1);
    expect(visible(second)).toEqual(
      visible(
        await read(
          write(
            new Map([
              [10, "A"],
              [20, "C"],
            ]),
          ),
        ),
      ),
    );
  });

  it("is void when damaged anywhere, and leaves out what the state does not prove", async () => {
    const first = await read(csvFile([csvRow(1), csvRow(2)]));
    const text = writeMemory(first.memory);
    for (let at = 0; at < text.length; at += 3) {
      const damaged = `${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`;
      expect(readMemory(damaged, first.state.parties), `at ${at}`).toBeUndefined();
    }
    expect(readMemory("", first.state.parties)).toBeUndefined();
    const other = await read(csvFile([csvRow(1), csvRow(2, { name: "OTHER" })]));
    expect(readMemory(text, other.state.parties)?.records.map((record) => record.line.uid)).toEqual([1]);
  });
});

describe("order", () => {
  it.each(Object.keys(FORMATS))("of records changes nothing (%s)", async (format) => {
    const write = FORMATS[format] ?? (() => "");
    await fc.assert(
      fc.asyncProperty(
        TABLE.chain((table) =>
          fc.tuple(
            fc.constant(table),
            fc.shuffledSubarray([...table], { minLength: table.size, maxLength: table.size }),
          ),
        ),
        async ([table, shuffled]) => {
          const one = await read(write(table));
          const other = await read(write(new Map(shuffled)));
          expect(visible(other)).toEqual(visible(one));
          expect([...one.state.parties.keys()]).toEqual([...table.keys()].sort((a, b) => a - b));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("of children changes nothing", async () => {
    const ids = [5, 3, 9, 1].map(
      (uid) => `<id><uid>${uid}</uid><idType>MMSI</idType><idNumber>${uid % 2}</idNumber></id>`,
    );
    const entry = (list: readonly string[]) =>
      legacyXml([legacyEntry(1, `<idList>${list.join("")}</idList>`)]);
    const one = await read(entry(ids));
    const other = await read(entry([...ids].reverse()));
    expect(stateHash(one.state.parties)).toBe(stateHash(other.state.parties));
  });
});

describe("a party's line", () => {
  it("has its children in the domain's order, each once", () => {
    const child = fc.record(
      { uid: fc.integer({ min: 1, max: 4 }), value: fc.constantFrom("a", "b", "é") },
      { requiredKeys: ["value"] },
    );
    fc.assert(
      fc.property(fc.array(child, { maxLength: 8 }), (children) => {
        const texts = sortChildren(children).map(canonicalJson);
        const once = texts.filter((text, index) => text.includes("uid") || text !== texts[index - 1]);
        expect(inOrder(children).map(canonicalJson)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it("is the domain's, for any party", () => {
    const text = fc.string({ unit: "grapheme" });
    const party = fc.record(
      {
        uid: fc.nat(),
        type: text,
        name: fc.record({ full: text, parts: fc.array(fc.record({ type: text, value: text })) }),
        blocking: fc.constantFrom("yes" as const, "no" as const),
        features: fc.array(
          fc.record({ uid: fc.nat(), type: text, value: text, main: fc.constant(true as const) }),
        ),
        title: text,
      },
      { requiredKeys: ["uid", "type", "name", "blocking"] },
    );
    fc.assert(
      fc.property(party, (value) => {
        expect(quickPartyLine(value as Party)).toEqual(partyLine(value as Party));
      }),
      { numRuns: 500 },
    );
    const odd = {
      uid: 1,
      type: '\u0000\u001f"\\\u007f\u2028🚢',
      name: { full: "\uffff" },
      blocking: "no",
    } as const;
    expect(quickPartyLine(odd)).toEqual(partyLine(odd));
  });

  it("refuses what no file may hold", () => {
    const party = (full: string, uid: number): Party => ({
      uid,
      type: "entity",
      name: { full },
      blocking: "no",
    });
    expect(() => quickPartyLine(party("\ud800", 1))).toThrow(/surrogate/);
    expect(() => quickPartyLine(party("a", 1.5))).toThrow(/number/);
  });
});
