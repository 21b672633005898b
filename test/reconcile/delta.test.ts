import { describe, expect, it } from "vitest";
import { type Coverage, type DeltaEntity, type ModifiedParty, sha256 } from "../../src/domain/index.ts";
import { reconcile } from "../../src/reconcile/index.ts";
import { ACME, add, BETA, delta, FIVE, OMEGA, party, remove, retag, witnesses } from "./composed.ts";

const OLD = party(50, "entity", "OLD", ["IRAN"]);
const CHANGES = [...FIVE.map(add), remove(OLD), retag({ ...OMEGA, programs: [] }, OMEGA)];
const entity = (uid: number, op: DeltaEntity["op"], more: Partial<DeltaEntity> = {}): DeltaEntity => ({
  uid,
  op,
  lists: op === "modify" ? [] : ["SDN List"],
  areas: op === "modify" ? ["program"] : [],
  ...more,
});
const AGREEING = [...FIVE.map(({ uid }) => entity(uid, "add")), entity(50, "remove"), entity(7, "modify")];

const compared = (entities: readonly DeltaEntity[]) => {
  const result = reconcile(witnesses({ changes: CHANGES, notices: [], delta: delta(entities) }));
  return {
    verdict: result.delta.verdict,
    overall: result.verdict,
    delta: result.delta,
    sentence: result.sentences.find((s) => s.includes("delta")),
  };
};

describe("OFAC's delta as a third witness", () => {
  it("agrees when it names the same uids", () => {
    expect(compared(AGREEING)).toMatchObject({
      verdict: "agrees",
      overall: "agrees",
      sentence: "OFAC's own delta names the same parties.",
    });
  });

  it("leaves out the other list's parties and cosmetic re-creations", () => {
    const more = [
      entity(900, "add", { lists: ["Sectoral Sanctions Identifications List"] }),
      entity(901, "modify"),
      entity(ACME.uid + 900, "modify", { areas: [] }),
    ];
    expect(compared([...AGREEING, ...more]).verdict).toBe("agrees");
    const cosmetic = [...AGREEING, entity(BETA.uid, "modify", { areas: [] })];
    expect(compared(cosmetic).verdict).toBe("agrees");
  });

  it("shows both sides of every difference", () => {
    const without = (uid: number) => AGREEING.filter((one) => one.uid !== uid);
    expect(compared(without(101))).toMatchObject({
      verdict: "differs",
      overall: "disagrees",
      delta: { addedOnlyHere: [101] },
      sentence: "OFAC's own delta differs: added only here uid 101.",
    });
    expect(compared([...AGREEING, entity(60, "add")]).delta.addedOnlyThere).toEqual([60]);
    expect(compared(without(50)).delta.removedOnlyHere).toEqual([50]);
    expect(compared([...AGREEING, entity(51, "remove")]).delta.removedOnlyThere).toEqual([51]);
    expect(compared(without(7)).delta.modifiedOnlyHere).toEqual([7]);
    const unseen = witnesses({ changes: CHANGES.slice(0, -1), notices: [], delta: delta(AGREEING) });
    expect(reconcile(unseen).delta.modifiedOnlyThere).toEqual([7]);
    expect(compared([...without(7), entity(7, "modify", { areas: ["address"] })]).delta.areasDiffer).toEqual([
      { uid: 7, here: ["program"], there: ["address"] },
    ]);
  });

  it("takes a move between lists for what it is", () => {
    const moved = [...AGREEING.filter((one) => one.uid !== 101), entity(101, "modify", { areas: ["list"] })];
    expect(compared(moved).verdict).toBe("agrees");
  });

  it("holds nothing against a source that cannot show it", () => {
    const more = [
      entity(OMEGA.uid, "modify", { areas: ["address"] }),
      ...AGREEING.filter((one) => one.uid !== OMEGA.uid),
    ];
    const all = witnesses({ changes: CHANGES.slice(0, -1), notices: [], delta: delta(more) });
    const verdict = (coverage: Coverage) =>
      reconcile({ ...all, record: { ...all.record, coverage } }).delta.verdict;
    expect(verdict({})).toBe("differs");
    expect(verdict({ address: "absent" })).toBe("agrees");
    expect(verdict({ remarks: "truncated" })).toBe("differs");
  });

  it("knows that relations are renamed with the party at their other end", () => {
    const linked = (targetName: string) => ({ type: "Linked To", targetName });
    const rename: ModifiedParty = {
      ...{ op: "modify", uid: OMEGA.uid, type: "entity", name: "OMEGA TWO" },
      ...{ beforeHash: sha256("before"), afterHash: sha256("after") },
      fields: [
        {
          area: "name",
          action: "change",
          key: "name",
          before: { full: "OMEGA" },
          after: { full: "OMEGA TWO" },
        },
      ],
    };
    const follow = (from: string): ModifiedParty => ({
      ...rename,
      uid: 8,
      name: "FOLLOWER",
      fields: [
        {
          area: "relationship",
          action: "change",
          key: "relationship:1",
          before: linked(from),
          after: linked("OMEGA TWO"),
        },
      ],
    });
    const verdict = (from: string) =>
      reconcile(
        witnesses({
          changes: [rename, follow(from)],
          notices: [],
          delta: delta([entity(OMEGA.uid, "modify", { areas: ["name", "alias"] })]),
        }),
      ).delta;
    expect(verdict("OMEGA").verdict).toBe("agrees");
    expect(verdict("SOMEBODY ELSE").modifiedOnlyHere).toEqual([8]);
  });

  it("is said to be missing when it is", () => {
    const result = reconcile(witnesses({ delta: null }));
    expect(result.delta.verdict).toBe("not cross-checked");
    expect(result.sentences).toContain("Not cross-checked: OFAC's own delta is not at hand.");
  });
});
