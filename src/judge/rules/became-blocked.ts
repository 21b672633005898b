import { fieldRule } from "../rule.ts";

/** The party became blocked. */
export const becameBlocked = fieldRule({
  id: "became-blocked",
  areas: ["blocking"],
  actions: ["change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "the party became blocked",
  why: "Its property is frozen from now on; until now it was listed with less.",
  source:
    "50 U.S.C. 1702(a)(1)(B) and the regulations of 31 CFR chapter V: a blocked person's property is frozen",
  twin: "ceased-to-be-blocked",
  applies: ({ field }) => field.after === "yes",
});
