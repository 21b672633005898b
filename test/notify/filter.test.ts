import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AREA_NAMES,
  type Coverage,
  type Effect,
  type Party,
  type PartyChange,
} from "../../src/domain/index.ts";
import { matchRecord } from "../../src/notify/filter.ts";
import type { Filters } from "../../src/notify/index.ts";
import { added, type ComposedRecord, party, publication, removed, retitled } from "./composed.ts";

function matched(of: ComposedRecord, filters: Filters) {
  const { record, party: lookup } = publication(of);
  return matchRecord(record, filters, lookup);
}

const iranian = party(1, { addresses: [{ city: "Tehran", country: "Iran" }] });
const korean = party(2, {
  type: "individual",
  programs: [{ code: "DPRK2" }],
  birthPlaces: [{ value: "Pyongyang, Korea, North" }],
});
const sectoral = party(3, {
  programs: [{ code: "UKRAINE-EO13662" }],
  lists: [{ name: "Consolidated List" }, { name: "Sectoral Sanctions Identifications List" }],
});
const ship = party(4, { type: "vessel", vessel: [{ type: "Vessel Flag", value: "Panama" }] });
const all: readonly PartyChange[] = [iranian, korean, sectoral, ship].map(added);

describe("a filter", () => {
  const cases: readonly (readonly [string, Filters, readonly number[]])[] = [
    ["left out lets all pass", {}, [1, 2, 3, 4]],
    ["on a program", { programs: ["dprk2"] }, [2]],
    ["on two programs", { programs: ["DPRK2", "UKRAINE-EO13662"] }, [2, 3]],
    ["on a type", { types: ["vessel"] }, [4]],
    ["on a country by OFAC's name", { countries: ["Iran"] }, [1, 3]],
    ["on a country by its code", { countries: ["KP"] }, [2, 3]],
    ["on a country by a flag", { countries: ["Panama"] }, [3, 4]],
    ["on program and type takes what meets both", { programs: ["SDGT"], types: ["vessel"] }, [4]],
    ["that nothing meets", { programs: ["CUBA"] }, []],
  ];
  it.each(cases)("%s", (_name, filters, uids) => {
    expect(matched({ changes: all }, filters).uids).toEqual(uids);
  });

  it("on a list knows OFAC's names by their codes, and the SDN file's parties as SDN", () => {
    expect(matched({ changes: all }, { lists: ["SDN"] }).uids).toEqual([1, 2, 3, 4]);
    expect(matched({ changes: all }, { lists: ["SSI"] }).uids).toEqual([3]);
    expect(matched({ list: "consolidated", changes: [added(sectoral)] }, { lists: ["CAPTA"] }).uids).toEqual(
      [],
    );
  });

  it("counts what a party was before the change", () => {
    const change: PartyChange = {
      ...retitled(iranian),
      op: "modify",
      beforeHash: "sha256:0",
      afterHash: "sha256:1",
      fields: [
        { area: "program", action: "remove", key: "program:~1", before: { code: "IRGC" } },
        {
          area: "address",
          action: "change",
          key: "address:1",
          before: { country: "Syria" },
          after: { country: "Iran" },
        },
      ],
    };
    const parties = new Map([[1, iranian]]);
    expect(matched({ changes: [change], parties }, { programs: ["IRGC"] }).uids).toEqual([1]);
    expect(matched({ changes: [change], parties }, { countries: ["SY"] }).uids).toEqual([1]);
    expect(matched({ changes: [change], parties }, { countries: ["CU"] }).uids).toEqual([]);
  });

  it("on events takes parties of such an event", () => {
    const events = [
      { kind: "delisting", uids: [1], rule: "delisting", certainty: "certain" as const, evidence: [] },
    ];
    const changes = [removed(iranian), removed(korean), retitled(ship)];
    const match = matched({ changes, events }, { events: ["delisting"] });
    expect(match).toEqual({ uids: [1, 2], open: [{ filter: "events", why: "not-judged", uids: [2] }] });
    expect(matched({ changes, events }, { events: ["listing"] }).uids).toEqual([2]);
  });
});

describe("a minimum materiality", () => {
  const changes = [added(iranian), removed(korean), retitled(ship)];
  it("hides edits below it", () => {
    expect(matched({ changes, effect: "minor" }, { minimumMateriality: "major" }).uids).toEqual([1, 2]);
    expect(matched({ changes, effect: "major" }, { minimumMateriality: "major" }).uids).toEqual([1, 2, 4]);
  });
  it("never hides a correction", () => {
    const correction: ComposedRecord = {
      changes,
      effect: "none",
      kind: "correction",
      supersedes: "sdn-20230523",
    };
    expect(matched(correction, { minimumMateriality: "critical" }).uids).toEqual([1, 2, 4]);
  });
});

describe("what the source cannot tell", () => {
  const silent: readonly (readonly [string, Filters, Coverage])[] = [
    ["a country where addresses are absent", { countries: ["CU"] }, { address: "absent" }],
    ["a country where nationalities are cut", { countries: ["CU"] }, { nationality: "truncated" }],
    ["a list where memberships are absent", { lists: ["CAPTA"] }, { list: "absent" }],
    ["a program where programs are absent", { programs: ["CUBA"] }, { program: "absent" }],
  ];
  it.each(silent)("matches: %s", (_name, filters, coverage) => {
    const match = matched({ changes: [added(iranian)], coverage }, filters);
    expect(match.uids).toEqual([1]);
    expect(match.open).toMatchObject([{ why: "source-silent", uids: [1] }]);
    expect(matched({ changes: [added(iranian)] }, filters).uids).toEqual([]);
  });

  it("matches: an edit of a party that is not at hand", () => {
    const match = matched({ changes: [retitled(iranian)] }, { programs: ["CUBA"] });
    expect(match).toEqual({ uids: [1], open: [{ filter: "programs", why: "not-recorded", uids: [1] }] });
    const parties = new Map([[1, iranian]]);
    expect(matched({ changes: [retitled(iranian)], parties }, { programs: ["CUBA"] }).uids).toEqual([]);
  });

  it("matches: a party of which OFAC states no country at all", () => {
    const match = matched({ changes: [added(party(9))] }, { countries: ["CU"] });
    expect(match.open).toEqual([{ filter: "countries", why: "not-stated", uids: [9] }]);
  });

  describe("of a party whose remarks are cut", () => {
    const coverage: Coverage = { remarks: "truncated" };
    const cuban = party(5, { nationalities: [{ value: "Cuba" }] });
    const cut = { ...cuban, remarks: [{ text: "nationality Ir", cut: true as const }] };
    const whole = { ...cuban, uid: 6, remarks: [{ text: "nationality Ir" }] };
    const silent = { filter: "countries", why: "source-silent", uids: [5] };
    const changes: readonly (readonly [string, ComposedRecord])[] = [
      ["added", { changes: [added(cut), added(whole)] }],
      ["removed", { changes: [removed(cut), removed(whole)] }],
      ["edited", { changes: [retitled(cut)], parties: new Map([[5, cut]]) }],
      [
        "whose cut an edit moved",
        {
          changes: [
            {
              ...retitled(cuban),
              op: "modify",
              beforeHash: "sha256:0",
              afterHash: "sha256:1",
              fields: [
                { area: "remarks", action: "remove", key: "remarks:~1", before: cut.remarks[0] ?? "" },
              ],
            },
          ],
          parties: new Map([[5, cuban]]),
        },
      ],
      [
        "of which something is unknown for the cut",
        {
          changes: [retitled(cuban)],
          parties: new Map([[5, cuban]]),
          unknown: [
            {
              uid: 5,
              type: "entity",
              name: "EXAMPLE TRADING 5",
              area: "nationality",
              action: "remove",
              key: "nationality:~1",
              before: { value: "Iran" },
              beforeHash: "sha256:0",
              afterHash: "sha256:1",
              reason: "truncated",
              detail: "composed",
            },
          ],
        },
      ],
    ];
    it.each(changes)("matches a country that may stand past the cut: %s", (_name, of) => {
      expect(matched({ ...of, coverage }, { countries: ["IR"] })).toEqual({ uids: [5], open: [silent] });
      expect(matched({ ...of, coverage }, { countries: ["CU"] }).open).toEqual([]);
    });

    it("matches no more on what never stands in remarks", () => {
      const asked = matched({ changes: [added(cut)], coverage }, { programs: ["CUBA"] });
      expect(asked).toEqual({ uids: [], open: [] });
    });
  });

  it("is not mentioned where something known matched anyway", () => {
    const match = matched(
      { changes: [added(iranian)], coverage: { address: "truncated" } },
      { countries: ["IR"] },
    );
    expect(match).toEqual({ uids: [1], open: [] });
  });
});

const codes = ["SDGT", "CUBA", "DPRK2"] as const;
const types = ["entity", "individual", "vessel"] as const;
const countries = ["Iran", "Cuba", "Korea, North"] as const;
const levels: readonly Effect[] = ["critical", "major", "minor", "cosmetic", "none"];

const anyParty: fc.Arbitrary<Party> = fc
  .record({
    uid: fc.integer({ min: 1, max: 40 }),
    type: fc.constantFrom(...types),
    programs: fc.subarray([...codes]).map((of) => of.map((code) => ({ code }))),
    addresses: fc.subarray([...countries]).map((of) => of.map((country) => ({ country }))),
  })
  .map(({ uid, ...more }) => party(uid, more));
const anyChange = fc.tuple(anyParty, fc.constantFrom(added, removed, retitled)).map(([of, op]) => op(of));
const anyRecord: fc.Arbitrary<ComposedRecord> = fc.record({
  changes: fc.uniqueArray(anyChange, { selector: ({ uid }) => uid, maxLength: 8 }),
  effect: fc.constantFrom(...levels),
  coverage: fc.dictionary(
    fc.constantFrom(...AREA_NAMES),
    fc.constantFrom("complete" as const, "truncated" as const, "absent" as const),
    { maxKeys: 3 },
  ),
});
const some = <T>(of: readonly T[]) => fc.option(fc.subarray([...of], { minLength: 1 }), { nil: undefined });
const anyFilters: fc.Arbitrary<Filters> = fc
  .record({
    programs: some(codes),
    types: some(types),
    countries: some(countries),
    minimumMateriality: fc.option(fc.constantFrom(...levels), { nil: undefined }),
  })
  .map((filters) => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)));

describe("any filters over any record", () => {
  it("name each party at most once, in order, and none that did not change", () => {
    fc.assert(
      fc.property(anyRecord, anyFilters, (of, filters) => {
        const { uids, open } = matched(of, filters);
        const changed = (of.changes ?? []).map(({ uid }) => uid);
        expect(uids).toEqual(changed.filter((uid) => uids.includes(uid)));
        for (const entry of open) expect(uids).toEqual(expect.arrayContaining([...entry.uids]));
      }),
    );
  });

  it("drop nothing between them: what two lists of values find apart, both together find", () => {
    fc.assert(
      fc.property(anyRecord, some(codes), some(codes), (of, one = [...codes], two = [...codes]) => {
        const apart = [one, two].flatMap((programs) => matched(of, { programs }).uids);
        const together = matched(of, { programs: [...new Set([...one, ...two])] }).uids;
        expect(new Set(together)).toEqual(new Set(apart));
      }),
    );
  });

  it("find less the more they ask, and exactly what each asks alone", () => {
    fc.assert(
      fc.property(anyRecord, anyFilters, (of, filters) => {
        const alone = Object.entries(filters).map(
          ([name, value]) => new Set(matched(of, { [name]: value }).uids),
        );
        const expected = (of.changes ?? [])
          .map(({ uid }) => uid)
          .filter((uid) => alone.every((set) => set.has(uid)));
        expect(matched(of, filters).uids).toEqual(expected);
      }),
    );
  });

  it("hide no addition and no removal for want of materiality", () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom(...levels), (of, minimumMateriality) => {
        const { uids } = matched(of, { minimumMateriality });
        for (const change of of.changes ?? []) if (change.op !== "modify") expect(uids).toContain(change.uid);
      }),
    );
  });
});
