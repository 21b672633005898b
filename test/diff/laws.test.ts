import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges, compose, composeAll, diffStates, invert } from "../../src/diff/index.ts";
import { decodeParty, type ListState, type Party, sortChildren, stateHash } from "../../src/domain/index.ts";
import { stateArbitrary, stateOf, successorArbitrary } from "../support/parties.ts";

const pairs = fc.oneof(
  fc.tuple(stateArbitrary({ cut: true }), stateArbitrary({ cut: true })),
  stateArbitrary({ cut: true }).chain((a) => fc.tuple(fc.constant(a), successorArbitrary(a, { cut: true }))),
);

const triples = stateArbitrary({ cut: true }).chain((a) =>
  successorArbitrary(a, { cut: true }).chain((b) =>
    fc.tuple(fc.constant(a), fc.constant(b), fc.oneof(successorArbitrary(b, { cut: true }), fc.constant(a))),
  ),
);

const hash = (state: Pick<ListState, "parties">) => stateHash(state.parties);

describe("laws of the diff", () => {
  it("a diff applied to the old state gives the new one", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(hash({ parties: applyChanges(a.parties, diffStates(a, b)) })).toBe(hash(b));
      }),
      { numRuns: 400 },
    );
  });

  it("an inverted diff applied to the new state gives the old one, and is the diff read backwards", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const back = invert(diffStates(a, b));
        expect(hash({ parties: applyChanges(b.parties, back) })).toBe(hash(a));
        expect(back).toEqual(diffStates(b, a));
      }),
      { numRuns: 400 },
    );
  });

  it("a state does not differ from itself", () => {
    fc.assert(
      fc.property(stateArbitrary({ cut: true }), (a) => {
        expect(diffStates(a, a)).toEqual({ changes: [], unknown: [] });
      }),
    );
  });

  it("two diffs in a row compose to the diff over both", () => {
    fc.assert(
      fc.property(triples, ([a, b, c]) => {
        expect(compose(diffStates(a, b), diffStates(b, c))).toEqual(diffStates(a, c));
      }),
      { numRuns: 600 },
    );
  });

  it("any number of diffs in a row compose to the diff over all, at once as two by two", () => {
    const next = (states: readonly ListState[]) => {
      const last = states.at(-1) ?? stateOf([]);
      return fc
        .oneof(successorArbitrary(last, { cut: true }), fc.constantFrom(...states))
        .map((state) => [...states, state]);
    };
    const chains = stateArbitrary({ cut: true })
      .map((state) => [state])
      .chain(next)
      .chain(next)
      .chain(next)
      .chain(next);
    fc.assert(
      fc.property(chains, (states) => {
        const sets = states.slice(1).map((state, i) => diffStates(states[i] ?? state, state));
        const [first = stateOf([])] = states;
        const sight = { before: first.coverage, after: first.coverage };
        const atOnce = composeAll(sets, first.coverage);
        expect(atOnce).toEqual(sets.reduce((joined, set) => compose(joined, set, sight)));
        expect(atOnce).toEqual(diffStates(first, states.at(-1) ?? first));
      }),
      { numRuns: 150 },
    );
  });

  it("shuffling the children of any list changes nothing once they are in canonical order", () => {
    fc.assert(
      fc.property(pairs, fc.infiniteStream(fc.nat()), ([a, b], dice) => {
        const shuffled = (state: ListState) =>
          stateOf([...state.parties.values()].map((line) => resort(decodeParty(line), dice)));
        expect(diffStates(shuffled(a), shuffled(b))).toEqual(diffStates(a, b));
      }),
    );
  });

  it("applying to another state than the one before is refused", () => {
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const set = diffStates(a, b);
        fc.pre(set.changes.some((change) => change.op === "add"));
        expect(() => applyChanges(b.parties, set)).toThrow(/another state/);
      }),
    );
  });
});

/** Shuffles every list, then lets the canonical order be found again, as reading a shuffled export does. */
function resort(party: Party, dice: Iterator<number>): Party {
  const entries = Object.entries(party).map(([key, value]) => {
    if (!Array.isArray(value)) return [key, value];
    const keyed = value.map((child: object) => ({ child, at: Number(dice.next().value) }));
    const shuffled = keyed.sort((x, y) => x.at - y.at).map((entry) => entry.child);
    return [key, sortChildrenOf(shuffled)];
  });
  return Object.fromEntries(entries) as Party;
}

function sortChildrenOf(children: object[]): object[] {
  return children.every((child) => typeof child === "object") ? sortChildren(children) : children;
}
