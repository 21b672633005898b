import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffStates } from "../../src/diff/index.ts";
import {
  type ChangeSet,
  EFFECTS,
  type Judgement,
  type ListState,
  maxEffect,
  type Party,
} from "../../src/domain/index.ts";
import { createJudgeMemo, type JudgeInput, judge, rescreenPack } from "../../src/judge/index.ts";
import { RULES } from "../../src/judge/rules/index.ts";
import { stateArbitrary, successorArbitrary } from "../support/parties.ts";
import { inputOf } from "./case.ts";

const input = stateArbitrary({ cut: true })
  .chain((before) =>
    fc.tuple(
      fc.constant(before),
      successorArbitrary(before, { cut: true }),
      fc.option(stateArbitrary(), { nil: null }),
      fc.option(stateArbitrary(), { nil: null }),
    ),
  )
  .map(
    ([before, after, otherList, otherBefore]): JudgeInput => ({
      list: "sdn",
      set: diffStates(before, after),
      coverage: after.coverage,
      before,
      after,
      otherList,
      otherBefore,
    }),
  );

/** The same facts in another order. */
function shuffled(given: JudgeInput): JudgeInput {
  const set: ChangeSet = {
    changes: [...given.set.changes]
      .reverse()
      .map((change) =>
        change.op === "modify" ? { ...change, fields: [...change.fields].reverse() } : change,
      ),
    unknown: [...given.set.unknown].reverse(),
  };
  const turned = <S extends ListState | null>(state: S): S =>
    state === null ? state : { ...state, parties: new Map([...state.parties].reverse()) };
  return {
    ...given,
    set,
    before: turned(given.before),
    after: turned(given.after),
    otherList: turned(given.otherList),
    ...(given.otherBefore === undefined ? {} : { otherBefore: turned(given.otherBefore) }),
  };
}

/** Without the one order that is the change set's. */
function ordered(judgement: Judgement): unknown {
  const text = (value: unknown) => JSON.stringify(value);
  const by = (a: unknown, b: unknown) => (text(a) < text(b) ? -1 : 1);
  const changes = judgement.changes.map((change) => ({
    ...change,
    fields: [...(change.fields ?? [])].sort(by),
  }));
  return { ...judgement, changes: changes.sort((a, b) => a.uid - b.uid) };
}

describe("laws", () => {
  it("judges every change and every field by exactly one rule, and edits no fact", () => {
    fc.assert(
      fc.property(input, (given) => {
        const facts = JSON.stringify(given.set);
        const judgement = judge(given);
        expect(JSON.stringify(given.set)).toBe(facts);
        expect(judgement.changes.map((change) => [change.op, change.uid])).toEqual(
          given.set.changes.map((change) => [change.op, change.uid]),
        );
        const ids = new Set(RULES.map((rule) => rule.id));
        judgement.changes.forEach((judged, at) => {
          const change = given.set.changes[at];
          const fields = change?.op === "modify" ? change.fields : undefined;
          expect(judged.fields?.map((field) => field.key)).toEqual(fields?.map((field) => field.key));
          for (const one of [judged, ...(judged.fields ?? [])]) {
            expect(ids).toContain(one.rule);
            expect(EFFECTS).toContain(one.legalEffect);
            expect(EFFECTS).toContain(one.screeningEffect);
          }
        });
      }),
      { numRuns: 40 },
    );
  });

  it("takes the levels of the whole from its parts", () => {
    fc.assert(
      fc.property(input, (given) => {
        const judgement = judge(given);
        expect(judgement.legalEffect).toBe(maxEffect(judgement.changes.map((change) => change.legalEffect)));
        expect(judgement.screeningEffect).toBe(
          maxEffect(judgement.changes.map((change) => change.screeningEffect)),
        );
        expect(judgement.materiality).toBe(maxEffect([judgement.legalEffect, judgement.screeningEffect]));
        for (const change of judgement.changes) {
          if (change.fields === undefined) continue;
          const leading = change.fields.filter((field) => field.rule === change.rule);
          const materiality = maxEffect([change.legalEffect, change.screeningEffect]);
          expect(leading.map((field) => maxEffect([field.legalEffect, field.screeningEffect]))).toContain(
            materiality,
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("says the same of shuffled input", () => {
    fc.assert(
      fc.property(input, (given) => {
        const turned = shuffled(given);
        const [one, other] = [judge(given), judge(turned)];
        expect(ordered(other)).toEqual(ordered(one));
        expect(rescreenPack(turned, other)).toEqual(rescreenPack(given, one));
      }),
      { numRuns: 40 },
    );
  });

  it("says the same with a memory of other publications as without", () => {
    const memo = createJudgeMemo();
    fc.assert(
      fc.property(input, (given) => {
        const fresh = judge(given);
        expect(judge({ ...given, memo })).toEqual(fresh);
        expect(rescreenPack({ ...given, memo }, fresh)).toEqual(rescreenPack(given, fresh));
      }),
      { numRuns: 40 },
    );
  });

  it("mentions every party that came or went in an event, and calls nobody delisted who is still on a list", () => {
    fc.assert(
      fc.property(input, (given) => {
        const { events } = judge(given);
        const told = new Set(events.flatMap((event) => event.uids));
        for (const change of given.set.changes) {
          if (change.op !== "modify") expect(told).toContain(change.uid);
        }
        const delisted = events.filter((event) => event.kind === "delisting").flatMap((event) => event.uids);
        for (const uid of delisted) {
          expect(given.after.parties.has(uid)).toBe(false);
          expect(given.otherList?.parties.has(uid) ?? false).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });
});

const party = (uid: number, more: Partial<Party> = {}): Party => ({
  uid,
  type: "entity",
  name: { full: `COMPOSED ${uid}` },
  blocking: "yes",
  programs: [{ code: "GLOMAG" }],
  ...more,
});

describe("what is unknown", () => {
  it("is never judged, and never an event", () => {
    const passport = { type: "Passport", number: "AB123456" };
    const cut = { remarks: [{ text: "composed rem", cut: true as const }] };
    const given = inputOf([party(1, { documents: [passport], ...cut })], [party(1, cut)], {
      coverage: { remarks: "truncated" },
    });
    expect(given.set.unknown).toHaveLength(1);
    const judgement = judge(given);
    expect(judgement.changes).toEqual([]);
    expect(judgement.events).toEqual([]);
    expect(judgement.materiality).toBe("none");
    expect(judgement.meaning).toBe("1 party in part unknown");
  });
});

describe("a delisting", () => {
  it("is only likely while the other list was not at hand", () => {
    const [event] = judge(inputOf([party(1), party(2)], [party(1)])).events;
    expect(event).toMatchObject({ kind: "delisting", certainty: "likely", uids: [2] });
    expect(event?.statement).toContain("whether it remains on the other list is not known");
  });

  it("is none when the party stays on the other list", () => {
    const stays = party(2, { lists: [{ name: "CAPTA List" }, { name: "Consolidated List" }] });
    const [event] = judge(
      inputOf([party(1), party(2)], [party(1)], { otherBefore: [stays], otherAfter: [stays] }),
    ).events;
    expect(event).toMatchObject({ kind: "list-removal", certainty: "certain", remainsOn: ["CAPTA List"] });
    expect(event?.statement).toBe("COMPOSED 2 (2): removed from the SDN List, remains on the CAPTA List");
    expect(event?.evidence.join()).toMatch(/Non-SDN Consolidated List \(state sha256:[0-9a-f]{64}\)/);
  });
});

describe("two records of one party", () => {
  const number = { documents: [{ type: "Tax ID No.", number: "7736659589" }] };

  it("are certainly one only with the same type and a decisive key", () => {
    const judged = (after: Party) => judge(inputOf([party(2, number)], [after])).events;
    expect(judged(party(9, number))[0]).toMatchObject({ kind: "redesignation", certainty: "certain" });
    expect(judged(party(9, { ...number, type: "vessel" }))[0]).toMatchObject({ certainty: "likely" });
    expect(judged(party(9, { name: { full: "COMPOSED 2" } }))[0]).toMatchObject({ certainty: "likely" });
    expect(judged(party(9)).map((event) => event.kind)).toEqual(["listing", "delisting"]);
  });

  it("are not made one by a web site, a telephone number or a short number", () => {
    for (const shared of [
      { contacts: [{ type: "Website", value: "composed.example" }] },
      { contacts: [{ type: "Phone Number", value: "+1 234 567 890" }] },
      { documents: [{ type: "C.R. No.", number: "1234" }] },
    ]) {
      const { events } = judge(inputOf([party(2, shared)], [party(9, shared)]));
      expect(events.map((event) => event.kind)).toEqual(["listing", "delisting"]);
    }
  });

  it("are a clean-up when the older record stays or comes back", () => {
    const after = party(2, number);
    const { events, legalEffect } = judge(inputOf([party(9, number)], [after]));
    expect(events.map((event) => [event.kind, event.certainty])).toEqual([["duplicate-clean-up", "certain"]]);
    expect(legalEffect).toBe("minor");
  });

  it("never lower a level by a mere likelihood", () => {
    const { legalEffect, screeningEffect } = judge(
      inputOf([party(2)], [party(9, { name: { full: "COMPOSED 2" } })]),
    );
    expect([legalEffect, screeningEffect]).toEqual(["critical", "critical"]);
  });
});

describe("mass edits", () => {
  const edited = (count: number) => {
    const uids = Array.from({ length: count }, (_, at) => at + 1);
    const text = [{ type: "Secondary sanctions risk:", value: "See Section 11 of Executive Order 14024." }];
    return inputOf(
      uids.map((uid) => party(uid)),
      // Another uid of OFAC's on every party: the edit is the same all the same.
      uids.map((uid) => party(uid, { secondarySanctions: text.map((one) => ({ uid: uid + 100, ...one })) })),
    );
  };

  it("fold from ten parties on", () => {
    expect(judge(edited(9)).groups).toEqual([]);
    const [group] = judge(edited(10)).groups;
    expect(group).toMatchObject({
      count: 10,
      counts: { entity: 10 },
      legalEffect: "major",
      screeningEffect: "none",
    });
    expect(group?.after).toEqual({
      type: "Secondary sanctions risk:",
      value: "See Section 11 of Executive Order 14024.",
    });
  });

  it("leave what else changed on those parties out of the group", () => {
    const given = edited(10);
    const after = [...given.after.parties.keys()].map((uid) =>
      party(uid, {
        secondarySanctions: [
          {
            uid: uid + 100,
            type: "Secondary sanctions risk:",
            value: "See Section 11 of Executive Order 14024.",
          },
        ],
        ...(uid === 4 ? { title: "Director" } : {}),
      }),
    );
    const { changes } = judge(
      inputOf(
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((uid) => party(uid)),
        after,
      ),
    );
    const residual = changes.flatMap((change) =>
      (change.fields ?? [])
        .filter((field) => field.group === undefined)
        .map((field) => [change.uid, field.key]),
    );
    expect(residual).toEqual([[4, "title"]]);
  });
});

describe("a new primary name whose old one stays as an alias", () => {
  const before = [party(1, { name: { full: "OLD" } })];
  const after = [
    party(1, { name: { full: "NEW" }, aliases: [{ type: "f.k.a.", quality: "weak", full: "OLD" }] }),
  ];

  it("is a rename where all aliases are shown, and likely a swap where not", () => {
    expect(judge(inputOf(before, after)).events).toMatchObject([{ kind: "rename", certainty: "certain" }]);
    expect(judge(inputOf(before, after, { coverage: { alias: "absent" } })).events).toMatchObject([
      { kind: "primary-alias-swap", certainty: "likely" },
    ]);
  });
});

describe("unknown program tags", () => {
  it("are kept and told", () => {
    const { unknownPrograms } = judge(
      inputOf([party(1)], [party(1, { programs: [{ code: "GLOMAG" }, { code: "COMPOSED-EO1" }] }), party(2)]),
    );
    expect(unknownPrograms).toEqual(["COMPOSED-EO1"]);
    expect(judge(inputOf([party(1)], [party(1), party(2)]))).not.toHaveProperty("unknownPrograms");
  });
});

describe("the second line", () => {
  it("keeps silent when the headline says it all", () => {
    expect(judge(inputOf([party(1)], [party(1), party(2)]))).not.toHaveProperty("meaning");
  });

  it("stays one line however many mass edits there are", () => {
    const uids = Array.from({ length: 10 }, (_, at) => at + 1);
    const facts = ["1", "2", "3", "4", "5"].map((value) => ({ type: "Target Type", value }));
    const { meaning, groups } = judge(
      inputOf(
        uids.map((uid) => party(uid)),
        uids.map((uid) => party(uid, { features: facts })),
      ),
    );
    expect(groups).toHaveLength(5);
    expect(meaning).toBe(
      "10 entities: one feature added; 10 entities: one feature added; 10 entities: one feature added; " +
        "2 more identical edits on many parties",
    );
  });

  it("tells likely from certain", () => {
    const { meaning } = judge(inputOf([party(2)], [party(9, { name: { full: "COMPOSED 2" } })]));
    expect(meaning).toBe("1 likely redesignation");
  });
});
