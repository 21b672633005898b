import { partyRule } from "../rule.ts";

/** A new party on this list. */
export const listing = partyRule({
  id: "listing",
  fate: "listing",
  actions: ["add"],
  legalEffect: "critical",
  screeningEffect: "critical",
  title: "a new party on this list",
  why: "Dealings with the party are prohibited or restricted from this publication on; every name and number of it is new to a screen.",
  source:
    "50 U.S.C. 1702(a)(1)(B) and the regulations of 31 CFR chapter V: a blocked person's property is frozen",
  twin: "delisting",
});
