import { describe, expect, it } from "vitest";
import { reconcile } from "../../src/reconcile/index.ts";
import {
  ADDED,
  add,
  CHANGED,
  DELETED,
  DELTA,
  DOE,
  FIVE,
  LINES,
  notice,
  OMEGA,
  party,
  press,
  remove,
  retag,
  witnesses,
} from "./composed.ts";

describe("planted disagreements are reported as what they are", () => {
  it("a party announced and dropped from the list", () => {
    const four = FIVE.filter((one) => one !== DELTA);
    const result = reconcile(witnesses({ changes: four.map(add), state: [...four, OMEGA] }));
    expect(result.verdict).toBe("disagrees");
    expect(result.parties[0]).toMatchObject({
      uid: null,
      name: "DELTA WORKS",
      status: "announced, not listed",
      operation: "add",
    });
    expect(result.sentences.slice(0, 2)).toEqual([
      "The notice names 5 parties; 4 agree with the list, 1 does not.",
      "DELTA WORKS is announced as added, and the list does not do so: no party of this name is on the list.",
    ]);
  });

  it("a party the list adds or removes and no notice announces", () => {
    const page = notice({ heading: ADDED, lines: Object.values(LINES).slice(0, 4) });
    const result = reconcile(witnesses({ page, changes: [...FIVE.map(add), remove(OMEGA)], state: FIVE }));
    expect(result.verdict).toBe("disagrees");
    expect(
      result.parties.filter((p) => p.status === "listed, not announced").map((p) => [p.uid, p.operation]),
    ).toEqual([
      [DOE.uid, "add"],
      [OMEGA.uid, "delete"],
    ]);
    expect(result.sentences[1]).toBe(
      "The list also has 2 parties (1 added, 1 removed) that no notice names: DOE, Jane; OMEGA.",
    );
  });

  it("a removal announced of a party that stays, or that never was", () => {
    const page = notice({ heading: DELETED, lines: ["OMEGA [IRAN].", "SIGMA [IRAN]."] });
    const result = reconcile(witnesses({ changes: [], page }));
    expect(result.verdict).toBe("disagrees");
    expect(result.parties.map((p) => [p.uid, p.name, p.explanation])).toEqual([
      [null, "SIGMA", "no party of this name left the list with this publication, and none is on it"],
      [7, "OMEGA", "it is still on the list"],
    ]);
  });

  it("a wrong count in the press release", () => {
    const differs = (lead: string) =>
      reconcile(witnesses({ pressReleases: [press(`Today, OFAC sanctioned ${lead}.`)] }));
    const result = differs("five entities and one individual");
    expect(result.verdict).toBe("disagrees");
    expect(result.press).toMatchObject([
      { verdict: "differs", announced: { entity: 5, individual: 1 }, found: { entity: 4, individual: 1 } },
    ]);
    expect(result.sentences[1]).toBe(
      "The press release says five entities and one individual: differs, the list added 4 entities, 1 individual.",
    );
    expect(differs("four entities and two individuals").verdict).toBe("disagrees");
    expect(differs("six targets").verdict).toBe("disagrees");
    expect(differs("five targets").verdict).toBe("agrees");
    expect(differs("one individual").verdict).toBe("agrees");
    const silent = differs("the Acme network");
    expect(silent.press[0]?.verdict).toBe("cannot be compared");
    expect(silent.sentences[1]).toBe("The press release jy9999: it gives no number that can be compared.");
  });

  it("a swapped program, a birth date, a document, a name", () => {
    const differing = (line: string) => {
      const lines = Object.entries(LINES).map(([key, text]) => (key === "doe" ? line : text));
      const result = reconcile(witnesses({ page: notice({ heading: ADDED, lines }) }));
      expect(result.verdict).toBe("disagrees");
      expect(result.parties[0]).toMatchObject({ uid: DOE.uid, status: "details differ" });
      return { differences: result.parties[0]?.differences, sentence: result.sentences[1] };
    };
    const doe = LINES["doe"] ?? "";
    expect(differing(doe.replace("DPRK4", "DPRK3"))).toEqual({
      differences: [{ area: "program", notice: ["DPRK3"], list: ["DPRK4"] }],
      sentence: 'DOE, Jane (uid 105) differs in program: the notice says "DPRK3", the list "DPRK4".',
    });
    expect(differing(doe.replace("25 Apr 1965", "26 Apr 1965")).differences).toEqual([
      { area: "birth-date", notice: ["26 Apr 1965"], list: ["25 Apr 1965"] },
    ]);
    expect(differing(doe.replace("Passport 109 (Korea, North)", "Gender Female")).differences).toEqual([
      { area: "gender", notice: ["Female"], list: [] },
      { area: "document", notice: [], list: ["Passport 109 (Korea, North)"] },
    ]);
    expect(differing(doe.replace("DOE, Jane (", "DOE, Janet (")).differences?.map((d) => d.area)).toEqual([
      "name",
      "alias",
    ]);
    expect(differing(doe.replace("(individual) ", "")).differences?.map((d) => d.area)).toContain("type");
  });

  it("a change whose outcome is not what was announced", () => {
    const before = { ...OMEGA, programs: [] };
    const page = notice({ heading: CHANGED, lines: ["OMEGA [IRAN]. -to- OMEGA [IRAN] [SDGT]."] });
    const result = reconcile(witnesses({ changes: [retag(before, OMEGA)], page }));
    expect(result.parties[0]).toMatchObject({
      uid: 7,
      status: "details differ",
      differences: [{ area: "program", notice: ["SDGT"], list: [] }],
    });
    const untouched = reconcile(witnesses({ changes: [], page }));
    expect(untouched.parties[0]).toMatchObject({
      uid: 7,
      status: "announced, not listed",
      explanation: "it stood on the list before, and this publication did not change it",
    });
  });

  it("a removal of one namesake where the notice means another one, that stays", () => {
    const lopez = (uid: number, born: string, passport: string) =>
      party(uid, "individual", "LOPEZ, Juan", ["SDNTK"], {
        birthDates: [{ value: born }],
        documents: [{ type: "Passport", number: passport }],
      });
    const [gone, kept] = [lopez(41, "1960", "A1"), lopez(42, "02 Feb 1970", "B2")];
    const fate = (line: string, state = [kept]) =>
      reconcile(
        witnesses({ changes: [remove(gone)], page: notice({ heading: DELETED, lines: [line] }), state }),
      ).parties.map((p) => [p.uid, p.status, p.explanation]);
    const swapped = [
      [42, "announced, not listed", "it is still on the list"],
      [41, "listed, not announced", undefined],
    ];
    expect(fate("LOPEZ, Juan; DOB 02 Feb 1970 (individual) [SDNTK].")).toEqual(swapped);
    expect(fate("LOPEZ, Juan; Passport No. B2 (individual) [SDNTK].")).toEqual(swapped);
    // What fits the one that left in anything is his line, and so is what fits nobody.
    const own = [[41, "details differ", undefined]];
    expect(fate("LOPEZ, Juan; DOB 02 Feb 1970; Passport A1 (individual) [SDNTK].")).toEqual(own);
    expect(fate("LOPEZ, Juan; DOB 1999 (individual) [SDNTK].")).toEqual(own);
    expect(fate("LOPEZ, Juan; DOB 02 Feb 1970 (individual) [SDNTK].", [])).toEqual(own);
  });
});
