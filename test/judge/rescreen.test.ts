import { describe, expect, it } from "vitest";
import type { Party } from "../../src/domain/index.ts";
import { judge, rescreenPack } from "../../src/judge/index.ts";
import { inputOf } from "./case.ts";

const party = (uid: number, more: Partial<Party> = {}): Party => ({
  uid,
  type: "entity",
  name: { full: `COMPOSED ${uid}` },
  blocking: "yes",
  ...more,
});

function packOf(...given: Parameters<typeof inputOf>) {
  const input = inputOf(...given);
  return rescreenPack(input, judge(input));
}

const shown = (keys: readonly { readonly uid: number; readonly space: string; readonly raw: string }[]) =>
  keys.map((key) => `${key.uid} ${key.space} ${key.raw}`);

const passport = (number: string) => ({ type: "Passport", number, country: "Utopia" });

describe("the re-screen pack", () => {
  it("has every key of a new party once, weak aliases flagged", () => {
    const { keys } = packOf(
      [party(1)],
      [
        party(1),
        party(2, {
          aliases: [
            { type: "a.k.a.", quality: "weak", full: "Composed-2" },
            { type: "a.k.a.", quality: "weak", full: "NICK" },
            { type: "a.k.a.", quality: "strong", full: "ALIAS" },
          ],
          documents: [passport("AB 123456")],
        }),
      ],
    );
    expect(keys).toHaveLength(4);
    expect(new Set(keys.map((key) => `${key.raw} ${key.weak}`))).toEqual(
      new Set(["COMPOSED 2 false", "ALIAS false", "NICK true", "AB 123456 false"]),
    );
    expect(keys.find((key) => key.space === "document")?.normalised).toBe("AB123456");
    expect(new Set(keys.map((key) => key.why))).toEqual(new Set(["listing"]));
  });

  it("has of a changed party only what is new, and what stood there before", () => {
    const alias = (full: string) => ({ uid: 5, type: "a.k.a.", quality: "strong" as const, full });
    const { keys, removed } = packOf(
      [party(1, { aliases: [alias("OLD NAME")], documents: [passport("AB123456")] })],
      [party(1, { aliases: [alias("NEW NAME")], documents: [passport("AB-123456")], title: "composed" })],
    );
    expect(keys).toMatchObject([{ uid: 1, raw: "NEW NAME", was: "OLD NAME", why: "strong-alias" }]);
    expect(shown(removed)).toEqual(["1 name OLD NAME"]);
  });

  it("runs an alias again that became strong, and not one that became weak", () => {
    const alias = (quality: "strong" | "weak") => ({
      aliases: [{ uid: 5, type: "a.k.a.", quality, full: "NICK" }],
    });
    const up = packOf([party(1, alias("weak"))], [party(1, alias("strong"))]);
    expect(up.keys).toMatchObject([{ raw: "NICK", weak: false, why: "alias-became-strong" }]);
    const down = packOf([party(1, alias("strong"))], [party(1, alias("weak"))]);
    expect([down.keys, down.removed]).toEqual([[], []]);
  });

  it("has nothing for a key that only changed places within the party", () => {
    const { keys, removed } = packOf(
      [party(1, { name: { full: "A" }, aliases: [{ type: "a.k.a.", quality: "strong", full: "B" }] })],
      [party(1, { name: { full: "B" }, aliases: [{ type: "a.k.a.", quality: "strong", full: "A" }] })],
    );
    expect([keys, removed]).toEqual([[], []]);
  });

  it("names everybody who still has a removed key, on either list", () => {
    const shared = { documents: [passport("AB123456")] };
    const { removed, notCovered } = packOf(
      [party(1, shared), party(2, { ...shared, type: "vessel" })],
      [party(2, { ...shared, type: "vessel" })],
      { otherBefore: [party(7, shared)], otherAfter: [party(7, shared)] },
    );
    const still = Object.fromEntries(removed.map((key) => [key.space, key.stillListedUnder]));
    expect(still).toEqual({ document: [2, 7], name: [] });
    expect(notCovered).toEqual([]);
  });

  it("says that a key may stand on the other list when that was not at hand", () => {
    const { removed, notCovered } = packOf([party(1), party(2)], [party(1)]);
    expect(removed).toMatchObject([{ uid: 2, stillListedUnder: [] }]);
    expect(notCovered).toEqual([
      {
        area: "other-list",
        level: "absent",
        note: "the other list was not at hand: a removed key may still stand on it",
      },
    ]);
  });

  it("keeps discriminators apart from keys", () => {
    const born = (value: string) => ({ birthDates: [{ uid: 3, value }] });
    const { keys, discriminators } = packOf([party(1, born("1970"))], [party(1, born("1971"))]);
    expect(keys).toEqual([]);
    expect(discriminators).toEqual([
      {
        uid: 1,
        type: "entity",
        name: "COMPOSED 1",
        area: "birth-date",
        action: "change",
        label: "birth-date",
        before: "1970",
        after: "1971",
        why: "discriminator",
      },
    ]);
  });

  it("knows from where a redesignated party's keys are known", () => {
    const { keys } = packOf(
      [party(1, { documents: [passport("AB123456")] })],
      [party(9, { documents: [passport("AB123456"), passport("CD123456")] })],
    );
    expect(keys.map((key) => [key.raw, key.knownFrom])).toEqual(
      expect.arrayContaining([
        ["AB123456", [1]],
        ["CD123456", undefined],
        ["COMPOSED 9", undefined],
      ]),
    );
  });

  describe("where the source is cut", () => {
    const cut = { remarks: [{ text: "composed rem", cut: true as const }] };
    const csv = { coverage: { remarks: "truncated", alias: "absent" } as const };

    it("calls a key that went past the cut unknown, not removed", () => {
      const { removed, unknown } = packOf(
        [party(1, { ...cut, documents: [passport("AB123456")] })],
        [party(1, cut)],
        csv,
      );
      expect(removed).toEqual([]);
      expect(unknown).toMatchObject([{ uid: 1, raw: "AB123456", sight: "disappeared" }]);
    });

    it("does so too where the same party went on under another uid", () => {
      const { removed, unknown } = packOf(
        [party(1, { documents: [passport("AB123456"), passport("CD123456")] })],
        [party(9, { ...cut, documents: [passport("AB123456")] })],
        csv,
      );
      expect(shown(removed)).toEqual(["1 document AB123456"]);
      expect(removed[0]?.stillListedUnder).toEqual([9]);
      expect(shown(unknown).sort()).toEqual(["1 document CD123456", "1 name COMPOSED 1"]);
    });

    it("calls a former name unknown while strong aliases are not shown", () => {
      const renamed = (list: "absent" | "complete") =>
        packOf([party(1, { name: { full: "OLD" } })], [party(1, { name: { full: "NEW" } })], {
          coverage: { alias: list },
        });
      expect(shown(renamed("absent").unknown)).toEqual(["1 name OLD"]);
      expect(renamed("absent").removed).toEqual([]);
      expect(shown(renamed("complete").removed)).toEqual(["1 name OLD"]);
    });

    it("says what was not covered", () => {
      expect(
        packOf([party(1)], [party(1), party(2)], csv).notCovered.map((gap) => [gap.area, gap.level]),
      ).toEqual([
        ["alias", "absent"],
        ["remarks", "truncated"],
        ["other-list", "absent"],
      ]);
    });
  });

  it("refuses the judgement of another change set", () => {
    const other = judge(inputOf([party(1)], [party(1)]));
    expect(() => rescreenPack(inputOf([party(1)], [party(2)]), other)).toThrow("another change set");
  });
});
