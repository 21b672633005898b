import { fieldRule } from "../rule.ts";

/** The party ceased to be blocked. */
export const ceasedToBeBlocked = fieldRule({
  id: "ceased-to-be-blocked",
  areas: ["blocking"],
  actions: ["change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "the party ceased to be blocked",
  why: "Its property is no longer frozen, although it stays listed with less.",
  source:
    "50 U.S.C. 1702(a)(1)(B) and the regulations of 31 CFR chapter V: a blocked person's property is frozen",
  twin: "became-blocked",
  applies: ({ field }) => field.before === "yes",
});
