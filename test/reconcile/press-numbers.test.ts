import { describe, expect, it } from "vitest";
import { reconcile } from "../../src/reconcile/index.ts";
import { add, FIVE, LINES, notice, OMEGA, press, remove, witnesses } from "./composed.ts";

/** What becomes of a press release's lead on the day of four entities and one individual. */
const verdict = (lead: string) =>
  reconcile(witnesses({ pressReleases: [press(lead)] })).press.map((one) => [one.verdict, one.claim])[0];

describe("a press release's number against the list", () => {
  it.each([
    ["Today, OFAC sanctioned five individuals and entities.", "five individuals and entities"],
    ["Today, OFAC designated five persons.", "five persons"],
    [
      "Today, OFAC sanctioned a network of four entities and one individual.",
      "four entities and one individual",
    ],
    [
      "OFAC sanctioned four entities and one individual responsible for the forced removal of children.",
      "four entities and one individual",
    ],
    [
      "Following last week's designation of 12 individuals, OFAC today sanctioned five targets.",
      "five targets",
    ],
  ])("agrees: %s", (lead, claim) => {
    expect(verdict(lead)).toEqual(["agrees", claim]);
  });

  it.each([
    "Today, OFAC designated more than 3 individuals and entities, including one entity in Testland.",
    "Following last week's designation of 12 individuals, OFAC today targeted Acme.",
    "Building on the 22 individuals designated in March, Treasury is today sanctioning Acme.",
  ])("cannot be compared: %s", (lead) => {
    expect(verdict(lead)).toEqual(["cannot be compared", null]);
  });

  it.each(["Today, OFAC sanctioned six individuals and entities.", "Today, OFAC designated six persons."])(
    "still differs when it is wrong: %s",
    (lead) => {
      expect(verdict(lead)?.[0]).toBe("differs");
    },
  );

  it("compares additions with additions and removals with removals", () => {
    const page = notice(
      {
        heading: "The following parties have been added to OFAC's SDN List:",
        lines: Object.values(LINES),
      },
      { heading: "The following deletions have been made to OFAC's SDN List:", lines: ["OMEGA [IRAN]."] },
    );
    const changes = [...FIVE.map(add), remove(OMEGA)];
    const said = (lead: string) =>
      reconcile(witnesses({ page, changes, state: FIVE, pressReleases: [press(lead)] })).press[0];
    expect(said("OFAC is removing one entity from the SDN List.")).toMatchObject({ verdict: "agrees" });
    expect(said("OFAC is removing two entities from the SDN List.")).toMatchObject({
      verdict: "differs",
      reason: "the list removed 1 entity",
    });
  });
});
