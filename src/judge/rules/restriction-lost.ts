import { fieldRule } from "../rule.ts";

/** A restriction lost. */
export const restrictionLost = fieldRule({
  id: "restriction-lost",
  areas: ["restriction"],
  actions: ["remove"],
  legalEffect: "critical",
  screeningEffect: "none",
  title: "a restriction lost",
  why: "A directive or menu-based measure no longer stands on the entry: dealings that were prohibited may be allowed.",
  source:
    "EO 13662 Directives 1 to 4; EO 14024 Directives 1a, 2, 3 and 4; EO 14014 Directive 1; EO 13959 as amended by EO 14032; CAATSA section 235",
  twin: "restriction-gained",
});
