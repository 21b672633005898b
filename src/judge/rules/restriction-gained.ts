import { fieldRule } from "../rule.ts";

/** A restriction gained. */
export const restrictionGained = fieldRule({
  id: "restriction-gained",
  areas: ["restriction"],
  actions: ["add"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "a restriction gained",
  why: "A directive or menu-based measure prohibits particular dealings from its date on.",
  source:
    "EO 13662 Directives 1 to 4; EO 14024 Directives 1a, 2, 3 and 4; EO 14014 Directive 1; EO 13959 as amended by EO 14032; CAATSA section 235",
  twin: "restriction-lost",
});
