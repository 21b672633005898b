import { fieldRule } from "../rule.ts";

/** A weak alias. */
export const weakAlias = fieldRule({
  id: "weak-alias",
  areas: ["alias"],
  actions: ["add", "remove", "change"],
  legalEffect: "none",
  screeningEffect: "minor",
  title: "a weak alias",
  why: "OFAC does not expect screening on weak aliases; some do it all the same.",
  source: "OFAC's FAQs on weak aliases",
});
