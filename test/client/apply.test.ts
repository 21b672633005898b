import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AREAS as CLIENT_AREAS } from "../../src/client/areas.ts";
import { apply, canonical, type Json, type State, sha256, stateHash } from "../../src/client/index.ts";
import { lineOf } from "../../src/client/state.ts";
import { diffStates } from "../../src/diff/index.ts";
import {
  AREAS,
  type CatchUp,
  canonicalJson,
  changeCounts,
  stateHash as domainStateHash,
  type ListState,
  sha256 as nodeSha256,
} from "../../src/domain/index.ts";
import { stateArbitrary, successorArbitrary } from "../support/parties.ts";

async function clientState(state: ListState): Promise<State> {
  const entries = [...state.parties.values()].map(
    async ({ uid, line }) => [uid, await lineOf(JSON.parse(line))] as const,
  );
  return new Map(await Promise.all(entries));
}

/** The change from one state to another, as a catch-up file has it. */
function document(a: ListState, b: ListState): CatchUp {
  const point = (id: string, { parties }: ListState) => ({
    id,
    date: null,
    state: { hash: domainStateHash(parties), parties: parties.size },
  });
  const set = diffStates(a, b);
  return {
    formatVersion: "1.0",
    list: "sdn",
    segment: "live",
    records: ["sdn-20200107"],
    from: point("sdn-20200106", a),
    to: point("sdn-20200107", b),
    counts: changeCounts(set),
    ...set,
  };
}

const pairs = stateArbitrary({ cut: true }).chain((a) =>
  fc.tuple(fc.constant(a), successorArbitrary(a, { cut: true })),
);

describe("the client", () => {
  it("knows every area as the domain has it", () => {
    expect(CLIENT_AREAS).toEqual(
      Object.fromEntries(AREAS.map(({ area, property, shape }) => [area, [property, shape]])),
    );
  });

  it("writes JSON and hashes as the ledger does", async () => {
    await fc.assert(
      fc.asyncProperty(stateArbitrary({ cut: true }), fc.string({ unit: "binary" }), async (state, text) => {
        const own = await clientState(state);
        expect([...own.values()].map((line) => line.text)).toEqual(
          [...state.parties.values()].map(({ line }) => line),
        );
        expect(await stateHash(own)).toBe(domainStateHash(state.parties));
        const value: Json = { z: text, a: [text, 1, null, true], m: {} };
        expect(canonical(value)).toBe(canonicalJson(value));
        expect(await sha256(text)).toBe(nodeSha256(text));
      }),
      { numRuns: 60 },
    );
  });

  it("applies any change set to the same state", async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ([a, b]) => {
        const next = await apply(await clientState(a), document(a, b));
        expect(await stateHash(next)).toBe(domainStateHash(b.parties));
      }),
      { numRuns: 150 },
    );
  });

  it("refuses a change set of another state, and one that leaves something out", async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async ([a, b]) => {
        const change = document(a, b);
        fc.pre(change.changes.length > 0);
        const wrong = { ...change, changes: change.changes.slice(1) };
        await expect(apply(await clientState(a), wrong)).rejects.toMatchObject({ code: "does-not-fit" });
        await expect(apply(await clientState(b), change)).rejects.toMatchObject({ code: "does-not-fit" });
      }),
      { numRuns: 60 },
    );
  });

  it("refuses an area that it does not know, even one that every object has", async () => {
    const [a, b] = fc.sample(pairs, 1)[0] ?? [];
    if (a === undefined || b === undefined) throw new Error("no sample");
    const state = new Map([[1, await lineOf({ uid: 1 })]]);
    const change = {
      ...document(a, b),
      changes: [],
      unknown: [
        { uid: 1, area: "constructor", beforeHash: state.get(1)?.digest, afterHash: "x", after: "y" },
      ],
    };
    await expect(apply(state, change as unknown as CatchUp)).rejects.toThrow(/no area "constructor"/);
  });
});
