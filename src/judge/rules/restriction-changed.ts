import { fieldRule } from "../rule.ts";

/** A restriction changed or re-dated. */
export const restrictionChanged = fieldRule({
  id: "restriction-changed",
  areas: ["restriction"],
  actions: ["change"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "a restriction changed or re-dated",
  why: "What is prohibited, or from when, is another thing: tenors and divestment periods run from these dates.",
  source:
    "EO 13662 Directives 1 to 4; EO 14024 Directives 1a, 2, 3 and 4; EO 14014 Directive 1; EO 13959 as amended by EO 14032; CAATSA section 235",
});
