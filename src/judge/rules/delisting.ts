import { partyRule } from "../rule.ts";

/** The party left every list that was at hand. */
export const delisting = partyRule({
  id: "delisting",
  fate: "delisting",
  actions: ["remove"],
  legalEffect: "critical",
  screeningEffect: "major",
  title: "the party left every list that was at hand",
  why: "Ceasing to be blocked is as consequential as becoming so: property may be released, and further rejections lack a basis.",
  source: "31 CFR 501.807 (removal from a list)",
  twin: "listing",
});
