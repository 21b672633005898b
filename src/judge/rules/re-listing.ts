import { partyRule } from "../rule.ts";

/** Listed again after a delisting. */
export const reListing = partyRule({
  id: "re-listing",
  fate: "re-listing",
  actions: ["add"],
  legalEffect: "critical",
  screeningEffect: "critical",
  title: "listed again after a delisting",
  why: "Becoming blocked or restricted again; screens dropped its keys in the meantime.",
  source:
    "50 U.S.C. 1702(a)(1)(B) and the regulations of 31 CFR chapter V: a blocked person's property is frozen",
  twin: "delisting",
});
