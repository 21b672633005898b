import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffStates, invert } from "../../src/diff/index.ts";
import { decodeParty, type ListState, linkedName, linkedNameKey } from "../../src/domain/index.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import { bytes, csvFile, csvRow, legacyEntry, legacyXml } from "../parse/composed.ts";

type File = readonly [name: string, text: string];

async function stateOf(...files: readonly File[]): Promise<ListState> {
  const parsed = await openList(files.map(([name, text]) => ({ name, bytes: bytes(text) })));
  return (await interpret(parsed, { list: "sdn" })).state;
}

const csv = (...rows: readonly string[]) => stateOf(["SDN.CSV", csvFile(rows)]);

const links = (state: ListState, uid: number): readonly string[] => {
  const line = state.parties.get(uid);
  if (line === undefined) throw new Error(`no party ${uid}`);
  return (decodeParty(line).relationships ?? []).map(({ targetName }) => targetName);
};

const NAMES = ["FOO TRADING CO", "FOO TRADING CO.", "FOO, S.A.", "FOO, S.A", "FOO"];

describe("what a row of SDN.CSV says", () => {
  it("does not change when a party that it links to comes or goes", async () => {
    for (const name of NAMES) {
      const row = csvRow(11, { remarks: `Gender Male; Linked To: ${name.replace(/\.$/, "")}.` });
      const with10 = await csv(csvRow(10, { name }), row);
      const without10 = await csv(row);
      const set = diffStates(with10, without10);
      expect([set.changes.map(({ op, uid }) => [op, uid]), set.unknown], name).toEqual([
        [["remove", 10]],
        [],
      ]);
      expect(without10.parties.get(11)).toEqual(with10.parties.get(11));
    }
  });

  it("nor in a set of files, where the comments end the remarks", async () => {
    const comments: File = ["SDN_COMMENTS.CSV", csvFile(['11,"; Linked To: FOO TRADING CO."'])];
    const row = csvRow(11, { remarks: "x".repeat(1000) });
    const before = await stateOf(
      ["SDN.CSV", csvFile([csvRow(10, { name: "FOO TRADING CO." }), row])],
      comments,
    );
    const after = await stateOf(["SDN.CSV", csvFile([row])], comments);
    expect(links(after, 11)).toEqual(["FOO TRADING CO"]);
    expect(after.parties.get(11)).toEqual(before.parties.get(11));
  });

  it("depends on the row alone, whatever rows stand around it", async () => {
    const row = fc
      .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...NAMES), fc.boolean())
      .map(([name, link, end]) => ({ name, remarks: `Linked To: ${link}${end ? "." : "; Gender Male."}` }));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
        const texts = rows.map((fields, i) => csvRow(i + 1, fields));
        const all = await csv(...texts);
        for (const [i, text] of texts.entries()) {
          expect((await csv(text)).parties.get(i + 1)).toEqual(all.parties.get(i + 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("does not change a link that moves away from the end of the remarks", async () => {
    for (const name of NAMES) {
      const bare = name.replace(/\.$/, "");
      const before = await csv(csvRow(11, { remarks: `Linked To: ${bare}.` }));
      const after = await csv(csvRow(11, { remarks: `Linked To: ${name}; Gender Male.` }));
      const set = diffStates(before, after);
      const fields = set.changes.flatMap((change) => (change.op === "modify" ? change.fields : []));
      expect(
        fields.map(({ area, action }) => `${area} ${action}`),
        name,
      ).toEqual(["gender add"]);
    }
  });
});

describe("a linked name", () => {
  it.each([
    ["EXAMPLE LTD.", "EXAMPLE LTD"],
    ["EXAMPLE LTD", "EXAMPLE LTD"],
    ["EXAMPLE, S.A", "EXAMPLE, S.A."],
    ["EXAMPLE, S.A.", "EXAMPLE, S.A."],
    ["EXAMPLE, S.A. DE C.V.", "EXAMPLE, S.A. DE C.V."],
    ["", ""],
    [".", ""],
  ])("%s is %s", (name, form) => {
    expect(linkedName(name)).toBe(form);
    expect(linkedName(form)).toBe(form);
  });

  it("is compared whoever the dot at its end belongs to", () => {
    expect(linkedNameKey("Example  Ltd. ")).toBe(linkedNameKey("EXAMPLE LTD"));
    expect(linkedNameKey("EXAMPLE LTD")).not.toBe(linkedNameKey("EXAMPLE"));
  });
});

it("tells no change between formats where only one of them shows whose the dot is", async () => {
  const legacy = await stateOf([
    "SDN.XML",
    legacyXml([legacyEntry(11, "\r\n    <remarks>(Linked To: FOO TRADING CO.)</remarks>")]),
  ]);
  const set = diffStates(await csv(csvRow(11, { remarks: "Linked To: FOO TRADING CO." })), legacy);
  const areas = (entries: readonly { readonly area: string }[]) => entries.map(({ area }) => area);
  expect(set.changes.flatMap((change) => (change.op === "modify" ? areas(change.fields) : []))).not.toContain(
    "relationship",
  );
  expect(set.unknown).toMatchObject([
    {
      area: "relationship",
      action: "change",
      reason: "absent",
      before: { targetName: "FOO TRADING CO" },
      after: { targetName: "FOO TRADING CO." },
    },
  ]);
  expect(invert(invert(set))).toEqual(set);
});
