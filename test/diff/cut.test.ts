import { describe, expect, it } from "vitest";
import { compose, diffStates, invert } from "../../src/diff/index.ts";
import {
  AREAS,
  areaShape,
  type ChangeSet,
  type FieldChange,
  type ListState,
  standsInRemarks,
} from "../../src/domain/index.ts";
import { interpret } from "../../src/normalize/index.ts";
import { openList } from "../../src/parse/index.ts";
import { bytes, csvFile, csvRow } from "../parse/composed.ts";

/** A vessel's row; `begin` and then filler up to the cut, or `begin` alone. */
interface Row {
  readonly begin: string;
  readonly cut?: boolean;
  readonly flag?: string;
}

async function vessel({ begin, cut = false, flag }: Row): Promise<ListState> {
  const remarks = cut ? `${begin}; ${"x".repeat(998 - begin.length)}` : `${begin}.`;
  expect(cut ? remarks.length : 1000).toBe(1000);
  const row = csvRow(7, {
    type: "vessel",
    remarks,
    vessel: [undefined, "Tanker", undefined, undefined, flag],
  });
  const parsed = await openList([{ name: "SDN.CSV", bytes: bytes(csvFile([row])) }]);
  return (await interpret(parsed, { list: "sdn" })).state;
}

const told = ({ changes }: ChangeSet) =>
  changes.flatMap((change) => (change.op === "modify" ? change.fields : [])).map(text);
const doubted = ({ unknown }: ChangeSet) => unknown.map(text);

function text({ area, action, before, after }: FieldChange): string {
  const value = (child: unknown) =>
    typeof child === "object" && child !== null && "value" in child ? String(child.value) : "";
  return [area, action, value(before), value(after)].filter((part) => part !== "").join(" ");
}

describe("a fact of a vessel in cut remarks", () => {
  const panama = "Former Vessel Flag Panama";
  const malta = "Former Vessel Flag Malta";

  it("is added, not changed, where the one before may stand past the cut", async () => {
    const set = diffStates(await vessel({ begin: panama }), await vessel({ begin: malta, cut: true }));
    expect(told(set)).toEqual(["vessel add Malta"]);
    expect(doubted(set)).toContain("vessel remove Panama");
    expect(doubted(set).join()).not.toContain("change");
  });

  it("is doubted both ways where both are cut", async () => {
    const set = diffStates(
      await vessel({ begin: panama, cut: true }),
      await vessel({ begin: malta, cut: true }),
    );
    expect(told(set)).toEqual([]);
    expect(doubted(set)).toEqual(expect.arrayContaining(["vessel add Malta", "vessel remove Panama"]));
  });

  it("is changed where nothing is cut", async () => {
    const set = diffStates(await vessel({ begin: panama }), await vessel({ begin: malta }));
    expect([told(set), doubted(set)]).toEqual([["vessel change Panama Malta"], []]);
  });

  it("composes and inverts over every order of cuts", async () => {
    const rows: Row[] = [panama, malta, "Former Vessel Flag Cuba"].flatMap((begin) =>
      [false, true].flatMap((cut) =>
        [undefined, "Iran"].map((flag) => ({ begin, cut, ...(flag === undefined ? {} : { flag }) })),
      ),
    );
    const states = await Promise.all(rows.map(vessel));
    for (const a of states) {
      for (const b of states) {
        expect(invert(diffStates(a, b))).toEqual(diffStates(b, a));
        const first = diffStates(a, b);
        const sight = { before: a.coverage, after: a.coverage };
        for (const c of states) expect(compose(first, diffStates(b, c), sight)).toEqual(diffStates(a, c));
      }
    }
  });
});

describe("a fact of a vessel in a column", () => {
  const iran = { begin: "Vessel Year of Build 1999", cut: true, flag: "Iran" };

  it("is removed, whatever the remarks are cut at", async () => {
    const set = diffStates(await vessel(iran), await vessel({ begin: iran.begin, cut: true }));
    expect([told(set), doubted(set)]).toEqual([["vessel remove Iran"], []]);
  });

  it("is added, and changed", async () => {
    const none = await vessel({ begin: iran.begin, cut: true });
    expect(told(diffStates(none, await vessel(iran)))).toEqual(["vessel add Iran"]);
    expect(told(diffStates(await vessel({ ...iran, flag: "Cuba" }), await vessel(iran)))).toEqual([
      "vessel change Cuba Iran",
    ]);
  });
});

describe("what stands in remarks", () => {
  it("is told by area, label and quality", () => {
    const vesselShape = areaShape("vessel");
    const fact = (type: string) => standsInRemarks(vesselShape, { type, value: "x" });
    expect(["Vessel Flag", "VESSEL TYPE", "Vessel Owner", "vessel call sign"].map(fact)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(["Former Vessel Flag", "Vessel Year of Build", "Other Vessel Call Sign"].map(fact)).toEqual([
      true,
      true,
      true,
    ]);
    const alias = (quality: "strong" | "weak") =>
      standsInRemarks(areaShape("alias"), { type: "a.k.a.", full: "X", quality });
    expect([alias("strong"), alias("weak")]).toEqual([false, true]);
    const value = { value: "x" };
    const other = AREAS.filter(({ area }) => area !== "alias");
    for (const shape of other) expect(standsInRemarks(shape, value), shape.area).toBe(shape.inRemarks);
  });
});
