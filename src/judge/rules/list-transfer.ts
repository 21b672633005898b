import { partyRule } from "../rule.ts";

/** Added to this list, was on another list before. */
export const listTransfer = partyRule({
  id: "list-transfer",
  fate: "list-transfer",
  actions: ["add"],
  legalEffect: "critical",
  screeningEffect: "major",
  title: "added to this list, was on another list before",
  why: "Another kind of prohibition begins. The names were published before, so that a screen over all lists has them; one over this list alone has not.",
  source:
    "OFAC keeps a party under one uid across its lists; 50 U.S.C. 1702(a)(1)(B) and the regulations of 31 CFR chapter V: a blocked person's property is frozen",
  twin: "list-removal",
});
